"""Who is paid what when the company is sold: preferences, conversion, and what is left for a common share."""


def payout(company, amount, converting):
    """What each class and each common holder gets if exactly the classes in `converting` convert."""
    held = company["common"] | {each["name"]: each["shares"] for each in company["preferred"]}
    return {holder: amount * shares / sum(held.values()) for holder, shares in held.items()}


def conversions(company, amount):
    """The names of the classes that convert: the one set in which no class would rather change."""
    share = payout(company, amount, set())
    return {each["name"] for each in company["preferred"] if share[each["name"]] >= each["preference"]}


def waterfall(company, amount):
    """What each class and each common holder gets."""
    return payout(company, amount, conversions(company, amount))


def sale_for(company, price):
    """The lowest sale price at which a common share brings `price`."""
    return 0.0


def flat_zone(company, name):
    """The sale prices from which and up to which that class gets the same."""
    return 0.0, 0.0


def net(company, amount, options, strike):
    """What that many options bring after paying the strike price; 0 if nobody would exercise them."""
    return 0.0


TESSALY = {
    "common": {"founders": 4_800_000, "employees": 1_200_000, "pool": 1_400_000},
    "preferred": [
        {"name": "B", "shares": 2_800_000, "preference": 20_000_000, "rank": 1, "participating": False},
        {"name": "A", "shares": 2_400_000, "preference": 8_000_000, "rank": 2, "participating": False},
        {"name": "seed", "shares": 1_400_000, "preference": 2_000_000, "rank": 3, "participating": False},
    ],
}

if __name__ == "__main__":
    for millions in (20, 30, 60, 100, 150, 250):
        print(f"${millions}M: 100,000 options bring ${net(TESSALY, millions * 1_000_000, 100_000, 1.2):,.0f}")
