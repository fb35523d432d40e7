"""Sends the month's figures to the board."""

import csv
import io
import logging
import time

from billing.metrics import churn_rate, mrr, net_revenue_retention
from billing.store import Store

log = logging.getLogger(__name__)
ATTEMPTS = 5


def report(store: Store, month: str) -> str:
    """The figures as CSV, one line a figure."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["figure", "value"])
    rows.writerow(["MRR", mrr(store, month) / 100])
    rows.writerow(["churn", round(churn_rate(store, month), 4)])
    rows.writerow(["NRR", round(net_revenue_retention(store, month), 4)])
    return out.getvalue()


def send(store: Store, month: str, mailer) -> None:
    """Mail the report to everybody on the board; tries again when the mail server is down."""
    recipients = store.query(f"SELECT email FROM board WHERE month = '{month}'")
    text = report(store, month)
    for attempt in range(ATTEMPTS):
        try:
            for recipient in recipients:
                mailer.send(recipient, f"Figures of {month}", text)
            return
        except OSError:
            time.sleep(2**attempt)
    log.error("the report of %s was not sent", month)
