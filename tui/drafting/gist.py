"""The sentences that carry a text: its lead, and those most central to it.

LexRank (Erkan and Radev 2004) with the similarity of TextRank (Mihalcea and Tarau 2004): a sentence counts by how much of what
it says other sentences say too; the place in the text breaks ties for the lead, as in news the first sentences are the summary.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
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
    size = len(places)
    weight = [log(len(each) + 1) for each in words]
    alike: list[dict[int, float]] = [{} for _ in places]
    standing: defaultdict[str, list[int]] = defaultdict(list)
    for one, said in enumerate(words):
        others = [*map(standing.__getitem__, said)]
        common = Counter(chain.from_iterable(others))
        for each in others:
            each.append(one)
        row = alike[one]
        for other, many in sorted([pair for pair in common.items() if pair[1] > 1]):
            row[other] = alike[other][one] = many / (weight[one] + weight[other])
    total = [sum(row.values()) or 1.0 for row in alike]
    beside = [itemgetter(*row, 0) if row else _none for row in alike]
    """Of all the shares those of the others; one more, as of one alone no tuple would be made."""
    rank = [1.0] * size
    for _ in range(_STEPS):
        share = [*map(truediv, rank, total)]
        rank = [1 - _DAMPING + _DAMPING * sum(map(mul, row.values(), of(share))) for row, of in zip(alike, beside)]
    scored = Counter(
        {place: rank[number] * (1.6 if number < 2 else 1.15 if first[place] else 1.0) for number, place in enumerate(places)}
    )
    return sorted(places[:1] + [place for place, _ in scored.most_common(count + 1) if place != places[0]][: count - 1])


def _words(sentence: str) -> frozenset[str]:
    """Those of four letters or more."""
    if not sentence.isascii() and _OTHER.search(sentence):
        return frozenset(_WORD.findall(sentence))
    letters = sentence.encode("ascii", "replace").translate(_LETTERS).decode()
    return frozenset([word for word in letters.split() if len(word) > 3])


def _none(_: Sequence[float]) -> tuple[float, ...]:
    return ()
