"""Figures for the board page. All amounts are whole cents until they are displayed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from board.store import usage_lines


@dataclass(frozen=True)
class Subscription:
    clinic: int
    plan: str
    interval: str  # "month" or "year"
    amount: int  # cents for one interval, without usage
    started: date
    ended: date | None  # the first day on which it is no longer active


def first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def active_on(subscription: Subscription, day: date) -> bool:
    return subscription.started <= day and (subscription.ended is None or day < subscription.ended)


def dollars(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("1"), ROUND_HALF_UP)


def mrr_by_clinic(subscriptions: list[Subscription], day: date) -> Counter[int]:
    """Monthly recurring revenue of each clinic on that day, in cents."""
    found: Counter[int] = Counter()
    for subscription in subscriptions:
        if active_on(subscription, day):
            found[subscription.clinic] += subscription.amount
    for line in usage_lines(day):
        found[line.clinic] += line.amount
    return found


def logo_churn(subscriptions: list[Subscription], month: date) -> float:
    """Share of clinics that left during the month."""
    at_start = {s.clinic for s in subscriptions if active_on(s, month)}
    at_end = {s.clinic for s in subscriptions if active_on(s, first_of_next_month(month))}
    return len(at_start - at_end) / len(at_end)


def gross_retention(before: Counter[int], after: Counter[int]) -> float:
    """Share of the revenue of `before` that is still there, without expansion."""
    kept = sum(min(amount, after[clinic]) for clinic, amount in before.items())
    return kept / before.total()


def net_retention(before: Counter[int], after: Counter[int]) -> float:
    """Share of the revenue of `before` that the same clinics bring now, expansion included."""
    return after.total() / before.total()


def lifetime_value(arpa: int, margin: float, churn: float) -> int:
    """Cents that a clinic brings over its life."""
    return round(arpa * margin / churn)


def page(subscriptions: list[Subscription], month: date) -> dict[str, object]:
    """What the board page shows for the month that begins on that day."""
    following = first_of_next_month(month)
    before, after = mrr_by_clinic(subscriptions, month), mrr_by_clinic(subscriptions, following)
    churn = logo_churn(subscriptions, month)
    arpa = after.total() // len(after)
    return {
        "month": month.isoformat(),
        "clinics": len(after),
        "mrr": dollars(after.total()),
        "arr": dollars(12 * after.total()),
        "logo churn": f"{churn:.1%}",
        "gross retention": f"{gross_retention(before, after):.1%}",
        "net retention": f"{net_retention(before, after):.1%}",
        "lifetime value": dollars(lifetime_value(arpa, 0.78, churn)),
    }
