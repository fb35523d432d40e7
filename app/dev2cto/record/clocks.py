"""Clocks of the record's machines that differ by more than a day."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from dev2cto.record.journal.codec import JournalEntry
from dev2cto.record.layout import LIVE
from dev2cto.record.sessions import is_session
from dev2cto.text import pluralize

_DAY = 86_400
"""Seconds."""


class ClockDifference(NamedTuple):
    """A machine whose clock was wrong, or that saw others whose clocks were."""

    device: str
    days: int
    """How far it was ahead of this machine, or behind what the record held when its last session began if negative."""

    @property
    def words(self) -> str:
        """The message for the learner."""
        ahead = f"ahead of this machine's clock by {pluralize(abs(self.days), 'day')}"
        behind = f"behind the record's latest entries by {pluralize(abs(self.days), 'day')}"
        return (
            f"The clock of {self.device} was {ahead if self.days > 0 else behind}; set the clocks of all your machines"
        )


def differences(headers: Mapping[str, JournalEntry], now: datetime) -> Iterator[ClockDifference]:
    """Yield the machines whose last session began with a clock that was more than a day off.

    `headers` are the last header lines by file, with their clock value `t`.
    """
    worst: dict[str, int] = {}
    for name, header in headers.items():
        if name.startswith(LIVE) or not is_session(header) or "t" not in header:
            continue
        device = str(header["writer"]).rpartition(".")[0]
        ahead = max(0, int((header["since"] - now.timestamp()) / _DAY))
        behind = int((header["since"] - header["t"] / 1000) / _DAY)
        worst[device] = max(worst.get(device, 0), ahead, behind, key=abs)
    for device, days in sorted(worst.items()):
        if days:
            yield ClockDifference(device, days)
