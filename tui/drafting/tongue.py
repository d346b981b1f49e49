"""Which language a text is in, told from its script and, where several share one, from its most frequent short words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

LEAST = 200
"""Letters: a shorter text in the Latin script is judged only if its words leave no doubt."""
LONGEST = 8_000
"""Characters that are looked at: a language does not need more."""
SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]", 0.1), ("ko", r"[\uac00-\ud7af\u1100-\u11ff]", 0.3), ("zh", r"[\u3400-\u9fff]", 0.3),
    ("fa", r"[پچژگ]", 0.02), ("ar", r"[\u0600-\u06ff]", 0.3), ("he", r"[\u0590-\u05ff]", 0.3), ("hi", r"[\u0900-\u097f]", 0.3),
    ("bn", r"[\u0980-\u09ff]", 0.3), ("ta", r"[\u0b80-\u0bff]", 0.3), ("th", r"[\u0e00-\u0e7f]", 0.3), ("el", r"[\u0370-\u03ff]", 0.3),
    ("hy", r"[\u0530-\u058f]", 0.3), ("ka", r"[\u10a0-\u10ff]", 0.3), ("uk", r"[іїєґ]", 0.02), ("ru", r"[\u0400-\u04ff]", 0.3),
)  # fmt: skip
"""Language, letters that tell it, and their least share of all letters; the first that fits."""
_LATIN = re.compile("[\0-\u036f\u1e00-\u2bff]*")
"""A text without a letter of another script; most texts are."""
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """Return the language of a text as its code (BCP 47), without script and country; "" where nothing tells."""
    sample = text[:LONGEST].lower()
    letters = len(_LETTER.findall(sample))
    if not letters:
        return ""
    for code, pattern, share in () if _LATIN.fullmatch(sample) else SCRIPTS:
        if len(re.findall(pattern, sample)) >= share * letters:
            return code
    words = _WORD.findall(sample)
    count: Counter[str] = Counter()
    for word in words:
        for code in _known().get(word, ()):
            count[code] += 1
    if not count:
        return ""
    (best, most), *others = count.most_common(2)
    second = others[0][1] if others else 0
    clear = most >= 0.06 * len(words) and most > second * (1.15 if letters >= LEAST else 1.6)
    return best if clear and most > 2 else ""


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """Map each frequent word to the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name("stop-words.txt").read_text("utf-8").splitlines():
        if line and line[0] != "#":
            code, *words = line.split()
            for word in words:
                found[word] = (*found.get(word, ()), code)
    return found
