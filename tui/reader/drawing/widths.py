"""How many cells a text takes on the screen: the most that any terminal gives it.

Terminals count by different tables. glibc's `wcwidth`, and with it tmux, mosh and GNU screen, gives a spacing vowel sign
(category Mc: Hindi, Tamil, Burmese, Khmer …) a cell of its own; Rich, kitty and others do not. A text that gets the most of
any count is never written over by what follows it. `disputed` says where the counts differ, so that the cursor is set anew.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.briefing.record import NamedTuple

_GLIBC_TWO = "[\u302e\u302f\u3164\u3248-\u324f\U00016ff0\U00016ff1\U0001f3fb-\U0001f3ff]"
"""Characters that glibc gives two cells, and Rich one or none. As the others, compiled when first used: most screens have
none of them."""
_RICH_TWO = "\u2630-\u2637\u268a-\u268f\U0001d300-\U0001d356\U0001d360-\U0001d376"
_FLAGS = "\U0001f1e6-\U0001f1ff"
_PICTURES = "[\u2190-\u2bff\U0001f000-\U0001faff]"
"""What joiners make one picture of (Unicode's emoji sequences); tmux draws these in two cells too."""
_DISPUTED = re.compile(f"[\uffa0{_RICH_TWO}{_FLAGS}{_GLIBC_TWO[1:-1]}]")
_ONE_WORD = (
    "[\u0900-\u0dff\u0f00-\u109f\u1700-\u18af\u1900-\u1cff\u200c\u200d\ua800-\uabff\U00011000-\U00011fff\U00016d40-\U00016d7f]"
)
"""Scripts with spacing marks. Their words are written whole, so that a terminal that counts fewer cells leaves a gap after
the word and none inside it."""
LONGEST_WORD = 16
"""Cells of such a word that are written as one; Burmese and Khmer write whole sentences without a space."""


class Cluster(NamedTuple):
    """`text[start:end]`, which takes `size` cells at the most; 0 if it has no letter to be on."""

    start: int
    end: int
    size: int


@lru_cache(4096)
def of_character(character: str) -> int:
    from rich.cells import get_character_cell_size

    if re.match(_GLIBC_TWO, character):
        return 2
    if character == "\u00ad":  # a soft hyphen in a word is not written
        return 0
    return get_character_cell_size(character) or int(unicodedata.category(character) == "Mc" or character == "\uffa0")


def clusters(text: str) -> list[Cluster]:
    """Split a text into letters, each with the marks that belong to it, without a gap."""
    from rich.cells import split_graphemes

    found: list[Cluster] = []
    for start, end, size in split_graphemes(text)[0]:
        if end > start + 1 and not ("\u200d" in text[start:end] and re.match(_PICTURES, text[start])):
            size = max(size, sum(map(of_character, text[start:end])))
        elif end == start + 1:
            size = of_character(text[start])
        found.append(Cluster(start, end, size))
    return found


def width(text: str) -> int:
    return sum(cluster.size for cluster in clusters(text))


def written_whole(text: str) -> list[Cluster]:
    """Join the clusters of a word whose cells terminals may count differently."""
    found: list[Cluster] = []
    joins = False  # the last one is of a script whose words are written whole
    for start, end, size in clusters(text):
        same = bool(re.match(_ONE_WORD, text[start]))
        if same and joins and size and found[-1].size + size <= LONGEST_WORD:
            found[-1] = Cluster(found[-1].start, end, found[-1].size + size)
        else:
            found.append(Cluster(start, end, size))
        joins = same
    return found


def disputed(text: str) -> bool:
    """Test whether terminals may differ on the cells of this cluster or word."""
    return len(text) > 1 or bool(_DISPUTED.match(text))


def one_cell_each(text: str) -> bool:
    """Test whether each code point is a letter of one cell on every terminal."""
    return not any_disputed(text) and all(of_character(each) == 1 and unicodedata.category(each) != "Mc" for each in text)


def any_disputed(text: str) -> bool:
    """Test whether a text of single code points has one that is disputed."""
    return not text.isascii() and _DISPUTED.search(text) is not None
