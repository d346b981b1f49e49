"""The five panes as rows of words, for whoever reads them line by line: what each row says, and what it leads to. No Textual.

The words are those of the text export. Rows are made when they are asked for: of a source of megabytes, only those read are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from tui.briefing.document import Actor, Event, Quote, Span
from tui.briefing.export import actor_line, credit, event_line, in_time_order, source_line, standing, stated, unproven_links
from tui.briefing.links import STRENGTH, Relation, Relations
from tui.briefing.problem import counted
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.briefing.summary import Block, Link, blocks, links
from tui.reader.drawing.lines import safe
from tui.reader.drawing.matching import GAP, Looked


class Lead(NamedTuple):
    """What can be followed from a row."""

    target: str
    """An item, a passage, or an item of another briefing (`file.md#id`)."""
    words: str
    to_source: bool = False
    """To the words of a quote or event in its source, not to its own row."""


class Rows:
    TITLE = ""
    BREAKS = False
    """Whether a line feed in the words of a row begins a new line, and is not just where a source breaks its lines."""

    def __init__(self, reading: Reading, relations: Relations) -> None:
        self.reading, self.relations = reading, relations
        self.briefing = reading.briefing
        self.refs = self.list_refs()

    def list_refs(self) -> Sequence[str]:
        """List what each row is: an item or a passage; "" for a row that is nothing by itself."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.refs)

    def words(self, row: int) -> str:
        """Return what the row says: text from a file, not yet made safe."""
        raise NotImplementedError

    def lead(self, row: int) -> str:
        """Return what is said before the words."""
        return f"{row + 1}. "

    def targets(self, row: int) -> Sequence[str]:
        """List what the row is about: what it is or, if that is nothing, what it links to."""
        return (self.refs[row],)

    def leads(self, row: int) -> Sequence[Lead]:
        """List what can be followed from the row."""
        return ()

    def empty(self) -> str:
        return f"{self.TITLE}: none"

    @cached_property
    def looked(self) -> Looked:
        """Return the words of all rows for searching; each row is a group."""
        starts, texts, length = [], [], 0
        for row in range(len(self)):
            texts.append(safe(self.words(row)))
            starts.append(length)
            length += len(texts[-1]) + 1
        return Looked(GAP.join(texts), starts)

    @cached_property
    def where(self) -> Mapping[str, Sequence[int]]:
        """Map what rows are about to those rows, in order."""
        found: dict[str, list[int]] = {}
        for row in range(len(self)):
            for target in dict.fromkeys(self.targets(row)):
                found.setdefault(target, []).append(row)
        return found

    def related(self, subject: str) -> list[tuple[int, Relation]]:
        """List the rows related to a subject, each with its strongest relation; the strongest first, then in
        order."""
        found: dict[int, Relation] = {}
        if not subject:
            return []
        for ref, relation in self.relations.of(subject).items():
            for row in self.where.get(ref, ()):
                if row not in found or STRENGTH.index(relation.kind) < STRENGTH.index(found[row].kind):
                    found[row] = relation
        for row in self.where.get(subject, ()):
            if self.refs[row] == subject:
                found.pop(row, None)
            else:
                found[row] = Relation(STRENGTH[0], "links to it")
        return sorted(found.items(), key=lambda each: (STRENGTH.index(each[1].kind), each[0]))

    def doubt(self, item: Quote | Event) -> str:
        """Return what goes before the words of an item that is not proven."""
        return "" if self.reading.anchor(item).found else "UNPROVEN: "

    def item_words(self, target: str) -> str:
        """Describe an item in a few words, as what a lead leads to."""
        item = self.briefing.by_id.get(target)
        if isinstance(item, Quote):
            said = f"“{item.words}”" if item.direct else f"reported: {item.words}"
            return f"{self.doubt(item)}{said}"
        if isinstance(item, Event):
            return f"{self.doubt(item)}{item.title}"
        return item.name if isinstance(item, Actor) else f"source {target}" if item else target


class Summary(Rows):
    TITLE = "Summary"
    BREAKS = True

    def list_refs(self) -> Sequence[str]:
        every = blocks(self.briefing.summary)
        self._blocks = [(number, block) for number, block in enumerate(every) if block.text.strip()]
        self._unproven = unproven_links(self.reading)
        return [""] * len(self._blocks)

    @cached_property
    def _links(self) -> Mapping[int, Sequence[Link]]:
        found: dict[int, list[Link]] = {}
        for link in links(self.briefing.summary):
            found.setdefault(link.block, []).append(link)
        return found

    def _of(self, row: int) -> tuple[Block, Sequence[Link]]:
        number, block = self._blocks[row]
        return block, self._links.get(number, ())

    def words(self, row: int) -> str:
        return stated(self._blocks[row][1], self._unproven)

    def targets(self, row: int) -> Sequence[str]:
        return [link.target for link in self._of(row)[1]]

    def leads(self, row: int) -> Sequence[Lead]:
        block, mine = self._of(row)
        found = []
        for link in mine:
            to = f"{link.file}#{link.id}" if link.file else self._kind(link.id)
            found.append(Lead(link.target, f"{block.text[link.start : link.end]}: {to}"))
        return found

    def _kind(self, target: str) -> str:
        item = self.briefing.by_id.get(target)
        if isinstance(item, Quote):
            return f"{self.doubt(item)}quote, {self.briefing.name(item.speaker)}"
        return f"event, {self.item_words(target)}" if isinstance(item, Event) else self.item_words(target)

    def empty(self) -> str:
        return "This briefing has no summary yet" if self.reading.drafted else "A raw article: it has no summary"


