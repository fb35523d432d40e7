"""Highlighting passages of a reading: chosen by keys sentence by sentence, or selected with the mouse."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.geometry import Region

from dev2cto.presenters import highlight_text
from dev2cto.study.queries.passages import Spot, locate_in
from dev2cto.study.sessions.reading import ReadingSession
from dev2cto.study.state.highlights import Highlight, add_highlight, highlights, removing
from dev2cto.study.state.location import Location
from dev2cto.study.state.notes import HIGHLIGHT
from dev2cto.tui.screens.find_in_page import FindInPageScreen
from dev2cto.tui.widgets.reading_view import ReadingView, SectionText
from dev2cto.tui.widgets.title_and_keys import KeyBar


class Passage(NamedTuple):
    """Sentences of a section, from the number `first` up to, not including, `last`."""

    section: str
    first: int
    last: int


WHILE_CHOOSING = {
    "page.down": "add the next",
    "reading.after": "",
    "reading.before": "",
    "reading.outline": "",
    "reading.note": "note on it",
    "reading.bookmark": "highlight",
}
"""What keys do while a passage is chosen, by binding id."""


class PassageChoiceScreen(FindInPageScreen):
    """A page with a ReadingView in which passages are highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c", "choose_passage", "choose", tooltip="choose a passage to highlight", show=False, id="reading.passage"
        ),
    ]
    session: ReadingSession
    _passage: Passage | None = None
    """The sentences that are chosen, while a passage is being chosen."""

    # -- what is highlighted

    def show_highlights(self) -> int:
        """Mark all highlighted passages in the text; return how many are lost."""
        found = {part.section: list[tuple[int, int]]() for part in self.texts}
        lost = 0
        for highlight in highlights(self.study, self.session.reading.id):
            spot = self.spot_of(highlight)
            if spot is None:
                lost += 1
            else:
                found[spot.section].append((spot.first, spot.last))
        for part in self.texts:
            part.mark(found[part.section])
        return lost

    @property
    def texts(self) -> list[SectionText]:
        """The sections' texts."""
        return self.query_one(ReadingView).sections

    def text(self, section: str) -> SectionText:
        """The text of a section."""
        return next(part for part in self.texts if part.section == section)

    def spot_of(self, highlight: Highlight) -> Spot | None:
        """Where a passage is, in the texts on this page; None if it is lost."""
        return locate_in([part.section for part in self.texts], lambda id: self.text(id).running, highlight)

    def show_passage(self, id: str) -> None:
        """Put the highlighted passage of that id in the middle of the screen."""
        found = next((each for each in highlights(self.study, self.session.reading.id) if each.id == id), None)
        spot = self.spot_of(found) if found is not None else None
        if spot is not None:
            part = self.text(spot.section)
            part.lines(part.room(part.size.width))
            self.scroll_to_cells(part, spot.first, spot.last)

    def scroll_to_cells(self, part: SectionText, first: int, last: int) -> None:
        """Have these characters of a section's text on screen, in the middle if they were not."""
        cells = part.cells(first, last)
        if cells:
            reader, top = self.query_one(ReadingView), part.virtual_region.y
            region = Region(0, top + cells[0].line, 1, cells[-1].line - cells[0].line + 1)
            shown = Region(0, round(reader.scroll_y), 1, reader.size.height)
            if not shown.contains_region(region):
                reader.scroll_to_region(region, animate=False, force=True, center=True, immediate=True)

    # -- choosing

    @property
    def is_choosing(self) -> bool:
        """Whether a passage is being chosen by keys."""
        return self._passage is not None

    def chosen_passage(self) -> dict[str, Any]:
        """For a place's `extra`: the passage that is being chosen."""
        return {"passage": list(self._passage)} if self._passage is not None else {}

    def choose_again(self, extra: Any) -> None:
        """Go on choosing the passage that a place has."""
        match extra:
            case [str(section), int(first), int(last)] if section in [part.section for part in self.texts]:
                count = len(self.text(section).running.sentences())
                if 0 <= first < last <= count:
                    self.choose(Passage(section, first, last))

    def action_choose_passage(self) -> None:
        """Begin with the first sentence on screen; again, end."""
        if self._passage is not None:
            self.end_passage()
            return
        reader = self.query_one(ReadingView)
        top, bottom = reader.scroll_y, reader.scroll_y + reader.size.height
        for part in self.texts:
            for number, (first, last) in enumerate(part.running.sentences()):
                cells = part.cells(first, last)
                if cells and top <= part.virtual_region.y + cells[0].line < bottom:
                    self.choose(Passage(part.section, number, number + 1))
                    return
        self.notify_learner(highlight_text.NOTHING)

    def choose(self, passage: Passage) -> None:
        """Show these sentences as chosen."""
        self._passage = passage
        part, sentences = self.text(passage.section), self.text(passage.section).running.sentences()
        first, last = sentences[passage.first][0], sentences[passage.last - 1][1]
        for each in self.texts:
            each.choose((first, last) if each is part else None)
        self.query_one(KeyBar).rename(WHILE_CHOOSING)
        self.say_how_to_choose()
        self.refresh_bindings()
        self.keep_place()
        self.call_after_refresh(self.scroll_to_cells, part, first, last)

    def say_how_to_choose(self) -> None:
        """Name the keys that choose, while a passage is being chosen."""
        if self.is_choosing:
            self.notify_learner(*highlight_text.choosing_notice(self.key("bookmark"), self.key("note")))

    def end_passage(self) -> None:
        """Choose no longer."""
        self._passage = None
        self.query_one(KeyBar).rename({})
        for part in self.texts:
            part.choose(None)
        self.notify_learner()
        self.refresh_bindings()
        self.keep_place()

    def action_line(self, step: int) -> None:
        """While a passage is chosen, to the next sentence or the one before; otherwise scroll."""
        if self._passage is None:
            super().action_line(step)
        else:
            self.to_sentence(self._passage, step)

    def action_page(self, step: int) -> None:
        """While a passage is chosen, one sentence more at its end, or one less; otherwise turn the page."""
        if self._passage is None:
            super().action_page(step)
        else:
            section, first, last = self._passage
            count = len(self.text(section).running.sentences())
            self.choose(Passage(section, first, max(first + 1, min(count, last + step))))

    def to_sentence(self, passage: Passage, step: int) -> None:
        """Choose the sentence after or before a passage, also in another section."""
        section, first, last = passage
        number = last if step > 0 else first - 1
        sections = [part.section for part in self.texts]
        at = sections.index(section)
        while not 0 <= number < len(self.text(sections[at]).running.sentences()):
            at += step
            if not 0 <= at < len(sections):
                return
            number = 0 if step > 0 else len(self.text(sections[at]).running.sentences()) - 1
        self.choose(Passage(sections[at], number, number + 1))

    def action_end_or_back(self) -> None:
        """End choosing, close the find that is on, or leave the reading."""
        if self._passage is not None:
            self.end_passage()
        else:
            super().action_end_or_back()

    # -- highlighting

    def selected(self) -> tuple[SectionText, int, int] | None:
        """The characters that are chosen by keys or selected with the mouse, in the first section that has any."""
        if self._passage is not None:
            part = self.text(self._passage.section)
            sentences = part.running.sentences()
            return part, sentences[self._passage.first][0], sentences[self._passage.last - 1][1]
        for part in self.texts:
            if (selection := self.selections.get(part)) is not None and (found := part.selected(selection)):
                return part, *found
        return None

    def highlight(self) -> Highlight | None:
        """Highlight what is selected; None if nothing is. Raises NotSaved."""
        found = self.selected()
        if found is None:
            return None
        part, first, last = found
        added = add_highlight(self.study, self.session.reading.id, part.section, part.running.text, first, last)
        self.clear_selection()
        if self._passage is not None:
            self.end_passage()
        self.show_highlights()
        return added

    def action_highlight(self) -> None:
        """Highlight what is selected, which can be undone."""
        known = {each.id for each in highlights(self.study, self.session.reading.id)}
        added = self.highlight()
        if added is None:
            return
        notice = highlight_text.added_notice(added, self.key("notebook"))
        if added.id in known:
            self.notify_learner(notice)
        else:
            self.offer_undo(notice, removing(self.study, added))

    def note_on_highlight(self) -> bool:
        """Highlight what is selected and write a note on it; False if nothing is selected."""
        added = self.highlight()
        if added is not None:
            self.host.go(Location("note", (f"{HIGHLIGHT}{added.id}",)))
        return added is not None
