"""The roster: who is in it, what they are, how much they say and do, and when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from tui.briefing import dates
from tui.briefing.document import Actor, Event, Quote
from tui.reader.drawing.axis import Axis, axis_of
from tui.reader.drawing.glyphs import PINNED
from tui.reader.drawing.lines import Line, Piece, cut, one_line, width
from tui.reader.keys.action import Action
from tui.reader.widgets.messages import Choose, ListQuotes, Say
from tui.reader.widgets.pane import Pane

BUCKETS, FEW = 8, 5
"""Cells of an actor's activity over time, and where there is less room."""


ORDERS = ("quotes and events", "mentions", "first appearance", "name")
GROUPS = ("", "kind", "what they are part of")
COLUMN = 8
"""Cells of a column of the matrix."""


class Actors(Pane):
    TITLE = "Actors"
    HINTS = (
        ("follow", "only this actor"),
        ("pane.quotes", "quotes"),
        ("related.next", "related"),
        ("actors.order", "order"),
        ("actors.matrix", "matrix"),
        ("keys", "keys"),
    )

    BINDINGS = [
        Action("S", "order", "sort: quotes and events, mentions, first appearance, name", id="actors.order", kiosk=True),
        Action("L", "group", "group: kind, parent, none", id="actors.group", kiosk=True),
        Action("v", "matrix", "matrix: who speaks about whom", id="actors.matrix", kiosk=True),
        Action("w", "column(1)", "next subject in the matrix", id="actors.next-column", kiosk=True),
        Action("b", "column(-1)", "previous subject in the matrix", id="actors.previous-column", kiosk=True),
    ]

    _actors: Sequence[Actor | str]
    """Of each entry; a string is the heading of a group."""

    def list_entries(self) -> Sequence[str]:
        assert self.shown
        self.__dict__.pop("_axis", None)
        self.__dict__.pop("_columns", None)
        self._drawn: dict[tuple[str, int], str] = {}
        self._matrix: dict[str, dict[str, int]] = {}
        actors = sorted(self.shown.reading.briefing.actors, key=self._order(ORDERS[self._asked[0]]))
        if self._asked[2]:
            self._matrix = self._who_about_whom()
            speakers: list[Actor | str] = [actor for actor in actors if actor.id in self._matrix]
            self._actors = speakers
        else:
            self._actors = self._grouped(actors, GROUPS[self._asked[1]])
        return [actor.id if isinstance(actor, Actor) else "" for actor in self._actors]

    @property
    def _asked(self) -> tuple[int, int, bool]:
        """Return the numbers of the order and of the grouping, and whether the matrix is shown."""
        order, group, matrix = self.view or (0, 0, False)
        assert isinstance(order, int) and isinstance(group, int)
        return order, group, bool(matrix)

    def _order(self, name: str) -> Callable[[Actor], Any]:
        assert self.shown
        relations = self.shown.relations
        if name == "name":
            return lambda actor: one_line(actor.name).casefold()
        if name == "mentions":
            return lambda actor: -len(relations.mentioned_at.get(actor.id, ()))
        if name == "first appearance":
            sources = {source.id: number for number, source in enumerate(self.shown.reading.briefing.sources)}

            def first(actor: Actor) -> tuple[int, int]:
                source, _, number = next(iter(relations.mentioned_at.get(actor.id, ())), "").partition(":")
                return (sources[source], int(number)) if source else (len(sources), 0)

            return first
        return lambda actor: -relations.weight(actor)

    def _grouped(self, actors: Sequence[Actor], by: str) -> Sequence[Actor | str]:
        assert self.shown
        if not by:
            return actors
        name = self.shown.reading.briefing.name
        groups: dict[str, list[Actor]] = {}
        for actor in actors:
            key = (
                actor.kind
                if by == "kind"
                else f"part of {name(actor.part_of)}"
                if actor.part_of
                else "part of nothing else here"
            )
            groups.setdefault(one_line(key), []).append(actor)
        found: list[Actor | str] = []
        for heading, members in groups.items():
            found += [heading, *members]
        return found

    def _who_about_whom(self) -> dict[str, dict[str, int]]:
        """Count quotes by speaker, then by subject; the subjects most spoken about come first."""
        assert self.shown
        about = self.shown.relations.about
        found: dict[str, dict[str, int]] = {}
        for subject in sorted(about, key=lambda subject: -len(about[subject])):
            for quote in about[subject]:
                if quote.speaker in self.shown.reading.briefing.actor:
                    counts = found.setdefault(quote.speaker, {})
                    counts[subject] = counts.get(subject, 0) + 1
        self._subjects = [subject for subject in sorted(about, key=lambda subject: -len(about[subject])) if subject]
        return found

    def words(self, entry: int) -> Sequence[str]:
        actor = self._actors[entry]
        return (actor,) if isinstance(actor, str) else (one_line(actor.name), one_line(actor.role or actor.kind))

    def keys_here(self) -> Sequence[tuple[str, str]]:
        if not self._asked[2]:
            return self.HINTS
        columns = ("actors.next-column actors.previous-column", "columns")
        return (("follow", "these quotes"), columns, ("actors.matrix", "roster"), ("keys", "keys"))

    def heading(self) -> str:
        if not self.entries:
            return ""
        order, group, matrix = self._asked
        said = [self.count()]
        if matrix:
            said.append("who speaks about whom")
            targets = self.targets(self.spot.row) if self.rows else ()
            if targets and self.shown:
                _, _, subject = targets[min(self.spot.part, len(targets) - 1)].partition(">")
                said.append(f"about {one_line(self.shown.reading.briefing.name(subject))}")
        said += [f"by {ORDERS[order]}"] * bool(order) + [f"in groups: {GROUPS[group]}"] * bool(group and not matrix)
        return " · ".join(said)

    def laid_out_anew(self) -> None:
        super().laid_out_anew()
        self.__dict__.pop("_columns", None)

    @cached_property
    def _axis(self) -> Axis | None:
        """Return the time span of the dated items of the whole briefing."""
        assert self.shown
        return axis_of(filter(None, (dates.read(item.date) for item in self.shown.reading.briefing.anchored)), BUCKETS)

    @cached_property
    def _columns(self) -> tuple[int, int, tuple[int, int, int], int]:
        """Divide the cells among name, role, the three counts and activity."""
        cells = self.cell_width()
        actors = [actor for actor in self._actors if isinstance(actor, Actor)]
        counts = [self._counts(actor) for actor in actors]
        digits = [max((len(str(each[at])) for each in counts if each[at]), default=-2) + 2 for at in range(3)]
        activity = 0 if cells < 46 or not self._axis else BUCKETS + 1 if cells >= 70 else FEW + 1
        room = cells - sum(digits) - activity
        longest = max((width(one_line(actor.name)) for actor in actors[:200]), default=0)
        name = min(longest, max(12, room * 11 // 20) if room >= 30 else room)
        role = room - name - 2
        if role < 8:
            name, role = min(longest, room), 0
        return name, role, (digits[0], digits[1], digits[2]), activity

    def _counts(self, actor: Actor) -> tuple[int, int, int]:
        """Count direct quotes, indirect ones, and events."""
        assert self.shown
        said = self.shown.relations.said.get(actor.id, ())
        direct = sum(quote.direct for quote in said)
        return direct, len(said) - direct, len(self.shown.relations.takes_part.get(actor.id, ()))

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        assert self.shown
        actor = self._actors[entry]
        if isinstance(actor, str):
            heading = (Piece(cut(actor, cells), "heading", 0),)
            return ((), heading) if entry else (heading,)
        if self._asked[2]:
            return (self._matrix_line(actor, cells),)
        called, what = self.words(entry)
        name, role, digits, activity = self._columns
        room = cells - sum(digits) - activity
        numbers = self._counts(actor)
        pinned = actor.id in self.pins
        pieces = [Piece(cut(called, name - 2 * pinned), "strong" if numbers[0] or pinned else "text", 0)]
        fill = " " * (name - width(pieces[0].text) - 2 * pinned)
        pieces.append(Piece(fill + (f" {PINNED}" if pinned else ""), pieces[0].style))
        if role:
            short = cut(what, role)
            pieces += [Piece("  "), Piece(short, "quiet", len(called) + 1), Piece(" " * (role - width(short)))]
        pad = room - name - (role + 2 if role else 0)
        counts = "".join(
            (f"{number}{unit}" if number else "").rjust(cells_) for number, unit, cells_ in zip(numbers, "qie", digits)
        )
        pieces.append(Piece(" " * pad + counts, "quiet"))
        if activity:
            pieces.append(Piece(" " + self._activity(actor, activity - 1), "quiet"))
        return (tuple(pieces),)

    # -- the matrix ---------------------------------------------------------------------------------------------------

    def _shown_columns(self, cells: int) -> tuple[int, Sequence[str]]:
        """Return the cells of the names, and the subjects whose columns are visible: around the cursor's."""
        names = max(12, min(24, cells // 3))
        count = max(1, (cells - names) // COLUMN)
        at = self._subjects.index(subject) if (subject := self._subject_here()) else 0
        first = max(0, min(at - count // 2, len(self._subjects) - count))
        return names, self._subjects[first : first + count]

    def _subject_here(self) -> str:
        targets = self.targets(self.spot.row) if self.rows else ()
        return targets[min(self.spot.part, len(targets) - 1)].partition(">")[2] if targets else ""

    def _matrix_line(self, actor: Actor, cells: int) -> Line:
        names, subjects = self._shown_columns(cells)
        short = cut(one_line(actor.name), names - 1)
        here = self._subject_here() if actor.id == self.ref else ""
        pieces = [Piece(short, "strong", 0), Piece(" " * (names - width(short)))]
        for subject in subjects:
            count = self._matrix[actor.id].get(subject, 0)
            pieces.append(Piece(" " * (COLUMN - 2 - len(str(count or "·")))))
            pieces.append(Piece(f" {count or '·'} ", "chosen" if subject == here else "text" if count else "rule"))
        return tuple(pieces)

    def top_lines(self, cells: int) -> Sequence[Line]:
        if not self._matrix or not self.shown:
            return ()
        names, subjects = self._shown_columns(cells)
        name = self.shown.reading.briefing.name
        heads = "".join(cut(one_line(name(subject)), COLUMN - 1).rjust(COLUMN - 1) + " " for subject in subjects)
        return ((Piece("speaks about".ljust(names)[:names], "quiet"), Piece(heads, "quiet")),)

    def targets(self, row: int) -> Sequence[str]:
        ref = self.entries[self.rows[row]]
        if not self._matrix or not ref:
            return super().targets(row)
        counts = self._matrix[ref]
        return [f"{ref}>{subject}" for subject in self._subjects if subject in counts]

    def put(self, row: int, part: int = 0, context: int = 0) -> None:
        if self._matrix:  # the column stays, or the nearest that has a number
            self._layout.cache_clear()
            self.refresh()
        super().put(row, part, context)

    def choose(self, row: int, part: int = 0) -> None:
        if not self._matrix:
            super().choose(row, part)
            return
        self.put(row, part)
        self.answer(Choose(self.ref))

    def action_follow(self) -> None:
        targets = self.targets(self.spot.row) if self.rows else ()
        if self._matrix and targets:
            self.answer(ListQuotes(*targets[min(self.spot.part, len(targets) - 1)].split(">")))
        else:
            super().action_follow()

    def action_column(self, step: int) -> None:
        if not self._matrix or not self.rows:
            next_, previous = self.called("actors.next-column"), self.called("actors.previous-column")
            matrix = self.called("actors.matrix") or "another key"
            self.answer(Say(f"{next_} and {previous} go from column to column of the matrix; {matrix} shows it"))
            return
        part = min(max(0, self.spot.part + step), len(self.targets(self.spot.row)) - 1)
        self.put(self.spot.row, part)

    # -- ways to see them ---------------------------------------------------------------------------------------------

    def action_order(self) -> None:
        order, group, matrix = self._asked
        self.see(((order + 1) % len(ORDERS), group, matrix))
        self.answer(Say(f"by {ORDERS[self._asked[0]]}"))

    def action_group(self) -> None:
        order, group, _ = self._asked
        self.see((order, (group + 1) % len(GROUPS), False))
        self.answer(Say(f"grouped by {GROUPS[self._asked[1]]}" if self._asked[1] else "not grouped"))

    def action_matrix(self) -> None:
        order, group, matrix = self._asked
        if not matrix and not self._who_about_whom():
            self.answer(Say("nobody here speaks about another actor"))
            return
        self.see((order, group, not matrix))

    def _activity(self, actor: Actor, cells: int) -> str:
        """Draw when the actor speaks or takes part."""
        assert self.shown and self._axis
        if drawn := self._drawn.get((actor.id, cells)):
            return drawn
        relations = self.shown.relations
        items: tuple[Quote | Event, ...] = (
            *relations.said.get(actor.id, ())[:400],
            *relations.takes_part.get(actor.id, ())[:400],
        )
        drawn = self._axis._replace(cells=cells).density(filter(None, (dates.read(item.date) for item in items)))
        self._drawn[actor.id, cells] = drawn
        return drawn

    def empty(self) -> Sequence[str]:
        return ("No actors.", "An [[actor]] table gives a person, body or state an id, so that quotes and events can name it.")
