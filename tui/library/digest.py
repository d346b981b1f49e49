"""What the index keeps of one file: enough to look it up, to list it, and to show a hit without opening it again.

A digest goes into the database as one blob, and every row of the full-text index is worked out from it alone: what is taken
out of the index again is then exactly what was put in, which an index without the texts themselves needs.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tui.briefing import dates
from tui.briefing.document import UNREVIEWED, Actor
from tui.briefing.loose import has_second, second_reading
from tui.briefing.original import pages_of
from tui.briefing.record import NamedTuple
from tui.library.frequent import FREQUENT
from tui.library.words import plain, plains, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

    from tui.briefing.anchor import Text
    from tui.briefing.proof import Reading

Part: TypeAlias = 'Literal["title", "summary", "quote", "event", "passage"]'
COLUMNS = ("words", "speaker", "about", "kind", "part", "tag", "marking", "source")
"""Of the full-text index. `about`: whom a quote is about, who takes part in an event; `kind`: of the actors of an item; the
last three stand in a file's title row alone."""


class Item(NamedTuple):
    """One row of the index."""

    part: Part
    ref: str
    """An item's id, a passage ("s1:3"), a block of the summary by its line ("summary:2"); "" for the title."""
    text: str
    more: tuple[str, ...] = ()
    """What is looked through beside it: a translation, an event's place and evidence."""
    speaker: str = ""
    about: tuple[str, ...] = ()
    """Ids of actors."""
    date: str = ""
    date_as_written: str = ""
    setting: str = ""
    confidence: str = ""
    direct: bool = True
    source: str = ""
    event: str = ""
    """Of a quote, the event that it belongs to."""
    page: str = ""
    """Of a passage, where it is in the document that its text was taken from, as a citation says it; "" if that has no
    pages. The pages of quotes and events are known once they are proven: `schema.File.pages`."""


class Named(NamedTuple):
    """An actor, as far as search needs it."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    role: str = ""


class Cited(NamedTuple):
    """A source of a briefing."""

    path: str
    """The real path of its file; "" where it may not be read."""
    title: str = ""
    publisher: str = ""
    published: str = ""
    grade: str = ""


class Digest(NamedTuple):
    title: str
    date: str = ""
    """Of a briefing that has none of its own, as a draft, its newest source's."""
    marking: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    items: tuple[Item, ...] = ()
    actors: Mapping[str, Named] = {}
    sources: Mapping[str, Cited] = {}

    def pack(self) -> bytes:
        """Compress small texts, so that each is mostly what they all begin with or are made of. Harder compression
        saves a thirtieth and takes twice as long."""
        plain_rows = (*self[:6], [_short(item) for item in self.items], *self[7:])
        text = _JSON.encode(plain_rows)
        packing = zlib.compressobj(4, zdict=_EXPECTED)
        return packing.compress(text.encode("utf-8", "surrogatepass")) + packing.flush()

    def spans(self) -> list[tuple[int, int, int]]:
        """Return when quotes and events can be: of each its number, its first day and its last; of an undated one
        (number, 0, -1). Everything else has the file's own date."""
        these = ((at, item) for at, item in enumerate(self.items) if item.part in ("quote", "event"))
        return [(at, *(days(item.date) or (0, -1))) for at, item in these]

    def count(self, part: Part) -> int:
        return sum(item.part == part for item in self.items)

    def name(self, actor: str) -> str:
        return self.actors[actor].name if actor in self.actors else actor

    def when(self, item: Item) -> str:
        """Return EDTF; a title, a summary and a passage are as old as their file or their source."""
        if item.part in ("quote", "event"):
            return item.date
        source = self.sources.get(item.ref.partition(":")[0]) if item.part == "passage" else None
        return source.published if source else self.date

    def rows(self, listed: bool = True) -> Iterator[tuple[str, ...]]:
        """Yield for each item its row of the full-text index, a text for each of COLUMNS. What the library does not
        list has no title there."""
        names = {ref: _names(ref, actor) for ref, actor in self.actors.items()}
        every = iter(plains([text for item in self.items for text in _read(item)]))
        for item in self.items:
            part, speaker, about = item.part, item.speaker, item.about
            count = len(_read(item))
            said = _apart(islice(every, count)) if count > 1 else next(every)
            if part == "title":
                yield self._title_row(said) if listed else ("",) * len(COLUMNS)
            elif part in ("quote", "event"):
                whom = _apart([names.get(each, "") for each in about]) if about else ""
                of = (speaker,) if part == "quote" else about
                kinds = dict.fromkeys([plain(self.actors[each].kind) for each in of if each in self.actors])
                yield said, names.get(speaker, ""), whom, _apart(kinds), part, "", "", ""
            else:
                yield said, "", "", "", part, "", "", ""

    def _title_row(self, said: str) -> tuple[str, ...]:
        sources = (part for each in self.sources.values() for part in (each.title, each.publisher, Path(each.path).stem))
        tags, marking = _apart(map(plain, self.tags)), plain(self.marking)
        return said, "", "", "", "title", tags, marking, _apart(map(plain, sources))


