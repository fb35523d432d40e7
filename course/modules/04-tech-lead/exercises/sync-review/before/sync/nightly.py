"""Once a night, for each clinic."""

from sync.fetch import calendar_at
from sync.store import replace_busy_times, staff_of


def run(db, clinic_id):
    for person in staff_of(db, clinic_id):
        if person.calendar_url:
            times = calendar_at(person.calendar_url)
            replace_busy_times(db, person.id, times)
