"""Join lines that are broken at a width into paragraphs. A line ends its paragraph at a blank line, or if the next
line's first word would have fitted on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENDS = re.compile(r"[.?!:;。！？][\"'”’»)\]]*$")
_ITEM = re.compile(r"[-*•–]\s|\d{1,2}[.)]\s")
_NARROWEST, _WIDEST = 40, 100
"""Columns that lines are wrapped at."""


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the paragraphs of these lines. Lines that are not wrapped are a paragraph each."""
    width = _width(lines)
    if not width:
        return [line.strip() for line in lines if line.strip()]
    found: list[list[str]] = [[]]
    for line in lines:
        last = found[-1][-1] if found[-1] else ""
        if not line.strip():
            found.append([])
        elif last and _ended(last, line, width):
            found.append([line.rstrip()])
        else:
            found[-1].append(line.rstrip())
    return [_joined(each) for each in found if each]


def _width(lines: Sequence[str]) -> int:
    """Return the column that the lines are wrapped at, or 0 if they end where sentences or paragraphs do."""
    full = sorted(len(line.rstrip()) for line in lines if line.strip())
    pairs = [(one, two) for one, two in zip(lines, lines[1:]) if one.strip() and two.strip()]
    if len(full) < 2 or not pairs:
        return 0
    width = full[-1 - len(full) // 50]
    broken = sum(not _fits(one, two, width) for one, two in pairs)
    return width if _NARROWEST <= width <= _WIDEST and broken >= 0.6 * len(pairs) else 0


def _fits(one: str, two: str, width: int) -> bool:
    return len(one.rstrip()) + 1 + len(two.split(None, 1)[0]) <= width - 2


def _ended(last: str, line: str, width: int) -> bool:
    """Tell whether a paragraph ends between two lines that no blank line separates."""
    words = line.strip()
    if _fits(last, line, width) and (_ENDS.search(last) or words[0].isupper() or not words[0].isalpha()):
        return True
    if line[:2].isspace() and not last[:2].isspace() and _ENDS.search(last):
        return True
    return bool(_ITEM.match(words))


def _joined(lines: list[str]) -> str:
    text = lines[0].strip()
    for line in lines[1:]:
        text += ("" if text.endswith("-") and text[-2:-1].isalpha() else " ") + line.strip()
    return text
