"""How words are compared for finding, in `/`, on the shelf and in `readout search`; never for proof (see `fold`).

Letters lose their accents and become what people type (`Łódź` is `Lodz`, `ﬁ` is `fi`). Signs that carry meaning stay (the
vowels of Hindi and Thai, the voicing of kana); signs that are usually left out go (Hebrew points, Arabic vowels). Raised
figures are words of their own. Case stays: `lowered` is for those who ignore it.

Some texts have a second reading, which is compared too: a word broken by a hyphen at the end of a line is read without the
hyphen, and `đ` as `dj`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tui.briefing.fold import DASHES, HYPHENS, INVISIBLE, Folded, Rewritten

_LETTERS = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ɖ": "d", "ɗ": "d", "ħ": "h", "ı": "i", "ɨ": "i", "æ": "ae", "œ": "oe", "þ": "th",
    "ŋ": "n", "ŧ": "t", "ƀ": "b", "ɓ": "b", "ƙ": "k", "ĸ": "k", "ƴ": "y", "ƶ": "z", "ǥ": "g", "ɣ": "g", "ʉ": "u", "ɛ": "e",
    "ə": "e", "ɔ": "o", "ɲ": "n",
}  # fmt: skip
_SIGNS = {
    "ʻ": "", "ʼ": "'", "\u0640": "", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",
    "ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്",
}  # fmt: skip
"""The okina, the apostrophe that is a letter, the Arabic stretch, letters that Arabic and Persian keyboards type for each
other, and the Malayalam letters that are also typed as two."""
_LEFT_OUT = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06ED), (0x0711, 0x0711), (0x0730, 0x074A), (0x0897, 0x089F), (0x08CA, 0x08FF), (0x093C, 0x093C),
    (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip
"""First and last of the marks that are dropped: accents, Hebrew points, Arabic and Syriac vowels, the Hindi dot below,
variation selectors. Marks of other scripts carry meaning."""


def left_out(character: str) -> bool:
    """Test whether people leave a mark out when they type."""
    code = ord(character)
    return any(first <= code <= last for first, last in _LEFT_OUT) and unicodedata.category(character)[0] == "M"


class _Letters(dict[int, str]):
    """Code point of a decomposed text → the letters that replace it."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = found = _letter(character)
        return found


def _letter(character: str) -> str:
    if character.isascii():
        return character
    if character in INVISIBLE or left_out(character):
        return ""
    if character in _SIGNS:
        return _SIGNS[character]
    small = character.lower()
    if small in _LETTERS:
        found = _LETTERS[small]
    elif character.casefold() != small:  # ß, final sigma: letters that case alone does not make alike
        found = character.casefold()
    else:
        return character
    return found.capitalize() if character != small else found


_TABLE = _Letters()


def letters(text: str) -> str:
    """Rewrite the text with its letters as they are compared; blanks, dashes and quotation marks stay."""
    if text.isascii():
        return text
    if "\u00ad" in text:
        text = _SOFT_BREAK.sub("", text)
    return _plain(_RAISED.sub(_apart, text))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).translate(_TABLE)
    return plain if plain.isascii() else unicodedata.normalize("NFC", plain)


def lowered(loose: str) -> str:
    """Lower a loosely folded text, each letter in the place of its capital."""
    small = loose.lower()
    if "ς" in small:
        small = small.replace("ς", "σ")
    return small if len(small) == len(loose) else "".join(low if len(low := each.lower()) == 1 else each for each in loose)


def _raised() -> str:
    """Return the characters that are a figure or a mark of their own after a word: ¹ ½ ① ™. Those below the line are
    not: CO₂ is CO2."""
    found = []
    for first, last in ((0xB2, 0xBE), (0x2070, 0x2079), (0x2120, 0x2122), (0x2150, 0x215F), (0x2189, 0x2189), (0x2460, 0x24FF),
                        (0x2776, 0x2793), (0x1F100, 0x1F12B)):  # fmt: skip
        found += [chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code)) in ("No", "So")]
    return "".join(each for each in found if each not in "°·" and any(map(str.isalnum, unicodedata.normalize("NFKD", each))))


RAISED = _raised()
_RAISED = re.compile(f"[{RAISED}]+(?:[{INVISIBLE}]+[{RAISED}]+)*")


