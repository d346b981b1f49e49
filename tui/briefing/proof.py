"""A briefing opened: its file read, its sources read, and every quote and event searched for in them.

`Reading` is the one value that the checker, the exports and the reader's panes are functions of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from tui.briefing.anchor import Anchor, Text, find
from tui.briefing.document import Briefing, Event, Quote, Source, Span
from tui.briefing.files import SourceText, Unreadable, locate, reach, read_source, read_text, real
from tui.briefing.original import pages_of
from tui.briefing.parse import Parsed, Places, parse
from tui.briefing.record import NamedTuple, field, record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

SourceRead: TypeAlias = "SourceText | Unreadable"


class Origin(NamedTuple):
    """An item of another briefing."""

    path: Path
    item: str
    title: str


@record(frozen=True)
class Reading:
    path: Path
    parsed: Parsed
    roots: tuple[Path, ...] = ()
    sources: Mapping[str, SourceRead] = field(default_factory=dict)
    """Every source by its id: its text, or why there is none. Empty until `prove` has read them."""
    anchors: Mapping[str, Anchor] | None = None
    """By the id of the quote or event; None while the words are not checked yet."""
    drafted: bool = True
    """False for a raw article of which no draft can be made: it is shown as its text alone."""
    made: bool = False
    """The briefing was drafted just now from the text at `path`, and no file holds it."""
    waiting: bool = False
    """Shown in the place of a long document until that is read: it has no text yet."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Of a dossier, where each of its items comes from; `path` is then no file."""

    @property
    def briefing(self) -> Briefing:
        return self.parsed.briefing

    def text(self, source: str) -> Text | None:
        """Return the text of a source, to be looked at; None if it cannot be read."""
        read = self.sources.get(source)
        return read.text if isinstance(read, SourceText) else None

    def anchor(self, item: Quote | Event) -> Anchor:
        found = self.anchors.get(item.id) if self.anchors else None
        return found or Anchor(self.briefing.source_of(item), "unread")

    def paragraphs(self, item: Quote | Event) -> tuple[int, ...]:
        """Return the numbers, from 1, of the paragraphs that the item's words are in; none if they are not found."""
        anchor = self.anchor(item)
        text = self.text(anchor.source)
        if text is None:
            return ()
        return tuple(dict.fromkeys(text.paragraph_of(span.start) for span in anchor.spans))

    def page(self, source: str, spans: Sequence[Span]) -> str:
        """Say on which page of a source these spans are, for a citation: "p. 12"; "" if it has no pages."""
        text = self.text(source)
        return pages_of(text.text).label(spans[0].start, spans[-1].end) if text and spans else ""

    def proof(self) -> tuple[str, bool]:
        """Say the proof, claiming no more than was done, and whether all of it holds."""
        return self._proof

    @cached_property
    def _proof(self) -> tuple[str, bool]:
        if self.anchors is None:
            return "checking", True
        said, fine = [], True
        for items, one, many in ((self.briefing.quotes, "quote", "quotes"), (self.briefing.events, "event", "events")):
            found = sum(self.anchor(item).found for item in items)
            if items:
                said.append(f"{found}/{len(items)} {one if len(items) == 1 else many}")
                fine = fine and found == len(items)
        unread = self._unread()
        if not said:
            return "nothing verified" + unread if unread else "no quotes or events", not unread
        lost = sum(not self.anchor(item).found for item in self.briefing.anchored)
        return ", ".join(said) + ": words found" + (f" · {lost} UNPROVEN" if lost else "") + unread, fine and not unread

    def _unread(self) -> str:
        """Say how many items of the file are not in the briefing, to go after the proof; "" if all are."""
        left_out = self.parsed.left_out
        count = sum(left_out.values())
        kind = next(iter(left_out)) if len(left_out) == 1 else "item"
        return f" · {count} {kind}{'' if count == 1 else 's'} could not be read" if count else ""

    def changed(self, source: Source) -> bool:
        """Test whether the source differs from the text that was stamped."""
        read = self.sources.get(source.id)
        return isinstance(read, SourceText) and bool(source.sha256) and source.sha256.lower() != read.sha256


def open_briefing(path: Path, roots: Iterable[Path] = (), within: Sequence[Path] = ()) -> Reading:
    """Read the file and no more. `within`: real paths, inside one of which it must be.

    Raises Unreadable when there is none to read; problems inside it are in the result."""
    text = read_text(path, within)
    return Reading(path, parse(text, str(path)), tuple(roots))


def article_of(path: Path, source: SourceText) -> Reading:
    """Return a text that is not a briefing as a briefing of one source and nothing else."""
    briefing = Briefing(title=path.name, sources=(Source(id="s1", path=path.name),))
    parsed = Parsed(briefing, (), Places(source.text.text), True)
    return Reading(path, parsed, (), {"s1": source}, {}, drafted=False)


def read_sources(reading: Reading) -> Reading:
    texts = {path: _read(reading, path) for path in dict.fromkeys(source.path for source in reading.briefing.sources)}
    return replace(reading, sources={source.id: texts[source.path] for source in reading.briefing.sources})


def prove(reading: Reading) -> Reading:
    """Search for every quote and event in its source; return the same reading with the anchors."""
    if not reading.sources:
        reading = read_sources(reading)
    anchors = {}
    known: dict[tuple[str, tuple[str, ...], str, str], Anchor] = {}
    for item in reading.briefing.anchored:
        source = reading.briefing.source_of(item)
        read = reading.sources.get(source)
        if isinstance(read, SourceText) and not read.lossy:
            asked = (source, item.segments, item.prefix, item.suffix)
            if asked not in known:
                known[asked] = find(item.segments, read.text, item.prefix, item.suffix, source)
            anchors[item.id] = known[asked]
        else:
            anchors[item.id] = Anchor(source, "unread")
    return replace(reading, anchors=anchors)


def _read(reading: Reading, path: str) -> SourceRead:
    try:
        return read_source(locate(reading.path, path, reading.roots), reach(real(reading.path).parent, reading.roots))
    except Unreadable as refusal:
        return refusal