class Actors(Rows):
    TITLE = "Actors"

    def list_refs(self) -> Sequence[str]:
        self._actors = sorted(self.briefing.actors, key=lambda actor: -self.relations.weight(actor))
        return [actor.id for actor in self._actors]

    def words(self, row: int) -> str:
        actor = self._actors[row]
        counts = (
            (len(self.relations.said.get(actor.id, ())), "quote"),
            (len(self.relations.takes_part.get(actor.id, ())), "event"),
        )
        return "; ".join([actor_line(actor), *(counted(*each) for each in counts if each[0])])

    def leads(self, row: int) -> Sequence[Lead]:
        actor = self._actors[row].id
        items = (*self.relations.said.get(actor, ()), *in_time_order(self.relations.takes_part.get(actor, ())))
        return [Lead(item.id, self.item_words(item.id)) for item in items]


class Quotes(Rows):
    TITLE = "Quotes"

    def list_refs(self) -> Sequence[str]:
        return [quote.id for quote in self.briefing.quotes]

    def words(self, row: int) -> str:
        quote = self.briefing.quotes[row]
        translated = f" In translation: {quote.translation}." if quote.translation else ""
        return f"{self.item_words(quote.id)}{translated} {credit(self.reading, quote)}"

    def leads(self, row: int) -> Sequence[Lead]:
        return (Lead(self.refs[row], "its words in the source", to_source=True),)


class Timeline(Rows):
    TITLE = "Timeline"

    def list_refs(self) -> Sequence[str]:
        self._events = in_time_order(self.briefing.events)
        return [event.id for event in self._events]

    def words(self, row: int) -> str:
        event = self._events[row]
        return f"{self.doubt(event)}{event_line(self.reading, event)}; {standing(self.reading, event)}"

    def leads(self, row: int) -> Sequence[Lead]:
        return (Lead(self.refs[row], "its words in the source", to_source=True),)


class Source(Rows):
    """The paragraphs of every source, one source after the other; for one that cannot be read, a row that says so."""

    TITLE = "Source"

    def list_refs(self) -> Sequence[str]:
        self._first: dict[str, int] = {}
        self._places: list[tuple[str, int]] = []
        for source in self.briefing.sources:
            self._first[source.id] = len(self._places)
            text = self.reading.text(source.id)
            paragraphs = range(1, len(text.paragraphs) + 1) if text else ()
            self._places += [(source.id, number) for number in paragraphs] or [(source.id, 0)]
        return [f"{source}:{number}" if number else source for source, number in self._places]

    def first(self, source: str) -> int:
        """Return the row with which a source begins."""
        return self._first[source]

    def source_at(self, row: int) -> str:
        return self._places[row][0] if self._places else ""

    def span(self, row: int) -> Span | None:
        """Return where in its source the row's paragraph is; None for a row without one."""
        source, number = self._places[row]
        text = self.reading.text(source)
        return text.paragraphs[number - 1] if text and number else None

    def words(self, row: int) -> str:
        span, text = self.span(row), self.reading.text(self.source_at(row))
        if not span or not text:
            return source_line(self.reading, self.briefing.source[self.source_at(row)])
        return text.text[span.start : span.end]

    def lead(self, row: int) -> str:
        source, number = self._places[row]
        span = self.span(row)
        page = self.reading.page(source, (span,)) if span else ""
        before = " ".join(filter(None, (source if len(self.briefing.sources) > 1 else "", f"{page}," if page else "")))
        where = f"{before} paragraph" if before else "Paragraph"
        here = self.relations.at.get(self.refs[row], ())
        quotes = sum(isinstance(item, Quote) for item in here)
        said = [counted(count, name) for count, name in ((quotes, "quote"), (len(here) - quotes, "event")) if count]
        return ", ".join([f"{where} {number}", *said]) + ": " if number else f"{source}: "

    def leads(self, row: int) -> Sequence[Lead]:
        return [Lead(item.id, self.item_words(item.id)) for item in self.relations.at.get(self.refs[row], ())]

    def empty(self) -> str:
        return "This briefing has no source"
