"""What the commands of `readout --plain` do and are answered: the panes gone through row by row. No Textual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tui.briefing import dates
from tui.briefing.check import errors
from tui.briefing.cite import plain as citation
from tui.briefing.document import Event, Quote
from tui.briefing.export import source_line, standing
from tui.briefing.files import Unreadable, locate, real
from tui.briefing.links import Relations
from tui.briefing.proof import Reading, prove
from tui.briefing.record import NamedTuple
from tui.briefing.summary import target_of
from tui.reader.drawing import opening
from tui.reader.drawing.lines import safe
from tui.reader.drawing.matching import BadPattern, Matches, Pattern, absence
from tui.reader.loading import NO_PROBLEMS, load, problems
from tui.reader.path import moves, plan
from tui.reader.path.moves import Elsewhere, Move, Said, Where
from tui.reader.path.plan import PaneName
from tui.reader.path.trail import Trail
from tui.reader.plain import rows
from tui.reader.plain.rows import Lead, Rows

LISTED = 20
"""So many leads of a row are listed; any of them can be followed."""
FEW = 5
"""Rows that `l` lists where no number is given."""
BEGIN, END = ">>", "<<"
"""Around words that a screen would light."""


class Unclear(Exception):
    """Why a command cannot be done, in one line."""


class Place(NamedTuple):
    """All that is needed to be there again as it was."""

    path: Path
    pane: PaneName
    at: tuple[tuple[PaneName, int], ...]
    subject: str


class Found(NamedTuple):
    """What is found in each pane that was looked through."""

    panes: Sequence[tuple[PaneName, Matches]]

    @property
    def total(self) -> int:
        return sum(len(matches) for _, matches in self.panes)


class Conversation:
    """One reading at a time and where in it the reader is. A method answers one command: it is given the character that was
    typed and what stood behind it, and gives lines, neither safe nor broken yet. Raises Unclear where it cannot."""

    def __init__(self, paths: Sequence[Path], roots: Sequence[Path], reading: Reading) -> None:
        self.paths, self.roots = list(paths), tuple(roots)
        self.trail: Trail[Place] = Trail()
        self._take(reading)

    def _take(self, reading: Reading) -> None:
        self.reading = prove(reading) if reading.anchors is None else reading
        self.relations = Relations(self.reading)
        self.panes: dict[PaneName, Rows] = {
            each.name: plan.class_of(each.lines)(self.reading, self.relations) for each in plan.PANES
        }
        self.at = dict.fromkeys(plan.NAMES, 0)
        self.here = plan.SUMMARY if self.reading.drafted else plan.SOURCE
        self.subject = ""
        self.found: Found | None = None
        self.match = -1
        """The number of the match that was gone to last, of all that are found."""

    # -- where it is --------------------------------------------------------------------------------------------------

    def opened(self) -> list[str]:
        """Say marking and proof, then the title, then what there is."""
        if not self.reading.parsed.readable:
            at = f"{self.paths.index(self.reading.path) + 1} of {len(self.paths)}: " if len(self.paths) > 1 else ""
            return [f"{at}{self.reading.path.name} cannot be read", *map(str, self.reading.parsed.problems)]
        briefing = self.reading.briefing
        count = errors(self.reading) if self.reading.drafted else 0
        proof, fine = opening.proof(self.reading, count, "!")
        sound = self.reading.proof()[1]
        loud = "" if fine or (sound and not count) else "ERRORS: " if sound else "NOT ALL PROVEN: "
        first = ". ".join(filter(None, (briefing.marking, f"{loud}{proof}")))
        many = f"{self.paths.index(self.reading.path) + 1} of {len(self.paths)}: " if len(self.paths) > 1 else ""
        when = dates.read(briefing.date)
        day = dates.words(when) if when else briefing.date
        title = ". ".join(filter(None, (f"{many}{briefing.title or self.reading.path.name}", day)))
        panes = ", ".join(f"{number} {name} {len(pane):,}" for number, (name, pane) in enumerate(self.panes.items(), 1))
        return [first, title, f"{panes}. ? lists the commands"]

    @property
    def pane(self) -> Rows:
        return self.panes[self.here]

    @property
    def number(self) -> int:
        """Return the number of the pane, as it is typed."""
        return plan.NAMES.index(self.here) + 1

    @property
    def row(self) -> int:
        return self.at[self.here]

    @property
    def source_rows(self) -> rows.Source:
        pane = self.panes[plan.SOURCE]
        assert isinstance(pane, rows.Source)
        return pane

    @property
    def where(self) -> Where:
        source = self.source_rows.source_at(self.at[plan.SOURCE])
        return Where(self.reading, self.relations, self.here, self.subject, source)

    def _need_rows(self) -> None:
        if not len(self.pane):
            raise Unclear(self.pane.empty())

    def _say(self, row: int, before: str = "", spans: Sequence[tuple[int, int]] = ()) -> list[str]:
        """Return the lines of a row, with `spans` of its words between marks, unless it has such marks of its own."""
        words = self.pane.words(row)
        words = "\n".join(safe(line, emoji=True) for line in (words.split("\n") if self.pane.BREAKS else [words]))
        if BEGIN not in words and END not in words:
            for start, end in reversed(spans):
                words = f"{words[:start]}{BEGIN}{words[start:end]}{END}{words[end:]}"
        text = f"{before}{self.pane.lead(row)}{words}"
        return text.split("\n") if self.pane.BREAKS else [text]

    def _choose(self, row: int) -> None:
        """Go to a row and make what it is about the subject."""
        self.at[self.here] = row
        targets = self.pane.targets(row)
        if targets and target_of(targets[0]) is None:
            self.subject = targets[0]

    def _name(self, ref: str) -> str:
        item = self.reading.briefing.by_id.get(ref)
        if isinstance(item, (Quote, Event)):
            return item.id
        return self.pane.item_words(ref) if item else f"paragraph {ref.rpartition(':')[2]}"

    def place(self) -> Place:
        return Place(self.reading.path, self.here, tuple(self.at.items()), self.subject)

    # -- moving -------------------------------------------------------------------------------------------------------

    def move(self, typed: str, argument: str) -> list[str]:
        count = _number(argument, 1)
        return self._to(self.row + (count if typed == "j" else -count))

    def first_or_last(self, typed: str, argument: str) -> list[str]:
        return self._to(0 if typed == "g" else len(self.pane) - 1)

    def _to(self, row: int) -> list[str]:
        self._need_rows()
        last = len(self.pane) - 1
        to = min(max(0, row), last)
        if to == self.row != row:
            raise Unclear(f"this is the {'last' if row > to else 'first'} row, {to + 1:,} of {last + 1:,}")
        self._choose(to)
        return self._say(to)

    def list_rows(self, typed: str, argument: str) -> list[str]:
        self._need_rows()
        count = max(1, _number(argument, FEW))
        return [line for row in range(self.row, min(self.row + count, len(self.pane))) for line in self._say(row)]

    def turn(self, typed: str, argument: str) -> list[str]:
        """Turn to a pane, on its first row related to the subject; the subject stays."""
        move = moves.to_pane(self.where, plan.NAMES[int(typed) - 1])
        if isinstance(move, Said):
            raise Unclear(_told(move))
        self.here = move.pane
        related = dict(self.pane.related(self.subject))
        if not move.related:
            return [self._heading(len(related)), *self._stand(move)]
        if own := self.pane.where.get(self.subject):
            self.at[self.here] = own[0]
        elif related:
            self.at[self.here] = min(related)
        elif not self.subject and len(self.pane):
            self._choose(self.row)
        relation = related.get(self.row)
        row = self._say(self.row, f"{relation.words}: " if relation else "") if len(self.pane) else []
        return [self._heading(len(related)), *row]

    def _heading(self, related: int) -> str:
        """Say a pane's title and count, how many of its rows are related to the subject, and which source this is."""
        if not len(self.pane):
            return f"{self.number} {self.pane.empty()}"
        said = [f"{self.number} {self.here}", f"{len(self.pane):,}"]
        if related:
            said.append(f"{related:,} related to {self._name(self.subject)}")
        source = self.pane.source_at(self.row) if isinstance(self.pane, rows.Source) else ""
        return ", ".join(said) + (f". {source_line(self.reading, self.reading.briefing.source[source])}" if source else "")

    def source(self, typed: str, argument: str) -> list[str]:
        move = moves.next_source(self.where, 1 if typed == ")" else -1)
        if isinstance(move, Said):
            raise Unclear(_told(move))
        self.trail.leave(self.place())
        self.here = move.pane
        self._choose(self.source_rows.first(move.source))
        return [self._heading(0), *self._say(self.row)]

    # -- following ----------------------------------------------------------------------------------------------------

    def follow(self, typed: str, argument: str) -> list[str]:
        self._need_rows()
        leads = self.pane.leads(self.row)
        if not leads:
            raise Unclear("this row leads nowhere")
        if not argument and len(leads) > 1:
            more = [f"and {len(leads) - LISTED:,} more"] if len(leads) > LISTED else []
            return [*(f"f {number} {lead.words}" for number, lead in enumerate(leads[:LISTED], 1)), *more]
        number = _number(argument, 1)
        if not 1 <= number <= len(leads):
            raise Unclear(f"this row has only f 1{f' to f {len(leads):,}' if len(leads) > 1 else ''}")
        return self._follow(leads[number - 1])

    def _follow(self, lead: Lead) -> list[str]:
        move = moves.follow(self.where, lead.target, "go" if lead.to_source else "show")
        if isinstance(move, Elsewhere):
            return self._open_linked(move.file, move.item)
        return self._make(move)

    def _make(self, move: Move | Said) -> list[str]:
        """Carry out a move, and remember the way back; answer the row that it led to."""
        if isinstance(move, Said):
            raise Unclear(_told(move))
        if move.says:
            raise Unclear(_told(move.says))
        before = self.place()
        self.here = move.pane
        said = self._stand(move)
        if move.leaves:
            self.trail.leave(before)
        return said

    def _stand(self, move: Move) -> list[str]:
        """Go to the row that a move leads to in its pane; answer it, or why its words cannot be shown."""
        if move.says:
            return [_told(move.says)]
        if move.span:
            item = self.reading.briefing.by_id[move.subject or ""]
            assert isinstance(item, (Quote, Event))
            self.subject = item.id
            return self._words_of(item)
        row = self.source_rows.first(move.source) if move.source and not move.ref else self.pane.where[move.ref][0]
        self._choose(row)
        self.subject = move.subject or self.subject
        return [f"{self.number} {self.here}, {len(self.pane):,}", *self._say(row)]

    def show(self, id: str) -> list[str]:
        """Go to an item's own row, or to a passage; no step back is kept."""
        move = moves.follow(self.where, id, "show")
        if isinstance(move, Move) and ((move.source and not move.ref) or move.ref in self.panes[move.pane].where):
            return self._make(move._replace(leaves=False))
        raise Unclear(f"{self.reading.path.name} has no item {id}")

    def _words_of(self, item: Quote | Event) -> list[str]:
        """Go to the very words of a quote or event: answer each paragraph that they are in, with them between marks."""
        anchor, pane = self.reading.anchor(item), self.source_rows
        text = self.reading.text(anchor.source)
        assert text
        before = pane.first(anchor.source) - 1  # paragraphs count from 1
        inside: dict[int, list[tuple[int, int]]] = {}
        for start, end in anchor.spans:
            for number in range(text.paragraph_of(start), text.paragraph_of(end - 1) + 1):
                paragraph = text.paragraphs[number - 1]
                part = (max(start, paragraph.start) - paragraph.start, min(end, paragraph.end) - paragraph.start)
                inside.setdefault(before + number, []).append(part)
        self.at[plan.SOURCE] = min(inside)
        marked = not any(mark in pane.words(row) for row in inside for mark in (BEGIN, END))
        words = "" if marked else ": " + " … ".join(text.text[start:end] for start, end in anchor.spans)
        return [
            f"its words, {standing(self.reading, item)}{words}",
            *(line for row, spans in sorted(inside.items()) for line in self._say(row, spans=spans)),
        ]

    def related(self, typed: str, argument: str) -> list[str]:
        """Go to the next row of the pane that is related to the subject, the strongest relation first; the subject
        stays."""
        subject = self._name(self.subject) if self.subject else ""
        found = moves.related(self.pane.related(self.subject), self.row, -1 if typed == "," else 1, subject)
        if isinstance(found, Said):
            raise Unclear(_told(found))
        row, words = found
        self.at[self.here] = row
        return self._say(row, f"{words}: ")

    def back(self, typed: str, argument: str) -> list[str]:
        place = self.trail.back(self.place()) if typed == "[" else self.trail.forward(self.place())
        if not place:
            raise Unclear("already at the start" if typed == "[" else "already at the newest position")
        if place.path != self.reading.path:
            self._take(load(place.path, self.roots))
        self.here, self.subject = place.pane, place.subject
        self.at = {name: min(row, max(0, len(self.panes[name]) - 1)) for name, row in place.at}
        if not self.reading.parsed.readable:
            return self.opened()
        heading = f"{self.number} {self.here}, {len(self.pane):,}"
        return [heading, *self._say(self.row)] if len(self.pane) else [heading]

    # -- other briefings ----------------------------------------------------------------------------------------------

    def _load(self, path: Path) -> Reading:
        reading = load(path, self.roots)
        if not reading.parsed.readable:
            raise Unclear(str(reading.parsed.problems[0]))
        return reading

    def briefing(self, typed: str, argument: str) -> list[str]:
        path = moves.next_briefing(self.paths, self.reading.path, 1 if typed == "J" else -1)
        if isinstance(path, Said):
            raise Unclear(_told(path))
        reading = load(path, self.roots)  # one that cannot be read is a stop too, so that J goes on behind it
        self.trail.leave(self.place())
        self._take(reading)
        return self.opened()

    def _open_linked(self, file: str, item: str) -> list[str]:
        try:
            path = locate(self.reading.path, file, self.roots)
        except Unreadable as refusal:
            raise Unclear(f"{file}: {refusal.message}; {refusal.hint}") from None
        known = next((each for each in self.paths if real(each) == path), None)
        reading = self._load(known or path)
        self.trail.leave(self.place())
        if known is None:
            self.paths.insert(self.paths.index(self.reading.path) + 1, path)
        self._take(reading)
        try:
            return [*self.opened()[:2], *self.show(item)]
        except Unclear as why:
            return [*self.opened(), str(why)]

    # -- finding ------------------------------------------------------------------------------------------------------

    def find(self, typed: str, argument: str) -> list[str]:
        """Find in the pane; from the summary, in all panes."""
        words = argument.strip()
        if not words:
            raise Unclear("/ needs what to look for, as in / ceasefire; r: before it makes it a regular expression")
        page = moves.page_typed(words)
        if page is not None:
            return self._to_page(page)
        looked = plan.NAMES if self.here == plan.SUMMARY else (self.here,)
        try:
            pattern = Pattern(words)
            found = Found([(name, pattern.find(self.panes[name].looked)) for name in looked])
        except BadPattern as error:
            raise Unclear(str(error)) from None
        if not found.total:
            others = {
                name: count
                for name, pane in self.panes.items()
                if name not in looked and (count := len(pattern.find(pane.looked)))
            }
            raise Unclear(f"{words}: {absence(looked, others, 0, '')}")
        self.found, self.match = found, -1
        self.trail.leave(self.place())
        return self._to_match(self._beyond(found, 1) % found.total)

    def _to_page(self, page: str) -> list[str]:
        rows = self.source_rows
        span = rows.span(self.at[plan.SOURCE]) if len(rows) else None
        move = moves.to_page(self.where, page, span.start if span else 0)
        return self._make(move if isinstance(move, Said) else move._replace(span=None))

    def next_match(self, typed: str, argument: str) -> list[str]:
        if not self.found:
            raise Unclear("no search yet; press /")
        step = 1 if typed == "n" else -1
        number = self._beyond(self.found, step)
        around = "" if 0 <= number < self.found.total else "from the top, " if step > 0 else "from the end, "
        return self._to_match(number % self.found.total, around)

    def _beyond(self, found: Found, step: int) -> int:
        """Return the number of the match to go to: after the last one, if the cursor is still on its row; else the first at or
        after the row, or the last before it."""
        texts = [(plan.NAMES.index(name), matches) for name, matches in found.panes]
        offset = self.pane.looked.starts[self.row] if len(self.pane) else 0
        last, at = self.match, -1
        for name, matches in found.panes:
            if name == self.here and 0 <= last < len(matches):
                at = self.match if self.pane.looked.group_at(matches.span(last)[0]) == self.row else -1
            last -= len(matches)
        return moves.next_match(texts, (self.number - 1, offset), at, step)

    def _to_match(self, number: int, around: str = "") -> list[str]:
        assert self.found
        self.match, before = number, 0
        for pane, matches in self.found.panes:
            self.here = pane
            if number - before < len(matches):
                break
            before += len(matches)
        looked = self.pane.looked
        start, end = matches.span(number - before)
        row = looked.group_at(start)
        self._choose(row)
        where = f" in {self.here}" if len(self.found.panes) > 1 else ""
        span = (start - looked.starts[row], end - looked.starts[row])
        return self._say(row, f"{around}{number + 1:,} of {self.found.total:,}{where}: ", [span])

    # -- the rest -----------------------------------------------------------------------------------------------------

    def cite(self, typed: str, argument: str) -> list[str]:
        """Cite the row as the reader's copy does."""
        self._need_rows()
        refs = list(dict.fromkeys(self.pane.targets(self.row)))
        if len(refs) > 1 and not argument:
            raise Unclear(f"this row has {len(refs)} links: y 1 to y {len(refs)}; f names them")
        number = _number(argument, 1)
        if refs and not 1 <= number <= len(refs):
            raise Unclear(f"this row has only y 1{f' to y {len(refs):,}' if len(refs) > 1 else ''}")
        try:
            return citation(self.reading, refs[number - 1]).split("\n")
        except (KeyError, IndexError):
            raise Unclear("there is nothing to cite in this row") from None

    def problems(self, typed: str, argument: str) -> list[str]:
        words, found = problems(self.reading)
        listed = [f"{each.severity}, line {each.place.line}: {each.message}; {each.hint}" for each in found]
        return [*filter(None, (words,)), *listed] or [NO_PROBLEMS]


KEYS = {"problems": "!", "card": "!", "follow": "f"}
"""The commands of plain mode that do what these keys of the screen do."""


def _told(said: Said) -> str:
    return f"{said.words}; {KEYS[said.key]} {said.does}" if said.key else said.words


def _number(argument: str, default: int) -> int:
    if not argument:
        return default
    if not re.fullmatch("[0-9]+", argument, re.A):
        raise Unclear(f"{argument} is not a whole number")
    return int(argument) if len(argument) < 10 else 10**9  # more rows than there can be
