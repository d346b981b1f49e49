"""Which expression of time dates a clause: one of its own verb, not one of a clause inside it or of a name.

"The ministry named Jane Roe, who wrote the review of 2019" is not dated, and "the 9 January fire" is a fire and no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.drafting.language import ENGLISH, one_of
from tui.drafting.moments import PAST, Moment
from tui.drafting.words import SAY, STOPS

_FINITE = re.compile(rf"\b(?:{PAST}|{one_of(ENGLISH.planning_verbs | ENGLISH.auxiliaries)})\b")
_RELATIVE = re.compile(rf"\s(?P<word>{one_of(ENGLISH.clause_joints - ENGLISH.time_joints - ENGLISH.clause_coordinators)})\s")
_ADVERBIAL = re.compile(rf"\s(?:{one_of(ENGLISH.time_joints)})\s")
_FRONTED = re.compile(rf"\W*(?:{'|'.join(word.capitalize() for word in sorted(ENGLISH.time_joints))})\s")
_DONE = rf"(?:{one_of(ENGLISH.irregular_pasts - ENGLISH.pasts_like_present | ENGLISH.irregular_participles)}|[a-z]{{2,}}{ENGLISH.past_ending})"
_PARTICIPLE = re.compile(rf"(?P<before>[\w’'-]+)\s+{_DONE}(?:\s+(?:{one_of(ENGLISH.time_prepositions)}))?\s*\Z")
_INFINITIVE = re.compile(rf"\b(?:{one_of(ENGLISH.verbs_before_plans)})\b[^,;:]*\s{ENGLISH.infinitive_particle}\s+[a-z]+\b")
_BEFORE = re.compile(r"([\w’'-]+)\s*\Z")
_AFTER = re.compile(r"\s+([^\W\d_][\w’'-]*)")
_OF = re.compile(rf"{ENGLISH.genitive_preposition}\s")
_JOINED = re.compile(rf"(?:,|;)\s+(?:{one_of(ENGLISH.clause_coordinators)})\s+")

_NEAR = 600
"""Characters: a clause is hardly ever longer."""


def own(text: str, start: int, end: int, moments: Sequence[Moment]) -> list[Moment]:
    """Return those of the expressions in a stretch that date its main clause, in order. Their offsets are from `start`."""
    stretch = text[start:end]
    return [moment for moment in moments if not attributive(stretch, moment) and not _subordinate(stretch, moment.start)]


def fronted(stretch: str) -> int:
    """Return how long the clause is that begins a stretch and depends on what follows: Before she left, …; 0 if none does."""
    comma = stretch.find(",", 0, _NEAR) if _FRONTED.match(stretch) else -1
    return comma + 1 if comma > 0 and _FINITE.search(stretch, 1, comma) else 0


def attributive(stretch: str, moment: Moment) -> bool:
    """Tell whether an expression is part of a name: the 9 January fire, the review of 2019."""
    before, after = _BEFORE.search(stretch[max(0, moment.start - _NEAR) : moment.start]), _AFTER.match(stretch, moment.end)
    word = before[1].lower() if before else ""
    if _OF.match(moment.written):
        return word not in ENGLISH.times_with_of
    named = after is not None and after[1].lower() not in STOPS and not _FINITE.fullmatch(after[1])
    return named and word in ENGLISH.articles_and_possessives


def _subordinate(stretch: str, at: int) -> bool:
    """Tell whether an offset is in a clause that depends on another one of the stretch."""
    before = stretch[max(0, at - _NEAR) : at]
    if at < fronted(stretch):
        return True
    for found in _RELATIVE.finditer(before):
        if found["word"] == ENGLISH.complementizer and _reports(before[: found.start()]):
            continue
        if "," not in before[found.end() :]:
            return True
    for found in _ADVERBIAL.finditer(before):
        clause = _FINITE.search(before, found.end()) or found[0].strip() in ENGLISH.joints_before_nouns
        if clause and _FINITE.search(before, 0, found.start()) and "," not in before[found.end() :]:
            return True
    participle = _PARTICIPLE.search(before)
    if participle and participle["before"].lower() not in ENGLISH.auxiliaries | ENGLISH.adverbs:
        earlier = before[: participle.start("before")]
        if _FINITE.search(earlier) or earlier.rstrip().lower().endswith(ENGLISH.endings_before_sources):
            return True
    return _INFINITIVE.search(before) is not None


def _reports(words: str) -> bool:
    """Tell whether words end with a verb of saying, and perhaps to whom or when."""
    return any(word.strip(",").lower() in SAY for word in words.split()[-4:])


def joined(text: str, start: int, end: int, moments: Sequence[Moment]) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a stretch that stand side by side, where more than one has a verb and a date of its own."""
    parts = [start, *(found.end() for found in _JOINED.finditer(text, start, end)), end]
    spans = list(zip(parts, parts[1:]))
    dated = [
        (first, last)
        for first, last in spans
        if _FINITE.search(text, first, last) and any(first <= start + moment.start < last for moment in moments)
    ]
    yield from dated if len(dated) > 1 else [(start, end)]
