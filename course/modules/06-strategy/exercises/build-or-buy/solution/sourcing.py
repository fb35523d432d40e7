"""Build or buy over some years, in present value, and what the answer hangs on."""


def flows_build(case):
    """Payments for building: at the start, then at the end of each year."""
    return [case["build_now"]] + [case["build_yearly"]] * len(case["usage"])


def flows_buy(case):
    """Payments for buying: at the start, then at the end of each year, with the exit in the last."""
    yearly = [
        (case["fixed"] + usage) * (1 + case["uplift"]) ** year for year, usage in enumerate(case["usage"])
    ]  # fmt: skip
    yearly[-1] += case["exit"]
    return [case["buy_now"], *yearly]


def npv(rate, flows):
    """Present value, the first payment undiscounted."""
    return sum(flow / (1 + rate) ** year for year, flow in enumerate(flows))


def advantage(case, rate):
    """How much cheaper buying is."""
    return npv(rate, flows_build(case)) - npv(rate, flows_buy(case))


def scaled(case, factor):
    """The case with that much usage."""
    return {**case, "usage": [factor * usage for usage in case["usage"]]}


def break_even(case, rate):
    """The factor on usage at which both cost the same; None where there is none."""
    without = npv(rate, flows_buy(scaled(case, 0)))
    per_factor = npv(rate, flows_buy(case)) - without
    room = npv(rate, flows_build(case)) - without
    if per_factor <= 0 or room < 0:
        return None
    return room / per_factor


def tornado(case, rate, swings):
    """(name, low, high) for each swing, the widest first."""
    rows = []
    for name, values in swings.items():
        cases = [scaled(case, value) if name == "usage" else {**case, name: value} for value in values]
        rows.append((name, *sorted(advantage(each, rate) for each in cases)))
    return sorted(rows, key=lambda row: (row[1] - row[2], row[0]))


def verdict(case, rate, swings):
    """buy, build or depends, with the names that decide."""
    base = advantage(case, rate) > 0
    names = [name for name, low, high in tornado(case, rate, swings) if (low > 0) != base or (high > 0) != base]
    if names:
        return "depends", names
    return ("buy" if base else "build"), []
