"""The sentences that carry a text: its lead, and those most central to it.

LexRank (Erkan and Radev 2004) with the similarity of TextRank (Mihalcea and Tarau 2004): a sentence counts by how much of what
it says other sentences say too; the place in the text breaks ties for the lead, as in news the first sentences are the summary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, combinations, islice
from math import log
from operator import itemgetter, mul, truediv

_WORD = re.compile(r"[^\W\d_]{4,}")
_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalpha() else ord(" ") for code in range(128)).ljust(256)
"""What an ASCII character is taken for: its small letter, or a space."""
_OTHER = re.compile("[^\\x00-\\x7f‘’“”–—…]")
"""A text without these has no letters but those of ASCII, and the words of such are found quicker."""
_STEPS = 8
_DAMPING = 0.85
_MOST = 150
"""So many sentences are compared: of a longer text those that begin a paragraph, as the square of it counts."""


def central(sentences: Sequence[str], first: Sequence[bool], count: int, lead: bool = True) -> list[int]:
    """The places of the `count` sentences that carry the text, in its order. `first`: which ones begin a paragraph; `lead`:
    whether the first of all is to be among them."""
    places = [place for place, words in enumerate(sentences) if 40 <= len(words) <= 500]
    if len(places) > _MOST:
        leading = [place for place in places if first[place]]
        step = max(1, len(leading) // _MOST)
        places = leading[::step][:_MOST]
    if len(places) <= count:
        return places
    words = [_words(sentences[place]) for place in places]
    weight = [log(len(each) + 1) for each in words]
    standing: dict[str, list[int]] = {}
    for number, said in enumerate(words):
        for word in said:
            if word in standing:
                standing[word].append(number)
            else:
                standing[word] = [number]
    common = Counter(chain.from_iterable([combinations(where, 2) for where in standing.values() if len(where) > 1]))
    alike: list[dict[int, float]] = [{} for _ in places]
    for one, other in sorted([pair for pair, many in common.items() if many > 1]):
        alike[one][other] = alike[other][one] = common[one, other] / (weight[one] + weight[other])
    rank = _ranked(alike)
    scored = Counter(
        {
            place: rank[number] * (1.6 if lead and number < 2 else 1.15 if first[place] else 1.0)
            for number, place in enumerate(places)
        }
    )
    leading = places[:lead]
    best = [place for place, _ in scored.most_common(count + 1) if place not in leading]
    return sorted(leading + best[: count - len(leading)])


def _ranked(alike: Sequence[Mapping[int, float]]) -> list[float]:
    """Return the rank of each, that of those which are alike being shared out to it in the measure that they are."""
    kept = 1 - _DAMPING
    linked = [number for number, row in enumerate(alike) if row]
    at = {number: place for place, number in enumerate(linked)}
    rows = [alike[number] for number in linked]
    total = [sum(row.values()) for row in rows]
    likeness = [*chain.from_iterable([row.values() for row in rows])]
    beside = itemgetter(*[at[other] for row in rows for other in row], *[0] * 2)
    """Of all the shares those of the others, row by row; two more, as of less than two no tuple would be made."""
    sizes = [*map(len, rows)]
    rank = [1.0] * len(rows)
    for _ in range(_STEPS if rows else 0):
        given = map(mul, likeness, beside([*map(truediv, rank, total)]))
        rank = [kept + _DAMPING * sum(islice(given, size), 0.0) for size in sizes]
    ranks = [kept] * len(alike)
    for number, value in zip(linked, rank):
        ranks[number] = value
    return ranks


def _words(sentence: str) -> frozenset[str]:
    """Those of four letters or more, in small letters."""
    if not sentence.isascii() and _OTHER.search(sentence):
        return frozenset(_WORD.findall(sentence.lower()))
    letters = sentence.encode("ascii", "replace").translate(_LETTERS).decode()
    return frozenset([word for word in letters.split() if len(word) > 3])
