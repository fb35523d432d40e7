"""The access matrix of clinics.py."""

import unittest

from clinics import Service


def world():
    """Two clinics, an owner and a receptionist each, one appointment each."""
    service = Service()
    for clinic in ("own", "stranger"):
        service.add_clinic(clinic)
        service.add_user(f"owner@{clinic}", "owner", clinic)
        service.add_user(f"reception@{clinic}", "reception", clinic)
        service.add_row(clinic, f"patient of {clinic}", 9, f"note of {clinic}")
    return service


class Reading(unittest.TestCase):
    def test_own(self):
        """A receptionist reads her own clinic's appointment"""
        service = world()
        self.assertEqual(service.request("reception@own", "read", key=100)[0], 200)

    def test_stranger(self):
        """She does not read a stranger's"""
        service = world()
        self.assertEqual(service.request("reception@own", "read", key=101)[0], 404)
