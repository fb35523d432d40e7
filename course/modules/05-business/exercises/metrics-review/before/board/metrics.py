"""Figures for the board page. All amounts are whole cents until they are displayed."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


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


def page(subscriptions: list[Subscription], month: date) -> dict[str, object]:
    """What the board page shows for the month that begins on that day."""
    clinics = {s.clinic for s in subscriptions if active_on(s, month)}
    return {"month": month.isoformat(), "clinics": len(clinics)}
