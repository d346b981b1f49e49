"""Sets of words that are composed of those of the language."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from tui.drafting.language import ENGLISH

_FORMS = {forms[0]: forms for forms in ENGLISH.reporting_verbs}


def _forms(bases: Iterable[str]) -> frozenset[str]:
    """Return all forms of reporting verbs given by their base forms."""
    return frozenset(chain.from_iterable(_FORMS[base] for base in bases))


SAY = _forms(_FORMS)
"""Verbs that report speech or introduce a quotation."""
BASES = _FORMS.keys() - ENGLISH.bases_that_are_past
"""The forms after they, we, "to" and "will". After a name they are nouns."""
SURE = _forms(ENGLISH.plain_reporting_verbs)
"""Verbs that almost always report speech."""
REPORTS = SURE - _forms(ENGLISH.verbs_without_that)
"""Verbs after which "that" begins the reported words."""
TELLING = _forms(ENGLISH.telling_verbs)
"""Verbs that name their listener before the reported words."""
INVERTS = _forms(ENGLISH.inverting_verbs)
"""Verbs that can precede their subject after a quotation: said Petro."""

PRONOUNS = ENGLISH.masculine_pronouns | ENGLISH.feminine_pronouns | ENGLISH.other_pronouns
STOPS = ENGLISH.prepositions | ENGLISH.conjunctions | ENGLISH.auxiliaries | PRONOUNS | ENGLISH.other_stops
"""Words that end a noun phrase."""
TIMES = ENGLISH.other_times.union(ENGLISH.months, ENGLISH.weekdays)
GIVEN = ENGLISH.male_given_names | ENGLISH.female_given_names
