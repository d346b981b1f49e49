"""The values of a briefing, frozen: what the parser makes, and what everything else is a function of.

Only what the file says is here. What was found out about it (does a quote stand in its source?) is `proof.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from tui.briefing import dates
from tui.briefing.record import NamedTuple, field, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

FORMAT = "briefing/1"
UNREVIEWED = "x-draft"
"""The key of a briefing that is a draft. Whoever has reviewed it takes the line out."""
KINDS = ("person", "organization", "public-body", "company", "state", "group", "vessel", "place", "document")
TLP = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def strictest(markings: Iterable[str]) -> str:
    """Return the marking of what is shown together: the highest of TLP, or what nobody here can rank."""
    every = dict.fromkeys(filter(None, markings))
    unknown = [each for each in every if each not in TLP]
    known = [each for each in TLP if each in every]
    return " · ".join((*unknown[:2], *known[-1:])) + (" · …" if len(unknown) > 2 else "")


class Span(NamedTuple):
    """A stretch of a normalised source text, in Unicode code points; `end` is exclusive."""

    start: int
    end: int


@record(frozen=True)
class Item:
    """What has an id, unique in its file across all kinds, and never renumbered."""

    id: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys that this version does not know, which a rewrite does not lose."""
    row: int = field(default=-1, compare=False, repr=False)
    """Which `[[table]]` of its kind this was in the file, from 0; -1 for an item that no file holds yet."""


@record(frozen=True)
class Source(Item):
    """A text that has the words of quotes and events; `path` is relative to the briefing's file, `grade` an Admiralty code."""

    path: str = ""
    sha256: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    accessed: str = ""
    lang: str = ""
    published: str = ""
    published_from: str = ""
    """Where a draft has it from: "given", "metadata", "dateline" or "date line"; "" if nobody says."""
    grade: str = ""


@record(frozen=True)
class Actor(Item):
    """Somebody or something that speaks or acts; `aliases` mean it wherever they appear, except in the sources `not_in`."""

    name: str = ""
    kind: str = ""
    aliases: tuple[str, ...] = ()
    role: str = ""
    part_of: str = ""
    not_in: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@record(frozen=True)
class Anchored(Item):
    """What quotes and events have in common: words that must be in a source, and a date."""

    source: str = ""
    prefix: str = ""
    suffix: str = ""
    date: str = ""
    date_as_written: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        raise NotImplementedError


@record(frozen=True)
class Quote(Anchored):
    """What somebody said: `speaker` is an actor's id, or "" for nobody who could be told."""

    speaker: str = ""
    text: tuple[str, ...] = ()
    """The segments, one unless the source interrupts the quote."""
    about: tuple[str, ...] = ()
    event: str = ""
    setting: str = ""
    speech: str = "direct"
    confidence: str = ""
    rule: str = ""
    translation: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        return self.text

    @property
    def words(self) -> str:
        """Return the quote as one line, an ellipsis where the source interrupts it."""
        return " … ".join(self.text)

    @property
    def direct(self) -> bool:
        return self.speech != "indirect"


@record(frozen=True)
class Event(Anchored):
    """What happened: `evidence` are the words that say so, a segment or several as a quote's."""

    title: str = ""
    actors: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    place: str = ""

    @property
    def segments(self) -> tuple[str, ...]:
        return self.evidence


AnyItem: TypeAlias = "Source | Actor | Quote | Event"


@record(frozen=True)
class Briefing:
    """What one file holds: its tables, in their order, and the summary."""

    title: str = ""
    format: str = FORMAT
    date: str = ""
    author: str = ""
    lang: str = ""
    marking: str = ""
    tags: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    actors: tuple[Actor, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    summary: str = ""
    """Markdown, without the blank lines around it."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def anchored(self) -> Iterator[Quote | Event]:
        yield from self.quotes
        yield from self.events

    @cached_property
    def by_id(self) -> Mapping[str, AnyItem]:
        every: tuple[tuple[AnyItem, ...], ...] = (self.sources, self.actors, self.quotes, self.events)
        return {item.id: item for items in every for item in items}

    @cached_property
    def actor(self) -> Mapping[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def event(self) -> Mapping[str, Event]:
        return {event.id: event for event in self.events}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def unsure_dates(self) -> frozenset[str]:
        """Return the dates of quotes and events whose order is uncertain, because only some of the times have a
        zone."""
        return dates.unsure(item.date for item in self.anchored)

    def source_of(self, item: Quote | Event) -> str:
        """Return the id of the item's source: what it names or, if it names none, the only one; else ""."""
        return item.source or (self.sources[0].id if len(self.sources) == 1 else "")

    def name(self, actor: str) -> str:
        """Say what to call the actor with this id, or that there is none."""
        found = self.actor.get(actor)
        return found.name if found else f"{actor} (no such actor)" if actor else "unattributed"
