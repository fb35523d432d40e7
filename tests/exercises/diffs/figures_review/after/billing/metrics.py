"""Monthly figures of the subscription business."""

from billing.store import Store


def mrr(store: Store, month: str) -> int:
    """Monthly recurring revenue in cents; yearly plans count a twelfth a month."""
    total = 0
    for sub in store.active(month):
        total += sub.cents // 12 if sub.interval == "year" else sub.cents
    return total


def churned(store: Store, month: str) -> set[str]:
    """Customers who were there at the beginning of the month and not at its end."""
    before = {sub.customer for sub in store.active_at_start(month)}
    after = {sub.customer for sub in store.active_at_end(month)}
    return before - after


def churn_rate(store: Store, month: str) -> float:
    """Share of the customers who left during the month."""
    customers = {sub.customer for sub in store.active_at_end(month)}
    return len(churned(store, month)) / len(customers)


def net_revenue_retention(store: Store, month: str) -> float:
    """What the customers of the month's beginning pay at its end, as a share of what they paid."""
    start = {sub.customer: sub.cents for sub in store.active_at_start(month)}
    end = {sub.customer: sub.cents for sub in store.active_at_end(month)}
    kept = sum(end.get(customer, 0) for customer in start)
    return kept / sum(start.values()) if start else 1.0


def by_plan(store: Store, month: str) -> dict[str, int]:
    """Revenue in cents by plan."""
    found: dict[str, int] = {}
    for sub in store.active(month):
        found[sub.plan] = found.get(sub.plan, 0) + sub.cents
    return found
