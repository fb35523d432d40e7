from collections import Counter
from datetime import date

from board.metrics import Subscription, active_on, gross_retention, net_retention

AUGUST = date(2024, 8, 1)


def clinic(number: int, ended: date | None = None) -> Subscription:
    return Subscription(number, "group", "month", 18_000, date(2024, 1, 1), ended)


def test_ended_on_the_first_is_lost_in_the_month_before() -> None:
    assert active_on(clinic(3, AUGUST), date(2024, 7, 31))
    assert not active_on(clinic(3, AUGUST), AUGUST)


def test_gross_retention_ignores_expansion() -> None:
    assert gross_retention(Counter({1: 100, 2: 100}), Counter({1: 300, 2: 50})) == 0.75


def test_net_retention() -> None:
    before, after = Counter({1: 100, 2: 100}), Counter({1: 130, 2: 100})
    assert net_retention(before, after) == sum(after.values()) / sum(before.values())
