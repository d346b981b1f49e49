"""The quotation marks of all languages: which may open words, and which may close what each one opened.

From Unicode's classes Pi, Pf, Ps and Pe, as far as they mark words: brackets of mathematics and of editors are not here.
"""

from __future__ import annotations

_CURLY = frozenset('“”‟"＂❞〞〟') | {"''", "’’"}

CLOSES: dict[str, frozenset[str]] = {
    # English, German, Polish, Swedish, Hungarian … Which way a mark points is no help: „…“ ”…” “…" are all in use.
    **dict.fromkeys((*'“”„‟"＂❝❞⹂〝〞〟', "''", "‘‘", "’’"), _CURLY),
    "«": frozenset("»"),  # French, Russian, Arabic, Persian …
    "»": frozenset("«»"),  # German and Danish; Swedish and Finnish
    "‹": frozenset("›"),  # within «», and Swiss
    "›": frozenset("‹›"),
    "「": frozenset("」"),  # Japanese, Chinese
    "『": frozenset("』"),
    "｢": frozenset("｣"),
    "﹁": frozenset("﹂"),  # written vertically
    "﹃": frozenset("﹄"),
    "《": frozenset("》"),  # Chinese, Korean, Mongolian, Tibetan
    "〈": frozenset("〉"),
    "״": frozenset("״"),  # Hebrew
    **dict.fromkeys("」』｣﹂﹄》〉", frozenset()),
}
"""Each mark of the double class, with the marks that may close what it opens. Two single marks are one double one."""

ALWAYS_CLOSE = ("”", "»", "❞", "’’", *"」』｣﹂﹄》〉")
"""These close whatever they can close, except what was opened by the same mark."""

OFTEN_ALONE = frozenset("‹›《》〈〉")
"""These are also arrows, brackets and the marks of titles: one without a partner is not a mistake."""

DOUBLE = (
    "''|‘‘|’’"
    r'|"(?!(?<=[א-ת].)[א-ת])|״(?!(?<=[א-ת].)[א-ת])'  # in a Hebrew acronym they are no quotation marks
    "|[" + "".join(mark for mark in CLOSES if len(mark) == 1 and mark not in '"״') + "]"
)
"""Every mark of the double class, as a regular expression."""

SINGLE = r"(?<![^\s(\[{—–/“\"«])[‘'](?=\w)([^‘'\n]+?(?:['’]\w[^‘'\n]*?)*)['’](?!\w)"
"""Words in single marks, as a regular expression; its group has the words. Apostrophes look the same, so that a text in which
single marks are not usual should not be searched for them."""

OPENING = "".join(mark for mark, closing in CLOSES.items() if closing and len(mark) == 1) + "‘‚‛"
CLOSING = "".join(sorted({mark for marks in CLOSES.values() for mark in marks if len(mark) == 1})) + "’‘'"
EVERY = "".join(dict.fromkeys(OPENING + CLOSING))
"""Every single character that may open or close quoted words."""
