"""Checks of the redaction; people, numbers, sentences and keys change at each check."""

import hashlib
import hmac
import json
import unittest

import lab

FIRST = ["Sanne", "Jürgen", "Zoë", "Bo", "Pieter", "Femke", "Ines"]
LAST = ["Visser", "Müller", "van den Berg", "Özdemir", "de Wit", "Claes", "Bos", "O'Brien"]


def luhn(digits):
    return sum(sum(divmod(int(d) * (1 + n % 2), 10)) for n, d in enumerate(digits[::-1])) % 10 == 0


def digits(rng, count, first="123456789"):
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(count - 1))


def card(rng, count=16, good=True, first="3456"):
    """A number of that length that passes the check, or does not."""
    while True:
        made = digits(rng, count, first)
        if luhn(made) is good:
            return made


def eleven(made):
    return sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), made, strict=True)) % 11 == 0


def bsn(rng, good=True):
    while True:
        made = digits(rng, 9)
        if eleven(made) is good:
            return made


def mobile(rng):
    return "06" + digits(rng, 8)


def grouped(number, sizes, mark):
    parts = []
    for size in sizes:
        parts.append(number[:size])
        number = number[size:]
    return mark.join([*parts, number] if number else parts)


def a_name(rng):
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


class Redaction(lab.Case):
    def setUp(self):
        self.lab = lab.load("redact")

    def test_cards(self):
        """Card numbers pass Luhn's check; one wrong digit or two swapped ones do not"""
        rng = lab.rng("luhn")
        for count in (13, 15, 16, 19):
            made = card(rng, count)
            at = rng.randrange(count - 1)
            wrong = made[:at] + str((int(made[at]) + rng.randint(1, 9)) % 10) + made[at + 1 :]
            swapped = made[:at] + made[at + 1] + made[at] + made[at + 2 :]
            for each in (made, wrong, swapped):
                self.expect(bool(self.lab.luhn(each)), luhn(each), f"luhn({each!r})")

    def test_eleven(self):
        """Citizen service numbers have nine digits and pass the eleven test"""
        rng = lab.rng("eleven")
        for made in [bsn(rng), bsn(rng), bsn(rng, good=False), bsn(rng, good=False)]:
            self.expect(bool(self.lab.eleven(made)), eleven(made), f"eleven({made!r})")
        while True:
            more = digits(rng, 10)
            if eleven(more[:9]):
                break
        for wrong in (more, more[:8], ""):
            self.expect(bool(self.lab.eleven(wrong)), False, f"eleven({wrong!r}), which does not have nine digits")

    def test_kind(self):
        """Phone, card, citizen service number, or nothing of the kind"""
        rng = lab.rng("kind")
        phone, good, bad = mobile(rng), card(rng), card(rng, good=False)
        cases = [(phone, "phone"), (grouped(phone, [2], "-"), "phone"), ("+31 6" + phone[2:], "phone")]
        cases += [("0031" + phone[1:], "phone"), ("00" + digits(rng, 9), "phone"), ("00" + digits(rng, 13), "phone")]
        cases += [("00" + digits(rng, 14), None), ("+" + digits(rng, 7), None), ("+" + digits(rng, 8), "phone")]
        cases += [("+" + digits(rng, 15), "phone"), ("+" + card(rng, 16), None), ("0" + digits(rng, 8, "9"), None)]
        cases += [(good, "card"), (grouped(good, [4, 4, 4], " "), "card"), (bad, None), (card(rng, 13), "card")]
        cases += [(card(rng, 19), "card"), (card(rng, 16, first="2"), "card"), (card(rng, 13, first="1"), None)]
        cases += [(card(rng, 16, first="789"), None), (card(rng, 12), None), (card(rng, 20), None), (bsn(rng), "bsn")]
        cases += [(grouped(bsn(rng), [4, 2], " "), "bsn"), (bsn(rng, good=False), None), (digits(rng, 10), None)]
        for number, expected in cases:
            if expected is None and number.startswith("0") and len(number) == 9 and eleven(number):
                continue
            self.expect(self.lab.kind(number), expected, f"kind({number!r})")

    def test_numbers(self):
        """Numbers of people go, and numbers that look like them stay"""
        rng = lab.rng("numbers")
        phone, paid = mobile(rng), card(rng)
        gone = [
            (f"text to {phone} failed", "text to [phone] failed"),
            (f"called +316{phone[2:]}, then +31 6 {phone[2:6]} {phone[6:]}.", "called [phone], then [phone]."),
            (f"phone={grouped(phone, [2, 2, 2, 2], '-')}; paid ({paid})", "phone=[phone]; paid ([card])"),
            (f"bsn {bsn(rng)} refused", "bsn [bsn] refused"),
            (f"{grouped(paid, [4, 4, 4], '-')}", "[card]"),
        ]
        for text, expected in gone:
            self.expect(self.lab.clean(text), expected, f"clean({text!r})")
        stay = [
            f"read ord-{phone}",
            f"order {phone}-{rng.randint(1, 9)} and A{bsn(rng)}",
            f"at 2026-11-27T16:40:{rng.randint(10, 59)}+01:00, 2026-11-27 16:40",
            f"from 62.45.112.{rng.randint(10, 99)}, epoch {card(rng, 13, first='1')}",
            f"job {card(rng, 16, good=False)} wrote {rng.randint(10**6, 10**7 - 1)} bytes",
            f"GET /c/{bsn(rng)}/list #{phone} v:{bsn(rng)} {bsn(rng)}/7 x_{phone} {phone}@host",
        ]
        for text in stay:
            self.expect(self.lab.clean(text), text, f"clean({text!r})")

    def test_tokens(self):
        """Tokens and e-mail addresses"""
        rng = lab.rng("tokens")
        secret = "".join(rng.choice("abcdefXYZ0123456789") for _ in range(20))
        for text, expected in (
            (f"sent Bearer {secret}.x-{mobile(rng)}/= twice", "sent [token] twice"),
            (f"token tok_{secret}, mine", "token [token], mine"),
            (f"bounced: s.{rng.choice(LAST[:1])}+x@mail.clinic.example.", "bounced: [email]."),
            (f"retok_{secret} and a@b", f"retok_{secret} and a@b"),
        ):
            self.expect(self.lab.clean(text), expected, f"clean({text!r})")

    def test_ids(self):
        """A number that the event knows as an id stays, and only that one"""
        rng = lab.rng("ids")
        mine, other = bsn(rng), bsn(rng)
        text = f"record {mine}, not {other}; {mine[:4]} {mine[4:]}"
        self.expect(
            self.lab.clean(text, ids={mine}), f"record {mine}, not [bsn]; [bsn]", f"clean({text!r}, ids={{{mine!r}}})"
        )

    def test_people(self):
        """What is known about people goes, as whole words, in any case and encoded"""
        rng = lab.rng("people")
        first, last = rng.choice(["Sanne", "Zoë", "Jürgen"]), rng.choice(["Visser", "Claes"])
        for people, text, expected in (
            ([f"{first} {last}"], f"no slot for {last.upper()}, {first}", "no slot for [person], [person]"),
            ([f"{first} {last}"], f"hit {first} {last}, {last}s, {last}2", f"hit [person], {last}s, {last}2"),
            (
                ["Bo van den Berg"],
                "Bo van den Berg; van 3 mei; Berg, Bergen; den",
                "[person]; van 3 mei; [person], Bergen; den",
            ),
            (["Jürgen Müller"], "q=J%C3%BCrgen+M%C3%BCller, J%C3%BCrgen%20M%C3%BCller", "q=[person], [person]"),
            (["knee (left)"], "why: knee (left), knee", "why: [person], knee"),
            (["Bos", "Bos en Lommer"], "Bos en Lommer 3, bos", "[person] 3, [person]"),
            ([""], "nobody", "nobody"),
            ([last], f"mail {last.lower()}@x.example", "mail [email]"),
        ):
            self.expect(self.lab.clean(text, people), expected, f"clean({text!r}, {people!r})")

    def test_address(self):
        """An address keeps its words and parameter names"""
        rng = lab.rng("address")
        page, key = rng.randint(1, 99), digits(rng, 6)
        for url, expected in (
            (f"/patients/search?q=Visser+knee&page={page}", f"/patients/search?q=*&page={page}"),
            (
                f"https://api.example/exports/appointments/{key}?limit={page}&from=",
                "/exports/appointments/*?limit=" + f"{page}&from=*",
            ),
            (f"/clinics/Visser/day-list/{key}/", "/clinics/*/day-list/*/"),
            (f"/list?page={rng.choice(LAST[:2])}&q={page}&q=b", "/list?page=*&q=*&q=*"),
            ("/list", "/list"),
        ):
            self.expect(self.lab.address(url), expected, f"address({url!r})")

    def test_pseudonym(self):
        """A pseudonym depends on the key, or anybody could try out all addresses"""
        rng = lab.rng("pseudonym")
        for _ in range(3):
            who, key = f"{rng.choice(FIRST)}{rng.randint(1, 999)}@clinic.example", rng.randbytes(16)
            expected = hmac.new(key, who.encode(), hashlib.sha256).hexdigest()[:12]
            self.expect(self.lab.pseudonym(who, key), expected, f"pseudonym({who!r}, {key!r})")

    def test_event(self):
        """An event keeps what is on the list, and what it drops cleans its texts"""
        rng = lab.rng("event")
        key, name, phone = rng.randbytes(8), f"{rng.choice(['Sanne', 'Zoë'])} Visser", mobile(rng)
        record, user, why = int(bsn(rng)), f"Lot{rng.randint(10, 99)}", rng.choice(["knee", "hip"])
        given = {
            "time": "2026-11-27T16:40:00+01:00", "user": user, "action": "move", "record": record,
            "clinic": rng.randint(1000, 2000), "job": rng.randint(1, 99), "rows": 0, "ms": rng.randint(1, 90),
            "outcome": "refused", "patient": {"name": name, "notes": [why, {"age": 41, "new": True}]}, "phone": phone,
            "url": f"/search?q={rng.choice(['Claes', 'Bos'])}&page=41&limit=all", "message": "", "error": "",
        }  # fmt: skip
        sought = given["url"].split("=")[1].split("&")[0]
        given["message"] = f"{user}: no {why} slot for {name.upper()} on record {record}, page 41"
        given["error"] = f"all of {sought} failed, {bsn(rng)}, Visser, tok_{phone}"
        expected = {
            name: given[name] for name in ("time", "action", "outcome", "rows", "ms", "clinic", "record", "job")
        }
        expected |= {
            "user": hmac.new(key, user.encode(), hashlib.sha256).hexdigest()[:12],
            "url": "/search?q=*&page=41&limit=*",
            "message": f"[person]: no [person] slot for [person] on record {record}, page 41",
            "error": "[person] of [person] failed, [bsn], [person], [token]",
            "dropped": ["patient", "phone"],
        }
        before = json.dumps(given)
        got = self.lab.event(given, key)
        for field, value in expected.items():
            self.expect(got.get(field), value, f"field {field!r} of event({given})")
        self.expect(set(got), set(expected), f"the fields of event({given})")
        self.expect(json.dumps(given), before, "the record must not be altered")

    def test_bare_event(self):
        """An event without user, address or texts, and one whose id is a person's number"""
        rng = lab.rng("bare")
        given = {"time": "t", "rows": rng.randint(0, 9)}
        self.expect(self.lab.event(given, b"k"), given, f"event({given})")
        clinic, job, number = int(bsn(rng)), mobile(rng), bsn(rng)
        given = {"why": "x", "job": job, "clinic": clinic, "error": f"{job} of {clinic}", "phone": "", "a": None}
        expected = {"clinic": clinic, "job": job, "error": f"{job} of {clinic}", "dropped": ["a", "phone", "why"]}
        self.expect(self.lab.event(given, b"k"), expected, f"event({given})")
        given = {"record": number, "bsn": number, "message": f"record {number}"}
        expected = {"record": number, "message": "record [bsn]", "dropped": ["bsn"]}
        self.expect(self.lab.event(given, b"k"), expected, f"event({given}): the number is on both sides")

    def test_leaks(self):
        """People are found in lines, however they are written"""
        rng = lab.rng("leaks")
        phone, other = mobile(rng), mobile(rng)
        people = {"B": {"name": "Jürgen van den Berg", "phone": phone}, "A": {"name": "Lot Özdemir", "phone": other}}
        planted = [
            ({"message": "van 3 mei, Bergen"}, []),
            ({"message": f"to +31 {phone[1:3]} {phone[3:]}"}, [("B", "phone")]),
            ({"deep": [{"er": [f"0031{other[1:]}"]}]}, [("A", "phone")]),
            ({"url": "/s?q=M%C3%B6l+%C3%96zdemir"}, [("A", "name")]),
            ({"x": "ÖZDEMIR", "y": "BERG"}, [("A", "name"), ("B", "name")]),
            ({"x": f"({grouped(phone, [2, 3, 2], '-')})"}, [("B", "phone")]),
            ({"rows": int(phone[1:]), "x": f"{phone[:-1]}"}, []),
            ({"x": "[person], [phone]"}, []),
            ({"x": "q=J%C3%BCrgen"}, [("B", "name")]),
        ]  # fmt: skip
        rng.shuffle(planted)
        lines = [json.dumps(line) for line, _ in planted]
        expected = [(n, person, field) for n, (_, found) in enumerate(planted, 1) for person, field in found]
        self.expect([tuple(each) for each in self.lab.leaks(lines, people)], expected, f"leaks({lines}, {people})")

    def test_together(self):
        """Nobody is left in a day of events"""
        rng = lab.rng("together")
        people = {f"P{n}": {"name": a_name(rng), "phone": mobile(rng)} for n in range(6)}
        lines = []
        for person in people.values():
            phone = person["phone"]
            text = f"{person['name']} rang from +31{phone[1:]}, so {person['name'].split()[-1]} was moved"
            lines.append(json.dumps(self.lab.event({"patient": [person], "message": text, "rows": 1}, b"k")))
        found = self.lab.leaks(lines, people)
        self.expect([tuple(each) for each in found], [], f"leaks of {lines}")


if __name__ == "__main__":
    unittest.main()
