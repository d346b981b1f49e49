"""A paragraph as sentences of tokens, each marked span one token: what stands between marks is never read as grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.drafting.language import ENGLISH
from tui.drafting.words import SAY

_ENDS_PLAINLY = r"(?=[ ,;:!?)\n]|\.(?:\s|\Z)|\Z)"
_TOKEN = re.compile(
    rf"(?:([a-z][a-z ]*){_ENDS_PLAINLY}|([A-Z][a-z]+){_ENDS_PLAINLY}"  # most words; the rest are looked at closely
    r"|((?:[A-Z]\.){2,}|[A-Z]\.(?=\s)"
    r"|\d+(?:[.,]\d+)+"
    r"|@?[^\W_]\w*(?:[’'.&\-‑](?=[^\W_])\w*)*)"
    r"|([\x01\x02]+|\.{2,}|--+|[^\w\s])) ?"
)
_PLAIN, _CAPITAL, _MIXED = 1, 2, 3
_WORD = re.compile("[a-z]+")
_POSSESSIVES = frozenset(("’s", "'s", "’S", "'S"))
_ENDS = ".?!…"


class Sentence:
    """Tokens in columns: `low[at]` is what the token at this place has of each. To make, to look into and to let go, a record for
    every token would take as long again."""

    __slots__ = (
        "capital",
        "low",
        "marked",
        "may_name",
        "possessive",
        "possessives",
        "quote",
        "size",
        "start",
        "text",
        "word",
        "wordless",
    )

    def __init__(self) -> None:
        self.text: list[str] = []
        """The text of a marked span is one character, so often as it is long."""
        self.low: list[str] = []
        """`text` in small letters."""
        self.start: list[int] = []
        self.marked: dict[int, int] = {}
        """The place of every marked span to its number among those of the source."""
        self.wordless: list[int] = []
        self.may_name: list[int] = []
        self.possessives: list[int] = []
        """The places of what is no word, of what begins with a capital or an @, and of “Petro’s”, whose `text` is “Petro”."""
        self.size = 0

    def closed(self) -> Sentence:
        """This sentence, its last token added."""
        size = self.size = len(self.text)
        self.quote = [-1] * size
        self.word = [True] * size
        self.capital = [False] * size
        self.possessive = [False] * size
        for at, number in self.marked.items():
            self.quote[at] = number
        for at in self.wordless:
            self.word[at] = False
        for at in self.may_name:
            self.capital[at] = self.text[at][0] != "@"
        for at in self.possessives:
            self.possessive[at] = True
        return self

    def add_no_word(self, text: str, start: int) -> None:
        self.wordless.append(len(self.text))
        self.text.append(text)
        self.low.append(text)
        self.start.append(start)

    def end_of(self, at: int) -> int:
        """Where the token at this place ends."""
        return self.start[at] + len(self.text[at])


LONGEST = 160
"""A sentence of more tokens is a list or a table; it is parted, so that reading stays linear in the length of the text."""


def unmasked(text: str) -> str:
    """Return the text without what stands for marked spans below: another character in the place of each."""
    return text.replace("\x01", "\x03").replace("\x02", "\x03")


def sentences(text: str, start: int, end: int, covers: Sequence[tuple[int, int, int]]) -> list[Sentence]:
    """The sentences of a paragraph of an unmasked text. `covers`: (start, end, number) of every marked span with its marks, in order."""
    masked, at = [], start
    for number, (first, last, _) in enumerate(covers):
        masked += [text[at:first], "\x01\x02"[number % 2] * (last - first)]
        at = last
    masked.append(text[at:end])
    found: list[Sentence] = []
    now, ended = Sentence(), False
    texts, lows, starts = now.text, now.low, now.start
    place = 0
    behind = start
    """Where the token before ends."""
    whole = "".join(masked)
    matches = list(_TOKEN.finditer(whole))
    last_match = len(matches) - 1
    may_be_long = 2 * len(matches) + whole.count(" ") >= LONGEST
    for index, match in enumerate(matches):
        if ended or (may_be_long and len(texts) >= LONGEST):
            found.append(now.closed())
            now, ended = Sentence(), False
            texts, lows, starts = now.text, now.low, now.start
        kind = match.lastindex or 0
        words: str = match[kind]
        at = start + match.start()
        if kind == _CAPITAL:
            now.may_name.append(len(texts))
            texts.append(words)
            lows.append(words.lower())
            starts.append(at)
            behind = at + len(words)
            continue
        if kind == _PLAIN:
            several = words.split()
            texts += several
            lows += several
            if "  " in words:
                starts += [at + word.start() for word in _WORD.finditer(words)]
            else:
                for word in several:
                    starts.append(at)
                    at += len(word) + 1
            behind = starts[-1] + len(several[-1])
            if may_be_long and len(texts) > LONGEST:
                *parts, now = _parted(now)
                texts, lows, starts = now.text, now.low, now.start
                found += parts
            continue
        head = words[0]
        if kind == _MIXED:
            here = len(texts)
            if head.isupper() or head == "@":
                now.may_name.append(here)
            starts.append(at)
            behind = at + len(words)
            mark = words.find("’")
            if mark < 0:
                mark = words.find("'")
            if mark > 0:
                if mark < 6 and words[:mark].lower() in ENGLISH.before_contraction:  # he’s, they’ve
                    texts += (words[:mark], "’" + words[mark + 1 :])
                    lows += (words[:mark].lower(), "’" + words[mark + 1 :].lower())
                    starts.append(at + mark)
                    continue
                if words[-2:] in _POSSESSIVES:
                    now.possessives.append(here)
                    behind -= 2
                    words = words[:-2]
            texts.append(words)
            lows.append(words.lower())
            continue
        if head in "\x01\x02":
            first, behind, number = covers[place]
            place += 1
            now.marked[len(texts)] = number
            now.add_no_word("\x01" * (behind - first), first)
            inner = text[max(first, behind - 8) : behind].rstrip("”\"»」’'").rstrip()
            if inner[-1:] in _ENDS and index < last_match and _begins_anew(matches[index + 1 : index + 31], inner[-1:]):
                ended = True
            continue
        if behind == at and texts:
            before = texts[-1]
            if head in "’'" and len(words) == 1 and before[-1] in "sS":
                now.possessives.append(len(texts) - 1)
                continue
            if words == "." and before in ENGLISH.abbreviations and index < last_match:
                texts[-1] += "."
                lows[-1] += "."
                behind = at + 1
                continue
        now.add_no_word(words, at)
        behind = at + len(words)
        if head in _ENDS and index < last_match:
            following = matches[index + 1][0][0]
            if following.isupper() or following in "\x01\x02([" or following.isdigit():
                ended = True
    if texts:
        found.append(now.closed())
    return found


def _parted(long: Sentence) -> list[Sentence]:
    """What has come to LONGEST tokens or more, all behind them plain words, as sentences of as many; the last is not closed."""
    found = []
    for first in range(0, len(long.text) + 1, LONGEST):
        part = Sentence()
        last = first + LONGEST
        part.text, part.low, part.start = long.text[first:last], long.low[first:last], long.start[first:last]
        found.append(part)
    one = found[0]
    one.marked, one.wordless, one.may_name, one.possessives = long.marked, long.wordless, long.may_name, long.possessives
    return [*(part.closed() for part in found[:-1]), found[-1]]


def _begins_anew(behind: Sequence[re.Match[str]], last: str) -> bool:
    """Tell whether what stands behind a quote that ends with a full stop is a sentence of its own."""
    first = behind[0][0]
    if first[0] in "\x01\x02":
        return True
    if not first[0].isupper():
        return False
    if last == ".":
        return True
    apart = False
    before = ""
    for word in [word for each in behind for word in each[0].split()][:30]:  # “Really?” Petro, the president, asked.
        if word.lower() in SAY and (not apart or before == ","):
            return False
        if word[0] in "\x01\x02?!;:" or (word == "." and before not in ENGLISH.abbreviations and "-" not in before):
            return True
        if not apart and not (word[0].isupper() or word in ENGLISH.after_quotation):
            return True
        apart = apart or word == ","
        before = word
    return True
