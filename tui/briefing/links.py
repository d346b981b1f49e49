"""What relates to what: actor, quote, event and passage, in both directions, with the relation in a word.

A reference is a string: an item's id, or `source:paragraph` for a passage ("s1:3", paragraphs from 1); ids hold no colon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TypeVar

from tui.briefing import dates
from tui.briefing.anchor import SMALL, WORD, Text, any_unspaced, unspaced
from tui.briefing.document import Actor, Event, Quote, Source, Span
from tui.briefing.fold import fold
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple

T = TypeVar("T")
Keyed = dict[tuple[int, int], dict[str, tuple[str, ...]]]
"""Names by their length (the longest first) and by where in them the word is that they are found by; each with its actors.
A thousand names that begin with one word then cost no more, where it stands, than one."""

STRENGTH = ("event", "passage", "speaker", "mention")
"""The kinds of relation, strongest first."""


class Relation(NamedTuple):
    kind: str
    """One of STRENGTH."""
    words: str
    """What the other is to the subject: "same event", "said by", …"""


class Mention(NamedTuple):
    """An actor named in a text. More than one actor: the alias is shared, and nothing settles whose it is."""

    start: int
    end: int
    actors: tuple[str, ...]


class Names:
    """The aliases of some actors, ready to be found in any text: on word boundaries, with case, the longest first."""

    def __init__(self, actors: Iterable[Actor], source: str = "") -> None:
        """Prepare the names of a briefing. `source`: leave out the actors whose aliases mean somebody else there
        (`not_in`)."""
        owners: dict[str, list[str]] = defaultdict(list)
        for actor in actors:
            if source not in actor.not_in or not source:
                for name in dict.fromkeys(map(fold, actor.names)):
                    if name:
                        owners[name].append(actor.id)
        self._by_word: dict[str, Keyed] = defaultdict(dict)
        self._unspaced: Keyed = {}
        for name, ids in sorted(owners.items(), key=lambda owner: -len(owner[0])):
            word = re.search(WORD, name)
            spaced = word and not any_unspaced(name)
            names = self._by_word[word.group()] if word and spaced else self._unspaced
            names.setdefault((len(name), word.start() if word and spaced else 0), {})[name] = tuple(ids)

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the names in a folded text, with positions in it."""
        places = ((found.start(), self._by_word.get(found.group())) for found in re.finditer(WORD, text))
        return self._longest(text, [(at, names) for at, names in places if names])

    def find_in(self, text: Text) -> Iterator[Mention]:
        """Yield the names in a source, with positions in its own characters."""
        folded = text.folded
        if len(folded.text) <= SMALL:
            for start, end, actors in self.find(folded.text):
                yield Mention(*text.span(start, end), actors)
            return
        index = text.index
        places = sorted(
            ((at, names) for word, names in self._by_word.items() for at in index.get(word, ())), key=lambda place: place[0]
        )
        for start, end, actors in self._longest(folded.text, places):
            yield Mention(*text.span(start, end), actors)

    def known_in(self, text: Text) -> set[str]:
        """Return the actors that a source names, also those who share the name."""
        groups = {id(mention.actors): mention.actors for mention in self.find_in(text)}  # of a name, always the same tuple
        return {actor for actors in groups.values() for actor in actors}

    def _longest(self, text: str, places: list[tuple[int, Keyed]]) -> Iterator[Mention]:
        if self._unspaced:
            places = sorted([*places, *self._unspaced_places(text)], key=lambda place: (place[0], -max(place[1])[0]))
        done = 0
        for at, names in places:
            for (length, offset), known in names.items():
                start = at - offset
                end = start + length
                if start >= done and (ids := known.get(text[start:end])) and _alone(text, start, end):
                    yield Mention(start, end, ids)
                    done = end
                    break

    def _unspaced_places(self, text: str) -> Iterator[tuple[int, Keyed]]:
        beginnings: dict[str, Keyed] = defaultdict(dict)
        for size, known in self._unspaced.items():
            for name in known:
                beginnings[name[0]][size] = known
        for found in re.finditer("[" + re.escape("".join(beginnings)) + "]", text):
            yield found.start(), beginnings[found.group()]


def _alone(text: str, start: int, end: int) -> bool:
    """Test that no letter or digit continues the name at either side, except where a script without spaces meets it.
    A name such as O'Neill is not cut after its apostrophe."""
    if start and not unspaced(text[start]):
        before = text[start - 1] if text[start - 1] != "'" else text[start - 2 : start - 1]
        if before.isalnum() and not unspaced(before):
            return False
    return end >= len(text) or unspaced(text[end - 1]) or unspaced(text[end]) or not text[end].isalnum()


