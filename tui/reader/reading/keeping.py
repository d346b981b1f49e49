"""Bookmarks, notes and the last place of the briefing on the screen: saved at once, and shown if their item is still there
and unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.library.items import text_of
from tui.library.state import Changed, Mark, Note, State, Unkept, standing
from tui.reader.drawing.glyphs import BOTH, MARKED, NOTED
from tui.reader.drawing.lines import one_line
from tui.reader.path.place import words_for
from tui.reader.path.plan import SOURCE, SUMMARY, left_at
from tui.reader.reading import way
from tui.reader.widgets.sheet import Entry

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk


class Keeping:
    def __init__(self, screen: Desk, state: State) -> None:
        self.screen, self.state = screen, state
        self.marks: list[Mark] = []
        self.notes: list[Note] = []
        self._kept: tuple[Path, str] | None = None
        """The last place that was saved, and of which briefing."""

    def read(self) -> bool:
        """Read the notes and bookmarks of this briefing. If that fails, say why and return False."""
        try:
            path = self.screen.reading.path
            self.marks, self.notes = self.state.marks(path), self.state.notes(path)
            if news := self.state.news():
                self.screen.say(news)
        except Unkept as error:
            self.marks, self.notes = [], []
            self.screen.say(str(error))
            return False
        finally:
            self.show()
        return True

    def show(self) -> None:
        """Tell the panes which rows have a bookmark or a note; one whose text has changed has none."""
        here: dict[str, str] = {}
        for kept in (*self.marks, *self.notes):
            if standing(kept, text_of(self.screen.reading, kept.item)) == "here":
                mine = MARKED if isinstance(kept, Mark) else NOTED
                here[kept.item] = mine if here.get(kept.item, mine) == mine else BOTH
        for pane in self.screen.room.panes:
            pane.show_kept(here)

    def _refuse(self, why: str) -> None:
        """Say why nothing can be saved for a row; of a dossier, how to get to its file."""
        elsewhere = f": {self.screen.called('follow')} leads to its file" if self.screen.reading.origins else ""
        self.screen.say(why + elsewhere)

    # -- bookmarks ----------------------------------------------------------------------------------------------------

    def mark(self) -> None:
        screen, ref = self.screen, self.screen.room.ref_here()
        text = text_of(screen.reading, ref) if not screen.reading.origins else None
        if text is None:
            self._refuse("no bookmark can be put on this row")
            return
        path = screen.reading.path
        there = next((mark for mark in self.marks if mark.item == ref and standing(mark, text) == "here"), None)
        try:
            if there:
                self.state.unmark(there)
            else:
                self.state.mark(path, ref, text)
        except Unkept as error:
            screen.say(f"not saved: {error}")
            return
        self.read()
        screen.say(f"bookmark on {words_for(screen.reading, ref)} {'removed' if there else 'saved'}")

    # -- notes --------------------------------------------------------------------------------------------------------

    def note(self) -> None:
        """Write a note on the row, or go on with the one that it has."""
        screen, ref = self.screen, self.screen.room.ref_here()
        text = text_of(screen.reading, ref) if not screen.reading.origins else None
        if text is None:
            self._refuse("no note can be written on this row")
            return
        self.read()
        seen = next((note for note in reversed(self.notes) if note.item == ref and standing(note, text) == "here"), None)
        path, name = screen.reading.path, words_for(screen.reading, ref)

        def keep(words: str) -> bool:
            try:
                if seen:
                    kept = self.state.rewrite(seen, words)
                else:
                    kept = self.state.note(path, ref, text, words)
                said = f"note on {name} saved" if kept else f"note on {name} deleted" if seen else "empty note not saved"
            except Changed:
                try:
                    self.state.note(path, ref, text, words)
                except Unkept as error:
                    screen.say(f"not saved: {error}")
                    return False
                said = f"the note on {name} was changed elsewhere: both are saved"
            except Unkept as error:
                screen.say(f"not saved: {error}")
                return False
            self.read()
            screen.say(said)
            return True

        about = text if text.startswith(name) else f"{name}: {text}"  # an actor's text begins with its name
        editor = screen.room.editor
        editor.display = True
        editor.present(about[:200], seen.words if seen else "", keep, screen.turn_over)
        screen.turn_over()

    # -- the list -----------------------------------------------------------------------------------------------------

    def list(self) -> None:
        if not self.read():
            return
        called = self.screen.called
        empty = f"None yet: {called('mark') or 'a key'} marks a row, {called('note') or 'another'} writes a note on it."
        self.screen.present("Bookmarks and notes", self._entries, empty)

    def _entries(self) -> Sequence[Entry]:
        rows: list[Mark | Note] = [*self.marks, *self.notes]
        return [self._entry(kept) for kept in sorted(rows, key=lambda kept: kept.time)]

    def _entry(self, kept: Mark | Note) -> Entry:
        stands = standing(kept, text_of(self.screen.reading, kept.item))
        what = "bookmark" if isinstance(kept, Mark) else "note"
        words = f"{one_line(kept.words)} — on: {kept.excerpt}" if isinstance(kept, Note) else kept.excerpt
        if stands == "here":
            return Entry(words, f"{what} · {kept.item}", kept.item)
        why = "its text has changed since" if stands == "changed" else "is no longer in the briefing"
        return Entry(f"{kept.item} {why}: {words}", f"{what} · {stands}", style="warning")

    # -- the last place -----------------------------------------------------------------------------------------------

    def place(self) -> str:
        """Describe as JSON what each pane is on; "" if there is nothing to be on."""
        screen = self.screen
        if not screen.reading.parsed.readable:
            return ""
        import json  # 2 ms that the first frame does not wait for

        summary = screen.room.pane(SUMMARY)
        refs = {pane.name_of_pane: str(pane.spot.row) if pane is summary else pane.ref for pane in screen.room.panes}
        return json.dumps({"pane": screen.room.here, "subject": screen.subject, "source": screen.source, "refs": refs})

    def keep_place(self, path: Path, place: str) -> None:
        """Save the last place. May be called from a thread: the write waits for the disk."""
        if place and (path, place) != self._kept and not self.screen.reading.origins:
            with suppress(Unkept):  # said when a note is to be kept; a place alone is not worth a word
                self.state.keep_place(path, place)
                self._kept = (path, place)

    def stand_as_left(self) -> None:
        """Go to where this briefing was left the last time; Backspace goes to its beginning."""
        screen = self.screen
        left = self.state.last_place(screen.reading.path)
        here, refs = left_at(left)
        if not here:
            return
        beginning = way.place(screen)
        source, subject = left.get("source"), left.get("subject")
        if source in screen.reading.briefing.source:
            screen.source = str(source)
        for name, ref in refs.items():
            pane = screen.room.pane(name)
            row = int(ref) if name == SUMMARY and ref.isdecimal() else pane.row_of(ref)
            if row is not None and row < len(pane.rows):
                pane.put(row)
        screen.go(here)
        if isinstance(subject, str) and (
            subject in screen.reading.briefing.by_id or screen.room.pane(SOURCE).row_of(subject) is not None
        ):
            screen.subject = subject
        if way.place(screen) != beginning:
            screen.trail.leave(beginning)
            screen.say(f"resumed where you left off; {screen.called('trail.back') or 'back'} for the start")
