"""The reading screen: five panes on one briefing. It holds what is read, the subject and the pins, binds them down to
every pane, and answers their one message by moving the cursor and remembering the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual import events, work
from textual.app import ComposeResult
from textual.reactive import reactive

from tui.briefing.links import Relations
from tui.briefing.proof import Reading
from tui.briefing.summary import target_of
from tui.library.state import State
from tui.reader.drawing import opening
from tui.reader.drawing.lines import Line
from tui.reader.keys.action import EVERY_PANE, EVERYWHERE, NOTE, SHEET, Action
from tui.reader.path import plan
from tui.reader.path.filters import ZOOM, Narrowed, pins
from tui.reader.path.place import Place, Spot
from tui.reader.path.plan import PaneName
from tui.reader.path.trail import Trail
from tui.reader.reading import filtering, way
from tui.reader.reading.finding import Finding
from tui.reader.reading.following import Following
from tui.reader.reading.keeping import Keeping
from tui.reader.reading.proving import Proving
from tui.reader.reading.room import PANES, Room
from tui.reader.screen import COMMON, LinesScreen
from tui.reader.widgets import bars
from tui.reader.widgets.bars import Bar
from tui.reader.widgets.messages import Choose, FindAgain, Go, ListQuotes, Message, Pin, Say, Show, Turn
from tui.reader.widgets.note_editor import Editor
from tui.reader.widgets.pane import Pane, Shown
from tui.reader.widgets.sheet import Entry, Sheet

SETTLED = 1.0
"""Seconds after the last key until the place is saved: a place for every key would be a write of every key."""
OVER_A_SHEET = ("repaint", "theme", "find", "match", "rows", "hints", "copy", "copy_hint", "mark")
"""What the screen's own keys still do while a sheet is open."""

KEYS = [
    *(
        Action(str(number), f"pane('{name}')", f"{name} (first related row)", id=f"pane.{name.lower()}", kiosk=True)
        for number, name in enumerate(plan.NAMES, 1)
    ),
    Action("tab,l,right", "turn(1)", "next pane (last position)", id="pane.next", kiosk=True),
    Action("shift+tab,h,left", "turn(-1)", "previous pane (last position)", id="pane.previous", kiosk=True),
    Action("full_stop", "related(1)", "next row related to the subject", id="related.next", kiosk=True),
    Action("comma", "related(-1)", "previous related row", id="related.previous", kiosk=True),
    Action("backspace,left_square_bracket", "back", "back", id="trail.back", kiosk=True),
    Action("right_square_bracket", "forward", "forward", id="trail.forward", kiosk=True),
    Action("escape", "undo", "clear the last filter", id="undo", kiosk=True),
    Action("U", "undo_one", "choose a filter to clear", id="undo.one", kiosk=True),
    Action("slash", "find", "find in this pane, from the summary in all; p:12 goes to a page", id="find", kiosk=True),
    Action("n", "match(1)", "next match", id="find.next", kiosk=True),
    Action("N", "match(-1)", "previous match", id="find.previous", kiosk=True),
    Action("ampersand", "rows", "filter rows", id="rows", kiosk=True),
    Action("f", "hints", "show link hints", id="hints", kiosk=True),
    Action("F", "copy_hint", "show copy hints", id="hints.copy", kiosk=True),
    Action("y", "copy", "copy the row with its citation", id="copy", kiosk=True),
    Action("Y", "copy_as", "copy in another form, or to a file", id="copy.as"),
    Action("semicolon", "list_related", "list related rows", id="related.list", kiosk=True),
    Action("m", "mark", "add or remove a bookmark", id="mark", kiosk=True),
    Action("a", "note", "write a note on the row", id="note", kiosk=True),
    Action("apostrophe", "kept", "bookmarks and notes", id="kept", kiosk=True),
    Action("z", "zoom", "zoom this pane", id="zoom", kiosk=True),
    Action("i", "card", "details of the row", id="card", kiosk=True),
    Action("exclamation_mark", "problems", "problems", id="problems", kiosk=True),
    Action("right_parenthesis", "source(1)", "next source", id="source.next", kiosk=True),
    Action("left_parenthesis", "source(-1)", "previous source", id="source.previous", kiosk=True),
    Action("J", "briefing(1)", "next briefing", id="briefing.next", kiosk=True),
    Action("K", "briefing(-1)", "previous briefing", id="briefing.previous", kiosk=True),
    Action("o", "shelf", "the library", id="shelf", kiosk=True),
    Action("s", "search_library", "search the library for this speaker or actor", id="library.search", kiosk=True),
    Action("D", "dossier", "dossier: everything the library has on an actor", id="dossier", kiosk=True),
    Action("V", "corroborate", "the same in other briefings", id="corroborate", kiosk=True),
    Action("e", "edit", "open in $EDITOR at this item", id="edit"),
    Action("q", "leave", "close the top layer, then the briefing, then quit", id="leave", kiosk=True),
    *COMMON,
]
"""Of the whole screen; each pane has its own besides."""
OWN = {each.action.partition("(")[0] for each in KEYS}


