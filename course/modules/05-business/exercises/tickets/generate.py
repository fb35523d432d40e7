"""Writes data/tickets.csv: ten days of support at 800 clinics, 412 tickets, 120 of them coded by two people.

Run it in this folder; the file is the same each time.
"""

import csv
import random
from pathlib import Path

COUNTS = {
    "wording": 128,
    "export": 74,
    "payments": 46,
    "calendar": 41,
    "delivery": 38,
    "access": 31,
    "form": 26,
    "hours": 17,
    "invoice": 11,
}
LOUD = "clinic-117"
LOUD_TICKETS = 58
CODED_TWICE = 120

TEXTS = {
    "wording": [
        "Three patients rang today because they thought the text cancelled their appointment",
        "Patient replied STOP to the reminder, believing it was an advert",
        "The message says 'your slot is due', nobody here understands what that means",
        "People keep asking us whether they have to answer the text to keep the appointment",
        "A patient came a day early, the reminder only says 'tomorrow' and was read after midnight",
        "Can the text name the practice? Patients think it is a scam",
        "She read the reminder as a new booking and came twice",
        "The reminder sounds like a fine, two people complained about the tone of the message",
        "Patients confuse the number in the message with our phone number and call it",
    ],
    "delivery": [
        "Reminder never arrived for the 9:30, patient did not come",
        "No texts went out on Tuesday for our whole practice",
        "Two reminders arrived for the same visit within a minute",
        "Reminder reached the patient four hours after the appointment",
        "Texts to Belgian numbers do not arrive any more",
        "The log says sent, the patient says nothing arrived",
    ],
    "export": [
        "The export stops after 500 rows",
        "Need the monthly report as a spreadsheet with one row per therapist",
        "CSV opens with all dates shifted by a day",
        "Export of March is missing the cancelled visits",
        "The report takes ten minutes and then times out",
        "Columns in the spreadsheet changed again, our macro is broken",
    ],
    "payments": [
        "Card terminal says approved, the visit still shows as unpaid",
        "Patient was charged twice at the desk",
        "Refund of last week has not reached the card",
        "The terminal loses its connection every lunch break",
        "Desk payment was booked to the wrong therapist",
        "How do I refund half of a payment?",
    ],
    "calendar": [
        "My holiday in the phone calendar does not block the slots",
        "Sync with the calendar stopped after the password change at the provider",
        "An appointment moved in our calendar did not move on the phone",
        "Events from my private calendar are shown to the front desk",
        "The sync created each appointment twice",
    ],
    "access": [
        "New colleague cannot log in, the invitation expired",
        "Locked out after three wrong passwords",
        "The code for the login does not come to my new phone",
        "Please remove the account of a receptionist who has left",
        "Reset link for the password opens an empty page",
    ],
    "form": [
        "Patients give up when the booking form asks for the insurance number",
        "The form does not accept a postcode with a blank",
        "Online booking shows no slots although Thursday is free",
        "On a small phone the button under the booking form cannot be reached",
        "A patient booked the wrong treatment, the list in the form is too long",
    ],
    "hours": [
        "How do I close the practice between Christmas and New Year?",
        "Saturday opening is not offered although it is in the settings",
        "We are open until eight on Mondays from now on",
        "Public holiday was bookable, five patients were at a closed door",
    ],
    "invoice": [
        "Your invoice still has our old address",
        "Why did our subscription go up in May?",
        "We were billed for four therapists and have three",
        "Please send the invoice to our accountant",
    ],
}
CONFUSED = {"wording": "delivery", "delivery": "wording", "payments": "invoice", "invoice": "payments"}
OFTEN, SELDOM = 0.30, 0.10
"""How often the second person differs, on themes that are easily confused and on the others."""


def tickets(rng: random.Random) -> list[dict[str, str]]:
    """All tickets in the order in which they came in."""
    clinics = [f"clinic-{n:03}" for n in range(1, 801) if f"clinic-{n:03}" != LOUD]
    found = []
    for theme, count in COUNTS.items():
        loud = LOUD_TICKETS if theme == "export" else 0
        found += [(theme, LOUD) for _ in range(loud)]
        found += [(theme, rng.choice(clinics)) for _ in range(count - loud)]
    rng.shuffle(found)
    twice = set(rng.sample(range(len(found)), CODED_TWICE))
    rows = []
    for n, (theme, clinic) in enumerate(found):
        second = other(theme, rng) if n in twice else ""
        rows.append({
            "id": f"T{n + 1:03}",
            "day": str(1 + n * 10 // len(found)),
            "clinic": clinic,
            "text": rng.choice(TEXTS[theme]),
            "first": theme,
            "second": second,
        })
    return rows


def other(theme: str, rng: random.Random) -> str:
    """What the second person called it."""
    if rng.random() >= (OFTEN if theme in CONFUSED else SELDOM):
        return theme
    return CONFUSED.get(theme) or rng.choice([name for name in COUNTS if name != theme])


if __name__ == "__main__":
    rows = tickets(random.Random(2405))
    path = Path(__file__).parent / "data" / "tickets.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{len(rows)} tickets from {len({row['clinic'] for row in rows})} clinics")
