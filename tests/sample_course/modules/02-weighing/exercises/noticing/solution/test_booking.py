"""Tests of booking.py."""

import unittest

import booking


class Fees(unittest.TestCase):
    def test_late(self):
        """A late cancellation costs half of the price"""
        self.assertEqual(booking.fee(40, 2), 20)

    def test_early(self):
        """An early cancellation is free, to the hour"""
        self.assertEqual(booking.fee(40, 24), 0)
        self.assertEqual(booking.fee(40, 72), 0)

    def test_dear(self):
        """No fee is higher than 50"""
        self.assertEqual(booking.fee(1000, 2), 50)
