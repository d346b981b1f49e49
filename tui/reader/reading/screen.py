"""The reading screen: five panes on one briefing. It holds what is read, the subject and the pins, binds them down to
every pane, and answers their one message by moving the cursor and remembering the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import reactive
from textual.widget import Widget

from tui.briefing.document import Actor, Event, Quote
from tui.briefing.links import Relations
from tui.briefing.proof import Reading, prove
from tui.briefing.summary import target_of
from tui.library.state import State
from tui.reader.drawing import opening
from tui.reader.drawing.lines import Line, one_line
from tui.reader.drawing.opening import Layout
from tui.reader.keys.action import EVERY_PANE, EVERYWHERE, NOTE, SHEET, Action
from tui.reader.panes.source import Source
from tui.reader.panes.summary import Summary
from tui.reader.path import plan
from tui.reader.path.filters import ZOOM, Narrowed, Narrowing, pins, unpinned, without
from tui.reader.path.place import Place, Spot
from tui.reader.path.plan import PaneName
from tui.reader.path.trail import Trail
from tui.reader.reading.finding import Finding
from tui.reader.reading.following import Following
from tui.reader.reading.keeping import Keeping
from tui.reader.screen import COMMON, LinesScreen
from tui.reader.widgets import bars
from tui.reader.widgets.bars import Bar
from tui.reader.widgets.messages import Choose, FindAgain, Go, ListQuotes, Message, Pin, Say, Show, Turn
from tui.reader.widgets.note_editor import Editor
from tui.reader.widgets.pane import Pane, Shown
from tui.reader.widgets.sheet import Entry, Sheet

if TYPE_CHECKING:
    pass

SETTLED = 1.0
"""Seconds after the last key until the place is saved: a place for every key would be a write of every key."""
AGO = 5.0
"""Seconds: what changed no longer ago than this is looked at again when its watch begins."""
OVER_A_SHEET = ("repaint", "theme", "find", "match", "rows", "hints", "copy", "copy_hint", "mark")
"""What the screen's own keys still do while a sheet is open."""


