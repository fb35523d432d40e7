"""Tests of booking.py."""

import unittest

import booking


class Fees(unittest.TestCase):
    def test_late(self):
        """A late cancellation costs something"""
        self.assertTrue(booking.fee(40, 2) > 0)
