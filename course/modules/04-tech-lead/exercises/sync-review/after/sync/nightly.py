"""Once a night, for each clinic."""

from booking.clock import now
from sync.fetch import entries_of
from sync.hook import cancel


def run(db, clinic_id):
    """Cancel what the supplier no longer has."""
    entries = entries_of(clinic_id)
    gone = db.all(
        "SELECT external_id FROM bookings WHERE clinic_id = %s"
        " AND status = 'booked' AND starts_at > %s"
        " AND external_id <> ALL(%s)",
        clinic_id, now(), [entry.id for entry in entries])
    for row in gone:
        cancel(db, clinic_id, row.external_id)
