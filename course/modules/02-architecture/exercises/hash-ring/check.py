"""Checks of the ring: its definition, its fairness, and what moves when nodes come and go."""

from collections import Counter
from hashlib import sha256

import lab

TAG = f"{lab.rng('tag').randrange(10**6):06d}"


def place(text):
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


def expected_owner(points, key):
    """By the definition, without haste: the nearest point at or after the key, else the first."""
    circle = [(place(f"{node}#{i}"), node) for node, count in points.items() for i in range(count)]
    after = [point for point in circle if point[0] >= place(key)]
    return min(after or circle)[1]


def names(count, what="node"):
    return [f"{what}-{TAG}-{i}" for i in range(1, count + 1)]


def keys(count, what="key"):
    return [f"{what}-{TAG}-{i}" for i in range(count)]


def ring_of(nodes, points):
    ring = lab.load("ring").Ring(points)
    for node in nodes:
        ring.add(node)
    return ring


class TestRing(lab.Case):
    def test_definition(self):
        """A key belongs to the first point at or after it"""
        nodes, points = names(lab.rng("few").randint(3, 5)), lab.rng("few").randint(2, 4)
        ring = ring_of(nodes, points)
        for key in keys(60):
            self.expect(
                ring.owner(key),
                expected_owner(dict.fromkeys(nodes, points), key),
                given=f"nodes {nodes}, {points} points each, owner({key!r})",
            )
        for node in nodes:
            for i in range(points):
                self.expect(
                    ring.owner(f"{node}#{i}"),
                    node,
                    given=f"nodes {nodes}, {points} points each, owner({f'{node}#{i}'!r}), a key at a point of {node}",
                )

    def test_wrap(self):
        """After the last point the ring begins again"""
        nodes = names(3)
        ring = ring_of(nodes, 1)
        last = max(place(f"{node}#0") for node in nodes)
        first = min(nodes, key=lambda node: place(f"{node}#0"))
        behind = [key for key in keys(4000) if place(key) > last][:20]
        for key in behind:
            self.expect(ring.owner(key), first, given=f"nodes {nodes}, 1 point each, owner({key!r})")

    def test_order(self):
        """The order in which nodes were added does not matter"""
        nodes = names(5)
        one, other = ring_of(nodes, 50), ring_of(nodes[::-1], 50)
        different = [key for key in keys(500) if one.owner(key) != other.owner(key)]
        self.expect(different[:3], [], given=f"{nodes}, and the same backwards; keys with another owner")

    def test_fair(self):
        """With 200 points a node, no node has much more than its share"""
        nodes = names(lab.rng("fair").randint(4, 6))
        ring = ring_of(nodes, 200)
        count = Counter(ring.owner(key) for key in keys(5000))
        mean = 5000 / len(nodes)
        self.expect_true(
            all(0.7 * mean <= count[node] <= 1.3 * mean for node in nodes),
            f"each node should own {mean:.0f} of 5,000 keys, give or take 30 %",
            given=f"{len(nodes)} nodes with 200 points each",
            got=dict(count),
        )

    def test_add(self):
        """A new node takes about its share, and nothing moves between the others"""
        nodes, new = names(lab.rng("add").randint(4, 6)), f"new-{TAG}"
        ring = ring_of(nodes, 200)
        before = {key: ring.owner(key) for key in keys(5000)}
        ring.add(new)
        after = {key: ring.owner(key) for key in before}
        moved = [key for key in before if before[key] != after[key]]
        share = 1 / (len(nodes) + 1)
        self.expect_true(
            0.7 * share <= len(moved) / 5000 <= 1.3 * share,
            f"about {share:.1%} of the keys should move, at most 1.3 times that",
            given=f"from {len(nodes)} nodes to {len(nodes) + 1}, 200 points each, 5,000 keys",
            got=f"{len(moved)} keys moved, {len(moved) / 5000:.1%}",
        )
        astray = [(key, before[key], after[key]) for key in moved if after[key] != new]
        self.expect_true(
            not astray,
            f"each key that moves should move to {new}",
            given="the same",
            got=f"{len(astray)} moved elsewhere, such as {astray[:1]}",
        )

    def test_remove(self):
        """Only the keys of a removed node move"""
        nodes = names(5)
        gone = lab.rng("gone").choice(nodes)
        ring = ring_of(nodes, 100)
        before = {key: ring.owner(key) for key in keys(3000)}
        ring.remove(gone)
        after = {key: ring.owner(key) for key in before}
        wrong = [key for key in before if before[key] != gone and before[key] != after[key]]
        self.expect_true(
            not wrong,
            "a key whose node stays should stay with it",
            given=f"five nodes, 100 points each, remove({gone!r}), 3,000 keys",
            got=f"{len(wrong)} keys of other nodes moved",
        )
        heirs = {after[key] for key in before if before[key] == gone}
        self.expect(gone in heirs, False, given=f"is {gone!r} still an owner after remove?")
        self.expect(len(heirs), 4, given="number of nodes that share what the removed one had")

    def test_weights(self):
        """A node with three times the points owns about three times the keys"""
        small, large = names(3), f"large-{TAG}"
        ring = ring_of(small, 150)
        ring.add(large, points=450)
        count = Counter(ring.owner(key) for key in keys(6000))
        self.expect_true(
            0.40 <= count[large] / 6000 <= 0.60,
            "the large node has 450 of 900 points, so it should own about half of the keys",
            given="three nodes with 150 points, one added with points=450, 6,000 keys",
            got=dict(count),
        )

    def test_copies(self):
        """Copies are on different nodes, the owner first, in ring order"""
        nodes = names(6)
        ring = ring_of(nodes, 20)
        circle = sorted((place(f"{node}#{i}"), node) for node in nodes for i in range(20))
        for key in keys(40, "copy"):
            start = next((n for n, point in enumerate(circle) if point[0] >= place(key)), 0)
            wanted = list(dict.fromkeys(node for _, node in circle[start:] + circle[:start]))[:3]
            self.expect(ring.owners(key, 3), wanted, given=f"six nodes, 20 points each, owners({key!r}, 3)")
        self.expect_raises(ValueError, lambda: ring.owners("any", 7), given="owners('any', 7) with six nodes")

    def test_handover(self):
        """The handover names exactly the stretches that change their owner, and changes nothing itself"""
        rng = lab.rng("handover")
        nodes, new, points = names(rng.randint(3, 5)), f"new-{TAG}", rng.randint(3, 6)
        ring = ring_of(nodes, 8)
        before = {key: ring.owner(key) for key in keys(1500, "hand")}
        got = [tuple(stretch) for stretch in ring.handover(new, points=points)]
        given = f"{len(nodes)} nodes with 8 points each, handover({new!r}, points={points})"
        self.expect(
            [upto for _, upto, _ in got],
            sorted(place(f"{new}#{i}") for i in range(points)),
            given=f"the `upto` values of {given}",
        )
        self.expect(
            {key: ring.owner(key) for key in before},
            before,
            given=f"owners of 1,500 keys after {given}; nothing was added",
        )
        ring.add(new, points=points)
        for key, owner in before.items():
            at = place(key)
            inside = [
                one
                for one in got
                if (one[0] < at <= one[1] if one[0] < one[1] else at > one[0] or at <= one[1])
            ]
            expected = [owner] if ring.owner(key) == new else []
            self.expect(
                [one[2] for one in inside],
                expected,
                given=f"{given}; owners of the stretches with {key!r}, at {at}, which belongs to {owner!r} and then to {ring.owner(key)!r}",
            )

    def test_handover_edges(self):
        """An empty ring hands nothing over, and a known node is refused"""
        ring = lab.load("ring").Ring(5)
        self.expect(list(ring.handover("one")), [], given="handover('one') of an empty ring")
        ring.add("one")
        self.expect_raises(
            ValueError, lambda: ring.handover("one"), given="handover('one') with 'one' on the ring"
        )
        self.expect(len(ring.handover("two")), 5, given="stretches of handover('two') with Ring(5)")

    def test_errors(self):
        """Empty ring, known node and unknown node raise their errors"""
        ring = lab.load("ring").Ring(10)
        self.expect_raises(LookupError, lambda: ring.owner("any"), given="owner('any') of an empty ring")
        ring.add("one")
        self.expect_raises(ValueError, lambda: ring.add("one"), given="add('one') twice")
        self.expect_raises(KeyError, lambda: ring.remove("two"), given="remove('two'), which is not there")
        ring.remove("one")
        self.expect_raises(
            LookupError, lambda: ring.owner("any"), given="owner('any') after the last node left"
        )
