"""Drafting again over an edited source, with what an analyst has done to the draft before kept.

Items are the same when they stand at the same words (quotes, events) or share a name (actors); similarity decides nothing. Of
two that are the same the analyst's is kept whole, its id with it. What of the analyst's no longer stands in the source is left
out and reported, never moved.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tui.briefing.anchor import find
from tui.briefing.document import Actor, Briefing, Event, Quote
from tui.briefing.files import SourceText, Unreadable
from tui.briefing.fold import fold
from tui.briefing.problem import printable
from tui.briefing.proof import open_briefing
from tui.drafting.draft import Draft


class Changes(NamedTuple):
    kept: int
    new: tuple[str, ...]
    lost: tuple[str, ...]
    """The analyst's items whose words stand in the source no more, or in several places."""

    def __str__(self) -> str:
        lines = [f"{self.kept} items kept, {len(self.new)} new, {len(self.lost)} no longer in the source"]
        lines += [f"  new   {printable(item)}" for item in self.new]
        lines += [f"  lost  {printable(item)}" for item in self.lost]
        return "\n".join(lines)


def kept(made: Draft, source: SourceText, path: Path) -> tuple[Draft, Changes]:
    """The draft with the items of the briefing at `path` in place of its own. Raises Unreadable."""
    reading = open_briefing(path)
    if not reading.parsed.readable or any(problem.severity == "error" for problem in reading.parsed.problems):
        problem = next(problem for problem in reading.parsed.problems if problem.severity == "error")
        raise Unreadable("syntax", str(problem), "correct it first")
    old = reading.briefing
    fresh = made.briefing
    actors, renamed = _actors(old.actors, fresh.actors)
    lost: list[str] = []
    first = old.sources[0].id if old.sources else fresh.sources[0].id
    named = first if len(old.sources) > 1 else ""
    quotes: list[Quote] = []
    events: list[Event] = []
    for quote in old.quotes:
        if old.source_of(quote) != first or _stands(quote, source):
            quotes.append(quote)
        else:
            lost.append(f"{quote.id}: {quote.words[:60]}")
    for event in old.events:
        if old.source_of(event) != first or _stands(event, source):
            events.append(event)
        else:
            lost.append(f"{event.id}: {event.title[:60]}")
    ids = {item.id for item in (*actors, *quotes, *events, *fresh.sources)}
    known_quotes = {_place(quote, source) for quote in quotes}
    known_events = {_place(event, source) for event in events}
    new: list[str] = []
    attributions = dict(made.attributions)
    for quote in fresh.quotes:
        if _place(quote, source) not in known_quotes:
            id = _free(quote.id, ids)
            attributions[id] = attributions.get(quote.id, {})
            quotes.append(
                replace(
                    quote,
                    id=id,
                    speaker=renamed.get(quote.speaker, quote.speaker),
                    about=tuple(renamed.get(each, each) for each in quote.about),
                )
            )
            new.append(f"{id}: {quote.words[:60]}")
    for event in fresh.events:
        if _place(event, source) not in known_events:
            id = _free(event.id, ids)
            events.append(replace(event, id=id, source=named, actors=tuple(renamed.get(each, each) for each in event.actors)))
            new.append(f"{id}: {event.title[:60]}")
    quotes.sort(key=lambda quote: _place(quote, source))
    events.sort(key=lambda event: _place(event, source))
    sources = (
        (replace(old.sources[0], path=fresh.sources[0].path, sha256=fresh.sources[0].sha256), *old.sources[1:])
        if old.sources
        else fresh.sources
    )
    there = {item.id for item in (*sources, *actors, *quotes, *events)}
    summary = re.sub(r"\[([^][]*)\]\(#([a-z0-9-]+)\)", lambda found: found[0] if found[2] in there else found[1], old.summary)
    briefing: Briefing = replace(
        old, summary=summary, sources=sources, actors=tuple(actors), quotes=tuple(quotes), events=tuple(events)
    )
    for quote in quotes:
        attributions.setdefault(quote.id, {"rule": quote.rule, "confidence": quote.confidence})
    count = len(quotes) + len(events) - len(new)
    return made._replace(briefing=briefing, attributions=attributions), Changes(count, tuple(new), tuple(lost))


def _actors(old: tuple[Actor, ...], fresh: tuple[Actor, ...]) -> tuple[list[Actor], dict[str, str]]:
    """(the analyst's actors and those that are new, the new draft's ids to theirs)."""
    by_name = {fold(name): actor.id for actor in old for name in actor.names}
    found = list(old)
    renamed: dict[str, str] = {}
    ids = {actor.id for actor in old}
    for actor in fresh:
        same = next((by_name[fold(name)] for name in actor.names if fold(name) in by_name), "")
        if not same:
            same = _free(actor.id, ids)
            found.append(replace(actor, id=same))
        renamed[actor.id] = same
    return [
        replace(actor, part_of=renamed.get(actor.part_of, actor.part_of)) if actor not in old else actor for actor in found
    ], renamed


def _free(id: str, ids: set[str]) -> str:
    name, number = id, 2
    while name in ids:
        name, number = f"{id}-{number}", number + 1
    ids.add(name)
    return name


def _stands(item: Quote | Event, source: SourceText) -> bool:
    return find(item.segments, source.text, item.prefix, item.suffix).found


def _place(item: Quote | Event, source: SourceText) -> int:
    anchor = find(item.segments, source.text, item.prefix, item.suffix)
    return anchor.spans[0].start if anchor.spans else len(source.text.text)
