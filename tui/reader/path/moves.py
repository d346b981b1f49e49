"""What a key press leads to: pure functions of where the reader is and what was asked. No Textual.

Each returns a Move, which the screen and plain mode both carry out, or Said with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.briefing.document import Actor, Event, Quote, Source, Span
from tui.briefing.links import Relation, Relations
from tui.briefing.original import pages_of
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.briefing.summary import target_of
from tui.reader.drawing.matching import Matches
from tui.reader.path.plan import ACTORS, QUOTES, SOURCE, SUMMARY, TIMELINE, PaneName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

How: TypeAlias = 'Literal["go", "show"]'
""""go": do what Enter does on the item's row: from an actor to the quotes, from a quote to its words. "show": go to the row."""

OWN_PANE: dict[type, PaneName] = {Actor: ACTORS, Quote: QUOTES, Event: TIMELINE, Source: SOURCE}


class Where(NamedTuple):
    """Where the reader is, as far as moves ask."""

    reading: Reading
    relations: Relations
    pane: PaneName
    subject: str = ""
    """An item's id, a passage ("s1:3"), or ""."""
    source: str = ""
    """The id of the source that the Source pane shows."""


class Said(NamedTuple):
    """What to tell the reader. Alone, it is the reason why nothing moves."""

    words: str
    key: str = ""
    """The id of a key that helps, "" for none; the reader may have moved it, so it is named by who tells."""
    does: str = ""
    """What that key does."""


class Move(NamedTuple):
    """A step to a pane. None and "" leave things as they are."""

    pane: PaneName
    ref: str = ""
    """The item or passage whose row to go to."""
    subject: str | None = None
    source: str = ""
    span: Span | None = None
    """The words to go to in the source, in code points of its text."""
    pin: str = ""
    """The actor that is pinned alone."""
    related: bool = False
    """Go to the row of the subject itself, else to the first row that is related to it."""
    says: Said | None = None
    leaves: bool = True
    """Whether Backspace leads back to where this began."""


class Elsewhere(NamedTuple):
    """A step to an item of another briefing."""

    file: str
    """As the link names it, from the folder of this briefing; "" where `path` says it."""
    item: str
    path: Path | None = None



def follow(where: Where, target: str, how: How) -> Move | Elsewhere | Said:
    """Follow a link or a row to an item, a passage ("s1:3") or an item of another briefing ("file.md#id")."""
    linked = target_of(target)
    if linked:
        return Elsewhere(*linked)
    briefing = where.reading.briefing
    item = briefing.by_id.get(target)
    origin = where.reading.origins.get(target)
    if origin and how == "go" and where.pane != SUMMARY and isinstance(item, (Quote, Event)):
        return Elsewhere("", origin.item, origin.path)
    if item is None and ":" not in target:
        if not target:
            return Said("this row leads nowhere")
        return Said(f"{target} leads to nothing here", "problems", "lists the problems")
    if item is None:
        return Move(SOURCE, target, target, target.partition(":")[0])
    if isinstance(item, Source):
        return Move(SOURCE, subject=item.id, source=item.id)
    if how == "show" or where.pane == SUMMARY:
        return show(item)
    if isinstance(item, Actor):
        return Move(QUOTES, subject=item.id, pin=item.id)
    return to_words(where, item)


def page_typed(typed: str) -> str | None:
    """Return which page is asked for: "12" of "p:12"; None if words are searched for."""
    return typed[2:].strip() if typed.startswith("p:") else None


def to_page(where: Where, page: str, after: int) -> Move | Said:
    """Go to where a page of the source begins. `after`: the position in the source from which on it is searched, if
    several pages have this label."""
    text, source = where.reading.text(where.source), where.reading.briefing.source.get(where.source)
    if not text or not source:
        return Said("there is no source text here")
    name = Path(source.path).name
    try:
        span = pages_of(text.text).find(page, after)
    except LookupError as why:
        return Said(f"{name} {why}")
    words = next((at for at in range(span.start, span.end) if not text.text[at].isspace()), None)
    if words is None:
        return Said(f"page {page} of {name} has no text")
    passage = f"{where.source}:{text.paragraph_of(words)}"
    return Move(SOURCE, passage, passage, where.source, Span(words, words + 1))


