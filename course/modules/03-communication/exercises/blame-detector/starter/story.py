"""What the logs hold about the outage of 15 April, and what the draft of the review claims. Nothing to do here.

Times compare as texts. In LOG a fact is `told` to people, or `shown` on a screen until it is `gone`
from it; a screen is `opened` by one person, who sees what is on it at that moment and looks away again.
"""

LOG = [
    {"at": "2023-11-02 09:00", "kind": "shown", "fact": "the queue tries three times", "screen": "queue settings"},
    {"at": "2023-11-02 09:00", "kind": "shown", "fact": "the library tries three times", "screen": "library manual"},
    {
        "at": "2024-03-04 10:12",
        "kind": "told",
        "fact": "reminders share the connections",
        "to": ["Jonas", "Priya", "you"],
    },
    {"at": "2024-03-22 15:40", "kind": "shown", "fact": "the client tries three times", "screen": "diff"},
    {"at": "2024-03-22 15:50", "kind": "opened", "screen": "diff", "by": "Lena"},
    {"at": "2024-03-22 15:52", "kind": "told", "fact": "there may be other layers", "to": ["Lena"]},
    {"at": "2024-03-22 16:41", "kind": "opened", "screen": "diff", "by": "Tomas"},
    {"at": "2024-04-15 07:50", "kind": "opened", "screen": "connection graph", "by": "you"},
    {"at": "2024-04-15 08:02", "kind": "shown", "fact": "the gateway is slow", "screen": "reminder panel"},
    {"at": "2024-04-15 08:03", "kind": "shown", "fact": "the connections are used up", "screen": "connection graph"},
    {"at": "2024-04-15 08:04", "kind": "told", "fact": "bookings fail", "to": ["you"]},
    {"at": "2024-04-15 08:05", "kind": "shown", "fact": "CPU is normal", "screen": "CPU graph"},
    {"at": "2024-04-15 08:05", "kind": "opened", "screen": "CPU graph", "by": "you"},
    {"at": "2024-04-15 08:20", "kind": "gone", "fact": "the gateway is slow", "screen": "reminder panel"},
    {"at": "2024-04-15 08:22", "kind": "opened", "screen": "reminder panel", "by": "you"},
    {"at": "2024-04-15 08:38", "kind": "opened", "screen": "connection graph", "by": "you"},
    {"at": "2024-04-15 10:30", "kind": "opened", "screen": "queue settings", "by": "Tomas"},
]

CLAIMS = [
    {
        "text": "An engineer raised the number of tries without checking the other layers.",
        "who": "Lena",
        "at": "2024-03-22 15:55",
        "needs": ["the queue tries three times", "the library tries three times"],
        "task": "change a client",
        "choice": "one file checked",
    },
    {
        "text": "The reviewer should have noticed.",
        "who": "Tomas",
        "at": "2024-03-22 16:45",
        "needs": ["the client tries three times", "the queue tries three times"],
        "task": "one-line change on a Friday",
        "choice": "approved in five minutes",
    },
    {
        "text": "The engineer on call should have looked at the connection graph first.",
        "who": "you",
        "at": "2024-04-15 08:05",
        "needs": ["the connections are used up"],
        "task": "failing bookings",
        "choice": "CPU first",
    },
    {
        "text": "The reviewer took four minutes.",
        "who": "Tomas",
        "at": "2024-03-22 16:45",
        "needs": ["the client tries three times"],
        "task": "one-line change on a Friday",
        "choice": "approved in five minutes",
    },
    {
        "text": "The author could have asked.",
        "who": "Lena",
        "at": "2024-03-22 15:55",
        "needs": ["there may be other layers"],
        "task": "doubt on a Friday",
        "choice": "not asked",
    },
    {
        "text": "The March warning could have been answered.",
        "who": "you",
        "at": "2024-03-11 09:00",
        "needs": ["reminders share the connections"],
        "task": "warning from a colleague",
        "choice": "left alone",
    },
]
"""The first three are the draft's; the others were added when the people who had been there read it."""

HISTORY = [
    {"day": f"2024-{day}", "signs": signs, "outage": outage}
    for day, signs, outage in [
        ("02-26", ["high connections"], False),
        ("03-04", [], False),
        ("03-11", ["slow gateway"], False),
        ("03-18", ["high connections"], False),
        ("03-25", [], False),
        ("04-01", [], False),
        ("04-08", [], False),
        ("04-15", ["high connections", "slow gateway"], True),
    ]
]


def _choices(task, choice, other, by):
    """Choices of several people: + chose the same, - the other."""
    return [
        {"task": task, "choice": choice if mark == "+" else other, "who": who, "at": f"2024-{day}"}
        for who, mark, day in by
    ]


CHOICES = [
    *_choices(
        "one-line change on a Friday",
        "approved in five minutes",
        "read in full",
        [
            ("Tomas", "+", "02-02"),
            ("you", "+", "02-09"),
            ("engineer 5", "+", "02-16"),
            ("Jonas", "+", "02-23"),
            ("you", "+", "03-01"),
            ("Lena", "-", "03-08"),
            ("engineer 6", "+", "03-15"),
            ("you", "-", "04-19"),
            ("Jonas", "-", "04-19"),
            ("Lena", "-", "04-19"),
            ("engineer 5", "-", "04-19"),
        ],
    ),
    *_choices(
        "doubt on a Friday",
        "not asked",
        "asked",
        [
            ("engineer 5", "-", "02-09"),
            ("engineer 6", "-", "03-01"),
            ("Tomas", "-", "03-08"),
            ("you", "+", "03-15"),
            ("Lena", "+", "03-22"),
        ],
    ),
    *_choices("warning from a colleague", "left alone", "answered", [("Jonas", "+", "02-13"), ("Priya", "-", "03-12")]),
]
KNOWN = "2024-04-15 08:02"
"""When the outcome became known to everyone."""

CASES = [
    {
        "id": "March, Tomas",
        "task": "one-line change on a Friday",
        "choice": "approved in five minutes",
        "knew": ["one file"],
        "outcome": "outage",
        "judged": "should have noticed",
    },
    {
        "id": "February, you",
        "task": "one-line change on a Friday",
        "choice": "approved in five minutes",
        "knew": ["one file"],
        "outcome": "nothing",
        "judged": "quick help",
    },
    {
        "id": "January, Jonas",
        "task": "one-line change on a Friday",
        "choice": "approved in five minutes",
        "knew": ["one file", "no test"],
        "outcome": "nothing",
        "judged": "quick help",
    },
    {
        "id": "March, Lena",
        "task": "doubt on a Friday",
        "choice": "not asked",
        "knew": ["a doubt"],
        "outcome": "outage",
        "judged": "could have asked",
    },
    {
        "id": "March, you",
        "task": "doubt on a Friday",
        "choice": "not asked",
        "knew": ["a doubt"],
        "outcome": "nothing",
        "judged": "could have asked",
    },
]
