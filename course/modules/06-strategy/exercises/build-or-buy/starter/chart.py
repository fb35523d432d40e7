"""Draws the tornado of the messages case: python chart.py"""

import sourcing

CASE = {
    "build_now": 60_000, "build_yearly": 51_000,
    "buy_now": 7_500, "fixed": 4_000, "usage": [28_800, 36_000, 45_000],
    "uplift": 0.0, "exit": 0,
}  # fmt: skip
SWINGS = {
    "usage": (0.5, 2.2),
    "build_now": (45_000, 110_000),
    "build_yearly": (30_000, 60_000),
    "uplift": (0.0, 0.10),
    "exit": (0, 20_000),
}
WIDTH = 46


def main():
    rows = sourcing.tornado(CASE, 0.12, SWINGS)
    low, high = min(0, *(row[1] for row in rows)), max(0, *(row[2] for row in rows))
    span = (high - low) or 1
    zero = round(WIDTH * -low / span)
    print(f"Buying is cheaper by ${sourcing.advantage(CASE, 0.12):,.0f} in present value")
    for name, bad, good in rows:
        begin, end = round(WIDTH * (bad - low) / span), round(WIDTH * (good - low) / span)
        cells = ["=" if begin <= at < max(end, begin + 1) else " " for at in range(WIDTH + 1)]
        cells[min(zero, WIDTH)] = "|"
        print(f"{name:<13}{''.join(cells)} {bad:>9,.0f} .. {good:,.0f}")
    print("Verdict:", *sourcing.verdict(CASE, 0.12, SWINGS))


if __name__ == "__main__":
    main()
