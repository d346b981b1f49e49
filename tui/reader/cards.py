"""What the sheets say: the card of an actor, the detail of a quote or event, the list of problems, the keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.briefing import dates, export
from tui.briefing.anchor import nearest
from tui.briefing.check import marked
from tui.briefing.document import Actor, Event, Quote, Source
from tui.briefing.links import STRENGTH
from tui.briefing.problem import Problem
from tui.reader.drawing.glyphs import LEGEND
from tui.reader.drawing.lines import one_line
from tui.reader.keys.action import Key
from tui.reader.widgets.pane import Shown
from tui.reader.widgets.sheet import Entry

if TYPE_CHECKING:
    from tui.library.corroboration import Parallel


def card(shown: Shown, ref: str) -> tuple[str, list[Entry]]:
    """Return the title and the entries of the card for an item."""
    item = shown.reading.briefing.by_id.get(ref)
    if isinstance(item, Actor):
        return one_line(item.name), list(_actor(shown, item))
    if isinstance(item, Quote):
        return f"Quote {item.id}", list(_quote(shown, item))
    if isinstance(item, Event):
        return f"Event {item.id}", list(_event(shown, item))
    if isinstance(item, Source):
        return f"Source {item.id}", [Entry(export.source_line(shown.reading, item))]
    return "", []


def _actor(shown: Shown, actor: Actor) -> Iterator[Entry]:
    briefing, relations = shown.reading.briefing, shown.relations
    yield Entry(actor.name, "name", style="strong")
    yield Entry(actor.kind, "kind")
    if actor.role:
        yield Entry(actor.role, "role")
    if actor.part_of:
        yield Entry(briefing.name(actor.part_of), "part of", actor.part_of, "link")
    for part in relations.parts.get(actor.id, ()):
        yield Entry(briefing.name(part), "has part", part, "link")
    if actor.aliases:
        yield Entry(" · ".join(actor.aliases), "also called")
    for source in actor.not_in:
        yield Entry(f"somebody else in {source}", "these names")
    passages = relations.mentioned_at.get(actor.id, ())
    if passages:
        source, _, paragraph = passages[0].partition(":")
        where = f"{source} " if len(briefing.sources) > 1 else ""
        text = shown.reading.text(source)
        page = shown.reading.page(source, (text.paragraphs[int(paragraph) - 1],)) if text else ""
        where += f"{page}, " if page else ""
        yield Entry(f"{where}paragraph {paragraph}, named in {len(passages):,} in all", "first mention", passages[0], "link")
    else:
        yield Entry("in no source", "first mention", style="quiet")
    said, about = relations.said.get(actor.id, ()), relations.about.get(actor.id, ())
    if said:
        yield Entry(f"Quotes by {actor.name}: {len(said):,}", heading=True)
        yield from (_row(shown, quote, _date(quote)) for quote in said)
    if about:
        yield Entry(f"Quotes about {actor.name}: {len(about):,}", heading=True)
        yield from (_row(shown, quote, briefing.name(quote.speaker)) for quote in about)
    events = relations.takes_part.get(actor.id, ())
    if events:
        yield Entry(f"Events: {len(events):,}", heading=True)
        for event in export.in_time_order(events):
            yield _row(shown, event, _date(event))


def _row(shown: Shown, item: Quote | Event, lead: str) -> Entry:
    """Make one entry of a quote or an event. It says if the item is not proven."""
    words = item.title if isinstance(item, Event) else f"“{item.words}”" if item.direct else item.words
    if shown.reading.anchors is not None and not shown.reading.anchor(item).found:
        return Entry(f"UNPROVEN: {words}", lead, item.id, "error")
    return Entry(words, lead, item.id, "text" if isinstance(item, Event) or item.direct else "reported")


def _date(item: Quote | Event) -> str:
    when = dates.read(item.date)
    return dates.words(when) if when else f"“{item.date_as_written}”" if item.date_as_written else "undated"


def _anchored(shown: Shown, item: Quote | Event) -> Iterator[Entry]:
    briefing = shown.reading.briefing
    when = dates.read(item.date)
    if when:
        yield Entry(f"{dates.words(when)}  ({item.date})", "date")
        if when.qualifier or when.first != when.last:
            first, last = when.bounds
            span = f"{first or 'open'} to {last or 'open'}" if first != last else "that day"
            yield Entry(
                span + {"?": ", inferred", "~": ", approximate", "%": ", inferred and approximate"}.get(when.qualifier, ""),
                "may lie",
            )
    if item.date_as_written:
        yield Entry(f"“{item.date_as_written}”", "as written")
    source = briefing.source.get(briefing.source_of(item))
    if source:
        yield Entry(export.source_line(shown.reading, source), "source", source.id, "link")
    anchor = shown.reading.anchor(item)
    if shown.reading.anchors is None:
        yield Entry("checking", "proof", style="quiet")
    elif anchor.found:
        spans = " ".join(f"{span.start}–{span.end}" for span in anchor.spans)
        where = f", characters {spans}" if spans else ", when the library was last looked through"
        yield Entry(f"{export.standing(shown.reading, item)}{where}", "proof", style="good")
    else:
        yield Entry(export.standing(shown.reading, item), "proof", style="error")
        text = shown.reading.text(anchor.source)
        near = nearest(" ".join(item.segments), text) if text and anchor.status == "orphan" else None
        if near and text:
            yield Entry(marked(near.diff, 400), "nearest", f"{anchor.source}:{text.paragraph_of(near.span.start)}", "warning")
    if item.prefix:
        yield Entry(item.prefix, "stands behind")
    if item.suffix:
        yield Entry(item.suffix, "stands before")


def _quote(shown: Shown, quote: Quote) -> Iterator[Entry]:
    briefing = shown.reading.briefing
    for segment in quote.text:
        yield Entry(
            f"“{segment}”" if quote.direct else segment,
            "words" if quote.direct else "reported",
            style="strong" if quote.direct else "reported",
        )
    if quote.translation:
        yield Entry(quote.translation, "translation")
    yield Entry(briefing.name(quote.speaker), "speaker", quote.speaker, "link" if quote.speaker else "warning")
    if quote.confidence:
        yield Entry(f"{quote.confidence}{', by rule ' + quote.rule if quote.rule else ''}", "confidence")
    if quote.setting:
        yield Entry(quote.setting, "setting")
    for actor in quote.about:
        yield Entry(briefing.name(actor), "about", actor, "link")
    event = briefing.event.get(quote.event)
    if event:
        yield Entry(event.title, "event", event.id, "link")
    yield from _anchored(shown, quote)


def _event(shown: Shown, event: Event) -> Iterator[Entry]:
    briefing = shown.reading.briefing
    yield Entry(event.title, "event", style="strong")
    if event.place:
        yield Entry(event.place, "place")
    for actor in event.actors:
        yield Entry(briefing.name(actor), "takes part", actor, "link")
    for segment in event.evidence:
        yield Entry(f"“{segment}”", "evidence")
    for quote in shown.relations.of_event.get(event.id, ()):
        yield _row(shown, quote, briefing.name(quote.speaker))
    yield from _anchored(shown, event)


def quotes_about(shown: Shown, speaker: str, subject: str) -> list[Entry]:
    quotes = shown.relations.about.get(subject, ())
    return [_row(shown, quote, _date(quote)) for quote in quotes if quote.speaker == speaker]


def related(shown: Shown, subject: str) -> list[Entry]:
    """List everything related to the subject, over all panes, with the relation in words, strongest first."""
    found = shown.relations.of(subject)
    order = {ref: number for number, ref in enumerate(shown.reading.briefing.by_id)}
    refs = sorted(found, key=lambda ref: (STRENGTH.index(found[ref].kind), order.get(ref, len(order)), ref))
    return [Entry(_words(shown, ref), found[ref].words, ref) for ref in refs if ref]


def _words(shown: Shown, ref: str) -> str:
    item = shown.reading.briefing.by_id.get(ref)
    if isinstance(item, (Quote, Event)):
        who = f"{shown.reading.briefing.name(item.speaker)}: " if isinstance(item, Quote) else ""
        return who + _row(shown, item, "").text
    if isinstance(item, Actor):
        return f"{item.name}, {item.role or item.kind}"
    source, _, number = ref.partition(":")
    text = shown.reading.text(source)
    paragraph = text.paragraphs[int(number) - 1] if text and number else None
    words = text.text[paragraph.start : min(paragraph.end, paragraph.start + 300)] if text and paragraph else ""
    where = f"{source} " if len(shown.reading.briefing.sources) > 1 else ""
    page = shown.reading.page(source, (paragraph,)) if paragraph else ""
    where += f"{page}, " if page else ""
    return f"{where}¶{number} {words}" if number else ref


def parallels(item: Quote | Event, found: Sequence[Parallel]) -> list[Entry]:
    """List what other briefings say of the same, each next to it, with the differences highlighted."""
    from tui.library.results import doubt

    mine = item.words if isinstance(item, Quote) else " — ".join((item.title, *item.evidence[:1]))
    entries: list[Entry] = []
    for number, each in enumerate(found):
        draft = "DRAFT" if each.hit.file.draft else ""
        grade = f"source {each.grade}" if each.grade else "source not graded"
        head = (doubt(each.hit), draft, each.date or "undated", grade, each.hit.file.title, each.hit.file.marking, each.why)
        entries.append(Entry(" · ".join(filter(None, head)), heading=True))
        entries.append(Entry(mine, "", str(number), beside=each.text, differs=(each.mine, each.theirs)))
    return entries


def problems(words: str, found: list[Problem]) -> list[Entry]:
    """List problems, after the words on the file, if there are any."""
    styles = {"error": "error", "warning": "warning", "note": "quiet"}
    about = [Entry(words, ref="file")] if words else []
    return about + [
        Entry(
            f"{problem.message}; {problem.hint}",
            f"line {problem.place.line} · {problem.severity}",
            problem.item or "file",
            styles[problem.severity],
        )
        for problem in found
    ]


def keys(table: Iterable[Key]) -> list[Entry]:
    """List every key that works, by where it does."""
    entries: list[Entry] = []
    where = ""
    for key in table:
        if key.where != where:
            where = key.where
            entries.append(Entry(where[:1].upper() + where[1:], heading=True))
        entries.append(Entry(key.words, key.keys))
    return entries


def legend() -> list[Entry]:
    return [Entry("Glyphs", heading=True), *(Entry(words, glyph) for glyph, words in LEGEND)]


def commands(table: Iterable[Key]) -> list[Entry]:
    """List the same to choose from: what is done, its key, and the id that does it."""
    return [Entry(f"{key.words} · {key.id}", key.keys, key.id) for key in table]
