"""Words as the library's index has them: lowercase letters, figures and the signs that carry meaning, as `briefing.loose`
folds them, and the way back to the text.

`duque`, `Duque` and `DUQUE` are one word, `Türk` is `turk`, `ﬁ` is `fi`, and every character of a script written without
spaces is a word of its own (with the signs on it), so that part of a Chinese sentence can be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tui.briefing.anchor import NO_SPACES, unspaced
from tui.briefing.loose import Loose, letters, lowered
from tui.briefing.record import NamedTuple

_BREAKS = "\x00-/:-@\\[-`{-\x7f"
"""ASCII between words: what SQLite's `ascii` tokenizer breaks a text at."""
_WORD = re.compile(f"[^{_BREAKS}]+")
_MAY_BE = (*range(0x0E00, 0x1800), 0x3099, 0x309A)
_SIGNS = "".join(each for each in map(chr, _MAY_BE) if unspaced(each) and unicodedata.category(each)[0] == "M")
_GRAPHEME = re.compile(f"[{NO_SPACES}][{_SIGNS}]*")
_PLACED = re.compile(f"{_GRAPHEME.pattern}|[^{_BREAKS}{NO_SPACES}]+")


_ENDS = re.compile(f"(?<=[{NO_SPACES}])(?=[^{_BREAKS}{NO_SPACES}])|(?<=[^{_BREAKS}{NO_SPACES}])(?=[{_SIGNS}])")
"""Where a word follows a character of a script without spaces, or a sign of one follows a word."""


class _Between(dict[int, str]):
    """Code point → itself if it is part of a word, else a blank; ASCII always itself."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        inside = code < 128 or character.isalnum() or unicodedata.category(character)[0] == "M"
        self[code] = found = character if inside else " "
        return found


class _Begun(dict[int, str]):
    """Code point → itself, with a blank before it if it is a word of its own."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = found = f" {character}" if unspaced(character) and character not in _SIGNS else character
        return found


_BETWEEN, _BEGUN = _Between(), _Begun()
_COMMON = "\u00a0’‘“”–—…¶"
"""What is between words in most texts, and is all of them that is not ASCII in many."""


def _without_common(text: str) -> str:
    for mark in _COMMON:
        text = text.replace(mark, " ")
    return text


def _words_alone(loose: str) -> str:
    """Lower a loosely folded text, with a blank for each character beyond ASCII that is in no word."""
    small = lowered(loose)
    return small if small.isascii() else small.translate(_BETWEEN)


def plain(text: str) -> str:
    """Write the text with every word as the index has it; between words is ASCII that is not a letter or digit."""
    text = text if text.isascii() else _without_common(text)
    if text.isascii():
        return text.lower()
    text = _words_alone(letters(text))
    if text.isascii() or not _GRAPHEME.search(text):
        return text
    return _ENDS.sub(" ", text.translate(_BEGUN))


def plains(texts: Sequence[str]) -> list[str]:
    """Write many small texts as `plain` does, at once, which is faster."""
    found = plain("\0".join(texts)).split("\0")
    return found if len(found) == len(texts) else [plain(each) for each in texts]


class Word(NamedTuple):
    word: str
    start: int
    """In the text's own code points; `end` is exclusive."""
    end: int


def words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def placed(text: str, *, second: bool = False) -> Iterator[Word]:
    """Yield the words of a text, or of its second reading, and where each is in it."""
    simple = text if text.isascii() or second else _without_common(text)
    if simple.isascii() and not second:
        yield from (Word(found.group().lower(), *found.span()) for found in _WORD.finditer(simple))
        return
    loose = Loose(text, second=second)
    for found in _PLACED.finditer(_words_alone(loose.text)):
        yield Word(found.group(), loose.start(found.start()), loose.end(found.end()))
