"""GET /exports/appointments: seven days of a clinic, as CSV."""

from datetime import date, timedelta

from exports import tokens
from exports.clock import today
from exports.store import Row, connect
from exports.web import Request, Response, as_csv, log, refuse

COLUMNS = ("clinic", "patient", "phone", "starts_at")


def export(request: Request) -> Response:
    """The list of ?clinic=, or of the token's own."""
    token = tokens.valid(request.bearer)
    if token is None:
        return refuse(401)
    clinic = request.args.get("clinic", token.clinic, int)
    if not token.covers(clinic):
        return refuse(404)
    rows = read(clinic, today())
    log.info("token %s: %s, %s rows", token.id, clinic, len(rows))
    return as_csv(COLUMNS, rows)


def read(clinic: int, first: date) -> list[Row]:
    """Seven days. No row policy binds the worker's role."""
    query = (
        f"SELECT {', '.join(COLUMNS)} FROM appointments"
        " WHERE clinic = %s AND day >= %s AND day < %s"
        " ORDER BY starts_at"
    )
    with connect("export_worker") as database:
        end = first + timedelta(days=7)
        return database.all(query, [clinic, first, end])
