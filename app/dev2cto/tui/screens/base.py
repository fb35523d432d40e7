"""What every screen has: title line, body, a line for messages, keys; its place in the record; the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.css.query import NoMatches
from textual.widget import Widget

from dev2cto.errors import Dev2CtoError
from dev2cto.markdown.parser import Block, Listing, Span, Spans, inline, para
from dev2cto.presenters.code_text import CLIPBOARD, copied
from dev2cto.study.state.location import Location
from dev2cto.tui.screens.copying import code_on_screen
from dev2cto.tui.textual_patches.internals import CatchingScreen
from dev2cto.tui.textual_patches.single_layout import SingleLayoutScreen
from dev2cto.tui.widgets.line_widget import MarkdownText
from dev2cto.tui.widgets.messages import FieldLeft
from dev2cto.tui.widgets.rows import Rows
from dev2cto.tui.widgets.side_pane import WIDE, SidePane
from dev2cto.tui.widgets.title_and_keys import HorizontalRule, KeyBar, TitleLine

if TYPE_CHECKING:
    from dev2cto.study.queries.visits import Visit
    from dev2cto.study.state.undo import Undo
    from dev2cto.study.study import Study
    from dev2cto.tui.host import Host

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
BOTH = 140
"""Cells of two columns beside each other."""
OVERLAP = 2
"""Lines that stay on screen when a page is turned."""
FIELDS = "Rows, LineInput, TextEditor"
"""What takes the focus on a screen that does not say otherwise: the first of these."""


class Body(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The part between the rules; it scrolls when it must. Its keys are the page's."""

    DEFAULT_CSS = "Body { height: 1fr; width: 100%; scrollbar-size-vertical: 1; }"

    def watch_show_vertical_scrollbar(self) -> None:
        """The keys that turn the page are shown while there is something to turn."""
        if self.is_mounted:
            self.screen.refresh_bindings()


