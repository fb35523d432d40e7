"""Writes the three files in data/: rules that were named, companies that share incidents, and their incidents.

Run it in this folder; the files are the same each time. The rules are as of 30 November 2026.
"""

import csv
import random
from pathlib import Path

DATA = Path(__file__).parent / "data"
RULES = [
    # instrument, form, applies from (yyyymmdd, empty for a proposal), whom it addresses, whether Tessaly is one
    ("GDPR, Reg. 2016/679", "regulation", 20180525, "controllers and processors", "yes"),
    ("UAVG (NL)", "act", 20180525, "controllers and processors", "yes"),
    ("NIS2, Dir. 2022/2555", "directive", 20241018, "member states; through them important entities", "yes"),
    ("Cyberbeveiligingswet (NL), NIS2", "act", 20260815, "important entities", "yes"),
    ("Impl. Reg. 2024/2690, significant incidents", "regulation", 20241107, "cloud providers and others", "yes"),
    ("Telecommunicatiewet 11.7a (NL), cookies", "act", 20120605, "all who store on devices", "yes"),
    ("DORA, Reg. 2022/2554", "regulation", 20250117, "financial entities", "no"),
    ("Data Act ch. VI, Reg. 2023/2854", "regulation", 20250912, "providers of cloud services", "yes"),
    ("AI Act art. 50(1), Reg. 2024/1689", "regulation", 20260802, "providers of systems that talk to people", "yes"),
    ("AI Act ch. III, Annex III", "regulation", 20271202, "providers of high-risk systems", "no"),
    ("Product liability, Dir. 2024/2853", "directive", 20261209, "member states; through them makers", "yes"),
    ("AI Act art. 5, new bans", "regulation", 20261202, "providers and deployers of AI systems", "yes"),
    ("GDPR procedure, Reg. 2025/2518", "regulation", 20270402, "supervisory authorities", "no"),
    ("Digital omnibus, COM(2025) 837", "proposal", "", "if adopted: controllers and processors", "yes"),
    ("HIPAA, 45 CFR 164", "regulation", 20130923, "covered entities and business associates", "yes"),
    ("CCPA, Cal. Civ. Code 1798.100", "act", 20200101, "businesses above a threshold", "no"),
    ("Form 8-K item 1.05 (US)", "regulation", 20231218, "listed companies", "no"),
    ("PCI DSS 4.0.1", "standard", 20250331, "those who sign with an acquirer", "yes"),
    ("ISO/IEC 27001:2022", "standard", 20221025, "those who want a certificate", "yes"),
    ("NEN 7510:2024 (NL)", "standard", 20241201, "care providers; suppliers by contract", "yes"),
    ("SOC 2 Type II", "attestation", 20260201, "those who order a report", "yes"),
    ("Data processing agreement, 24 h clause", "contract", 20230201, "its parties", "yes"),
    ("Business associate agreements, US pilot", "contract", 20260601, "their parties", "yes"),
]


def rules(rng: random.Random) -> list[dict[str, object]]:
    """The rules in the order in which people happened to name them."""
    rows = [dict(zip(("rule", "form", "from", "addresses", "us"), row, strict=True)) for row in RULES]
    rng.shuffle(rows)
    return rows


def members() -> list[dict[str, object]]:
    """Six companies that share what happened to them, and for how many months each has done so."""
    months = {"Tessaly": 45, "B": 40, "C": 38, "D": 30, "E": 24, "F": 21}
    return [{"company": company, "months": count} for company, count in months.items()]


def incidents(rng: random.Random) -> list[dict[str, object]]:
    """Nine exposures of data, one of them reported twice, two drills, and incidents of other kinds."""
    rows: list[dict[str, object]] = []

    def book(company: str, kind: str, what: str, cost: int, currency: str = "USD") -> None:
        rows.append({"company": company, "kind": kind, "what": what, "cost": cost, "currency": currency})

    for company, what, cost, currency in (
        ("Tessaly", "reminders to the wrong numbers", 27_300, "USD"),
        ("B", "export with another tenant's rows", 18_400, "USD"),
        ("B", "backup readable for nine days", 61_500, "EUR"),
        ("B", "drill: invented export", 15_000, "USD"),
        ("C", "mail merge off by one row", 9_800, "USD"),
        ("C", "password list in a ticket", 46_200, "USD"),
        ("D", "report server without a login", 648_000, "USD"),
        ("D", "guest link that did not expire", 33_700, "USD"),
        ("E", "test data that were real", 74_100, "USD"),
        ("E", "drill: invented laptop", 12_000, "USD"),
        ("F", "invoice sent to a namesake", 6_400, "USD"),
    ):
        book(company, "exposure", what, cost, currency)
    for _ in range(12):
        kind, what = rng.choice((("outage", "booking down"), ("phishing", "mailbox"), ("lost device", "laptop")))
        book(rng.choice(("Tessaly", "B", "C", "D", "E", "F")), kind, what, 100 * rng.randint(8, 140))
    rng.shuffle(rows)
    rows = [{"ref": f"I-{number:02}", **row} for number, row in enumerate(rows, 1)]
    rows.append(dict(next(row for row in rows if row["what"] == "test data that were real"), company="D"))
    return rows


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write rows as a CSV file."""
    with (DATA / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    rng = random.Random(9145)
    write("rules.csv", rules(rng))
    write("members.csv", members())
    write("incidents.csv", incidents(rng))
