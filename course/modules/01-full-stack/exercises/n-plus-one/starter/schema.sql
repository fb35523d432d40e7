-- The tables as they are in production today. Leave this file as it is:
-- what you add goes into MIGRATION in clinic.py.

CREATE TABLE practitioners (
    id        INTEGER PRIMARY KEY,
    clinic_id INTEGER NOT NULL,
    name      TEXT NOT NULL
);

CREATE TABLE patients (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- starts_at is local time as text, '2023-02-06T08:15'. A row without a
-- patient is a walk-in: the slot is held, and the desk asks for the name.
CREATE TABLE appointments (
    id              INTEGER PRIMARY KEY,
    clinic_id       INTEGER NOT NULL,
    practitioner_id INTEGER NOT NULL REFERENCES practitioners (id),
    patient_id      INTEGER REFERENCES patients (id),
    starts_at       TEXT NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('booked', 'cancelled'))
);

-- What was sent for an appointment: nothing, one message or several.
CREATE TABLE reminders (
    id             INTEGER PRIMARY KEY,
    appointment_id INTEGER NOT NULL REFERENCES appointments (id),
    channel        TEXT NOT NULL CHECK (channel IN ('sms', 'email'))
);