class Page(CatchingScreen, SingleLayoutScreen, inherit_bindings=False):
    """A screen of the course. Subclasses fill `body`, call `head`, and say their `place`."""

    DEFAULT_CSS = """
    Page {
        layout: vertical;
        & #notice { height: auto; color: $warning; }
        & #frame { height: 1fr; }
        & #both { height: 1fr; width: 100%; align-horizontal: center; }
        & #own { width: 1fr; max-width: 80; }
        & SidePane { display: none; }
        &.wide {
            & #own { width: 80; }
            & SidePane { display: block; }
            & SidePane.empty { display: none; }
        }
    }
    """
    AUTO_FOCUS = ""
    COLUMN: ClassVar[int] = 80
    """Cells of the column of text with its margins, which is centred in a wider terminal."""
    FOCUS: ClassVar[str] = FIELDS
    """What takes the focus when the screen opens, as a selector; empty: nothing."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "back", "back", id="page.back"),
        Binding("escape", "back", "back", show=False, id="page.escape"),
        Binding("space", "page(1)", "page", tooltip="page on", id="page.down"),
        Binding("pagedown", "page(1)", "page", tooltip="page on", show=False, id="page.down_too"),
        Binding("backspace,pageup,b", "page(-1)", "page back", show=False, id="page.up"),
        Binding("down,j", "line(1)", "down", show=False, id="page.line_down"),
        Binding("up,k", "line(-1)", "up", show=False, id="page.line_up"),
        Binding("home", "edge(-1)", "beginning", show=False, id="page.begin"),
        Binding("end", "edge(1)", "end", show=False, id="page.end"),
        Binding("tab", "app.focus_next", "to the next field", show=False, id="page.next_field"),
        Binding("shift+tab", "app.focus_previous", "to the previous field", show=False, id="page.field_before"),
        Binding("u", "undo", "undo", tooltip="undo the last change", id="page.undo"),
        Binding("y", "copy_listing", "copy", tooltip="copy the code on screen", show=False, id="page.copy_listing"),
        Binding("ctrl+c", "screen.copy_text", "copy what is marked", show=False, id="page.copy"),
    ]
    module: str = ""
    """The module whose study time runs while this screen is shown; empty outside of one."""
    opened_by: ClassVar[str] = ""
    """The name that it is opened by from anywhere; that key is not offered here."""
    blocking: ClassVar[bool] = False
    """Whether the learner has to answer this screen before going elsewhere."""
    is_ready = False
    """Whether it was shown where it opens, so that keys reach what they are meant for."""
    arriving = False
    """Whether it is still on its way to the place where it opens, and will say that it has `arrived`."""
    undoable: Undo | None = None
    """What takes back the last change that was made here; None if there is nothing to undo."""
    visit: Visit | None = None
    """What the screen was opened for; None where it is no screen of the course's own."""
    held = False
    """Whether nothing is drawn until then."""
    _copied: Listing | None = None
    """The code that was copied last."""
    _shown = False
    _to_say: tuple[str, str] = ("", "")
    _keys: dict[str, str] | None = None
    """The learner's own keys as this screen named them."""

    @property
    def host(self) -> Host:
        """The app, as far as pages use it."""
        return cast("Host", self.app)

    @property
    def study(self) -> Study:
        """The learner's study."""
        return self.host.study

    def compose(self) -> ComposeResult:
        """Title, rule, body, message, rule, keys; how wide it is, is known before anything is styled and laid out."""
        self.widen()
        yield TitleLine()
        yield HorizontalRule()
        beside = self.beside()
        if beside is None:
            yield from self.frame()
        else:
            with Horizontal(id="both"):
                with Vertical(id="own"):
                    yield from self.frame()
                yield beside
        yield MarkdownText(id="notice")
        yield HorizontalRule()
        yield KeyBar()

    def on_resize(self) -> None:
        """There may be room beside the content now, or no longer."""
        self.widen()
        self.centre(self.children)

    def widen(self) -> None:
        """Say to the styles whether there is room beside the content."""
        self.set_class(self.app.size.width >= WIDE and self.study.settings.side_panes, "wide")

    @property
    def has_second_column(self) -> bool:
        """Whether something is shown beside the content."""
        return self.has_class("wide") and any(not pane.has_class("empty") for pane in self.query(SidePane))

    async def mount_composed_widgets(self, widgets: list[Widget]) -> None:
        """Centre the column before anything is laid out."""
        self.centre(widgets)
        await super().mount_composed_widgets(widgets)

    @on(SidePane.Toggled)
    def two_columns(self) -> None:
        """There is a second column now, or no longer."""
        self.centre(self.children)

    def centre(self, widgets: Sequence[Widget]) -> None:
        """Put the column in the middle of a terminal that is wider; rules are as wide as it is."""
        columns = BOTH if self.has_second_column else self.COLUMN
        side = max(0, (self.app.size.width - columns) // 2)
        for widget in widgets:
            if not isinstance(widget, HorizontalRule | Horizontal) and widget.styles.padding.left != side:
                widget.styles.padding = (0, side)

    def beside(self) -> SidePane | None:
        """The pane beside the frame on wide terminals; none by default."""
        return None

    def frame(self) -> ComposeResult:
        """Everything between the rules; by default one scrolling body."""
        with Body(id="frame"):
            yield from self.body()

    def body(self) -> ComposeResult:
        """The screen's own content."""
        yield from ()

    def place(self) -> Location | None:
        """Where the learner is; None where this screen is no place to come back to."""
        return None

    def set_title(self, left: str, right: str | Spans = "") -> None:
        """Say where one is and how far."""
        self.query_one(TitleLine).show(left, (Span(right, "muted"),) if isinstance(right, str) else right)

    def notify_learner(self, message: str = "", hint: str = "") -> None:
        """Show a message above the keys, or take it away."""
        blocks: list[Block] = [para(message, "warn")] if message else []
        if hint:
            blocks.append(para(hint, "muted", tight=True))
        self.query_one("#notice", MarkdownText).show(blocks)

    def offer_undo(self, message: str, undo: Undo) -> None:
        """Say what was changed, and that it can be undone, until something else is changed here."""
        self.undoable = undo
        self.notify_learner(f"{message} {self.key('undo')} undoes it.")
        self.refresh_bindings()

    async def action_undo(self) -> None:
        """Take the last change back."""
        if (undo := self.undoable) is not None:
            undo.run()
            self.undoable = None
            await self.undone()
            self.notify_learner(undo.done)
            self.refresh_bindings()

    async def undone(self) -> None:
        """Show what is there again."""
        self.refresh_content()

    def say_on_return(self, message: str, hint: str = "") -> None:
        """Show a message when the learner comes back to this screen."""
        self._to_say = (message, hint)

    def show_error(self, error: Dev2CtoError) -> None:
        """Show what went wrong and the way out."""
        self.notify_learner(error.message.splitlines()[0], error.hint)

    def on_ready(self) -> None:
        """The screen is where it opens: it is drawn from now on, and keys reach it."""
        self.arriving = False
        if self.held:
            self.held = False
            self.refresh()
        if self._shown:
            self._mark_ready()

    def _mark_ready(self) -> None:
        self.is_ready = True
        self.host.on_screen_ready()

    def prose(self, text: str) -> tuple[Block, ...]:
        """Markdown of the course as blocks, with its sources and facts filled in."""
        return self.host.prose(text)

    def inline(self, text: str) -> Spans:
        """A one-line text of the course."""
        return inline(text, self.study.curriculum.cite, self.study.curriculum.fact)

    def key(self, action: str) -> str:
        """The key of a command, for texts that name it."""
        return self.host.key(action)

    def keep_place(self) -> None:
        """Remember where the learner is, unless another page is shown over this one."""
        top = next((screen for screen in reversed(self.app.screen_stack) if isinstance(screen, Page)), None)
        place = self.place() if top is self else None
        if place is not None:
            self.study.keep(place)
            self.host.live_changed()

    # -- events

    def caught(self, error: Exception) -> bool:
        """Show errors that a learner can act on; the screen stays usable."""
        if isinstance(error, Dev2CtoError):
            self.show_error(error)
        return isinstance(error, Dev2CtoError)

    def on_key(self, event: events.Key) -> None:
        """Record user activity."""
        self.study.timer.record_activity(self.module)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Shown (again): other sessions' answers are taken in, and this is the place now; from here on keys count."""
        event.refresh_styles = self._shown  # the first time, everything has just got its style
        if not self._shown:
            self.will_be_laid_out()
        said, self._to_say = self._to_say, ("", "")
        reason = self.study.record.readonly_reason
        if reason and not said[0] and self.query("LineInput, TextEditor"):
            said = (f"Nothing is saved in this session: {reason}.", "")
        try:
            self.notify_learner(*said)
            self.study.refresh()
            self.refresh_content()
            keys = self.host.own_keys
            if self._keys is not None and self._keys != keys:
                self.keys_changed()
            self._keys = keys
            if self.focused is None:
                self.focus_first()
            elif isinstance(self.focused, Rows):
                self.call_after_refresh(self.focused.reveal)
            self.keep_place()
        finally:
            self._shown = True
            if not self.arriving:
                self._mark_ready()

    def refresh_content(self) -> None:
        """Take in what changed while another screen was shown."""

    def led_to(self, location: Location) -> None:
        """Take in that another screen is opened from here."""

    def keys_changed(self) -> None:
        """Name the keys as they are now, in texts that `refresh_content` leaves as they were."""

    def focus_first(self) -> None:
        """Give the focus to what is used first; the screen stays at its beginning unless the cursor is further on."""
        found = next((w for w in self.query(self.FOCUS) if w.focusable), None) if self.FOCUS else None
        if found is not None:
            self.set_focus(found, scroll_visible=False)
        if isinstance(found, Rows) and found.at != 0:
            self.call_after_refresh(found.reveal)

    @on(FieldLeft)
    def released(self, message: FieldLeft) -> None:
        """A field was left: focus the next one below, or nothing, so that letters are commands."""
        message.stop()
        chain = self.focus_chain
        below = chain[chain.index(message.field) + 1 :] if message.field in chain else []
        self.set_focus(below[0] if below else None)

    @on(KeyBar.RangeClicked)
    def which_row(self) -> None:
        """The entry names several keys; the rows they mean can be clicked themselves."""
        self.notify_learner("A click on the row itself chooses it.")

    @on(Rows.NumberBegun)
    def which_number(self, message: Rows.NumberBegun) -> None:
        """Say which numbers begin with the digits typed, or nothing any more."""
        if not message.digits:
            self.notify_learner()
        elif message.numbers:
            first, *more = message.numbers
            rest = f"{more[0]} to {more[-1]}" if len(more) > 1 else str(more[0])
            self.notify_learner(f"enter opens {first}; another digit {rest}.")
        else:
            self.notify_learner("Type the number of a row.")

    def action_copy_listing(self) -> None:
        """Copy the code on screen to the clipboard of the terminal; the next one if it was copied just now."""
        listings = code_on_screen(self)
        if listings:
            number = (listings.index(self._copied) + 1) % len(listings) if self._copied in listings else 0
            self._copied = listings[number]
            self.app.copy_to_clipboard("\n".join(self._copied.lines))
            more = f"{self.key('copy')} again copies the next." if len(listings) > 1 else CLIPBOARD
            self.notify_learner(copied(self._copied.lines), more)

    # -- turning pages

    def scroller(self) -> VerticalScroll | None:
        """What the keys for pages and lines move."""
        try:
            return self.query_one(Body)
        except NoMatches:
            return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pages are turned while there is more than one; what is marked with the mouse can be copied."""
        if action in ("page", "line", "edge"):
            frame = self.scroller()
            return frame is not None and frame.max_scroll_y > 0
        if action == "undo":
            return self.undoable is not None
        if action == "copy_listing":
            return bool(code_on_screen(self))
        if action == "copy_text":
            return bool(self.selections)
        return True

    def action_page(self, direction: int) -> None:
        """Turn the page, keeping two lines."""
        frame = self.scroller()
        if frame is not None:
            frame.scroll_relative(y=direction * max(1, frame.size.height - OVERLAP), animate=False, force=True)

    def action_line(self, direction: int) -> None:
        """Move by one line."""
        frame = self.scroller()
        if frame is not None:
            frame.scroll_relative(y=direction, animate=False, force=True)

    def action_edge(self, direction: int) -> None:
        """To the beginning or the end."""
        frame = self.scroller()
        if frame is not None:
            frame.scroll_to(y=0 if direction < 0 else frame.max_scroll_y, animate=False, force=True)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.host.back()
