"""The front desk's two database calls: a day's list, and a booking."""

from __future__ import annotations

import sqlite3

# What this release adds to the tables of schema.sql. It runs whenever
# the application starts, so a second run must do no harm.
MIGRATION = """
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
    rows = conn.execute(
        "SELECT id, starts_at, practitioner_id, patient_id"
        " FROM appointments WHERE clinic_id = ?"
        " AND substr(starts_at, 1, 10) = ?"
        " AND status = 'booked' ORDER BY starts_at, id",
        (clinic_id, day),
    ).fetchall()
    result = []
    for id_, starts_at, practitioner_id, patient_id in rows:
        result.append(
            {
                "id": id_,
                "starts_at": starts_at,
                "practitioner": _practitioner(conn, practitioner_id),
                "patient": _patient(conn, patient_id),
                "reminders": _reminders(conn, id_),
            }
        )
    return result


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
    taken = conn.execute(
        "SELECT 1 FROM appointments"
        " WHERE practitioner_id = ? AND starts_at = ?"
        " AND status = 'booked'",
        (practitioner_id, starts_at),
    ).fetchone()
    if taken:
        raise SlotTaken(starts_at)
    cursor = conn.execute(
        "INSERT INTO appointments (clinic_id,"
        " practitioner_id, patient_id, starts_at, status)"
        " VALUES (?, ?, ?, ?, 'booked')",
        (clinic_id, practitioner_id, patient_id, starts_at),
    )
    conn.commit()
    return cursor.lastrowid


def _practitioner(conn, practitioner_id):
    query = "SELECT name FROM practitioners WHERE id = ?"
    return conn.execute(query, (practitioner_id,)).fetchone()[0]


def _patient(conn, patient_id):
    if patient_id is None:
        return None
    query = "SELECT name FROM patients WHERE id = ?"
    return conn.execute(query, (patient_id,)).fetchone()[0]


def _reminders(conn, appointment_id):
    query = (
        "SELECT channel FROM reminders WHERE appointment_id = ?"
        " ORDER BY id"
    )
    rows = conn.execute(query, (appointment_id,))
    return [channel for (channel,) in rows]
