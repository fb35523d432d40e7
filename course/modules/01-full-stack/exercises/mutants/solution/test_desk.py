"""Tests of desk.py: every expectation comes from the page of rules, each limit is met from both sides."""

import unittest
from datetime import datetime, timedelta

from desk import Booking, fee, free_starts, may_book

MONDAY = datetime(2023, 3, 6)
LONG_AGO = datetime(2023, 1, 2)
MINUTE = timedelta(minutes=1)


def at(text, day=MONDAY):
    """A time of that day, from 'hh:mm'."""
    hour, minute = map(int, text.split(":"))
    return day.replace(hour=hour, minute=minute)


def offered(minutes, *booked, now=LONG_AGO):
    """The starts on Monday as texts; `booked` are Bookings or pairs of a time and minutes."""
    bookings = [each if isinstance(each, Booking) else Booking(at(each[0]), each[1]) for each in booked]
    return [f"{start:%H:%M}" for start in free_starts(now, MONDAY, minutes, bookings)]


def quarters(first, last):
    """'08:00', '08:15' ... up to and including last."""
    count = (at(last) - at(first)) // timedelta(minutes=15)
    return [f"{at(first) + timedelta(minutes=15 * n):%H:%M}" for n in range(count + 1)]


class FreeStarts(unittest.TestCase):
    def test_empty_day(self):
        """From opening, up to lunch, from lunch, up to closing: whole lists, so that both ends are seen"""
        for minutes, before_lunch, last in ((15, "12:15", "17:15"), (30, "12:00", "17:00"), (90, "11:00", "16:00")):
            with self.subTest(minutes=minutes):
                right = quarters("08:00", before_lunch) + quarters("13:30", last)
                self.assertEqual(offered(minutes), right)

    def test_around_a_booking(self):
        """What ends or begins with a booking fits; what shares a minute with it does not"""
        found = offered(30, ("10:00", 30))
        for start, fits in (("09:30", True), ("09:45", False), ("10:00", False), ("10:15", False), ("10:30", True)):
            self.assertEqual(start in found, fits, start)

    def test_booking_inside(self):
        """A long appointment does not fit over a short booking"""
        self.assertNotIn("09:00", offered(90, ("09:30", 15)))

    def test_several_bookings(self):
        """All bookings count, in any order, and cancelled ones do not"""
        gone = Booking(at("11:00"), 15, cancelled=True)
        found = offered(15, ("15:00", 15), ("09:00", 15), gone, ("13:30", 15))
        taken = [start for start in offered(15) if start not in found]
        self.assertEqual(taken, ["09:00", "13:30", "15:00"])

    def test_notice(self):
        """Exactly two hours ahead is early enough"""
        for now, first in ((at("08:00"), "10:00"), (at("08:00") + MINUTE, "10:15")):
            self.assertEqual(offered(15, now=now)[0], first)

    def test_notice_the_evening_before(self):
        """On another day the time of day plays no part"""
        evening = at("21:00") - timedelta(days=1)
        self.assertEqual(offered(15, now=evening), offered(15))

    def test_again(self):
        """A second call sees what has been booked since the first"""
        self.assertIn("10:00", offered(15))
        self.assertNotIn("10:00", offered(15, ("10:00", 15)))


class Fee(unittest.TestCase):
    def test_limits(self):
        """Free up to exactly 24 hours before, half until it begins, then all of it"""
        start = at("09:30")
        for before, right in (
            (timedelta(days=3, hours=2), 0),
            (timedelta(hours=24), 0),
            (timedelta(hours=24) - MINUTE, 2_500),
            (timedelta(hours=13), 2_500),  # the evening before
            (MINUTE, 2_500),
            (timedelta(0), 5_000),
            (-MINUTE, 5_000),
        ):
            with self.subTest(before=before):
                self.assertEqual(fee(start - before, start, 5_000), right)

    def test_odd_cents(self):
        """Half a cent is the patient's, for neighbouring odd prices"""
        start = at("09:30")
        for price, right in ((4_501, 2_250), (4_503, 2_251), (1, 0)):
            self.assertEqual(fee(start - MINUTE, start, price), right, price)


class MayBook(unittest.TestCase):
    NOW = at("12:00")

    def may(self, start, *own):
        return may_book(self.NOW, start, list(own))

    def later(self, days, **more):
        return Booking(at("09:30") + timedelta(days=days), 30, **more)

    def test_three(self):
        """Two open ones leave room for a third, three do not"""
        wanted = at("09:30") + timedelta(days=9)
        own = [self.later(days) for days in (1, 2, 3)]
        self.assertTrue(self.may(wanted, *own[:2]))
        self.assertFalse(self.may(wanted, *own))

    def test_not_open(self):
        """Past and cancelled ones do not count, however many there are"""
        wanted = at("09:30") + timedelta(days=9)
        past = [self.later(-days) for days in range(5)]
        cancelled = [self.later(days, cancelled=True) for days in (1, 2, 3, 9)]
        self.assertTrue(self.may(wanted, *past, *cancelled))

    def test_one_a_day(self):
        """Not twice on a day; the same day of another month is another day"""
        one = self.later(1)
        self.assertFalse(self.may(one.start + timedelta(hours=5), one))
        self.assertTrue(self.may(one.start.replace(month=4), one))