class Relations:
    """Everything related to any subject of one reading. Cheap to make: each part is worked out when first asked for."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.briefing = reading.briefing
        self.of = lru_cache(256)(self._of)

    # -- what stands where --------------------------------------------------------------------------------------------

    @cached_property
    def said(self) -> Mapping[str, tuple[Quote, ...]]:
        """Map each actor to the quotes it is the speaker of."""
        return _grouped((quote.speaker, quote) for quote in self.briefing.quotes)

    @cached_property
    def about(self) -> Mapping[str, tuple[Quote, ...]]:
        """Map each actor to the quotes that are about it, as the briefing says, or that name it."""
        return _grouped(
            (actor, quote)
            for quote in self.briefing.quotes
            for actor in dict.fromkeys((*quote.about, *self.named.get(quote.id, ())))
            if actor != quote.speaker
        )

    @cached_property
    def takes_part(self) -> Mapping[str, tuple[Event, ...]]:
        return _grouped((actor, event) for event in self.briefing.events for actor in event.actors)

    def work_out(self) -> None:
        """Work out all of it now: what is asked for first on a key would be worked out while the reader waits."""
        _ = self.at, self.mentioned_at, self.about, self.named_in, self.spans

    def weight(self, actor: Actor) -> int:
        """Count the actor's quotes and events."""
        return len(self.said.get(actor.id, ())) + len(self.takes_part.get(actor.id, ()))

    @cached_property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """Quote or event → the actors whose alias is in its words."""
        names: dict[str, Names] = {}
        found = {}
        for item in self.briefing.anchored:
            source = self.briefing.source_of(item)
            if source not in names:
                names[source] = Names(self.briefing.actors, source)
            hits = (hit for segment in item.segments for hit in names[source].find(fold(segment)))
            found[item.id] = tuple(dict.fromkeys(actor for hit in hits if len(hit.actors) == 1 for actor in hit.actors))
        return found

    @cached_property
    def named_in(self) -> Mapping[str, tuple[str, ...]]:
        """Map each actor to the events whose evidence names it."""
        return _grouped((actor, event.id) for event in self.briefing.events for actor in self.named.get(event.id, ()))

    @cached_property
    def of_event(self) -> Mapping[str, tuple[Quote, ...]]:
        return _grouped((quote.event, quote) for quote in self.briefing.quotes if quote.event)

    @cached_property
    def at(self) -> Mapping[str, tuple[Quote | Event, ...]]:
        """Map each passage to the quotes and events whose words are in it."""
        return _grouped((passage, item) for item in self.briefing.anchored for passage in self.passages(item))

    def passages(self, item: Quote | Event) -> tuple[str, ...]:
        source = self.reading.anchor(item).source
        return tuple(f"{source}:{number}" for number in self.reading.paragraphs(item))

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """Map each source to every actor named in it, in order."""
        return {
            source.id: tuple(Names(self.briefing.actors, source.id).find_in(text))
            for source in self.briefing.sources
            if (text := self.reading.text(source.id)) is not None
        }

    @cached_property
    def mentioned_at(self) -> Mapping[str, tuple[str, ...]]:
        """Map each actor to the passages that name it, in order."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for source, mentions in self.mentions.items():
            text = self.reading.text(source)
            assert text
            where: dict[tuple[int, int], Mention] = {}  # of a name, a passage once: thousands of actors may share it
            for mention in mentions:
                where.setdefault((id(mention.actors), text.paragraph_of(mention.start)), mention)
            for (_, paragraph), mention in where.items():
                for actor in mention.actors:
                    found[actor][f"{source}:{paragraph}"] = None
        return {actor: tuple(passages) for actor, passages in found.items()}

    @cached_property
    def named_at(self) -> Mapping[str, tuple[str, ...]]:
        """Map each passage to the actors that it names."""
        return _grouped((passage, actor) for actor, passages in self.mentioned_at.items() for passage in passages)

    @cached_property
    def spans(self) -> Mapping[str, tuple[tuple[Span, Quote | Event], ...]]:
        """Map each source to the stretches of its quotes and events, in order, longer ones first."""
        found: dict[str, list[tuple[Span, Quote | Event]]] = defaultdict(list)
        for item in self.briefing.anchored:
            anchor = self.reading.anchor(item)
            for span in anchor.spans:
                found[anchor.source].append((span, item))
        return {source: tuple(sorted(spans, key=lambda each: (each[0].start, -each[0].end))) for source, spans in found.items()}

    @cached_property
    def several_years(self) -> bool:
        """Test whether the dates are in more than one year, so that each must say its own."""
        found = [when for item in self.briefing.anchored if (when := dates.read(item.date))]
        years = {day.year for when in found for day in (when.earliest, when.latest) if day}
        return len(years | {when.written[0] for when in found if when.time}) > 1

    # -- what relates to what -----------------------------------------------------------------------------------------

    def _of(self, subject: str) -> Mapping[str, Relation]:
        """Return what is related to the subject, each with its strongest relation; itself left out."""
        found: dict[str, Relation] = {}
        for reference, relation in self._pairs(subject):
            known = found.get(reference)
            if reference != subject and (known is None or STRENGTH.index(relation.kind) < STRENGTH.index(known.kind)):
                found[reference] = relation
        return found

    def _pairs(self, subject: str) -> Iterator[tuple[str, Relation]]:
        if ":" in subject:
            return self._of_passage(subject)
        item = self.briefing.by_id.get(subject)
        if isinstance(item, Actor):
            return self._of_actor(item)
        if isinstance(item, Quote):
            return self._of_quote(item)
        if isinstance(item, Event):
            return self._of_event(item)
        if isinstance(item, Source):
            return self._of_source(item)
        return iter(())

    def _of_actor(self, actor: Actor) -> Iterator[tuple[str, Relation]]:
        for quote in self.said.get(actor.id, ()):
            yield quote.id, Relation("speaker", "says")
            for other in (*quote.about, *self.named.get(quote.id, ())):
                yield other, Relation("mention", "spoken about")
            for passage in self.passages(quote):
                yield passage, Relation("speaker", "speaks here")
        for quote in self.about.get(actor.id, ()):
            yield quote.id, Relation("mention", "about it")
            yield quote.speaker, Relation("speaker", "speaks about it")
        for event in self.takes_part.get(actor.id, ()):
            yield event.id, Relation("speaker", "takes part")
            for other in event.actors:
                yield other, Relation("event", "same event")
        for named in self.named_in.get(actor.id, ()):
            yield named, Relation("mention", "named")
        for passage in self.mentioned_at.get(actor.id, ()):
            yield passage, Relation("mention", "named here")
        if actor.part_of:
            yield actor.part_of, Relation("mention", "it is part of this")
        for other in self.parts.get(actor.id, ()):
            yield other, Relation("mention", "part of it")

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((actor.part_of, actor.id) for actor in self.briefing.actors if actor.part_of)

    def _of_quote(self, quote: Quote) -> Iterator[tuple[str, Relation]]:
        if quote.speaker:
            yield quote.speaker, Relation("speaker", "speaker")
        for actor in (*quote.about, *self.named.get(quote.id, ())):
            yield actor, Relation("mention", "spoken about")
        event = self.briefing.event.get(quote.event)
        if event:
            yield event.id, Relation("event", "same event")
            for actor in event.actors:
                if actor != quote.speaker:
                    yield actor, Relation("event", "same event")
            for passage in set(self.passages(event)) - set(self.passages(quote)):
                yield passage, Relation("event", "same event")
            for other in self.of_event.get(event.id, ()):
                yield other.id, Relation("event", "same event")
        yield from self._neighbours(quote)
        if quote.speaker:
            for other in self.said.get(quote.speaker, ()):
                yield other.id, Relation("speaker", "same speaker")

    def _of_event(self, event: Event) -> Iterator[tuple[str, Relation]]:
        for quote in self.of_event.get(event.id, ()):
            yield quote.id, Relation("event", "same event")
            yield quote.speaker, Relation("speaker", "speaks at it")
            for passage in set(self.passages(quote)) - set(self.passages(event)):
                yield passage, Relation("event", "same event")
        for actor in event.actors:
            yield actor, Relation("speaker", "takes part")
        for actor in self.named.get(event.id, ()):
            yield actor, Relation("mention", "named")
        yield from self._neighbours(event)

    def _neighbours(self, item: Quote | Event) -> Iterator[tuple[str, Relation]]:
        for passage in self.passages(item):
            yield passage, Relation("passage", "its words")
            for other in self.at.get(passage, ()):
                yield other.id, Relation("passage", "same passage")

    def _of_passage(self, passage: str) -> Iterator[tuple[str, Relation]]:
        for item in self.at.get(passage, ()):
            yield item.id, Relation("passage", "stands here")
            if isinstance(item, Quote):
                yield item.speaker, Relation("speaker", "speaks here")
        for actor in self.named_at.get(passage, ()):
            yield actor, Relation("mention", "named here")

    def _of_source(self, source: Source) -> Iterator[tuple[str, Relation]]:
        for item in self.briefing.anchored:
            if self.briefing.source_of(item) == source.id:
                yield item.id, Relation("passage", "stands in it")


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
