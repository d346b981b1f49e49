"""Write raised characters so that they are never read as part of the number before them: 10⁶, not 106."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789+−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def raised(words: str) -> str:
    """Return raised digits as superscripts. Words such as the "th" of "5th" stay as they are."""
    return words.translate(_RAISED) if any(map(str.isdigit, words)) else words
