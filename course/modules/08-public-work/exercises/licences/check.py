"""Checks of the licence program; graphs, names and expressions change at each check."""

import copy
import unittest

import lab

FREE = ["MIT", "ISC", "BSD-3-Clause"]
POLICY = {
    "accepts": {
        "Apache-2.0": [*FREE, "Apache-2.0", "MPL-2.0"],
        "GPL-2.0-only": [*FREE, "MPL-2.0", "GPL-2.0-only", "GPL-2.0-or-later"],
        "GPL-3.0-only": [*FREE, "Apache-2.0", "MPL-2.0", "GPL-2.0-or-later", "GPL-3.0-only"],
        "AGPL-3.0-only": [*FREE, "Apache-2.0", "MPL-2.0", "GPL-2.0-or-later", "GPL-3.0-only", "AGPL-3.0-only"],
    },
    "network": ["AGPL-3.0-only"],
}
NAMES = ["agenda", "birch", "cobalt", "delta", "ember", "fjord", "garnet", "heron", "inlet", "juniper"]


def graph_of(edges, licences, modified=()):
    """Edges are (from, to, kind)."""
    names = {name for a, b, _ in edges for name in (a, b)} | set(licences)
    return {
        name: {
            "licence": licences.get(name, "MIT"),
            "needs": {b: kind for a, b, kind in edges if a == name},
            **({"modified": True} if name in modified else {}),
        }
        for name in sorted(names)
    }