def _apart(found: re.Match[str]) -> str:
    """Return the figures of a raised run, with a space on each side where a word goes on. Invisible characters are ignored."""
    text, (start, end) = found.string, found.span()
    while start > 0 and text[start - 1] in INVISIBLE:
        start -= 1
    while end < len(text) and text[end] in INVISIBLE:
        end += 1
    before = start > 0 and _goes_on(text[start - 1])
    after = end < len(text) and _goes_on(text[end])
    return f"{' ' * before}{_plain(found[0])}{' ' * after}"


def _goes_on(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


# -- with the way back ------------------------------------------------------------------------------------------------

_LETTER = f"[^\\W\\d_{RAISED}]"
"""Any letter. A raised figure matches \\w and not \\d, but it is a word of its own, which no hyphen breaks."""
_BROKEN = re.compile(f"(?<={_LETTER})(?:[{HYPHENS}]|\u00ad)[^\\S\\n]*\\n[^\\S\\n]*(?={_LETTER})")
"""A hyphen at the end of a line, and the blanks up to the word's other half."""
_SOFT_BREAK = re.compile(f"(?<={_LETTER})\u00ad[^\\S\\n]*\\n[^\\S\\n]*(?={_LETTER})")


def second_reading(text: str) -> str:
    """Join the broken words of a text, and write `dj` for `đ`; not folded."""
    return _BROKEN.sub("", text).replace("đ", "dj").replace("Đ", "Dj")


def has_second(text: str) -> bool:
    """Test whether the text has a second reading."""
    return ("\n" in text and _BROKEN.search(text) is not None) or (not text.isascii() and ("đ" in text or "Đ" in text))


class Loose:
    """A text loosely folded, with the way back from its positions to the text's own code points, as `fold.Folded` has it.

    Also folded as for proof: blanks of any kind and number are one space, curly quotation marks are straight. A hyphen at
    the end of a line is a hyphen within its word; in the `second` reading it is left out, and `đ` is `dj`.
    """

    __slots__ = ("_folded", "_loose", "text")

    def __init__(self, text: str, start: int = 0, *, second: bool = False) -> None:
        """Fold `text[start:]`; positions given back still count from the start of `text`."""
        self._folded = Folded(text, start)
        self._loose = Rewritten(self._folded.text, 0, _rewrites(text, start, self._folded, second))
        self.text = self._loose.text

    def start(self, position: int) -> int:
        """Return where in the text the character at this folded position begins."""
        return self._folded.start(self._loose.start(position))

    def position(self, offset: int) -> int:
        """Return where in the folded text a character of the text is, or the change that it was folded in begins."""
        return self._loose.position(self._folded.position(offset))

    def end(self, position: int) -> int:
        """Return where in the text the character before this folded position ends: both ends are exclusive."""
        return self._folded.end(self._loose.end(position))


def loosely(text: str, *, second: bool = False) -> str:
    """Fold what a person types, without blanks at its ends."""
    return Loose(text, second=second).text.strip()


def _rewrites(text: str, start: int, folded: Folded, second: bool) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, replacement) of what changes in a text folded as for proof, in order."""
    found = [*_letter_changes(folded.text, second)]
    if "\n" in text:
        broken = []
        for each in _BROKEN.finditer(text, start):
            begin, end = folded.position(each.start()), folded.position(each.end())
            broken.append((begin, end, "" if second or each[0][0] == "\u00ad" else "-"))
        found = sorted((*found, *broken)) if broken else found
    return iter(found)


def _letter_changes(text: str, second: bool) -> Iterator[tuple[int, int, str]]:
    if text.isascii():
        return
    changing, marks = [], []
    for each in set(text):
        if each.isascii() or each in DASHES:
            continue
        if unicodedata.category(each)[0] == "M" or each in "\uff9e\uff9f":
            marks.append(each)
        if letters(each) != each:
            changing.append(each)
    if not changing:
        return
    raised = "".join(each for each in changing if each in RAISED)
    some = "".join(map(re.escape, changing))
    tail = f"[{''.join(marks)}]*" if marks else ""
    form = f"(?s:[^{''.join(marks)}]?[{''.join(marks)}]+|[{some}]{tail})" if marks else f"[{some}]"
    form = f"[{raised}]+|{form}" if raised else form
    known: dict[str, str] = {}
    for found in re.compile(form).finditer(text):
        old = found[0]
        if old[0] in RAISED:
            yield *found.span(), _apart(found)
            continue
        new = known.get(old)
        if new is None:
            new = known[old] = letters(old if not second else old.replace("đ", "dj").replace("Đ", "Dj"))
        if new != old:
            yield *found.span(), new
