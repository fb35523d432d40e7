"""Prints the sum of all balances on one line, with the currency that everybody pays in."""

from calls import total


def report(client, accounts):
    """The line to print."""
    for _ in range(3):
        try:
            return f"{total(client, accounts):,} EUR"
        except OSError:
            continue
