"""The rules of the front desk. Times are datetimes in the clinic's own zone, money is in cents."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

OPENS, CLOSES = time(8, 0), time(17, 30)
LUNCH = (time(12, 30), time(13, 30))
STEP = timedelta(minutes=15)
NOTICE = timedelta(hours=2)
FREE_UNTIL = timedelta(hours=24)
MOST_OPEN = 3


class Booking(NamedTuple):
    """An appointment of one patient with one practitioner."""

    start: datetime
    minutes: int
    cancelled: bool = False

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)


def overlap(start: datetime, end: datetime, from_: datetime, to: datetime) -> bool:
    """Whether two stretches of time share a moment; their ends do not count."""
    return start < to and from_ < end


def free_starts(now: datetime, day: datetime, minutes: int, booked: list[Booking]) -> list[datetime]:
    """When on that day an appointment of that length can begin, in order."""
    at = day.replace(hour=OPENS.hour, minute=OPENS.minute)
    closes = day.replace(hour=CLOSES.hour, minute=CLOSES.minute)
    lunch = [day.replace(hour=t.hour, minute=t.minute) for t in LUNCH]
    length = timedelta(minutes=minutes)
    busy = [(booking.start, booking.end) for booking in booked if not booking.cancelled]
    found = []
    while at + length <= closes:
        soon = at < now + NOTICE
        eating = overlap(at, at + length, *lunch)
        taken = any(overlap(at, at + length, *times) for times in busy)
        if not soon and not eating and not taken:
            found.append(at)
        at += STEP
    return found


def fee(now: datetime, start: datetime, price: int) -> int:
    """What a patient who cancels now has to pay."""
    if now >= start:
        return price
    if start - now >= FREE_UNTIL:
        return 0
    return price // 2


def may_book(now: datetime, start: datetime, own: list[Booking]) -> bool:
    """Whether a patient with these bookings may have another one at that time."""
    open_ = [booking for booking in own if booking.start > now and not booking.cancelled]
    same_day = any(booking.start.date() == start.date() for booking in open_)
    return len(open_) < MOST_OPEN and not same_day
