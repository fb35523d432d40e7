"""The line numbers seen of a writer; a gap means that lines are lost and should be looked for."""

from __future__ import annotations

from collections.abc import Iterable


class IntervalSet:
    """Line numbers of one writer, as half-open spans in ascending order."""

    __slots__ = ("spans",)

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self.spans = [list(span) for span in spans]

    def add(self, number: int) -> None:
        """Add a line number; negative numbers belong to lines that no session wrote and are ignored."""
        if self.spans and self.spans[-1][1] == number:
            self.spans[-1][1] += 1
        elif number >= 0 and number not in self:
            self.spans = _joined(sorted([*self.spans, [number, number + 1]]))

    def __contains__(self, number: int) -> bool:
        return any(start <= number < stop for start, stop in self.spans)

    @property
    def next(self) -> int:
        """One more than the largest number; 0 if empty."""
        return self.spans[-1][1] if self.spans else 0

    def gaps(self, stop: int = 0) -> list[tuple[int, int]]:
        """Return the missing spans below the largest number and below `stop`."""
        edges = [0, *(edge for span in self.spans for edge in span), max(stop, self.next)]
        return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _joined(spans: list[list[int]]) -> list[list[int]]:
    joined: list[list[int]] = []
    for start, stop in spans:
        if joined and joined[-1][1] >= start:
            joined[-1][1] = max(stop, joined[-1][1])
        else:
            joined.append([start, stop])
    return joined
