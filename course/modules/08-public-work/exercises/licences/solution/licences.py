"""Which licences a program may have, given everything it is made of."""

import re
from collections import deque

TOKEN = re.compile(r"[()]|[^\s()]+")


def alternatives(expression):
    """A set of frozensets: each is one way to take the expression, with all the licences that apply together."""
    tokens = TOKEN.findall(expression)
    found, rest = either(tokens)
    if rest:
        raise ValueError(f"{rest[0]!r} is not expected in {expression!r}")
    return found


def either(tokens):
    """A OR B: the alternatives of both."""
    found, tokens = together(tokens)
    while tokens and tokens[0] == "OR":
        more, tokens = together(tokens[1:])
        found |= more
    return found, tokens


def together(tokens):
    """A AND B, which binds closer than OR: each alternative of one with each of the other."""
    found, tokens = single(tokens)
    while tokens and tokens[0] == "AND":
        more, tokens = single(tokens[1:])
        found = {one | other for one in found for other in more}
    return found, tokens


def single(tokens):
    """A licence, with its exception if there is one, or brackets."""
    if not tokens or tokens[0] in ("AND", "OR", "WITH", ")"):
        raise ValueError("a licence is missing")
    if tokens[0] == "(":
        found, tokens = either(tokens[1:])
        if not tokens or tokens[0] != ")":
            raise ValueError("a bracket is not closed")
        return found, tokens[1:]
    name, tokens = tokens[0], tokens[1:]
    if tokens and tokens[0] == "WITH":
        if len(tokens) < 2:
            raise ValueError("an exception is missing")
        name, tokens = f"{name} WITH {tokens[1]}", tokens[2:]
    return {frozenset([name])}, tokens


def paths(graph, root, kinds):
    """{package: shortest path} over edges of those kinds; of equally short ones the first in the alphabet."""
    found, queue = {root: [root]}, deque([root])
    while queue:
        package = queue.popleft()
        for needed, kind in sorted(graph[package]["needs"].items()):
            if kind in kinds and needed not in found:
                found[needed] = [*found[package], needed]
                queue.append(needed)
    return found


def reach(graph, root):
    """{package: path} for all that becomes part of the program, dev tools and other processes left out."""
    found = paths(graph, root, {"link"})
    del found[root]
    return found


def fitting(graph, package, accepted):
    """The alternatives of the package that are accepted in full, the best first."""
    ways = [sorted(way) for way in alternatives(graph[package]["licence"]) if way <= accepted]
    return sorted(ways, key=lambda way: (len(way), way))


def allowed(graph, packages, policy, licence):
    """Whether every one of the packages may be part of a program under that licence."""
    accepted = set(policy["accepts"][licence])
    return all(fitting(graph, package, accepted) for package in packages)


def outgoing(graph, root, policy):
    """The licences, sorted, under which the program as a whole may be released."""
    parts = reach(graph, root)
    return sorted(licence for licence in policy["accepts"] if allowed(graph, parts, policy, licence))


def choose(graph, root, policy, licence):
    """{package: sorted licences} that make that licence possible."""
    accepted = set(policy["accepts"][licence])
    chosen = {package: fitting(graph, package, accepted) for package in reach(graph, root)}
    return {package: ways[0] if ways else [] for package, ways in chosen.items()}


def usable(graph, package, policy):
    """The alternatives of the package whose licences the policy knows, all of them."""
    known = set().union(*policy["accepts"].values(), policy["network"])
    return [way for way in alternatives(graph[package]["licence"]) if way <= known]


def service(graph, root, policy):
    """(code, package, path) for what has to be settled before the program is run as a service; sorted."""
    linked, running = paths(graph, root, {"link"}), paths(graph, root, {"link", "process"})
    found = []
    for package in sorted(set(running) - {root}):
        path = linked.get(package, running[package])
        ways = usable(graph, package, policy)
        if not ways:
            found.append(("unknown", package, path))
        elif all(way & set(policy["network"]) for way in ways):
            if graph[package].get("modified"):
                found.append(("offer source", package, path))
            elif package in linked:
                found.append(("ask counsel", package, path))
    return sorted(found)


def blockers(graph, root, policy, licence):
    """The direct dependencies of the root, sorted, each of which alone rules that licence out."""
    direct = [package for package, kind in graph[root]["needs"].items() if kind == "link"]
    return sorted(
        package for package in direct if not allowed(graph, [package, *reach(graph, package)], policy, licence)
    )
