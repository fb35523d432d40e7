"""What a cancelled booking costs."""

LIMIT = 50


def fee(price, hours):
    """The fee for a cancellation so many hours ahead."""
    if hours > 24:
        return 0
    return min(price / 2, LIMIT)
