"""Build or buy over some years, in present value, and what the answer hangs on."""


def flows_build(case):
    """Payments for building: at the start, then at the end of each year."""
    return [case["build_now"]]


def flows_buy(case):
    """Payments for buying: at the start, then at the end of each year, with the exit in the last."""
    return [case["buy_now"], *case["usage"]]


def npv(rate, flows):
    """Present value, the first payment undiscounted."""
    return sum(flows)


def advantage(case, rate):
    """How much cheaper buying is."""
    return npv(rate, flows_build(case)) - npv(rate, flows_buy(case))


def break_even(case, rate):
    """The factor on usage at which both cost the same; None where there is none."""
    return None


def tornado(case, rate, swings):
    """(name, low, high) for each swing, the widest first."""
    return [(name, 0, 0) for name in swings]


def verdict(case, rate, swings):
    """buy, build or depends, with the names that decide."""
    return ("buy" if advantage(case, rate) > 0 else "build"), []
