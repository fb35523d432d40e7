"""Which cache node holds which key."""

from hashlib import sha256


def position(text):
    """A place on the ring, 0 to 2**64 - 1, the same on every machine."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big")


class Ring:
    """Nodes and the keys they own."""

    def __init__(self, points=100):
        self.points = points
        self.nodes = []

    def add(self, node, points=None):
        """Let the node take its part of the keys."""
        self.nodes.append(node)
        self.nodes.sort()

    def remove(self, node):
        """Take the node away; its keys go to others."""
        self.nodes.remove(node)

    def owner(self, key):
        """The node that holds the key."""
        return self.nodes[position(key) % len(self.nodes)]

    def owners(self, key, count):
        """`count` different nodes for copies of the key, its owner first."""
        first = self.nodes.index(self.owner(key))
        around = self.nodes[first:] + self.nodes[:first]
        return around[:count]

    def handover(self, node, points=None):
        """What the node would take over if it were added: triples (after, upto, owner), by `upto`."""
        return []


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
