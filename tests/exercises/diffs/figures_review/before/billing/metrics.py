"""Monthly figures of the subscription business."""

from billing.store import Store


def mrr(store: Store, month: str) -> int:
    """Monthly recurring revenue in cents."""
    return sum(sub.cents for sub in store.active(month))


def churned(store: Store, month: str) -> set[str]:
    """Customers who were there at the beginning of the month and not at its end."""
    before = {sub.customer for sub in store.active_at_start(month)}
    after = {sub.customer for sub in store.active_at_end(month)}
    return before - after


def churn_rate(store: Store, month: str) -> float:
    """Share of the customers of the month's beginning who left during it."""
    start = {sub.customer for sub in store.active_at_start(month)}
    if not start:
        return 0.0
    return len(churned(store, month)) / len(start)


def by_plan(store: Store, month: str) -> dict[str, int]:
    """Revenue in cents by plan."""
    found: dict[str, int] = {}
    for sub in store.active(month):
        found[sub.plan] = found.get(sub.plan, 0) + sub.cents
    return found