class ReadingScreen(LinesScreen):
    BINDINGS = [
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
        Action("slash", "find", "find in this pane; from the summary, in all panes", id="find", kiosk=True),
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

    shown: reactive[Shown | None] = reactive(None, repaint=False)
    subject: reactive[str] = reactive("", repaint=False)
    pins: reactive[tuple[str, ...]] = reactive((), repaint=False)
    source: reactive[str] = reactive("", repaint=False)

    _own = {each.action.partition("(")[0] for each in BINDINGS if isinstance(each, Binding)}

    def __init__(self, reading: Reading, state: State) -> None:
        super().__init__()
        self.panes: tuple[Pane, ...] = tuple(pane() for pane in PANES)
        self._pane = dict(zip(plan.NAMES, self.panes))
        for number, (name, pane) in enumerate(self._pane.items(), 1):
            pane.number, pane.name_of_pane, pane.answer, pane.called = number, name, self.answer, self.called
        self.room = Widget(id="panes")
        self.tabs = Bar(self._tabs, "tabs", self._tab_pressed)
        self.editor = Editor(lambda: self.bar("foot"), self.called)
        self.finding = Finding(self)
        self.following = Following(self)
        self.keeping = Keeping(self, state)
        self.turned_to: tuple[PaneName, ...] = (plan.SUMMARY,)
        """The panes that were turned to, the last first."""
        self.narrowed: Narrowed = ()
        """What is set, the last thing last."""
        self.trail: Trail[Place] = Trail()
        self._places: dict[Path, Place] = {}
        self._reading = reading
        self._errors = 0
        self._news = self._doubt = ""
        self._since = 0.0
        self._laid_out: tuple[object, ...] = ()
        self.set_reactive(ReadingScreen.shown, Shown(reading, Relations(reading)))  # so the first frame is the right one
        self.set_reactive(ReadingScreen.source, self._beginning())

    def compose(self) -> ComposeResult:
        self.lay_out()  # what is composed in its place need not be moved there
        yield Bar(self._head, "head")
        yield self.tabs
        with self.room:
            for name in plan.in_order_of_place():
                pane = self._pane[name]
                yield pane.data_bind(ReadingScreen.shown, ReadingScreen.subject, ReadingScreen.pins)
            yield self.sheet
            yield self.editor
        self.pane(plan.SOURCE).data_bind(ReadingScreen.source)
        yield self.prompt

    def on_mount(self) -> None:
        self.lay_out()
        self.focus_here()
        self._place_timer = self.set_timer(SETTLED, self._keep_place)
        self._watch_timer = self._place_timer
        if self.app.begin_at:
            self.show_item(self.app.begin_at)
            if self.app.from_shelf:
                self.trail = Trail()  # the way back leads to what was found there
        else:
            self.keeping.stand_as_left()
        self._look_on()

    # -- what is read -------------------------------------------------------------------------------------------------

    def _beginning(self) -> str:
        """Turn to where a reading begins; the id of the source to begin with."""
        sources = self._reading.briefing.sources
        self.turned_to = (plan.SUMMARY if self._reading.drafted else plan.SOURCE,)
        return sources[0].id if sources else ""

    def open(self, reading: Reading, place: Place | None = None, as_left: bool = False) -> None:
        """Show another reading, from its beginning, as it was at a place, or as it was left the last time."""
        self._reading, self._doubt = reading, ""
        if place:
            self.shown = Shown(reading, Relations(reading))
            self.restore(place)
        else:
            self.subject = ""
            self.shown = Shown(reading, Relations(reading))
            self.source = self._beginning()
            self.narrow(())
            for pane in self.panes:
                pane.see(())
                pane.stand(Spot(pane.nearest_row(0, 1)))
            self.focus_here()
            if as_left:
                self.keeping.stand_as_left()
        self.bar("head", "tabs", "foot")
        self._look_on()

    def _look_on(self) -> None:
        """Look for the words where that is still to be done, and for errors, once there is something to read meanwhile."""
        self._errors = 0
        self._since = time() - AGO
        self.call_after_refresh(self.keeping.read)
        self._watch_timer.stop()
        if not self._reading.origins:
            self._watch_timer = self.set_timer(SETTLED, self._watch)
        if self._reading.parsed.readable and self._reading.drafted and not self._reading.origins:
            self.call_after_refresh(self.look_for_words, self._reading)

    @work(thread=True, exclusive=True)
    def look_for_words(self, reading: Reading) -> None:
        from tui.briefing.check import errors

        proved, relations = reading, None
        if reading.anchors is None:
            proved = prove(reading)
            relations = Relations(proved)
            _ = (  # worked out here, off the keys' way
                relations.at,
                relations.mentioned_at,
                relations.about,
                relations.named_in,
                relations.spans,
            )
        self.app.call_from_thread(self.words_found, reading, proved, relations, errors(proved))

    def _watch(self) -> None:
        self.app.watch_files(self._reading, self._since)

    def doubt(self, reading: Reading, why: str) -> None:
        """Say in the head line why what is shown may be so no longer, until it is read again."""
        if self._reading.path == reading.path:
            self._news, self._doubt = "", why
            self.bar("head")

    def reload(self, new: Reading, news: str) -> None:
        """Show the same briefing as its file is now. Cursor, pins and view stay on the items that they were on."""
        if self._reading.path != new.path:
            return
        self.drop_labels()
        held = [(pane.ref, pane.spot, pane.lines_above()) for pane in self.panes]
        self._reading = new
        self.shown = Shown(new, Relations(new))
        if self.source not in new.briefing.source:
            self.source = next(iter(new.briefing.source), "")
        for pane, (ref, spot, above) in zip(self.panes, held):
            row = None if pane is self.pane(plan.SUMMARY) else pane.row_of(ref)
            row = pane.nearest_row(spot.row, 1) if row is None else row
            pane.stand(Spot(row, spot.part, pane.window.back((row, 0), above) if pane.rows else (0, 0)))
        if self.subject not in new.briefing.by_id and ":" not in self.subject:
            self.subject = ""
        self.narrow(unpinned(self.narrowed, [pin for pin in self.pins if pin not in new.briefing.actor]))
        if self.sheet.open:
            self.sheet.make_again()
        self._news, self._doubt = news, ""
        self.bar("head")
        self._look_on()

    def words_found(self, asked: Reading, proved: Reading, relations: Relations | None, errors: int) -> None:
        if self._reading is not asked:
            return
        self._errors = errors
        if relations:
            spots = [pane.spot for pane in self.panes]
            self._reading = proved
            self.shown = Shown(proved, relations)
            for pane, spot in zip(self.panes, spots):
                pane.stand(spot)
            self.find_again()
            if self.sheet.open:
                self.sheet.make_again()
            self.warm()
            self._watch()
        if relations or errors:
            self.bar("head", "tabs")

    @work(thread=True, group="warm")
    def warm(self) -> None:
        for pane in self.panes:
            pane.warm()

    @property
    def reading(self) -> Reading:
        return self._reading

    def show_item(self, id: str) -> None:
        item = self._reading.briefing.by_id.get(id)
        if isinstance(item, (Actor, Quote, Event)):
            self.following.show(item)
        elif id.startswith("summary:"):
            self.go(plan.SUMMARY).put(self._summary_row(id))
        elif item or (id.partition(":")[0] in self._reading.briefing.source and ":" in id):
            self.following.follow(id, "show")
        else:
            self.say(f"{self._reading.path.name} has no item {one_line(id)}; this is its beginning")

    def _summary_row(self, ref: str) -> int:
        """Return the row of the summary's block that is at a line of it ("summary:2")."""
        pane, line = self.pane(plan.SUMMARY), ref.partition(":")[2]
        assert isinstance(pane, Summary)
        return pane.nearest_row(pane.row_of_line(int(line) if line.isdecimal() else 0), 1)

    # -- layout -------------------------------------------------------------------------------------------------------

    @property
    def layout_name(self) -> Layout:
        return opening.layout(*self.size)

    @property
    def zoomed(self) -> bool:
        return ZOOM in self.narrowed

    def lay_out(self) -> None:
        """Give each pane its room, or none."""
        layout = self.layout_name
        drafted = self._reading.drafted  # of a raw article there is nothing but its text
        over = self.sheet.open or self.editor.open
        alone = layout == "one" or self.zoomed or over or not drafted
        shown = plan.visible("one" if alone else layout, self.turned_to)
        low = layout == "one" and self.size.height < opening.LOW
        laid_out = (layout, alone, low, shown, over, self.editor.open, drafted)
        if self._laid_out == laid_out:
            return
        self._laid_out = laid_out
        for name, pane in self._pane.items():
            pane.bare = low
            pane.display = not over and name in shown
        for columns in ("two", "three"):
            self.room.set_class(layout == columns and not alone, columns, update=self.room.is_attached)
        self.tabs.display = alone and drafted and not over
        self.bar("tabs", "foot")

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
    def here(self) -> PaneName:
        """Return the pane that was turned to last."""
        return self.turned_to[0]

    def pane(self, name: PaneName) -> Pane:
        return self._pane[name]

    def go(self, name: PaneName) -> Pane:
        """Turn to a pane; it is shown in place of another if they share a place."""
        if name != self.here:
            self.turned_to = (name, *(each for each in self.turned_to if each != name))
            self.lay_out()
        self.focus_here()
        self.bar("foot", "tabs")
        return self.pane(name)

    @property
    def at(self) -> Pane:
        """Return the pane that keys go to."""
        return self.sheet if self.sheet.open else self.pane(self.here)

    @property
    def every_pane(self) -> Sequence[Pane]:
        return (*self.panes, self.sheet)

    def focus_here(self) -> None:
        """Focus the editor if it is open, else the list, else the pane."""
        target = self.editor if self.editor.open else self.at
        if self.focused is not target:
            self.focused = target
            for pane in self.every_pane:
                if pane.turned_to != (pane is target):
                    pane.turn(pane is target)

    def take(self, event: events.Key) -> bool:
        return super().take(event) or (self.editor.open and self.editor.take(event))

    def paste(self, text: str) -> None:
        if self.editor.open and not self.prompt.asking:
            self.editor.paste(text)
        super().paste(text)

    def choose_here(self) -> None:
        """Make the item under the cursor the subject."""
        pane = self.at
        if pane.rows:
            pane.choose(pane.spot.row, pane.spot.part)

    def source_number(self, number: int) -> str:
        """Return the id of the source with this number among those that can be shown."""
        pane = self.pane(plan.SOURCE)
        assert isinstance(pane, Source)
        return pane.sources[number]

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
        self.find_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow, while a list is open, only actions that concern the whole screen."""
        if self.editor.open:
            return action not in self._own or action == "repaint"
        return not self.sheet.open or action not in self._own or action in OVER_A_SHEET

    # -- following ----------------------------------------------------------------------------------------------------

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
                self.following.list_quotes(speaker, subject)
            case FindAgain():
                self.find_again()
                self.bar("foot")

    # -- what is set --------------------------------------------------------------------------------------------------

    def narrow(self, narrowed: Narrowed) -> None:
        self.narrowed = narrowed
        kept = {each.value[0]: each.value[1] for each in narrowed if each.what == "rows"}
        for pane in self.panes:
            pane.like = kept.get(pane.TITLE, "")
        self.pins = pins(narrowed)
        self.lay_out()
        self.find_again()
        self.bar("tabs", "foot")

    def find_again(self) -> None:
        """Search again, after other rows can be reached or something else is searched for."""
        find = next((each.value for each in self.narrowed if each.what == "find"), ("",))
        self.finding.look(find[0], [pane for pane in self.panes if pane.TITLE in find[1:]])

    def search_for(self, typed: str, panes: Sequence[Pane]) -> None:
        """Keep the matches highlighted, as one of the filters."""
        if self.sheet.open:
            self.finding.look(typed, panes)
            return
        found = (Narrowing("find", (typed, *(pane.TITLE for pane in panes))),) if typed else ()
        self.narrow((*without(self.narrowed, "find"), *found))

    def keep_rows(self, pane: Pane, typed: str) -> None:
        if pane is self.sheet:
            self.sheet.like = typed
            return
        self.narrow(
            (*without(self.narrowed, "rows", pane.TITLE), *((Narrowing("rows", (pane.TITLE, typed)),) if typed else ()))
        )

    # -- places -------------------------------------------------------------------------------------------------------

    def place(self) -> Place:
        return Place(
            self._reading.path, self.turned_to, self.subject, self.narrowed, self.source,
            tuple(pane.spot for pane in self.panes), tuple(pane.view for pane in self.panes), self._words_here(),
        )  # fmt: skip

    def restore(self, place: Place) -> None:
        self.subject, self.source = place.subject, place.source
        self.turned_to = place.turned_to
        for pane, view in zip(self.panes, place.views):
            pane.see(view)
        self.narrow(place.narrowed)
        for pane, spot in zip(self.panes, place.spots):
            pane.stand(spot)
        self.focus_here()
        self.bar("head", "tabs", "foot")

    def repaint(self) -> None:
        """Draw all again, after something else had the terminal."""
        self.refresh(layout=True)

    def words_for(self, ref: str) -> str:
        """Return what the status line calls an item, a passage or a person who is not an actor here."""
        item = self.shown.reading.briefing.by_id.get(ref) if self.shown else None
        if isinstance(item, Actor):
            return one_line(item.name)
        return item.id if item else f"¶{ref.partition(':')[2]}" if ":" in ref else "" if ref == "line" else one_line(ref)

    def _words_here(self) -> str:
        """Return what the status line calls the row of the cursor."""
        return self.words_for(self.pane(self.here).ref) or self.here

    def _walk(self, place: Place | None, words: str) -> None:
        if place is None:
            self.say(words)
        elif place.path != self._reading.path:
            self.app.open_path(place.path, place)
        else:
            self.said = ""
            self.restore(place)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.prompt.asking or self.editor.open:
            return
        if self.said:
            self.say("")
        if self._news:
            self._news = ""
            self.bar("head")
        self._place_timer.stop()
        self._place_timer = self.set_timer(SETTLED, self._keep_place)

    def unbound(self, key: str) -> None:
        for each in self.BINDINGS if self.sheet.open else ():
            if isinstance(each, Binding) and key in self.app.keys.get(each.id or "", each.key).split(","):
                self.say(f"close this first ({self.called('sheet.close')}): {each.description}")
                return
        super().unbound(key)

    def _keep_place(self) -> None:
        self._write_place(self._reading.path, self.keeping.place())

    @work(thread=True, exclusive=True, group="place")
    def _write_place(self, path: Path, place: str) -> None:
        self.keeping.keep_place(path, place)

    def keep_place(self) -> None:
        """Save the place at once, before something else is shown or the program ends."""
        self.keeping.keep_place(self._reading.path, self.keeping.place())

    def keep_all(self) -> str:
        unsaved = self.editor.keep() if self.editor.open else ""
        self.keep_place()
        return unsaved

    def action_pane(self, name: PaneName) -> None:
        self.following.to_pane(name)

    def action_turn(self, step: int) -> None:
        order = [name for name, pane in self._pane.items() if pane.display or self.layout_name == "one" or self.zoomed]
        pane = self.go(order[(order.index(self.here) + step) % len(order)])
        if pane.rows:
            pane.choose(pane.spot.row, pane.spot.part)

    def action_related(self, step: int) -> None:
        self.following.step(step)

    def action_back(self) -> None:
        place = self.trail.back(self.place())
        if place or not self.app.back_to_shelf():
            self._walk(place, "already at the start")

    def action_forward(self) -> None:
        self._walk(self.trail.forward(self.place()), "already at the newest position")

    def action_undo(self) -> None:
        if self.narrowed:
            self.narrow(self.narrowed[:-1])
        else:
            self.say(f"no filter is set; {self.called('trail.back') or 'another key'} goes back")

    def action_undo_one(self) -> None:
        """Let one of the things that are set be chosen, whichever was set last."""
        if not self.narrowed:
            self.action_undo()
            return

        def taken(number: str) -> None:
            self.narrow(tuple(each for at, each in enumerate(self.narrowed) if str(at) != number))

        self.present("Filters", self._each_that_is_set, chosen=taken, does="clears it")

    def _each_that_is_set(self) -> Sequence[Entry]:
        names = {"pins": "pinned", "rows": "rows of", "find": "looked for", "zoom": "this pane alone"}
        found = []
        for at, each in enumerate(self.narrowed):
            value = " · ".join(map(self.words_for, each.value)) if each.what == "pins" else ": ".join(each.value)
            found.append(Entry(value, names[each.what], str(at)))
        return found

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

    def ref_here(self) -> str:
        """Return what the cursor's row is: an item or a passage, "" for none."""
        pane = self.at
        targets = pane.targets(pane.spot.row) if pane.rows else ()
        target = targets[min(pane.spot.part, len(targets) - 1)] if targets else ""
        return target.partition(">")[0] or (self.sheet.about if pane is self.sheet else "")

    def action_copy(self) -> None:
        from tui.reader.reading import copying

        copying.copy(self, self.ref_here())

    def action_copy_as(self) -> None:
        from tui.reader.reading import copying

        copying.choose(self, self.ref_here())

    def action_list_related(self) -> None:
        if not self.subject or not self.shown:
            self.say("choose a row first")
            return
        from tui.reader import cards

        subject, name = self.subject, self.words_for(self.subject) or self.subject
        empty = f"Nothing here is related to {name}."
        self.present(f"Related to {name}", lambda: cards.related(self.shown, subject) if self.shown else (), empty)

    def action_mark(self) -> None:
        self.keeping.mark()

    def action_note(self) -> None:
        self.keeping.note()

    def action_kept(self) -> None:
        self.keeping.list()

    def edit_note(self, about: str, text: str, kept: Callable[[str], bool]) -> None:
        self.editor.display = True
        self.editor.present(about, text, kept, self._turn_over)
        self._turn_over()

    def action_zoom(self) -> None:
        if self.layout_name == "one":
            self.say("this screen already shows one pane at a time")
            return
        self.narrow(without(self.narrowed, "zoom") if self.zoomed else (*self.narrowed, ZOOM))
        self.focus_here()

    def action_source(self, step: int) -> None:
        self.following.next_source(step)

    def action_card(self) -> None:
        pane = self.pane(self.here)
        targets = pane.targets(pane.spot.row) if pane.rows else ()
        target = next((target for target in targets if ":" not in target), self.subject)
        if ":" in target or self.here == plan.SOURCE:
            target = self.subject
        from tui.reader import cards

        title, entries = cards.card(self.shown, target) if self.shown else ("", [])
        if entries:
            self.present(title, lambda: cards.card(self.shown, target)[1] if self.shown else (), about=target)
        else:
            self.say("no details for this row; choose an actor, a quote or an event")

    def action_problems(self) -> None:
        if self._reading.anchors is None and self._reading.parsed.readable:
            self.say("still checking the words")
            return
        if self._reading.origins:
            self.say("a dossier has no file; run readout check on its briefings")
            return
        from tui.reader import cards, loading

        def found() -> Sequence[Entry]:
            return cards.problems(*loading.problems(self._reading))

        self.present("Problems", found, f"{loading.NO_PROBLEMS[:1].upper()}{loading.NO_PROBLEMS[1:]}.")

    @classmethod
    def key_places(cls) -> list[tuple[str, type]]:
        panes: list[tuple[str, type]] = [(f"in {pane.TITLE}", pane) for pane in PANES]
        return [(EVERYWHERE, cls), (EVERY_PANE, Pane), *panes, (SHEET, Sheet), (NOTE, Editor)]

    def action_commands(self) -> None:
        from tui.reader import commands

        commands.ask(self)

    def action_keys(self) -> None:
        from tui.reader import cards

        self.present("Keys", lambda: [*cards.keys(self.app.every_key()), *cards.legend()])

    def action_briefing(self, step: int) -> None:
        self._places[self._reading.path] = self.place()
        self.keep_place()
        self.app.step(step, self._places)

    def action_edit(self) -> None:
        if self._reading.origins:
            self.say(f"a dossier has no file; {self.called('follow')} goes to the briefing")
            return
        from tui.reader.reading import external_editor as editing

        editing.edit(self)

    def action_leave(self) -> None:
        self.keep_place()
        if not self.app.back_to_shelf():
            self.app.exit()

    def action_shelf(self) -> None:
        self.keep_place()
        self.app.show_shelf()

    def action_search_library(self) -> None:
        """Search the library, with the speaker or the actor of the row filled in."""
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
        more = self.called("problems") if self._errors else ""
        of = 1 if self._reading.origins else len(self.app.paths)
        return opening.head(
            self._reading, self._errors, self._news or self._doubt, self.app.at, of, cells, more, self._folder()
        )

    _folder_of: tuple[Path | None, str] = (None, "")

    def _folder(self) -> str:
        """Return where the file is, if the shelf or the command line has another that looks the same; else ""."""
        path = self._reading.path
        if self._folder_of[0] != path:
            library = self.app.library_made
            file = library.file_at(path) if library and not self._reading.origins else None
            alike = library is not None and file is not None and (file.title, file.date) in library.namesakes()
            alike = alike or sum(each.name == path.name for each in self.app.paths) > 1
            place = library.place(file) if library and file else str(path)
            self._folder_of = (path, place if alike else "")
        return self._folder_of[1]

    def _tabs(self, cells: int) -> Line:
        return bars.tabs(self.panes, plan.NAMES.index(self.here), cells)

    def _tab_pressed(self, x: int) -> None:
        number = bars.tab_at(self._tabs(self.size.width), x)
        if number:
            self.following.to_pane(plan.NAMES[number - 1])

    def _foot(self, cells: int) -> Line:
        if self.editor.open:
            return bars.foot(self.said, (), "", self.editor.hints_here, (), cells)
        if self.sheet.open:
            return bars.foot(self.said, self._set_on_sheet(), "", self.sheet.hints_here, (), cells)
        way = [self._words_here()]
        way += [place.words for place in reversed(self.trail.behind[-6:])]
        return bars.foot(
            self.said, self._what_is_set(), self.called("undo"), self._hints(self.pane(self.here).keys_here()), way, cells
        )

    def _what_is_set(self) -> list[str]:
        said = [f"pinned: {' · '.join(map(self.words_for, self.pins))}"] if self.pins else []
        for each in self.narrowed:
            if each.what == "rows":
                wrong = next((pane.unlike for pane in self.panes if each.value[0] == pane.TITLE), "")
                said.append(f"rows of {each.value[0]}: {each.value[1]}{f' ({wrong})' if wrong else ''}")
            elif each.what == "find":
                said.append(f"/{each.value[0]} {self.finding.words()}")
        return said

    def _set_on_sheet(self) -> list[str]:
        return [f"rows: {self.sheet.like}"] if self.sheet.like else []


PANES: tuple[type[Pane], ...] = tuple(plan.class_of(each.screen) for each in plan.PANES)
"""Their order is their number key."""
