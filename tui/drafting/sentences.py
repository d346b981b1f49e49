"""A paragraph as sentences of tokens, each marked span one token: what stands between marks is never read as grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.drafting.words import DOTTED, INVERTS, SAY

_TOKEN = re.compile(
    r"[\x01\x02]+"
    r"|(?:[A-Z]\.){2,}|[A-Z]\.(?=\s)"
    r"|\d+(?:[.,]\d+)+"
    r"|@?[^\W_](?:[\w]|[’'.&\-‑](?=[^\W_]))*"
    r"|\.{2,}|--+|[^\w\s]"
)
_POSSESSIVES = frozenset(("’s", "'s", "’S", "'S"))
_ENDS = ".?!…"


class Token(NamedTuple):
    start: int
    end: int
    text: str
    quote: int = -1
    """Of a marked span: its number among those of the source."""
    possessive: bool = False
    """“Petro’s”: `text` and `end` are without it."""
    word: bool = False
    """No mark and no marked span."""
    capital: bool = False


Sentence = list[Token]
LONGEST = 160
"""A sentence of more tokens is a list or a table; it is parted, so that reading stays linear in the length of the text."""


def sentences(text: str, start: int, end: int, covers: Sequence[tuple[int, int, int]]) -> list[Sentence]:
    """The sentences of a paragraph. `covers`: (start, end, number) of every marked span with its marks, in order."""
    masked, at = [], start
    for number, (first, last, _) in enumerate(covers):
        masked += [text[at:first], "\x01\x02"[number % 2] * (last - first)]
        at = last
    masked.append(text[at:end])
    hidden = "".join(masked)
    found: list[Sentence] = []
    now: Sentence = []
    place = 0
    matches = list(_TOKEN.finditer(hidden))
    last_match = len(matches) - 1
    for index, match in enumerate(matches):
        if len(now) >= LONGEST:
            found.append(now)
            now = []
        words = match[0]
        head = words[0]
        at = start + match.start()
        if head.isalnum() or (head == "@" and len(words) > 1):
            if ("’" in words or "'" in words) and words[-2:] in _POSSESSIVES:
                now.append(Token(at, at + len(words) - 2, words[:-2], -1, True, True, head.isupper()))
                continue
            now.append(Token(at, at + len(words), words, -1, False, True, head.isupper()))
            continue
        if head in "\x01\x02":
            first, last, number = covers[place]
            place += 1
            now.append(Token(first, last, "\x01", number))
            inner = text[max(first, last - 8) : last].rstrip("”\"»」’'").rstrip()
            if inner[-1:] in _ENDS and index < last_match and _begins_anew(matches, index + 1, inner[-1:]):
                found.append(now)
                now = []
            continue
        if now and now[-1].end == at:
            before = now[-1]
            if head in "’'" and len(words) == 1 and before.text[-1] in "sS":
                now[-1] = before._replace(possessive=True)
                continue
            if words == "." and before.text in DOTTED and index < last_match:
                now[-1] = before._replace(text=before.text + ".", end=at + 1)
                continue
        now.append(Token(at, at + len(words), words))
        if head in _ENDS and index < last_match:
            behind = matches[index + 1][0][0]
            if behind.isupper() or behind in "\x01\x02([" or behind.isdigit():
                found.append(now)
                now = []
    if now:
        found.append(now)
    return found


def _begins_anew(matches: list[re.Match[str]], index: int, last: str) -> bool:
    """Whether what stands behind a quote that ends with a full stop is a sentence of its own."""
    first = matches[index][0]
    if first[0] in "\x01\x02":
        return True
    if not first[0].isupper():
        return False
    if last == ".":
        return True
    for match in matches[index : index + 5]:  # “Really?” Petro asked.
        word = match[0]
        if word.lower() in SAY or word.lower() in INVERTS:
            return False
        if not (word[0].isupper() or word in (".", ",", "’s", "then", "also")):
            return True
    return True
