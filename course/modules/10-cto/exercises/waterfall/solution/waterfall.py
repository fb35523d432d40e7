"""Who is paid what when the company is sold: preferences, conversion, and what is left for a common share."""


def given(preferred, choosing):
    """The classes that take their preference, and those that share in the rest, when `choosing` convert."""
    takes = [each for each in preferred if each["name"] not in choosing]
    shares = [each for each in preferred if each["name"] in choosing or each["participating"]]
    return takes, shares


def preferences(takes, amount):
    """What each of these classes gets as its preference, and what is left after them."""
    paid, left = {}, amount
    for rank in sorted({each["rank"] for each in takes}):
        equals = [each for each in takes if each["rank"] == rank]
        due = sum(each["preference"] for each in equals)
        pot = min(due, left)
        paid |= {each["name"]: pot * each["preference"] / due for each in equals}
        left -= pot
    return paid, left


def payout(company, amount, converting):
    """What each class and each common holder gets if exactly the classes in `converting` convert."""
    takes, shares = given(company["preferred"], converting)
    paid, left = preferences(takes, amount)
    count = sum(company["common"].values()) + sum(each["shares"] for each in shares)
    found = {each["name"]: paid.get(each["name"], 0.0) for each in company["preferred"]}
    for each in shares:
        found[each["name"]] += left * each["shares"] / count
    return found | {holder: left * held / count for holder, held in company["common"].items()}


def conversions(company, amount):
    """The names of the classes that convert: the one set in which no class would rather change."""
    choosing = set()
    for each in sorted(able(company), key=lambda each: each["preference"] / each["shares"]):
        takes, shares = given(company["preferred"], choosing | {each["name"]})
        left = preferences(takes, amount)[1]
        count = sum(company["common"].values()) + sum(one["shares"] for one in shares)
        if left * each["shares"] < each["preference"] * count:
            break
        choosing.add(each["name"])
    return choosing


def able(company):
    """The classes that have something to gain from converting."""
    return [each for each in company["preferred"] if not each["participating"]]


def waterfall(company, amount):
    """What each class and each common holder gets."""
    return payout(company, amount, conversions(company, amount))


def sale_for(company, price):
    """The lowest sale price at which a common share brings `price`."""
    choosing = {each["name"] for each in able(company) if each["preference"] <= price * each["shares"]}
    takes, shares = given(company["preferred"], choosing)
    count = sum(company["common"].values()) + sum(each["shares"] for each in shares)
    return price * count + sum(each["preference"] for each in takes)


def flat_zone(company, name):
    """The sale prices from which and up to which that class gets the same."""
    own = next(each for each in company["preferred"] if each["name"] == name)
    if own["participating"]:
        raise ValueError(f"{name} is participating: above its preference it always gets more")
    low = sum(each["preference"] for each in company["preferred"] if each["rank"] <= own["rank"])
    return low, sale_for(company, own["preference"] / own["shares"])


def net(company, amount, options, strike):
    """What that many options bring after paying the strike price; 0 if nobody would exercise them."""
    common = sum(company["common"].values())
    price = sum(waterfall(company, amount)[holder] for holder in company["common"]) / common
    return max(0.0, price - strike) * options
