from datetime import UTC, datetime

from sync import nightly
from tests.fakes import bookings, hook, store, supplier, texts

NINE = datetime(2025, 1, 20, 9, tzinfo=UTC)
TEN = datetime(2025, 1, 20, 10, tzinfo=UTC)


def test_a_moved_entry_moves_the_booking():
    booking = bookings.make(external_id="e1", starts_at=NINE)
    hook.post("moved", entry_id="e1", starts_at=TEN)
    assert booking.reload().starts_at == TEN
    assert "20-01 at 10:00" in texts.sent[0].body


def test_what_the_supplier_lost_is_cancelled():
    bookings.make(external_id="e1", starts_at=NINE)
    gone = bookings.make(external_id="e2", starts_at=TEN)
    supplier.has("e1")
    nightly.run(store, gone.clinic_id)
    assert gone.reload().status == "cancelled"
