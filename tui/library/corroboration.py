"""What other briefings say of the same: events whose dates can overlap and that share an actor, and the words of a quote
wherever else they are said or reported. What agrees and what does not is shown, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from tui.briefing.document import Actor, Event, Quote
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.library.digest import Digest, Named, days
from tui.library.dossier import full_names
from tui.library.index import Index
from tui.library.query import Query, Signed, When, Words
from tui.library.results import said
from tui.library.search import Hit, Shelved, rows
from tui.library.words import Word, placed, words

RUN = 5
"""Words in one order, at the least, that a quote has in common with what is said elsewhere."""
MOST = 400
"""Rows that are looked at."""
LONGEST = 200
"""Runs of words that are looked for: a longer quote is known by its beginning."""


class Parallel(NamedTuple):
    hit: Hit
    why: str
    """What they have in common."""
    text: str
    mine: tuple[tuple[int, int], ...]
    """Where in one's own words (code points) something stands that the other does not have."""
    theirs: tuple[tuple[int, int], ...]
    """The same the other way about, in `text`."""
    grade: str
    date: str
    strength: int = 0


def parallels(index: Index, path: Path, reading: Reading, item: Quote | Event) -> list[Parallel]:
    """Of an item of a briefing, the strongest first. `path`: the file that holds it, which is left out."""
    found = _of_quote(index, path, item) if isinstance(item, Quote) else _of_event(index, path, reading, item)
    return sorted(found, key=lambda each: -each.strength)


# -- quotes ---------------------------------------------------------------------------------------------------------------


def _of_quote(index: Index, path: Path, quote: Quote) -> Iterator[Parallel]:
    mine = words(quote.words)
    runs = [tuple(mine[at : at + RUN]) for at in range(min(LONGEST, len(mine) - RUN + 1))]
    if not runs:
        return
    query = Query(tuple((Signed(Words(run, ("words",))),) for run in dict.fromkeys(runs)))
    own = index.file_of(path)
    cited = _cited(index, own.id) if own else set()
    shelved = Shelved(index)
    for row in rows(index, query, limit=MOST).rows:
        hit = shelved.hit(row)
        if hit is None or hit.file.path == path or _source_of(hit) in cited:
            continue
        text = max((hit.item.text, *hit.item.more), key=lambda each: _longest(mine, words(each)))
        run = _longest(mine, words(text))
        ours, theirs = _differences(quote.words, text)
        yield Parallel(hit, f"{run} words in the same order", text, ours, theirs, *_standing(hit), strength=run)


def _cited(index: Index, file: int) -> set[str]:
    digest = index.digest(file)
    return {each.path for each in digest.sources.values()} if digest else set()


def _source_of(hit: Hit) -> str:
    """Of a passage of a source, that source's file."""
    return hit.digest.sources["s1"].path if hit.item.part == "passage" and "s1" in hit.digest.sources else ""


def _longest(one: Sequence[str], other: Sequence[str]) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


# -- events ---------------------------------------------------------------------------------------------------------------


def _of_event(index: Index, path: Path, reading: Reading, event: Event) -> Iterator[Parallel]:
    when = days(event.date)
    if when is None:
        return
    briefing = reading.briefing
    actors = [briefing.actor[each] for each in event.actors if each in briefing.actor]
    span = (Signed(When(True, when[0])), Signed(When(False, when[1] + 1)), Signed(Words(("event",), ("part",))))
    called = dict.fromkeys(name for each in actors for name in sorted(full_names(Named(each.name, each.kind, each.aliases))))
    query = Query(tuple((Signed(Words(tuple(name.split()), ("about",))), *span) for name in called))
    shelved = Shelved(index)
    for row in rows(index, query, limit=MOST).rows:
        hit = shelved.hit(row)
        if hit is None or hit.file.path == path:
            continue
        shared = [each for each in actors if any(_same(each, ref, hit.digest) for ref in hit.item.about)]
        if not shared:
            continue
        text = " — ".join((hit.item.text, *hit.item.more[-1:]))
        own = " — ".join((event.title, *event.evidence[:1]))
        ours, theirs = _differences(own, text)
        common = len(set(words(own)) & set(words(text)))
        names = ", ".join(each.name for each in shared)
        yield Parallel(
            hit, f"dates can overlap; both have {names}", text, ours, theirs, *_standing(hit), len(shared) * 20 + common
        )


def _same(actor: Actor, ref: str, digest: Digest) -> bool:
    other = digest.actors.get(ref)
    mine = Named(actor.name, actor.kind, actor.aliases)
    return bool(other and other.kind == actor.kind and full_names(other) & full_names(mine))


# -- side by side ---------------------------------------------------------------------------------------------------------


def _standing(hit: Hit) -> tuple[str, str]:
    """The grade of the source, and the date, of what stands elsewhere."""
    source = hit.digest.sources.get(hit.item.source or hit.item.ref.partition(":")[0])
    grade = source.grade if source else ""
    return grade, said(hit.digest.when(hit.item)) or hit.item.date_as_written


def _differences(one: str, other: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """The stretches of words of each that the other does not have in that order."""
    mine, theirs = list(placed(one)), list(placed(other))
    matcher = SequenceMatcher(None, [each.word for each in mine], [each.word for each in theirs], autojunk=False)
    left: list[tuple[int, int]] = []
    right: list[tuple[int, int]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            left += _stretch(mine[a:b])
            right += _stretch(theirs[c:d])
    return tuple(left), tuple(right)


def _stretch(these: Sequence[Word]) -> list[tuple[int, int]]:
    return [(these[0].start, these[-1].end)] if these else []