def _apart(texts: Iterable[str]) -> str:
    """Join several plain texts so that no phrase goes over their ends."""
    return _END.join(filter(None, texts))


def _read(item: Item) -> tuple[str, ...]:
    """Return the texts that are searched for an item, in each reading that they have."""
    texts = (item.text, *item.more) if item.more else (item.text,)
    return (*texts, *map(second_reading, filter(has_second, texts))) if any(map(has_second, texts)) else texts


_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
_END = " \u241e "
"""A word that no text has: it is not a letter."""


def _short(item: Item) -> tuple[Any, ...]:
    """Drop from the end what is as it would be by default."""
    size = len(item)
    while item[size - 1] == _DEFAULTS[size - 1]:
        size -= 1
    return item[:size]


_DEFAULTS = Item("title", "", "\0")
_EXPECTED = FREQUENT.encode() + (
    b"against between because before should would their which there about after other these being under where while during "
    b"including government president ministry minister court state public security statement according international "
    b"United States national military operations people said that this with from have were will been they are not for was "
    b'and the of to in a is it on by as at "],["person","organization",[["passage","s1:1","The [["title","",["quote","q-",'
    b'"event","e-","summary","summary:","person",["'
)


def unpack(blob: bytes) -> Digest:
    """Decompress a digest. Raises sqlite3.DatabaseError if it is damaged."""
    try:
        found: list[Any] = json.loads(zlib.decompressobj(zdict=_EXPECTED).decompress(blob))
    except (zlib.error, ValueError) as error:
        raise sqlite3.DatabaseError(f"what it says of a file cannot be read: {error}") from None
    found[4] = tuple(found[4])
    found[6] = tuple(Item(*row) for row in found[6])
    found[7] = {ref: Named(name, kind, tuple(aliases), role) for ref, (name, kind, aliases, role) in found[7].items()}
    found[8] = {ref: Cited(*each) for ref, each in found[8].items()}
    return Digest(*found)


def packed_spans(spans: Sequence[tuple[int, int, int]]) -> str:
    """Write spans as text: the number of the item that each span is the first of, counted from the one before, and
    the span likewise. A span equal to that of the item before is left out, as most are."""
    flat: list[int] = []
    at = day = 0
    before: tuple[int, int, int] | None = None
    for number, first, last in spans:
        if before != (number - 1, first, last):
            flat += (number - at, first - day, last - first)
            at, day = number, first
        before = (number, first, last)
    return ",".join(map(str, flat))


def unpacked_spans(text: str, count: int) -> dict[int, tuple[int, int]]:
    """Number of an item → its first and last day, of a file of so many items. Its dated ones are its last ones."""
    flat = [int(each) for each in text.split(",")] if text else []
    found: dict[int, tuple[int, int]] = {}
    at = day = 0
    for step, later, length, following in zip(flat[::3], flat[1::3], flat[2::3], [*flat[3::3], -1]):
        at, day = at + step, day + later
        end = at + following if following > 0 else count
        for number in range(at, end):
            found[number] = (day, day + length)
    return found


@lru_cache(10_000)  # the same actors come by in many files
def _names(ref: str, actor: Named) -> str:
    """Return every word that an actor is called by, its names one after the other; one that is in another adds
    nothing."""
    said: list[str] = []
    heard: set[str] = set()
    names = (actor.name, *actor.aliases, ref)
    for name in (*names, *map(second_reading, filter(has_second, names))):
        these = plain_name(name)
        if these in heard:
            continue
        said.append(these)
        parts = these.split(" ")
        heard.add(these)
        for at in range(len(parts)):
            heard.update(" ".join(parts[at:end]) for end in range(at + 1, min(at + LONGEST, len(parts)) + 1))
    return _apart(said)


