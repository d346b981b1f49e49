"""A dossier: everything that one actor said and did in a whole library, as one reading, each item with where it comes from.

Who is the same is never guessed. In reviewed briefings, one id of one kind with a full name in common is one actor; `same_as`
lists in readout.toml join other ids; whoever else may be meant is listed as possibly the same, and counted for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tui.briefing.anchor import Anchor
from tui.briefing.cite import escaped
from tui.briefing.document import Actor, Briefing, Event, Quote, Source, strictest
from tui.briefing.files import Unreadable
from tui.briefing.parse import Parsed, Places
from tui.briefing.proof import Origin, Reading, open_briefing, prove
from tui.briefing.record import NamedTuple, replace
from tui.library.charter import Charter
from tui.library.digest import Digest, Item, Named, plain_name
from tui.library.index import Index
from tui.library.results import said
from tui.library.schema import File

MOST = 2_000
"""Briefings in one dossier; of more, the newest."""
LOOKED_AT = 200
"""At most so many briefings are verified at once, if the index has not come to them."""
LISTED = 30
"""Possibly the same: so many are listed."""


class Who(NamedTuple):
    """An actor of one briefing."""

    file: int
    ref: str


class Sameness(NamedTuple):
    same: tuple[Who, ...]
    """The newest first."""
    possibly: tuple[tuple[Who, str], ...]
    """With what speaks for it, and against."""


def full_names(actor: Named) -> frozenset[str]:
    """Return what two actors must have in common: the name itself, and aliases of several words."""
    return frozenset(
        filter(None, (plain_name(actor.name), *(plain_name(each) for each in actor.aliases if " " in each.strip())))
    )


def sameness(index: Index, charter: Charter, path: Path, ref: str, actor: Named) -> Sameness:
    """Find who the actor `ref` of the briefing at `path` is elsewhere in the library."""
    joined = next((ids for ids in charter.same_as if ref in ids), frozenset((ref,)))
    names = full_names(actor)
    ask = (
        "SELECT file, actor.ref, actor.kind, draft, start FROM actor JOIN file ON file.id = actor.file WHERE {} "
        "ORDER BY start, actor.ref"
    )
    with index.reading() as base:
        marks = ", ".join("?" * len(joined))
        by_id = base.execute(ask.format(f"actor.ref IN ({marks})"), sorted(joined)).fetchall()
        marks = ", ".join("?" * len(names))
        by_name = base.execute(ask.format(f"actor.name IN ({marks})"), sorted(names)).fetchall()
    own = index.file_of(path)
    same: list[Who] = []
    possibly: list[tuple[Who, str]] = []
    for file, other, kind, draft, _ in by_id:
        if own and file == own.id and other == ref:
            same.append(Who(file, other))
        elif kind == actor.kind and len(joined) > 1 and (other != ref or _common(index, file, other, names)):
            same.append(Who(file, other))  # somebody has said so
        elif draft or (own and own.draft):
            possibly.append((Who(file, other), "the same id, in a draft" if other == ref else "joined by hand, in a draft"))
        elif kind != actor.kind:
            possibly.append((Who(file, other), f"the same id, and a {kind}"))
        elif _common(index, file, other, names):
            same.append(Who(file, other))
        else:
            possibly.append((Who(file, other), "the same id, and no full name in common"))
    met = {*same, *(who for who, _ in possibly)}
    for file, other, kind, draft, _ in by_name:
        if Who(file, other) not in met:
            against = f", and a {kind}" if kind != actor.kind else ""
            possibly.append((Who(file, other), f"the same name, id {other}{', in a draft' if draft else ''}{against}"))
    return Sameness(tuple(same), tuple(possibly))


def _common(index: Index, file: int, ref: str, names: frozenset[str]) -> bool:
    digest = index.digest(file)
    return bool(digest and ref in digest.actors and full_names(digest.actors[ref]) & names)


def dossier(index: Index, charter: Charter, path: Path, ref: str) -> Reading | None:
    """Gather the dossier of the actor `ref` of the briefing at `path`, as the index has it; None if it has none of
    it."""
    own = index.file_of(path)
    digest = index.digest(own.id) if own else None
    actor = digest.actors.get(ref) if digest else None
    if own is None or actor is None:
        return None
    found = sameness(index, charter, path, ref, actor)
    return _Gathering(index, ref, actor).reading(found, own)


class _Gathering:
    def __init__(self, index: Index, ref: str, actor: Named) -> None:
        self.index, self.ref = index, ref
        self.actors: dict[str, Actor] = {
            ref: Actor(ref, name=actor.name, kind=actor.kind, aliases=actor.aliases, role=actor.role)
        }
        self._known: dict[tuple[str, str, str, int], str] = {}
        self.sources: list[Source] = []
        self.quotes: list[Quote] = []
        self.events: list[Event] = []
        self.anchors: dict[str, Anchor] = {}
        self.origins: dict[str, Origin] = {}
        self.lines: list[str] = []

    def reading(self, found: Sameness, own: File) -> Reading:
        refs: dict[int, list[str]] = {}
        for who in found.same[:MOST]:
            refs.setdefault(who.file, []).append(who.ref)
        files = self.index.files(list(refs))
        markings = []
        self.origins[self.ref] = Origin(own.path, self.ref, own.title)
        for number, (id, these) in enumerate(refs.items(), 1):
            digest, file = self.index.digest(id), files.get(id)
            if file and file.lost is None and number <= LOOKED_AT:
                file = self._looked_at(file)
            if digest and file and self._gather(number, these, digest, file):
                markings.append(file.marking)
        me = self.actors[self.ref]
        title = f"Dossier: {me.name}"
        summary = [f"{escaped(me.name)}, {escaped(me.role or me.kind)}, in {_count(len(markings), 'briefing')}:", *self.lines]
        if found.possibly:
            summary += ["", "Possibly the same, and not counted here:", "", *self._possibly(found.possibly)]
        briefing = Briefing(
            title, marking=strictest(markings), sources=tuple(self.sources), actors=tuple(self.actors.values()),
            quotes=tuple(self.quotes), events=tuple(self.events), summary="\n".join(summary),
        )  # fmt: skip
        parsed = Parsed(briefing, (), Places(""), True)
        return Reading(Path(f"dossier {own.id} {self.ref}"), parsed, (), {}, self.anchors, origins=self.origins)

    def _looked_at(self, file: File) -> File:
        """Return the file with its words verified, which the index has not done yet."""
        try:
            reading = prove(open_briefing(file.path, self.index.folders))
        except Unreadable:
            return file
        lost = tuple(item.id for item in reading.briefing.anchored if not reading.anchor(item).found)
        return file._replace(lost=len(lost), unproven=lost)

    def _possibly(self, found: Iterable[tuple[Who, str]]) -> Iterator[str]:
        some = list(found)
        files = self.index.files([who.file for who, _ in some[:LISTED]])
        for who, why in some[:LISTED]:
            if who.file in files:
                yield f"- {escaped(who.ref)} in {escaped(files[who.file].title)}: {escaped(why)}"
        if len(some) > LISTED:
            yield f"- and {len(some) - LISTED:,} more"

    def _gather(self, number: int, refs: Sequence[str], digest: Digest, file: File) -> bool:
        """Gather what one briefing has of the actor, whom it calls by these ids; return False if that is nothing."""
        names = dict.fromkeys(refs, self.ref)
        here = f"b{number}"
        first = ""
        counts = [0, 0]
        for item in digest.items:
            if item.part not in ("quote", "event") or not names.keys() & {item.speaker, *item.about} & {*refs}:
                continue
            id = f"{here}-{item.ref}"
            first = first or id
            about = tuple(dict.fromkeys(self._actor(each, digest, names, file) for each in item.about))
            source = f"{here}-{item.source}"
            if item.part == "quote":
                speaker = self._actor(item.speaker, digest, names, file) if item.speaker else ""
                self.quotes.append(
                    Quote(
                        id, source=source, date=item.date, date_as_written=item.date_as_written, speaker=speaker,
                        text=(item.text,), about=about, setting=item.setting, confidence=item.confidence,
                        speech="direct" if item.direct else "indirect", event=f"{here}-{item.event}" if item.event else "",
                    )
                )  # fmt: skip
            else:
                self.events.append(
                    Event(
                        id, source=source, date=item.date, date_as_written=item.date_as_written, title=item.text,
                        actors=about, evidence=item.more[-1:] or (item.text,),
                    )
                )  # fmt: skip
            counts[item.part == "event"] += 1
            self.anchors[id] = self._anchor(item, file, here)
            self.origins[id] = Origin(file.path, item.ref, file.title)
        if not first:
            return False
        known = {event.id for event in self.events}
        self.quotes = [quote if quote.event in known else replace(quote, event="") for quote in self.quotes]
        for each, cited in digest.sources.items():
            title = cited.title or Path(cited.path).name
            self.sources.append(
                Source(f"{here}-{each}", path=cited.path, title=title, published=cited.published, grade=cited.grade)
            )
        for own, id in names.items():
            self.origins.setdefault(id, Origin(file.path, own, file.title))
        day = said(file.date)
        said_what = ", ".join(_count(count, one) for count, one in zip(counts, ("quote", "event")) if count)
        draft = " (a draft)" if file.draft else ""
        self.lines += ["", f"{escaped(day)}{': ' if day else ''}[{escaped(file.title)}](#{first}){draft}: {said_what}"]

        return True

    def _anchor(self, item: Item, file: File, here: str) -> Anchor:
        source = f"{here}-{item.source}"
        return Anchor(source, "unread" if file.lost is None else "orphan" if item.ref in file.unproven else "found")

    def _actor(self, ref: str, digest: Digest, names: dict[str, str], file: File) -> str:
        """Return the id that an actor of a briefing has in the dossier: one for the same id, kind and name in
        reviewed briefings."""
        if ref not in names:
            actor = digest.actors.get(ref, Named(ref, "person"))
            key = (ref, actor.kind, plain_name(actor.name), file.id if file.draft else 0)
            if key not in self._known:
                taken = len([each for each in self.actors if each == ref or each.startswith(f"{ref}-x")])
                id = f"{ref}-x{taken}" if taken else ref
                self._known[key] = id
                self.actors[id] = Actor(id, name=actor.name, kind=actor.kind, aliases=actor.aliases, role=actor.role)
            names[ref] = self._known[key]
        return names[ref]


def _count(count: int, one: str) -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"
