"""Words as the library's index has them: small letters and digits without their accents, and the way back to the text.

`duque`, `Duque` and `DUQUE` are one word, `Türk` is `turk`, `ﬁ` is `fi`, and every character of a script written without
spaces is a word of its own, so that part of a Chinese sentence can be looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tui.briefing.anchor import unspaced
from tui.briefing.fold import INVISIBLE
from tui.briefing.record import NamedTuple

_NON_ASCII = re.compile("[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")


class _Plain(dict[int, str]):
    """Code point → what stands for it among words: letters and digits, "" for what belongs to the letter before, else " "."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in INVISIBLE:
            found = ""
        else:
            whole = unicodedata.normalize("NFKD", character).casefold()
            found = "".join(each if each.isalnum() else " " for each in whole if not unicodedata.combining(each))
            if unspaced(character):
                found = f" {found} "
        self[code] = found
        return found


_PLAIN = _Plain()
_COMMON = "\u00a0’‘“”–—…¶"
"""What stands between words in most texts, and is all of them that is not ASCII in many."""


def _without_common(text: str) -> str:
    for mark in _COMMON:
        text = text.replace(mark, " ")
    return text


def plain(text: str) -> str:
    """The text with every word as the index has it; between words stands ASCII that is no letter or digit."""
    text = (text if text.isascii() else _without_common(text)).lower()  # in this order: small letters of ASCII take no time
    return text if text.isascii() else _NON_ASCII.sub(lambda run: run.group().translate(_PLAIN), text)


def plains(texts: Sequence[str]) -> list[str]:
    """`plain` of each: of many small texts in one go, which is sooner."""
    found = plain("\0".join(texts)).split("\0")
    return found if len(found) == len(texts) else [plain(each) for each in texts]


class Word(NamedTuple):
    word: str
    start: int
    """In the text's own code points; `end` is exclusive."""
    end: int


def words(text: str) -> list[str]:
    return _WORD.findall(plain(text).replace("_", " "))


def placed(text: str) -> Iterator[Word]:
    """The words of a text, and where each stands in it."""
    simple = text if text.isascii() else _without_common(text)
    if simple.isascii():
        yield from (Word(found.group().lower(), *found.span()) for found in _WORD.finditer(simple.replace("_", " ")))
        return
    parts: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        part = plain(character).replace("_", " ")
        parts.append(part)
        origin += [at] * len(part)
    for found in _WORD.finditer("".join(parts)):
        last = origin[found.end() - 1] + 1
        while last < len(text) and text[last] != " " and not plain(text[last]):  # the marks on its last letter
            last += 1
        yield Word(found.group(), origin[found.start()], last)
