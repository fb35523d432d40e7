"""A script for two people who practise a conversation, and a third who watches."""

from __future__ import annotations

from dataclasses import dataclass

from dev2cto.yaml.decode import MultilineText, SourceObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Script(SourceObject):
    """What each of them has to know; nobody reads the part of another beforehand."""

    a: MultilineText
    b: MultilineText
    observer: MultilineText

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Whose part it is, and the part (Markdown)."""
        return ("Person A", self.a), ("Person B", self.b), ("Observer", self.observer)
