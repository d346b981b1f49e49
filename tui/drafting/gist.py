"""The sentences that carry a text: its lead, and those most central to it.

LexRank (Erkan and Radev 2004) with the similarity of TextRank (Mihalcea and Tarau 2004): a sentence counts by how much of what
it says other sentences say too; the place in the text breaks ties for the lead, as in news the first sentences are the summary.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, combinations, islice
from math import log
from operator import itemgetter, mul, truediv

_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = bytes(code if chr(code).islower() else ord(" ") for code in range(128)).ljust(256)
_OTHER = re.compile("[^\\x00-\\x7f‘’“”–—…]")
"""A text in small letters without these has no letters but a to z, and words of such are found quicker."""
_STEPS = 8
_DAMPING = 0.85
_MOST = 150
"""So many sentences are compared: of a longer text those that begin a paragraph, as the square of it counts."""


def central(sentences: Sequence[str], first: Sequence[bool], count: int) -> list[int]:
    """The places of the `count` sentences that carry the text, in its order. `first`: which ones begin a paragraph."""
    places = [place for place, words in enumerate(sentences) if 40 <= len(words) <= 500]
    if len(places) > _MOST:
        leading = [place for place in places if first[place]]
        step = max(1, len(leading) // _MOST)
        places = leading[::step][:_MOST]
    if len(places) <= count:
        return places
    words = [_words(sentences[place].lower()) for place in places]
    weight = [log(len(each) + 1) for each in words]
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for number, said in enumerate(words):
        for word in said:
            standing[word].append(number)
    common = Counter(chain.from_iterable([combinations(where, 2) for where in standing.values() if len(where) > 1]))
    alike: list[dict[int, float]] = [{} for _ in places]
    for one, other in sorted([pair for pair, many in common.items() if many > 1]):
        alike[one][other] = alike[other][one] = common[one, other] / (weight[one] + weight[other])
    rank = _ranked(alike)
    scored = Counter(
        {place: rank[number] * (1.6 if number < 2 else 1.15 if first[place] else 1.0) for number, place in enumerate(places)}
    )
    return sorted(places[:1] + [place for place, _ in scored.most_common(count + 1) if place != places[0]][: count - 1])


def _ranked(alike: Sequence[Mapping[int, float]]) -> list[float]:
    """The rank of each, that of those which are alike being shared out to it in the measure that they are."""
    total = [sum(row.values()) or 1.0 for row in alike]
    likeness = [*chain.from_iterable([row.values() for row in alike])]
    beside = itemgetter(*chain.from_iterable(alike), 0, 0)
    """Of all the shares those of the others, row by row; two more, as of less than two no tuple would be made."""
    sizes = [*map(len, alike)]
    kept = 1 - _DAMPING
    rank = [1.0] * len(alike)
    for _ in range(_STEPS):
        given = map(mul, likeness, beside([*map(truediv, rank, total)]))
        rank = [kept + _DAMPING * sum(islice(given, size), 0.0) for size in sizes]
    return rank


def _words(sentence: str) -> frozenset[str]:
    """Those of four letters or more."""
    if not sentence.isascii() and _OTHER.search(sentence):
        return frozenset(_WORD.findall(sentence))
    letters = sentence.encode("ascii", "replace").translate(_LETTERS).decode()
    return frozenset([word for word in letters.split() if len(word) > 3])
