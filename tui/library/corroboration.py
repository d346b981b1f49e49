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
RARE = 2
"""Different rare words that such a run has at least, unless it has LONG words."""
LONG = 12
FEW = 20
"""A word in fewer rows of a library is rare in any."""
_FILLER = """
a about after again all also am an and any are as at back be because been before being but by can come could did do
does doing done don down even every for from get give go goes going gonna got had has have having he her here him his
how i if in into is it its just kind know let like little ll look lot made make many may maybe me mean might more most
much must my need never no not now of off ok okay on one only or other our out over own part people perhaps please
point put question quite re really right said same saw say saying says see she should so some something still such
sure take talk tell than thank that the their them then there these they thing things think this those through time to
today too two up us ve very want was way we well were what when where whether which while who why will with without
would year years yes you your
"""
FILLER = frozenset(_FILLER.split())
"""Words that people say about anything. Of other languages, how often a library has a word decides alone."""
MOST = 400
"""Rows that are looked at."""
LONGEST = 200
"""Words of a run that are searched for: a longer quote is known by its beginning."""


class Parallel(NamedTuple):
    hit: Hit
    why: str
    """What they have in common."""
    text: str
    mine: tuple[tuple[int, int], ...]
    """Where in one's own words (code points) is what the other does not have."""
    theirs: tuple[tuple[int, int], ...]
    """The same the other way about, in `text`."""
    grade: str
    date: str
    strength: int = 0


def parallels(index: Index, path: Path, reading: Reading, item: Quote | Event) -> list[Parallel]:
    """Find parallels of an item of a briefing, the strongest first. `path`: the file that holds it, which is left
    out."""
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
    rarity = _Rarity(index)
    found: list[Parallel] = []
    for row in rows(index, query, limit=MOST).rows:
        hit = shelved.hit(row)
        if hit is None or hit.file.path == path or _source_of(hit) in cited:
            continue
        text = max((hit.item.text, *hit.item.more), key=lambda each: len(_longest(mine, words(each))))
        run = _longest(mine, words(text))
        rare = rarity.count(run)
        if rare < RARE and len(run) < LONG:
            continue
        ours, theirs = _differences(quote.words, text)
        why = f"{len(run)} words in the same order"
        found.append(Parallel(hit, why, text, ours, theirs, *_standing(hit), strength=rare * LONGEST + len(run)))
    yield from _joined(found)


def _joined(found: Sequence[Parallel]) -> Iterator[Parallel]:
    """Drop the passages of a source if a briefing has the quote: a draft and its source are one."""
    quoted = {_cited_by(each.hit) for each in found if each.hit.item.part != "passage"}
    for each in found:
        if each.hit.item.part != "passage" or _source_of(each.hit) not in quoted:
            yield each


def _cited_by(hit: Hit) -> str:
    """Return the file of the source that an item of a briefing rests on; "" if it is not known."""
    source = hit.digest.sources.get(hit.item.source)
    return source.path if source else ""


def _cited(index: Index, file: int) -> set[str]:
    digest = index.digest(file)
    return {each.path for each in digest.sources.values()} if digest else set()


def _source_of(hit: Hit) -> str:
    """Return the file of a passage's source."""
    return hit.digest.sources["s1"].path if hit.item.part == "passage" and "s1" in hit.digest.sources else ""


def _longest(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return one[match.a : match.a + match.size]


class _Rarity:
    """Which words of a library are rare enough to show that two texts say the same."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rare: dict[str, bool] = {}
        with index.reading() as base:
            every = base.execute("SELECT sum(count) FROM file").fetchone()[0] or 0
        self._common = max(FEW, every // 50)

    def count(self, run: Sequence[str]) -> int:
        """Count how many different words of a run are rare."""
        return sum(map(self._is_rare, set(run)))

    def _is_rare(self, word: str) -> bool:
        known = self._rare.get(word)
        if known is None:
            known = word not in FILLER and self._rows(word) < self._common
            self._rare[word] = known
        return known

    def _rows(self, word: str) -> int:
        """Count the rows that have the word, no further than matters."""
        ask = "SELECT count(*) FROM (SELECT DISTINCT doc FROM vocabulary WHERE term = ? LIMIT ?)"
        with self._index.reading() as base:
            return int(base.execute(ask, (word, self._common)).fetchone()[0])


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
    """Say the grade of the source, and the date, of what is found elsewhere."""
    source = hit.digest.sources.get(hit.item.source or hit.item.ref.partition(":")[0])
    grade = source.grade if source else ""
    published = source.published if source else ""
    return grade, said(hit.digest.when(hit.item)) or hit.item.date_as_written or said(published or hit.file.date)


def _differences(one: str, other: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Return the stretches of words of each that the other does not have in that order."""
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
