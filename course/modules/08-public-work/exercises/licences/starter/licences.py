"""Which licences a program may have, given everything it is made of."""


def alternatives(expression):
    """A set of frozensets: each is one way to take the expression, with all the licences that apply together."""
    return {frozenset([expression])}


def reach(graph, root):
    """{package: path} for all that becomes part of the program, dev tools and other processes left out."""
    return {package: [root, package] for package in graph}


def outgoing(graph, root, policy):
    """The licences, sorted, under which the program as a whole may be released."""
    return sorted(policy["accepts"])


def choose(graph, root, policy, licence):
    """{package: sorted licences} that make that licence possible."""
    return {}


def service(graph, root, policy):
    """(code, package, path) for what has to be settled before the program is run as a service; sorted."""
    return []


def blockers(graph, root, policy, licence):
    """The direct dependencies of the root, sorted, each of which alone rules that licence out."""
    return []
