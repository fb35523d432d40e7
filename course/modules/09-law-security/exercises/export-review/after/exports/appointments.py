"""GET /exports/appointments: seven days of a chain's clinics, as CSV."""

from datetime import date, timedelta

from exports import tokens
from exports.clock import today
from exports.store import Row, chain_of, connect
from exports.web import Request, Response, as_csv, log, refuse

COLUMNS = ("clinic", "patient", "phone", "starts_at", "booked_by")


def export(request: Request) -> Response:
    """The list of each ?clinic=, or of the token's own."""
    token = tokens.valid(request.bearer)
    if token is None:
        return refuse(401)
    clinics = request.args.getlist("clinic", int) or [token.clinic]
    chains = {chain_of(clinic) for clinic in clinics}
    if len(chains) > 1 or not all(map(token.covers, clinics)):
        return refuse(404)
    rows = read(clinics, today())
    log.info("token %s: %s clinics", token.id, len(clinics))
    return as_csv(COLUMNS, rows)


def read(clinics: list[int], first: date) -> list[Row]:
    """Seven days. No row policy binds the worker's role."""
    marks = ", ".join(["%s"] * len(clinics))
    query = (
        f"SELECT {', '.join(COLUMNS)} FROM appointments"
        f" WHERE clinic IN ({marks}) AND day >= %s AND day < %s"
        " ORDER BY clinic, starts_at"
    )
    with connect("export_worker") as database:
        end = first + timedelta(days=7)
        return database.all(query, [*clinics, first, end])