LONGEST = 8
"""Of names of more words, only those that are the same are left out."""


def of_briefing(reading: Reading, paths: Mapping[str, str]) -> Digest:
    """Make the digest of a briefing. `paths`: by source, the real path of its file if it may be read. The words of
    the sources are in their own digests."""
    briefing = reading.briefing
    items = [Item("title", "", briefing.title or reading.path.stem)]
    items += _summary(briefing.summary)
    for quote in briefing.quotes:
        items.append(
            Item(
                "quote", quote.id, quote.words, (quote.translation,) if quote.translation else (), quote.speaker, quote.about,
                quote.date, quote.date_as_written, quote.setting, quote.confidence, quote.direct, briefing.source_of(quote),
                quote.event,
            )
        )  # fmt: skip
    for event in briefing.events:
        more = (*filter(None, (event.place,)), *event.evidence)
        items.append(
            Item(
                "event", event.id, event.title, more, "", event.actors, event.date, event.date_as_written,
                source=briefing.source_of(event),
            )
        )  # fmt: skip
    newest = max((each.published for each in briefing.sources), key=lambda date: days(date) or (-LAST, -LAST), default="")
    return Digest(
        briefing.title or reading.path.stem, briefing.date or newest, briefing.marking, briefing.author, briefing.tags,
        UNREVIEWED in briefing.extra, tuple(items), {actor.id: _named(actor) for actor in briefing.actors},
        {
            each.id: Cited(paths.get(each.id, ""), each.title, each.publisher, each.published, each.grade)
            for each in briefing.sources
        },
    )  # fmt: skip


def _summary(summary: str) -> Iterator[Item]:
    """Read the blocks of the summary as near as that comes without a Markdown parser, which takes as long as all the
    rest: a reference is the line on which a block begins, as `summary.Block.line` is."""
    line = 0
    for part in _GAP.split(summary):
        text = _LINK.sub(r"\1", part).replace("**", "").strip(" \n#>*-+")
        text = _ESCAPED.sub(r"\1", text) if "\\" in text else text
        if text:
            yield Item("summary", f"summary:{line + len(part) - len(part.lstrip(chr(10)))}", " ".join(text.split()))
        line += part.count("\n")


_GAP = re.compile(r"(\n(?:[ \t>]*\n)+|\n(?=[ \t]*[-*+] ))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(r"\[([^\[\]\n]*(?:\n[^\[\]\n]+)?)\]\([^()\s]*\)")


def linked(summary: str) -> set[str]:
    """Return the files to whose items links of a summary lead, as they are named there."""
    from urllib.parse import unquote  # 4 ms, and none where the index is only asked

    return {unquote(found) if "%" in found else found for found in _LEADS.findall(summary)}


_LEADS = re.compile(r"\]\(([^()\s#:]+)#[^()\s]+\)")


def _named(actor: Actor) -> Named:
    return Named(actor.name, actor.kind, actor.aliases, actor.role)


def of_text(path: Path, text: Text, published: str = "") -> Digest:
    """Make the digest of a raw article or another source text: its paragraphs. `published`: the date that a briefing
    which cites it gives."""
    from tui.drafting.article import article  # 70 ms, and none where there are briefings alone

    found = article(text, text.paragraphs[:6])
    title = found.title or path.stem
    items = [Item("title", "", title)]
    pages = pages_of(text.text)
    items += [
        Item("passage", f"s1:{number}", text.text[span.start : span.end], page=pages.label(*span))
        for number, span in enumerate(text.paragraphs, 1)
    ]
    source = Cited(str(path), title, found.metadata.get("publisher", ""), found.published or published)
    return Digest(title, source.published, author=found.metadata.get("author", ""), items=tuple(items), sources={"s1": source})


@lru_cache(10_000)
def plain_name(name: str) -> str:
    """Write a name as two of them are compared: its words, whatever is between them."""
    return " ".join(words(name))


def days(edtf: str) -> tuple[int, int] | None:
    """Return the first and the last day that a date may be: proleptic Gregorian ordinals from -LAST to LAST; None for none."""
    when = dates.read(edtf)
    return (held(when.first), held(when.last)) if when else None


LAST = 1 << 33
"""The last day that the index tells from later ones, 23 million years from now. An open end is there too."""


def held(day: float) -> int:
    """Return an ordinal as the index has it: from -LAST to LAST."""
    return int(min(LAST, max(-LAST, day)))
