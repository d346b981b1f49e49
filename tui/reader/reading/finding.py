"""Find (`/ n N`) and filter (`&`) on the reading screen: which panes are looked through, which match is the next, and a
count that is true: it says how many matches can be reached, and how many more are hidden by what is set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.briefing.record import NamedTuple
from tui.reader.drawing.matching import BadPattern, Matches, Pattern, absence
from tui.reader.panes.source import Source
from tui.reader.path import moves
from tui.reader.path.filters import Narrowing, without
from tui.reader.path.moves import Said
from tui.reader.path.place import Place, Spot
from tui.reader.path.plan import SOURCE, SUMMARY
from tui.reader.reading import filtering, way
from tui.reader.reading.following import Following
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.prompt import Asking

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk


class Stop(NamedTuple):
    """A match that can be gone to: the pane, the number of its text, the number of the match in that."""

    pane: Pane
    text: int
    match: int


class Finding:
    def __init__(self, screen: Desk) -> None:
        self.screen = screen
        self.typed = ""
        """What was searched for last."""
        self.found: list[tuple[Pane, int, Matches]] = []
        """What can be reached: (pane, number of its text, matches in it), in the order in which `n` goes through them."""
        self.hidden = 0
        self.wrong = ""
        """Why nothing could be searched for."""
        self.elsewhere: dict[str, int] = {}
        """When nothing was found: the other panes that have matches, and how many."""
        self._here: Sequence[str] = ()
        self._history: dict[str, list[str]] = {"/": [], "&": []}

    # -- what is found ------------------------------------------------------------------------------------------------

    def look(self, typed: str, panes: Sequence[Pane]) -> None:
        """Find and highlight; nothing moves. If the pattern is `wrong`, nothing is highlighted."""
        self.found, self.hidden, self.wrong, self.elsewhere = [], 0, "", {}
        self._here = [pane.TITLE for pane in panes]
        every: dict[Pane, list[Matches]] = {pane: [] for pane in panes}
        try:
            pattern = Pattern(typed)
            for pane in panes:
                for number, looked in enumerate(pane.looked):
                    matches = pattern.find(looked)
                    kept = matches if number != pane.text_number else pane.reached(matches)
                    self.hidden += len(matches) - len(kept)
                    every[pane].append(kept)
                    if len(kept):
                        self.found.append((pane, number, kept))
            if typed and not self.found and not self.hidden and self.screen.room.at is not self.screen.room.sheet:
                self.elsewhere = {
                    pane.TITLE: count
                    for pane in self.screen.room.panes
                    if pane not in panes and (count := sum(len(pattern.find(looked)) for looked in pane.looked))
                }
        except BadPattern as error:
            self.found, self.hidden, self.wrong, every = [], 0, str(error), {}
        finally:
            for pane in self.screen.room.every_pane:
                pane.seek(every.get(pane, ()))

    def again(self) -> None:
        """Search again, after other rows can be reached or something else is searched for."""
        find = next((each.value for each in self.screen.narrowed if each.what == "find"), ("",))
        self.look(find[0], [pane for pane in self.screen.room.panes if pane.TITLE in find[1:]])

    def search_for(self, typed: str, panes: Sequence[Pane]) -> None:
        """Keep the matches highlighted, as one of the filters."""
        screen = self.screen
        if screen.room.sheet.open:
            self.look(typed, panes)
            return
        found = (Narrowing("find", (typed, *(pane.TITLE for pane in panes))),) if typed else ()
        screen.narrow((*without(screen.narrowed, "find"), *found))

    @property
    def count(self) -> int:
        return sum(len(matches) for _, _, matches in self.found)

    def at(self, number: int) -> Stop:
        """Return the match with this number, from 0, of all."""
        for pane, text, matches in self.found:
            if number < len(matches):
                return Stop(pane, text, number)
            number -= len(matches)
        raise IndexError(number)

    def number(self) -> int:
        """Return the number of the match that the cursor is at; -1 if it is at none."""
        before = 0
        here = self.screen.room.at
        for pane, text, matches in self.found:
            if pane is here and pane.match[0] == text and pane.row_of_match(matches.span(pane.match[1])[0]) == pane.spot.row:
                return before + pane.match[1]
            before += len(matches)
        return -1

    def next_from_cursor(self, step: int) -> int:
        """Return the number of the first match at or after the cursor's row, or of the last one before it."""
        here, order = self.screen.room.at, list(self.screen.room.every_pane)
        texts = [(order.index(pane), text) for pane, text, _ in self.found]
        cursor = (order.index(here), here.text_number)
        numbered = sorted({*texts, cursor})
        found = [(numbered.index(each), matches) for each, (_, _, matches) in zip(texts, self.found)]
        offset = here.cursor_offset() if cursor in texts else 0
        return moves.next_match(found, (numbered.index(cursor), offset), self.number(), step)

    def words(self) -> str:
        """Say the count, claiming no more than is known."""
        if self.wrong:
            return self.wrong
        count = self.count
        if not count:
            return absence(self._here, self.elsewhere, self.hidden, self.screen.called("find.next"))
        hidden = f" · {self.hidden:,} more hidden by filters" if self.hidden else ""
        at = self.number()
        where = f" in {self.screen.room.at.TITLE}" if len({pane for pane, _, _ in self.found}) > 1 and at >= 0 else ""
        return f"{at + 1:,} of {count:,}{where}{hidden}" if at >= 0 else f"{count:,} found{hidden}"

    # -- keys ---------------------------------------------------------------------------------------------------------

    def scope(self) -> Sequence[Pane]:
        """List the panes that a search from here goes through: this one, or from the summary all."""
        here = self.screen.room.at
        return self.screen.room.panes if here is self.screen.room.pane(SUMMARY) else (here,)

    def ask(self) -> None:
        screen, panes = self.screen, self.scope()
        origin, before = way.place(screen), screen.room.at.spot
        in_list = screen.room.at is screen.room.sheet
        self.look("", ())

        def changed(typed: str) -> None:
            self._return(origin, before)
            page = None if in_list else moves.page_typed(typed)
            if page is not None:
                self.look("", ())
                asking.beside, asking.wrong = self._to_page(page)
                return
            self.look(typed, panes)
            if self.found:
                self.go(self.next_from_cursor(1) % self.count)
            asking.beside, asking.wrong = self.words() if typed else "", bool(typed) and not self.found

        def ended(typed: str | None) -> None:
            page = None if in_list else moves.page_typed(typed or "")
            if page is not None:
                self._return(origin, before)
                self.again()
                screen.say(self._to_page(page, leaves=True)[0])
                return
            if not typed or (not self.found and not self.hidden):
                said, elsewhere = self.words(), self.elsewhere
                self._return(origin, before)
                self.again()
                if typed:
                    self.typed = typed if elsewhere else self.typed
                    screen.say(f"{typed}: {said}")
                return
            self.typed = typed
            number = self.number()
            self._return(origin, before)
            if screen.room.at is not screen.room.sheet:
                way.leave(screen)
            self.search_for(typed, panes)
            if number >= 0:
                self.go(number)
                screen.room.choose_here()
            else:
                screen.say(self.words())

        asking = Asking("/", changed, ended, history=self._history["/"])
        screen.ask(asking)

    def _to_page(self, page: str, leaves: bool = False) -> tuple[str, bool]:
        """Go to a page of the source that is shown. Return what to say of it, and whether there is none."""
        if not page:
            return "the page of the source, as p:12", False
        screen, following = self.screen, Following(self.screen)
        pane = screen.room.pane(SOURCE)
        assert isinstance(pane, Source)
        move = moves.to_page(following.where, page, pane.position)
        if isinstance(move, Said):
            return move.words, True
        following.make(move._replace(leaves=leaves))
        return pane.page_shown, False

    def _return(self, origin: Place, before: Spot) -> None:
        if self.screen.room.at is self.screen.room.sheet:
            self.screen.room.sheet.stand(before)
        elif way.place(self.screen) != origin:
            way.restore(self.screen, origin)

    def go(self, number: int) -> None:
        """Go to a match by its number of all."""
        stop = self.at(number)
        screen = self.screen
        if stop.pane is not screen.room.at:
            screen.go(stop.pane.name_of_pane)
        if stop.text != stop.pane.text_number:
            assert isinstance(stop.pane, Source)
            screen.source = stop.pane.sources[stop.text]
        stop.pane.show_match(stop.match)

    def step(self, step: int) -> None:
        """Go to the next or previous match; at the end, go on from the other end and say so."""
        screen = self.screen
        if not self.found:
            if not self.typed:
                screen.say(f"no search yet; press {screen.called('find') or 'the key for find'}")
                return
            panes = self.scope()
            self.look(self.typed, panes)
            if self.elsewhere:
                panes = screen.room.panes
                self.look(self.typed, panes)
            if not self.found:
                said = self.words()
                self.again()
                screen.say(f"{self.typed}: {said}")
                return
            self.search_for(self.typed, panes)
        number = self.next_from_cursor(step)
        wrapped = "" if 0 <= number < self.count else "   from the top" if step > 0 else "   from the end"
        self.go(number % self.count)
        screen.room.choose_here()
        if wrapped:
            screen.say(f"/{self.typed}   {self.words()}{wrapped}")

    def ask_rows(self) -> None:
        """Ask for words, and show only the rows of this pane that have them."""
        screen, pane = self.screen, self.screen.room.at
        before = pane.like

        def changed(typed: str) -> None:
            try:
                Pattern(typed)
            except BadPattern as error:
                asking.beside, asking.wrong = str(error), True
                return
            pane.like = typed
            if pane.unlike:
                asking.beside, asking.wrong = pane.unlike, True
                return
            rows, every = pane.counts
            asking.beside, asking.wrong = f"{rows:,} of {every:,} rows", not rows

        def ended(typed: str | None) -> None:
            wrong, pane.like = pane.unlike, before
            try:
                Pattern(typed or "")
            except BadPattern as error:
                wrong = str(error)
            if wrong:
                screen.say(wrong)
            elif typed is not None:
                filtering.keep_rows(screen, pane, typed)

        asking = Asking("& only rows with: ", changed, ended, history=self._history["&"])
        screen.ask(asking)
