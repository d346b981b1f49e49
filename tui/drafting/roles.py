"""What a name is the name of, and what the text calls its bearer."""

from __future__ import annotations

from collections.abc import Sequence, Set

from tui.drafting.language import ENGLISH
from tui.drafting.names import Name
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS, NATIONS, SEATS
from tui.drafting.words import GIVEN, SAY

_NO_ROLE = ENGLISH.courtesy_titles | ENGLISH.not_roles
"""Alone before a name; the last is Latin there: “to be a judge, vice Jane Roe, retired”."""


def kind_of(words: Sequence[str], title: str, behind: set[str], written: Set[str], somebody: bool = False) -> str:
    """What sort of actor these words name; "" where they do not tell. `behind`: the words that stand before the name;
    `written`: all of the text; `somebody`: whether the text says that the bearer speaks, or what they do."""
    full = " ".join(words)
    known = _listed(full, words, title, behind)
    if known is not None:
        return known
    last = words[-1]
    if len(words) > 1 and last in ENGLISH.law_words and ENGLISH.joining_words.isdisjoint(words):
        return "person" if len(words) == 2 and words[0].lower() in GIVEN else "document"  # Jude Law, or a law
    if last in ENGLISH.company_heads:
        return "company"
    if words[0] in ENGLISH.titles and not ENGLISH.joining_words.isdisjoint(words):
        return ""  # the Assistant Secretary for Policy
    if title and len(words) <= 3 and last not in ENGLISH.body_heads:
        goes_on = any(
            word.endswith(ENGLISH.gerund_ending) and (len(words) > 2 or word.lower() in written) for word in words[1:]
        )
        goes_on = goes_on or (
            len(words) > 1 and words[0].lower() not in GIVEN and is_term(words[0], written) and is_term(last, written)
        )
        return (
            "" if title.lower() not in ENGLISH.courtesy_titles and (goes_on or last.lower() in ENGLISH.post_nouns) else "person"
        )
    if not ENGLISH.joining_words.isdisjoint(words) or last in ENGLISH.body_heads or (words[0] in ENGLISH.ship_prefixes):
        return "organization" if ENGLISH.public_body_heads.isdisjoint(words) else "public-body"
    if words[0].startswith("@"):
        return "person"
    if len(words) > 1 and last not in ENGLISH.place_words and (
        words[0] in ENGLISH.person_heads or not ENGLISH.person_joints.isdisjoint(words[1:-1])
    ):  # fmt: skip
        return "person"
    first = words[0].rstrip(".").lower()
    initial = len(words) == 3 and len(words[1].rstrip(".")) == 1
    if words[0] in ENGLISH.first_words_not_given_names:
        return ""
    if len(words) == 1 and first in GIVEN and behind and behind <= ENGLISH.before_places:
        return "place"
    if last.rstrip("s") in ENGLISH.parties:
        return "group"
    if last in ENGLISH.place_words:
        return "place"
    if len(words) == 3 and words[1].lower() in GIVEN and first not in GIVEN and len(first) > 1:
        return ""
    if len(words) == 2 and words[0].isupper() and len(words[0]) == 2:
        return ""
    if ("-" in full and any("-" in word and word.rpartition("-")[2].islower() for word in words)) or words[
        0
    ] in ENGLISH.group_prefixes:
        return ""
    if (first in GIVEN or (len(words) > 1 and len(first) == 1)) and not (len(words) > 1 and last in SEATS):
        return "person" if len(words) < 3 or initial or not is_term(last) else ""  # Peggy Browning Fellowship
    if len(words) == 1:
        return "organization" if (last.isupper() and len(last) > 1) or "." in last[:-1] else ""
    if behind & ENGLISH.before_places_and_things or any(word.isupper() and len(word) > 2 for word in words):
        return ""
    if len(words) not in (2, 3) or not DEMONYMS.keys().isdisjoint(words):
        return ""
    if initial:
        return "person"
    first_is_term = words[0].endswith(ENGLISH.gerund_ending) or is_term(words[0], written)
    return (
        "" if first_is_term or (not somebody and (last.lower() in ENGLISH.post_nouns or is_term(last, written))) else "person"
    )


def _listed(full: str, words: Sequence[str], title: str, behind: set[str]) -> str | None:
    """Return the kind of a name that a list tells; None if none does."""
    if full in NATIONS or (len(words) == 1 and words[0] in SEATS):
        return "state"
    if full in ENGLISH.institutions:
        return "organization" if full in ENGLISH.unions else "public-body"
    if full in ENGLISH.provinces:
        return "place"
    if full in ENGLISH.abbreviations_not_actors:
        return ""
    if full in ENGLISH.title_case_acronyms:
        return "organization"
    return "vessel" if not title and behind & ENGLISH.vessel_nouns else None


