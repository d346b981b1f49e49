"""Drafting again over an edited source, with what an analyst has done to the draft before kept.

Items are the same when they stand at the same words (quotes, events) or share a name (actors); similarity decides nothing. Of
two that are the same the analyst's is kept whole, its id with it. What of the analyst's no longer stands in the source is left
out and reported, never moved.
"""

from __future__ import annotations

import re
from pathlib import Path

from tui.briefing.anchor import find
from tui.briefing.document import Actor, Briefing, Event, Quote
from tui.briefing.files import SourceText, Unreadable
from tui.briefing.fold import fold
from tui.briefing.problem import printable
from tui.briefing.proof import open_briefing
from tui.briefing.record import NamedTuple, replace
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
    """Return the draft with the items of the briefing at `path` in place of its own. Raises Unreadable."""
    old = _reviewed(path)
    fresh = made.briefing
    actors, renamed = _actors(old.actors, fresh.actors)
    first = old.sources[0].id if old.sources else fresh.sources[0].id
    named = first if len(old.sources) > 1 else ""
    end = len(source.text.text)
    lost: list[str] = []
    places: dict[str, int] = {}
    """Of what is kept and of what is new, where it stands; behind everything where that is another source."""
    taken: dict[tuple[type, int], str] = {}
    """What stands where: an item of the draft at the place of one of the analyst's is that one."""
    items: list[Quote | Event] = []
    for item in old.anchored:
        at = _place(item, source) if old.source_of(item) == first else end
        if at < 0:
            lost.append(_said(item))
            continue
        items.append(item)
        places[item.id] = at
        taken[type(item), at] = item.id
    ids = {item.id for item in (*old.sources, *actors, *items)}
    new: list[str] = []
    same: dict[str, str] = {}
    attributions = dict(made.attributions)
    drafted: tuple[Quote | Event, ...] = (*fresh.events, *fresh.quotes)  # a quote names its event
    for item in drafted:
        at = _place(item, source)
        known = taken.get((type(item), at), "")
        if known:
            same[item.id] = known
            continue
        id = same[item.id] = _free(item.id, ids)
        places[id] = at
        if isinstance(item, Quote):
            attributions[id] = attributions.get(item.id, {})
            about = tuple(renamed.get(each, each) for each in item.about)
            speaker, event = renamed.get(item.speaker, item.speaker), same.get(item.event, "")
            items.append(replace(item, id=id, source=named, speaker=speaker, about=about, event=event))
        else:
            items.append(replace(item, id=id, source=named, actors=tuple(renamed.get(each, each) for each in item.actors)))
        new.append(_said(items[-1]))
    items.sort(key=lambda item: places[item.id])
    quotes = tuple(item for item in items if isinstance(item, Quote))
    events = tuple(item for item in items if isinstance(item, Event))
    there = {item.id for item in (*(old.sources or fresh.sources), *actors, *items)}
    quotes = tuple(replace(quote, event=quote.event if quote.event in there else "") for quote in quotes)
    sources = old.sources and (
        replace(old.sources[0], path=fresh.sources[0].path, sha256=fresh.sources[0].sha256),
        *old.sources[1:],
    )
    summary = re.sub(r"\[([^][]*)\]\(#([a-z0-9-]+)\)", lambda found: found[0] if found[2] in there else found[1], old.summary)
    briefing: Briefing = replace(
        old, summary=summary, sources=sources or fresh.sources, actors=tuple(actors), quotes=quotes, events=events
    )
    for quote in quotes:
        attributions.setdefault(quote.id, {"rule": quote.rule, "confidence": quote.confidence})
    return made._replace(briefing=briefing, attributions=attributions), Changes(len(items) - len(new), tuple(new), tuple(lost))


def _reviewed(path: Path) -> Briefing:
    """Return the briefing at `path`. Raises Unreadable, also where it has an error that would lose items."""
    reading = open_briefing(path)
    if not reading.parsed.readable or any(problem.severity == "error" for problem in reading.parsed.problems):
        problem = next(problem for problem in reading.parsed.problems if problem.severity == "error")
        raise Unreadable("syntax", str(problem), "correct it first")
    return reading.briefing


def _said(item: Quote | Event) -> str:
    return f"{item.id}: {(item.words if isinstance(item, Quote) else item.title)[:60]}"


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


def _place(item: Quote | Event, source: SourceText) -> int:
    """Where the item's words begin; -1 where they do not stand, or in several places."""
    anchor = find(item.segments, source.text, item.prefix, item.suffix)
    return anchor.spans[0].start if anchor.spans else -1
