"""A role-play script for two people who practise a conversation and a third who observes."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.yaml.decode import MultilineText, SourceObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Script(SourceObject):
    """The parts of a role play; nobody should read another person's part beforehand."""

    a: MultilineText
    b: MultilineText
    observer: MultilineText

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a role and its part (Markdown)."""
        return ("Person A", self.a), ("Person B", self.b), ("Observer", self.observer)