def _nothing() -> Shown:
    raise LookupError("nothing is shown before a reading is")


class ReadingScreen(LinesScreen):
    BINDINGS = [*KEYS]

    shown: reactive[Shown] = reactive(_nothing, repaint=False)
    subject: reactive[str] = reactive("", repaint=False)
    pins: reactive[tuple[str, ...]] = reactive((), repaint=False)
    source: reactive[str] = reactive("", repaint=False)

    def __init__(self, reading: Reading, state: State) -> None:
        super().__init__()
        self.tabs = Bar(self._tabs, "tabs", self._tab_pressed)
        self.editor = Editor(lambda: self.bar("foot"), self.called)
        self.room = Room(self.sheet, self.editor)
        self.proving = Proving(self)
        self.finding = Finding(self)
        self.following = Following(self)
        self.keeping = Keeping(self, state)
        self.narrowed: Narrowed = ()
        """What is set, the last thing last."""
        self.trail: Trail[Place] = Trail()
        self._places: dict[Path, Place] = {}
        self.set_reactive(ReadingScreen.shown, Shown(reading, Relations(reading)))  # so the first frame is the right one
        self.set_reactive(ReadingScreen.source, self._beginning())

    def compose(self) -> ComposeResult:
        self.lay_out()  # what is composed in its place need not be moved there
        yield Bar(self._head, "head")
        yield self.tabs
        with self.room:
            for name in plan.in_order_of_place():
                pane = self.room.pane(name)
                yield pane.data_bind(ReadingScreen.shown, ReadingScreen.subject, ReadingScreen.pins)
            yield self.sheet
            yield self.editor
        self.room.pane(plan.SOURCE).data_bind(ReadingScreen.source)
        yield self.prompt

    def on_mount(self) -> None:
        self.lay_out()
        self.focus_here()
        self._place_timer = self.set_timer(SETTLED, self._keep_place)
        if self.app.begin_at and not self.reading.waiting:
            self.following.show_item(self.app.begin_at)
            if self.app.from_shelf:
                self.trail = Trail()  # the way back leads to what was found there
        elif not self.reading.waiting:
            self.keeping.stand_as_left()
        self.read_notes()
        self.proving.begin()

    # -- what is read -------------------------------------------------------------------------------------------------

    @property
    def reading(self) -> Reading:
        return self.shown.reading

    def _beginning(self) -> str:
        """Turn to where a reading begins; the id of the source to begin with."""
        sources = self.reading.briefing.sources
        self.room.turned_to = (plan.SUMMARY if self.reading.drafted else plan.SOURCE,)
        return sources[0].id if sources else ""

    def open(self, reading: Reading, place: Place | None = None, as_left: bool = False) -> None:
        """Show another reading, from its beginning, as it was at a place, or as it was left the last time."""
        self.proving.why = ""
        if place:
            self.shown = Shown(reading, Relations(reading))
            way.restore(self, place)
        else:
            self.subject = ""
            self.shown = Shown(reading, Relations(reading))
            self.source = self._beginning()
            self.narrow(())
            for pane in self.room.panes:
                pane.see(())
                pane.stand(Spot(pane.nearest_row(0, 1)))
            if as_left and not reading.waiting:
                self.keeping.stand_as_left()
            self.turn_over()
        self.read_notes()
        self.proving.begin()

    def find_again(self) -> None:
        self.finding.again()

    def read_notes(self) -> None:
        """Show which rows have a note or a bookmark, once the rows are drawn."""
        self.call_after_refresh(self.keeping.read)

    # -- layout -------------------------------------------------------------------------------------------------------

    def lay_out(self) -> None:
        if self.room.lay_out(self.size, ZOOM in self.narrowed, self.reading.drafted):
            self.tabs.display = self.room.alone and self.reading.drafted and not self.room.covered
            self.bar("tabs", "foot")

    def turn_over(self) -> None:
        super().turn_over()
        self.bar("head", "tabs")

    def cursor_cell(self) -> tuple[int, int] | None:
        return None if self.editor.open and not self.prompt.asking else super().cursor_cell()

    def on_resize(self) -> None:
        self.drop_labels()
        self.lay_out()

    def drop_labels(self) -> None:
        """Remove the link hints: what they are on may be elsewhere now."""
        if self.prompt.asking and self.prompt.asking.letter:
            self.prompt.end(None)

    @property
    def at(self) -> Pane:
        return self.room.at

    def go(self, name: PaneName) -> Pane:
        """Turn to a pane; return it."""
        if name != self.room.here:
            self.room.turn_to(name)
            self.lay_out()
        self.focus_here()
        self.bar("foot", "tabs")
        return self.room.pane(name)

    def focus_here(self) -> None:
        target = self.editor if self.editor.open else self.at
        if self.focused is not target:
            self.focused = target
            self.room.give_keys(target)

    def take(self, event: events.Key) -> bool:
        return super().take(event) or (self.editor.open and self.editor.take(event))

    def paste(self, text: str) -> None:
        if self.editor.open and not self.prompt.asking:
            self.editor.paste(text)
        super().paste(text)

    def present(
        self,
        title: str,
        make: Callable[[], Sequence[Entry]],
        empty: str = "",
        chosen: Callable[[str], None] | None = None,
        does: str = "goes there",
        about: str = "",
    ) -> None:
        """Open a list. What is chosen in it is gone to, unless `chosen` says otherwise."""

        def go(target: str) -> None:
            if target != "file":
                self.following.follow(target, "show")

        super().present(title, make, empty, chosen or go, does, about)

    def _close_sheet(self) -> None:
        super()._close_sheet()
        self.finding.again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow, while a list is open, only actions that concern the whole screen."""
        if self.editor.open:
            return action not in OWN or action == "repaint"
        return not self.sheet.open or action not in OWN or action in OVER_A_SHEET

    def answer(self, message: Message) -> None:
        self.said = ""
        match message:
            case Choose(target):
                self.subject = target if target_of(target) is None else self.subject
                self.bar("tabs", "foot")
            case Go(target):
                self.following.follow(target, "go")
            case Show(target):
                self.following.follow(target, "show")
            case Pin(target):
                self.following.pin(target)
            case Turn(pane):
                self.go(pane)
            case Say(words):
                self.say(words)
            case ListQuotes(speaker, subject):
                from tui.reader.reading import lists

                lists.quotes_about(self, speaker, subject)
            case FindAgain():
                self.finding.again()
                self.bar("foot")

    def narrow(self, narrowed: Narrowed) -> None:
        """Set these filters, and no others."""
        self.narrowed = narrowed
        kept = {each.value[0]: each.value[1] for each in narrowed if each.what == "rows"}
        for pane in self.room.panes:
            pane.like = kept.get(pane.TITLE, "")
        self.pins = pins(narrowed)
        self.lay_out()
        self.finding.again()
        self.bar("tabs", "foot")

    # -- keys ---------------------------------------------------------------------------------------------------------

    @classmethod
    def key_places(cls) -> list[tuple[str, type]]:
        panes: list[tuple[str, type]] = [(f"in {pane.TITLE}", pane) for pane in PANES]
        return [(EVERYWHERE, cls), (EVERY_PANE, Pane), *panes, (SHEET, Sheet), (NOTE, Editor)]

    def on_key(self, event: events.Key) -> None:
        if self.prompt.asking or self.editor.open:
            return
        if self.said:
            self.say("")
        self.proving.key_pressed()
        self._place_timer.stop()
        self._place_timer = self.set_timer(SETTLED, self._keep_place)

    def unbound(self, key: str) -> None:
        for each in KEYS if self.sheet.open else ():
            if key in self.app.keys.get(each.id or "", each.key).split(","):
                self.say(f"close this first ({self.called('sheet.close')}): {each.description}")
                return
        super().unbound(key)

    def _keep_place(self) -> None:
        if not self.reading.waiting:
            self._write_place(self.reading.path, self.keeping.place())

    @work(thread=True, exclusive=True, group="place")
    def _write_place(self, path: Path, place: str) -> None:
        self.keeping.keep_place(path, place)

    def keep_place(self) -> None:
        """Save the place at once, before something else is shown or the program ends."""
        if not self.reading.waiting:
            self.keeping.keep_place(self.reading.path, self.keeping.place())

    def keep_all(self) -> str:
        unsaved = self.editor.keep() if self.editor.open else ""
        self.keep_place()
        return unsaved

    def action_pane(self, name: PaneName) -> None:
        self.following.to_pane(name)

    def action_turn(self, step: int) -> None:
        self.go(self.room.next_pane(step))
        self.room.choose_here()

    def action_related(self, step: int) -> None:
        self.following.step(step)

    def action_back(self) -> None:
        way.back(self)

    def action_forward(self) -> None:
        way.forward(self)

    def action_undo(self) -> None:
        filtering.clear(self)

    def action_undo_one(self) -> None:
        filtering.choose(self)

    def action_zoom(self) -> None:
        filtering.zoom(self)

    def action_find(self) -> None:
        self.finding.ask()

    def action_match(self, step: int) -> None:
        self.finding.step(step)

    def action_rows(self) -> None:
        self.finding.ask_rows()

    def action_hints(self) -> None:
        from tui.reader.reading import hints

        hints.ask(self, "follow: ", lambda target: hints.follow(self, self.following, target))

    def action_copy_hint(self) -> None:
        from tui.reader.reading import copying, hints

        hints.ask(self, "copy: ", lambda target: copying.copy(self, target.hint.target))

    def action_copy(self) -> None:
        from tui.reader.reading import copying

        copying.copy(self, self.room.ref_here())

    def action_copy_as(self) -> None:
        from tui.reader.reading import copying

        copying.choose(self, self.room.ref_here())

    def action_list_related(self) -> None:
        from tui.reader.reading import lists

        lists.related(self)

    def action_mark(self) -> None:
        self.keeping.mark()

    def action_note(self) -> None:
        self.keeping.note()

    def action_kept(self) -> None:
        self.keeping.list()

    def action_source(self, step: int) -> None:
        self.following.next_source(step)

    def action_card(self) -> None:
        from tui.reader.reading import lists

        lists.details(self)

    def action_problems(self) -> None:
        from tui.reader.reading import lists

        lists.problems(self)

    def action_commands(self) -> None:
        from tui.reader import commands

        commands.ask(self)

    def action_keys(self) -> None:
        from tui.reader.reading import lists

        lists.keys(self)

    def action_briefing(self, step: int) -> None:
        self._places[self.reading.path] = way.place(self)
        self.keep_place()
        self.app.step(step, self._places)

    def action_edit(self) -> None:
        from tui.reader.reading import external_editor

        self.keep_place()  # the line may drop while the editor is open
        external_editor.edit(self)

    def action_leave(self) -> None:
        self.keep_place()
        if not self.app.back_to_shelf():
            self.app.exit()

    def action_shelf(self) -> None:
        self.keep_place()
        self.app.show_shelf()

    def action_search_library(self) -> None:
        from tui.reader.reading import across

        self.keep_place()
        self.app.show_shelf(across.query(self))

    def action_dossier(self) -> None:
        from tui.reader.reading import across

        across.open_dossier(self)

    def action_corroborate(self) -> None:
        from tui.reader.reading import across

        across.corroborate(self)

    # -- the lines above and below --------------------------------------------------------------------------------------

    def _head(self, cells: int) -> Line:
        proving, reading, app = self.proving, self.reading, self.app
        more = self.called("problems") if proving.errors else ""
        of = 1 if reading.origins else len(app.paths)
        news = proving.news or proving.why
        return opening.head(reading, proving.errors, news, app.at, of, cells, more, app.told_apart(reading))

    def _tabs(self, cells: int) -> Line:
        return bars.tabs(self.room.panes, plan.NAMES.index(self.room.here), cells)

    def _tab_pressed(self, x: int) -> None:
        number = bars.tab_at(self._tabs(self.size.width), x)
        if number:
            self.following.to_pane(plan.NAMES[number - 1])

    def _foot(self, cells: int) -> Line:
        if self.editor.open:
            said = "" if self.editor.asks else self.said  # a question is never hidden by a message
            return bars.foot(said, (), "", self.editor.hints_here, (), cells)
        if self.sheet.open:
            rows = [f"rows: {self.sheet.like}"] if self.sheet.like else []
            return bars.foot(self.said, rows, "", self.sheet.hints_here, (), cells)
        held = filtering.words(self, self.finding.words() if self.narrowed else "")
        hints = self._hints(self.room.pane(self.room.here).keys_here())
        return bars.foot(self.said, held, self.called("undo"), hints, way.words(self), cells)
