"""Which cache node holds which key: a consistent hash ring."""

from bisect import bisect_left
from hashlib import sha256


def position(text):
    """A place on the ring, 0 to 2**64 - 1, the same on every machine."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


class Ring:
    """Nodes, each with many points on a circle; a key belongs to the next point."""

    def __init__(self, points=100):
        self.points = points
        self.nodes = set()
        self._circle = []  # sorted pairs (position, node)

    def add(self, node, points=None):
        """Put the node's points on the circle. Raises ValueError if it is there."""
        self._circle += [(at, node) for at in self._points_of(node, points)]
        self._circle.sort()
        self.nodes.add(node)

    def remove(self, node):
        """Take the node's points off the circle. Raises KeyError if it is unknown."""
        self.nodes.remove(node)
        self._circle = [point for point in self._circle if point[1] != node]

    def owner(self, key):
        """The node of the first point at or after the key. Raises LookupError if empty."""
        return self._circle[self._index(position(key))][1]

    def owners(self, key, count):
        """`count` different nodes, the owner first, then on around the circle."""
        if count > len(self.nodes):
            raise ValueError(f"{count} copies asked of {len(self.nodes)} nodes")
        found, index = [], self._index(position(key))
        while len(found) < count:
            node = self._circle[index % len(self._circle)][1]
            if node not in found:
                found.append(node)
            index += 1
        return found

    def handover(self, node, points=None):
        """What the node would take over if it were added: triples (after, upto, owner), by `upto`."""
        new = self._points_of(node, points)
        if not self._circle:
            return []
        every = sorted(new + [at for at, _ in self._circle])
        return [
            (every[bisect_left(every, at) - 1], at, self._circle[self._index(at)][1]) for at in new
        ]

    def _points_of(self, node, points):
        """Where a node that is not there yet would have its points, in order."""
        if node in self.nodes:
            raise ValueError(f"{node} is on the ring already")
        count = self.points if points is None else points
        return sorted(position(f"{node}#{i}") for i in range(count))

    def _index(self, at):
        """The number of the first point at or after that position."""
        if not self._circle:
            raise LookupError("the ring has no nodes")
        return bisect_left(self._circle, (at,)) % len(self._circle)


def moved(before, after, keys):
    """How many of the keys change their owner."""
    return sum(before.owner(key) != after.owner(key) for key in keys)


def build(names, points):
    ring = Ring(points)
    for name in names:
        ring.add(name)
    return ring


if __name__ == "__main__":
    # the names of the run in the reading; other names give somewhat different figures
    names = [f"db-{i}" for i in range(1, 6)]
    keys = [f"clinic-{i}" for i in range(10_000)]
    for points in (1, 10, 100, 200):
        count = moved(build(names[:4], points), build(names, points), keys)
        print(f"{points:4} points a node: {count:5} of {len(keys)} keys move")