def show(item: Actor | Quote | Event) -> Move:
    """Go to an item's own row."""
    return Move(OWN_PANE[type(item)], item.id, item.id)


def to_words(where: Where, item: Quote | Event) -> Move:
    """Go to the very words of a quote or event in the source that it cites. If they are not found, the move says why."""
    anchor = where.reading.anchor(item)
    text = where.reading.text(anchor.source)
    move = Move(SOURCE, subject=item.id, source=anchor.source)
    if anchor.found and text:
        passage = f"{anchor.source}:{text.paragraph_of(anchor.spans[0].start)}"
        return move._replace(ref=passage, span=anchor.spans[0])
    if where.reading.anchors is None:
        return move._replace(says=Said("still checking the words"))
    from tui.briefing.export import standing

    return move._replace(says=Said(standing(where.reading, item), "card", "says more"))


def to_pane(where: Where, pane: PaneName) -> Move | Said:
    """Turn to a pane, on the row of the subject or the first that is related to it; the subject stays."""
    move = Move(pane, related=True, leaves=False)
    if pane != SOURCE:
        return move
    if where.reading.origins:
        return Said("a dossier has no source of its own", "follow", "on a row goes to its briefing")
    item = where.reading.briefing.by_id.get(where.subject)
    if isinstance(item, (Quote, Event)):
        return to_words(where, item)._replace(leaves=False)
    passages = [ref for ref in where.relations.of(where.subject) if ":" in ref] if item else []
    if passages and not any(ref.startswith(f"{where.source}:") for ref in passages):
        return move._replace(source=passages[0].partition(":")[0])
    return move


def next_source(where: Where, step: int) -> Move | Said:
    """Turn to the source `step` further on, round the end."""
    sources = [source.id for source in where.reading.briefing.sources]
    if len(sources) < 2:
        return Said("this briefing has one source" if sources else "this briefing has no source")
    at = sources.index(where.source) + step if where.source in sources else 0
    return Move(SOURCE, source=sources[at % len(sources)])


def related(rows: Sequence[tuple[int, Relation]], row: int, step: int, subject: str) -> tuple[int, str] | Said:
    """Return the next related row and how it is related, in words. `rows`: the related rows of the pane, the strongest relation
    first; `row`: where the cursor is; `subject`: in words, "" for none."""
    if not rows:
        return Said(f"nothing here is related to {subject}" if subject else "choose a row first")
    at = next((number for number, (each, _) in enumerate(rows) if each == row), None)
    to, relation = rows[(at + step) % len(rows) if at is not None else 0 if step > 0 else -1]
    same = [each for each, other in rows if other.words == relation.words]
    return to, f"{relation.words} {same.index(to) + 1}/{len(same)}"


def actors_of(where: Where, target: str) -> Sequence[str]:
    """Return the ids of the actors of a row: itself, the speaker, or those who take part; none if it has none."""
    item = where.reading.briefing.by_id.get(target)
    if isinstance(item, Actor):
        return (item.id,)
    if isinstance(item, Quote):
        return (item.speaker,) if item.speaker else ()
    return item.actors if isinstance(item, Event) else ()


def next_match(found: Sequence[tuple[int, Matches]], here: tuple[int, int], at: int, step: int) -> int:
    """Return the number, from 0, of the match to go to, of all that are found; -1 or their count round the end.

    `found`: of each text in the order in which matches are counted: its number in that order, and its matches. `here`: the
    number of the cursor's text, and the offset of the cursor in it. `at`: the match that the cursor is at, -1 for none."""
    if at >= 0:
        return at + step
    before = 0
    for number, matches in found:
        if number == here[0]:
            first = before + matches.behind(here[1])
            return first if step > 0 else first - 1
        if number > here[0]:
            break
        before += len(matches)
    return before if step > 0 else before - 1


def next_briefing(paths: Sequence[Path], path: Path, step: int) -> Path | Said:
    """Return the briefing `step` further on, round the end."""
    if len(paths) < 2:
        return Said("this is the only briefing open")
    return paths[(paths.index(path) + step) % len(paths)]
