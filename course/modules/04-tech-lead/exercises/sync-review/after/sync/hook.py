"""POST /sync/<clinic>: an entry of the outside calendar changed."""

from booking.clock import now
from booking.desk import tell_desk
from booking.slots import overlaps
from booking.texts import send_text
from payments.api import refund
from sync.events import parse
from web.hooks import NO_CONTENT, signed


@signed
def receive(db, clinic_id, body):
    event = parse(body)
    if event.kind == "moved":
        move(db, clinic_id, event)
    elif event.kind == "deleted":
        cancel(db, clinic_id, event.entry_id)
    return NO_CONTENT


def move(db, clinic_id, event):
    booking = find(db, clinic_id, event.entry_id)
    if booking is None:
        return
    if overlaps(db, booking.id, event.starts_at):
        tell_desk(clinic_id, booking.id)
        return
    db.set("bookings", booking.id, starts_at=event.starts_at)
    send_text(booking.phone, f"New time: {event.starts_at:%d-%m at %H:%M}.")


def find(db, clinic_id, entry_id):
    return db.one(
        "SELECT b.id, b.phone, d.state AS deposit FROM bookings b"
        " LEFT JOIN deposits d ON d.booking_id = b.id"
        " WHERE b.clinic_id = %s AND b.external_id = %s"
        " AND b.starts_at > %s", clinic_id, entry_id, now())


def cancel(db, clinic_id, entry_id):
    booking = find(db, clinic_id, entry_id)
    if booking is None:
        return
    db.set("bookings", booking.id, status="cancelled")
    if booking.deposit == "paid":
        refund(booking.id)
    send_text(booking.phone, "Your appointment is cancelled.")
