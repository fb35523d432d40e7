"""The front desk's two database calls: a day's list, and a booking."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

# What this release adds to the tables of schema.sql. It runs whenever
# the application starts, so a second run must do no harm.
MIGRATION = """
-- The day list: first the clinic (an equality), then the time (a range).
CREATE INDEX IF NOT EXISTS appointments_day
    ON appointments (clinic_id, starts_at);

CREATE INDEX IF NOT EXISTS reminders_of_appointment
    ON reminders (appointment_id);

-- The rule itself: one booked appointment a practitioner and time.
-- Partial, because a cancelled appointment leaves its slot free.
CREATE UNIQUE INDEX IF NOT EXISTS appointments_slot
    ON appointments (practitioner_id, starts_at) WHERE status = 'booked';
"""


class SlotTaken(Exception):
    """The practitioner already has a booked appointment at that time."""


def migrate(conn: sqlite3.Connection) -> None:
    conn.executescript(MIGRATION)


def list_day(
    conn: sqlite3.Connection, clinic_id: int, day: str
) -> list[dict]:
    """Return a clinic's booked appointments of one day ('2023-02-06').

    In order of starts_at, then id. Each is a dict with these keys:
    id, starts_at, practitioner (a name), patient (a name; None for a
    walk-in), reminders (the channels in the order of the reminders'
    ids; [] when none was sent).
    """
    # A half-open range on the bare column: an expression such as
    # substr(starts_at, 1, 10) would hide the column from the index.
    following = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    span = (clinic_id, day, following)
    rows = conn.execute(
        "SELECT a.id, a.starts_at, d.name, p.name"
        " FROM appointments a"
        " JOIN practitioners d ON d.id = a.practitioner_id"
        " LEFT JOIN patients p ON p.id = a.patient_id"
        " WHERE a.clinic_id = ?"
        " AND a.starts_at >= ? AND a.starts_at < ?"
        " AND a.status = 'booked' ORDER BY a.starts_at, a.id",
        span,
    )
    listed = {
        id_: {
            "id": id_,
            "starts_at": starts_at,
            "practitioner": practitioner,
            "patient": patient,
            "reminders": [],
        }
        for id_, starts_at, practitioner, patient in rows
    }
    # A second statement rather than a third join: in the first one, two
    # reminders would make two rows of one appointment.
    sent = conn.execute(
        "SELECT r.appointment_id, r.channel FROM appointments a"
        " JOIN reminders r ON r.appointment_id = a.id"
        " WHERE a.clinic_id = ?"
        " AND a.starts_at >= ? AND a.starts_at < ?"
        " AND a.status = 'booked' ORDER BY r.id",
        span,
    )
    for id_, channel in sent:
        if id_ in listed:  # booked between the two statements
            listed[id_]["reminders"].append(channel)
    return list(listed.values())


def book(
    conn: sqlite3.Connection,
    clinic_id: int,
    practitioner_id: int,
    patient_id: int | None,
    starts_at: str,
) -> int:
    """Book one slot, commit, and return the new appointment's id.

    Raises SlotTaken when the practitioner is already booked then. Any
    other error of the database goes to the caller as it is.
    """
    try:
        with conn:  # commits, or rolls back when anything is raised
            cursor = conn.execute(
                "INSERT INTO appointments (clinic_id,"
                " practitioner_id, patient_id, starts_at, status)"
                " VALUES (?, ?, ?, ?, 'booked')",
                (clinic_id, practitioner_id, patient_id, starts_at),
            )
    except sqlite3.IntegrityError as error:
        # An unknown patient is an IntegrityError too, and is not "taken".
        if error.sqlite_errorname == "SQLITE_CONSTRAINT_UNIQUE":
            raise SlotTaken(starts_at) from error
        raise
    return cursor.lastrowid