def is_term(word: str, written: Set[str] = frozenset()) -> bool:
    """Tell whether a capitalised word is as likely a common one: the text has it small too, or it is built like one."""
    part = word.rpartition("-")[2]
    low = (word if part[:1].islower() else part).lower()  # Jae-in
    return (low in written and low not in ENGLISH.name_particles) or low in _COMMON or low.endswith(ENGLISH.common_endings)


_COMMON = ENGLISH.never_names | ENGLISH.common_openers | ENGLISH.body_nouns | ENGLISH.common_nouns


def is_somebody(sentence: Sentence, name: Name) -> bool:
    """Tell whether what stands behind the comma says that this is a person: “Guardian, the first Republican mayor, …”."""
    first, last = name.last, name.last + 8
    behind = sentence.text[first:last]
    if len(behind) < 3 or behind[0] != "," or behind[1] not in ENGLISH.articles:
        return False
    for text, word in zip(behind[2:], sentence.word[first + 2 : last]):
        if not word or text in ENGLISH.prepositions or text in SAY:
            return False
        if text in ENGLISH.person_nouns and text not in ENGLISH.plural_person_nouns:
            return True
    return False


def role_of(text: str, sentence: Sentence, name: Name) -> str:
    """What this sentence calls the person at this name, in its own words: the title before it, or what stands behind a comma."""
    size = sentence.size
    if (
        name.last < size
        and sentence.text[name.last] == ENGLISH.genitive_preposition
        and name.title
        and name.last + 1 < size
        and sentence.text[name.last + 1] in NATIONS
    ):
        return f"{name.title} {sentence.text[name.last]} {sentence.text[name.last + 1]}"
    if behind := _role_behind(text, sentence, name):
        return behind
    first = name.first
    if first and sentence.text[first - 1] == "," and first > 1:
        first -= 1
    while first > 0 and sentence.word[first - 1] and name.first - first < 8:
        before = sentence.text[first - 1]
        if not (sentence.capital[first - 1] or before in ENGLISH.person_nouns or before in ENGLISH.inside_roles):
            break
        first -= 1
    while first < name.first and (
        sentence.low[first] in ENGLISH.never_first_in_roles
        or sentence.low[first] in ENGLISH.never_names
        or not sentence.word[first]
    ):
        first += 1
    kin = next(
        (
            at
            for at in range(name.first - 1, first, -1)
            if sentence.text[at] == ENGLISH.genitive_preposition and sentence.low[at - 1] in ENGLISH.relation_nouns
        ),
        -1,
    )
    places = [at for at in range(max(first, kin + 1), name.first) if sentence.word[at]]
    telling = [sentence.text[at].rstrip(".").lower() for at in places]
    if not any(word in ENGLISH.person_nouns or word.capitalize() in ENGLISH.titles for word in telling) or _NO_ROLE.issuperset(
        telling
    ):
        return ""
    return text[sentence.start[places[0]] : sentence.end_of(places[-1])]


def _role_behind(text: str, sentence: Sentence, name: Name) -> str:
    """Return what stands behind the comma after a name, if it says what the person is; else ""."""
    size = sentence.size
    if (
        name.last + 1 < size
        and sentence.text[name.last] == ","
        and (
            sentence.low[name.last + 1] in ENGLISH.role_starts
            or sentence.text[name.last + 1] in ENGLISH.person_nouns
            or sentence.text[name.last + 1] in ENGLISH.office_words
            or sentence.possessive[name.last + 1]
        )
    ):
        last = name.last + 1
        while (
            last < size
            and last < name.last + 16
            and sentence.text[last] not in ENGLISH.role_ends
            and sentence.text[last] != ","
            and sentence.quote[last] < 0
        ):
            last += 1
        words = sentence.low[name.last + 1 : last]
        ahead = name.whole - 1 - (name.whole > 1 and sentence.low[name.whole - 1] == ENGLISH.definite_article)
        leads_in = ahead >= 0 and sentence.low[ahead] in ENGLISH.prepositions and last < size and sentence.text[last] in SAY
        if last < size and not ENGLISH.person_nouns.isdisjoint(words) and not leads_in:
            first = name.last + 1 + (words[0] in ENGLISH.articles_and_his_or_her)
            return text[sentence.start[first] : sentence.end_of(last - 1)]
    return ""