class Licences(lab.Case):
    def setUp(self):
        self.lab = lab.load("licences")

    def ways(self, expression, *expected):
        got = self.lab.alternatives(expression)
        shown = sorted(sorted(way) for way in got)
        self.expect(shown, sorted(sorted(way) for way in expected), f"alternatives({expression!r})")

    def test_alternatives(self):
        """OR gives a choice, AND does not, and AND binds closer"""
        a, b, c, d = lab.rng("alternatives").sample([*FREE, "Apache-2.0", "MPL-2.0", "GPL-2.0-only"], 4)
        self.ways(a, {a})
        self.ways(f"{a} OR {b}", {a}, {b})
        self.ways(f"{a} AND {b}", {a, b})
        self.ways(f"{a} OR {b} AND {c}", {a}, {b, c})
        self.ways(f"{a} AND {b} OR {c}", {a, b}, {c})
        self.ways(f"({a} OR {b}) AND {c}", {a, c}, {b, c})
        self.ways(f"({a} OR {b}) AND ({c} OR {d})", {a, c}, {a, d}, {b, c}, {b, d})
        self.ways(f"{a} AND ({b} OR ({c} AND {d}))", {a, b}, {a, c, d})
        self.ways(f"({a})", {a})

    def test_exceptions(self):
        """A licence with an exception is a licence of its own"""
        a = lab.rng("exceptions").choice(FREE)
        self.ways(f"GPL-2.0-only WITH Classpath-exception-2.0 OR {a}", {"GPL-2.0-only WITH Classpath-exception-2.0"}, {a})
        self.ways(f"{a} AND GPL-3.0-only WITH GCC-exception-3.1", {a, "GPL-3.0-only WITH GCC-exception-3.1"})

    def test_malformed(self):
        """An expression that is cut off is refused, and not read as something harmless"""
        a, b = lab.rng("malformed").sample(FREE, 2)
        for bad in (f"{a} OR", f"({a} OR {b}", f"{a} {b}", "", f"AND {a}", f"{a} WITH", f"{a})"):
            self.expect_raises(ValueError, lambda bad=bad: self.lab.alternatives(bad), f"alternatives({bad!r})")

    def test_reach(self):
        """Linked packages are found by the shortest path, through circles, without dev tools and processes"""
        rng = lab.rng("reach")
        n = rng.sample(NAMES, 8)
        edges = [("root", n[0], "link"), ("root", n[1], "link"), ("root", n[2], "process"), ("root", n[3], "dev"),
                 (n[0], n[4], "link"), (n[4], n[5], "link"), (n[1], n[5], "link"), (n[5], n[0], "link"),
                 (n[2], n[6], "link"), (n[3], n[7], "link")]  # fmt: skip
        got = {name: list(path) for name, path in self.lab.reach(graph_of(edges, {}), "root").items()}
        expected = {n[0]: ["root", n[0]], n[1]: ["root", n[1]], n[4]: ["root", n[0], n[4]], n[5]: ["root", n[1], n[5]]}
        self.expect(got, expected, f"reach with {edges}")

    def test_reach_order(self):
        """Of two paths of equal length the first in the alphabet is given"""
        a, b, c = sorted(lab.rng("order").sample(NAMES, 3))
        edges = [("root", b, "link"), ("root", a, "link"), (b, c, "link"), (a, c, "link")]
        for order in (edges, edges[::-1]):
            got = {name: list(path) for name, path in self.lab.reach(graph_of(order, {}), "root").items()}
            self.expect(got, {a: ["root", a], b: ["root", b], c: ["root", a, c]}, f"reach with {order}")

    def outgoing(self, licences, expected, edges=None):
        edges = edges or [("root", name, "link") for name in licences]
        given = graph_of(edges, licences)
        got = list(self.lab.outgoing(copy.deepcopy(given), "root", POLICY))
        self.expect(got, expected, f"outgoing with {licences} and {edges}")

    def test_outgoing(self):
        """A combination has to fit as a whole, and a choice is made in each package"""
        a, b, c = lab.rng("outgoing").sample(NAMES, 3)
        every = sorted(POLICY["accepts"])
        self.outgoing({a: "MIT", b: "ISC"}, every)
        self.outgoing({a: "Apache-2.0", b: "GPL-2.0-only"}, [])
        self.outgoing({a: "Apache-2.0", b: "GPL-2.0-or-later"}, ["AGPL-3.0-only", "GPL-3.0-only"])
        self.outgoing({a: "Apache-2.0", b: "GPL-2.0-only OR MIT"}, ["AGPL-3.0-only", "Apache-2.0", "GPL-3.0-only"])
        self.outgoing({a: "Apache-2.0", b: "GPL-2.0-only AND MIT"}, [])
        self.outgoing({a: "AGPL-3.0-only"}, ["AGPL-3.0-only"])
        self.outgoing({a: "AGPL-3.0-only OR LicenseRef-Paid"}, ["AGPL-3.0-only"])
        self.outgoing({a: "LicenseRef-Odd"}, [])
        edges = [("root", a, "process"), ("root", b, "dev"), ("root", c, "link")]
        self.outgoing({a: "AGPL-3.0-only", b: "GPL-3.0-only", c: "MIT"}, every, edges)
        edges = [("root", a, "dev"), ("root", b, "link"), (b, a, "link")]
        self.outgoing({a: "GPL-3.0-only"}, ["AGPL-3.0-only", "GPL-3.0-only"], edges)

    def test_choose(self):
        """The choice is the one with the fewest licences, and empty where there is none"""
        a, b, c = lab.rng("choose").sample(NAMES, 3)
        given = graph_of([("root", a, "link"), ("root", b, "link"), (b, c, "link")],
                         {a: "GPL-2.0-only OR MPL-2.0 OR MIT AND ISC", b: "(MIT OR ISC) AND (Apache-2.0 OR GPL-3.0-only)",
                          c: "AGPL-3.0-only"})  # fmt: skip
        for licence, expected in (
            ("Apache-2.0", {a: ["MPL-2.0"], b: ["Apache-2.0", "ISC"], c: []}),
            ("GPL-2.0-only", {a: ["GPL-2.0-only"], b: [], c: []}),
            ("AGPL-3.0-only", {a: ["MPL-2.0"], b: ["Apache-2.0", "ISC"], c: ["AGPL-3.0-only"]}),
        ):
            got = {name: list(way) for name, way in self.lab.choose(given, "root", POLICY, licence).items()}
            self.expect(got, expected, f"choose for {licence} with {given}")

    def service(self, given, expected):
        got = [(code, package, list(path)) for code, package, path in self.lab.service(given, "root", POLICY)]
        self.expect(got, sorted(expected), f"service with {given}")

    def test_service(self):
        """On a server GPL asks for nothing, AGPL for the source of what was modified"""
        a, b, c = lab.rng("service").sample(NAMES, 3)
        edges = [("root", a, "link"), (a, b, "link"), ("root", c, "process")]
        agpl = "AGPL-3.0-only"
        self.service(graph_of(edges, {a: "GPL-3.0-only", b: "GPL-2.0-only", c: "GPL-3.0-only"}), [])
        self.service(graph_of(edges, {c: agpl}), [])
        self.service(graph_of(edges, {c: agpl}, {c}), [("offer source", c, ["root", c])])
        self.service(graph_of(edges, {b: agpl}), [("ask counsel", b, ["root", a, b])])
        self.service(graph_of(edges, {b: agpl}, {b}), [("offer source", b, ["root", a, b])])
        self.service(graph_of(edges, {b: f"{agpl} OR MIT"}, {b}), [])
        self.service(graph_of([("root", a, "dev")], {a: agpl}, {a}), [])

    def test_service_unknown(self):
        """A licence that the policy does not know is no way out"""
        a, b, c = lab.rng("unknown").sample(NAMES, 3)
        edges = [("root", a, "link"), ("root", b, "process"), (b, c, "link")]
        given = graph_of(edges, {a: "AGPL-3.0-only OR LicenseRef-Paid", c: "LicenseRef-Odd"}, {a})
        self.service(given, [("offer source", a, ["root", a]), ("unknown", c, ["root", b, c])])
        given = graph_of(edges, {c: "LicenseRef-Odd AND MIT", b: "LicenseRef-Odd OR ISC"})
        self.service(given, [("unknown", c, ["root", b, c])])

    def test_service_both(self):
        """What is linked and run beside the program as well is reported by the way it is linked"""
        a, b = lab.rng("both").sample(NAMES, 2)
        edges = [("root", b, "process"), ("root", a, "link"), (a, b, "link")]
        self.service(graph_of(edges, {b: "AGPL-3.0-only"}), [("ask counsel", b, ["root", a, b])])
        self.service(graph_of(edges, {b: "LicenseRef-Odd"}), [("unknown", b, ["root", a, b])])

    def test_blockers(self):
        """What has to go is named by what you chose yourself, not by what it brought along"""
        rng = lab.rng("blockers")
        a, b, c, d, e = rng.sample(NAMES, 5)
        edges = [("root", a, "link"), ("root", b, "link"), ("root", c, "process"), ("root", e, "dev"), (a, d, "link"),
                 (d, a, "link"), (c, d, "link"), (e, d, "link")]  # fmt: skip
        given = graph_of(edges, {d: "GPL-2.0-only"})
        for licence, expected in (("Apache-2.0", [a]), ("GPL-2.0-only", []), ("GPL-3.0-only", [a])):
            self.expect(list(self.lab.blockers(given, "root", POLICY, licence)), expected, f"blockers of {licence} with {given}")
        given = graph_of([*edges, (b, d, "link")], {d: "GPL-2.0-only OR LicenseRef-Odd"})
        got = list(self.lab.blockers(given, "root", POLICY, "Apache-2.0"))
        self.expect(got, sorted([a, b]), f"blockers of Apache-2.0 with {given}")


if __name__ == "__main__":
    unittest.main()
