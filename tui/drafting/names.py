"""Names: the capitalised ones in running text, each parted from the titles and descriptions before it."""

from __future__ import annotations

from tui.briefing.record import NamedTuple
from tui.drafting.language import ENGLISH
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS, NATIONS
from tui.drafting.words import GIVEN, INVERTS, SAY, TIMES

_ADJECTIVES = frozenset(DEMONYMS) | ENGLISH.parties | ENGLISH.describing_adjectives
_TOLD_APART = ENGLISH.month_names | ENGLISH.capital_words | TIMES | ENGLISH.parties | DEMONYMS.keys()
_LOW_TOLD_APART = INVERTS | ENGLISH.never_names | ENGLISH.person_nouns
"""Every other capitalized word can begin a name."""
_NOT_THE = ENGLISH.determiners - {ENGLISH.definite_article}


class Name(NamedTuple):
    """A name where it stands. `first` and `last` are places in the sentence's tokens, `last` exclusive; what stands between
    `whole` and `first` are titles and descriptions before it: “Indiana Gov.” of “Indiana Gov. Mike Pence”."""

    first: int
    last: int
    whole: int
    words: tuple[str, ...]
    title: str = ""


def names_in(sentence: Sentence) -> list[Name]:
    """Return every capitalised name of a sentence, outside of quotes."""
    found: list[Name] = []
    last, size, text = 0, sentence.size, sentence.text
    for at in sentence.may_name:
        if at < last or not _begins(sentence, at):
            continue
        last = at + 1
        while last < size and not sentence.possessive[last - 1]:
            this = text[last]
            if (
                _goes_on(sentence, last)
                or this in ENGLISH.name_suffixes
                or (this in ENGLISH.month_names and sentence.low[last - 1] in GIVEN)
            ):
                last += 1
            elif _goes_on(sentence, last + 1) and (
                (this in ENGLISH.name_particles and this not in ("e", "y"))
                or (this in ENGLISH.name_joints and _bound(sentence, at, last))
            ):
                last += 2
            elif (
                this == ENGLISH.genitive_preposition and last + 2 < size and text[last + 1] == ENGLISH.definite_article and _goes_on(sentence, last + 2)
                and _bound(sentence, at, last)
            ):  # fmt: skip
                last += 3
            elif (this == "," and last + 1 < size and text[last + 1] in ENGLISH.name_suffixes) or (
                this in ENGLISH.ordinals_before_titles and last + 1 < size and text[last + 1].rstrip(".") in ENGLISH.titles
            ):
                last += 2
            elif (
                this == ENGLISH.coordinator
                and last > at + 1
                and _goes_on(sentence, last + 1)
                and text[last - 1].rstrip(".") in ENGLISH.titles
            ):
                last += 2  # “Ohio Gov. and Party Chairman Jane Roe”
            else:
                break
        name = _split(sentence, at, last)
        if name:
            found.append(name)
    return found


def _begins(sentence: Sentence, at: int) -> bool:
    """Tell whether a name may begin with this word, which has a capital or an @."""
    text, low = sentence.text[at], sentence.low[at]
    if not (text in _TOLD_APART or low in _LOW_TOLD_APART or "-" in text or text.endswith(ENGLISH.gerund_ending)):
        return True  # most names
    capital_behind = at + 1 < sentence.size and sentence.capital[at + 1]
    behind = sentence.text[at + 1] if at + 1 < sentence.size else ""
    if text in ENGLISH.month_names and behind in SAY:
        return True
    if text in ENGLISH.capital_words or text in TIMES or text[:2] in ("R-", "D-", "I-"):
        return False
    if at == 0:
        if text.endswith(ENGLISH.gerund_ending) and len(text) > 6 and not sentence.possessive[0] and behind not in SAY and f"{text} {behind}" not in ENGLISH.institutions:
            return False  # “Quoting Roe, …”
        if low in INVERTS and capital_behind:
            return False  # “Added Roe: …”
    opens = at == 0 or not sentence.word[at - 1]
    if opens and capital_behind and _calling(text):
        return False  # “Pollster Jane Roe”
    if text in ENGLISH.parties and at and sentence.low[at - 1] in _NOT_THE and not capital_behind:
        return False  # “one Republican”
    if (
        (text in DEMONYMS or text in ENGLISH.parties)
        and not sentence.possessive[at]
        and behind.islower()
        and _describes(behind)
    ):
        return False
    return low not in ENGLISH.never_names or (not opens and text in ENGLISH.names_that_are_words)


def _calling(word: str) -> bool:
    """Tell whether a capitalised word is what somebody is, and stands before their name: “Co-anchor”, not “King”, which is a title."""
    low = word.lower()
    return (
        word not in ENGLISH.titles
        and (low in ENGLISH.person_nouns or low.rpartition("-")[2] in ENGLISH.person_nouns)
        and low not in ENGLISH.male_given_names
        and low not in ENGLISH.female_given_names
    )


def _describes(word: str) -> bool:
    """Tell whether an adjective before this word describes it: “Egyptian textbook”, not “Americans said”."""
    return (
        word not in SAY
        and word not in ENGLISH.auxiliaries
        and word not in ENGLISH.prepositions
        and word not in ENGLISH.conjunctions
        and word not in ENGLISH.adverbs
        and word not in ENGLISH.relatives_after_nouns
    )


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Tell whether a name may go on with this token."""
    return (
        at < sentence.size
        and sentence.capital[at]
        and sentence.text[at] not in TIMES
        and sentence.low[at] not in ENGLISH.never_names
    )


def _bound(sentence: Sentence, first: int, last: int) -> bool:
    """Tell whether “of” or “and” behind these words belongs to the name: Department of Justice, Trinidad and Tobago."""
    words = sentence.text[first:last]
    joint = sentence.text[last]
    if joint == ENGLISH.genitive_preposition and first and sentence.low[first - 1] in ENGLISH.vessel_nouns:
        return True  # the ferry Maid of Sarn
    behind = sentence.text[last + 1] if last + 1 < sentence.size else ""
    if joint in ENGLISH.name_conjunctions:
        return (
            joint == "&"
            or f"{' '.join(words)} {joint} {behind}" in NATIONS
            or (
                words[-1] in ENGLISH.before_and_in_bodies
                and (behind in ENGLISH.body_heads or behind in ENGLISH.after_and_in_bodies)
            )
        )
    if words[-1] in ENGLISH.titles and words[-1] not in ENGLISH.titles_with_of:
        return False
    return words[-1] in ENGLISH.body_heads or words[-1] in ENGLISH.heads_with_of


def _split(sentence: Sentence, first: int, last: int) -> Name | None:
    """A run of capitalised words as the name in it and what stands before: titles, a state's adjective, a party."""
    words = sentence.text[first:last]
    cut = 0
    for place, word in enumerate(words[:-1]):
        if word.rstrip(".") in ENGLISH.titles and words[place + 1] not in ENGLISH.title_joints:
            if (
                (word.rstrip(".") in ENGLISH.second_title_words and place and words[place - 1] in ENGLISH.first_title_words)
                or words[-1] not in ENGLISH.body_heads
                or word.endswith(".")
            ):
                cut = place + 1
        elif (
            word in ENGLISH.departments
            and place >= 2
            and words[place - 1] == ENGLISH.genitive_preposition
            and words[place - 2] == ENGLISH.secretary
        ):
            cut = place + 1
    while cut < len(words) - 2 and words[cut] in _ADJECTIVES and (
        words[cut + 1].lower() in ENGLISH.male_given_names or words[cut + 1].lower() in ENGLISH.female_given_names or (words[cut] in ENGLISH.parties and words[-1] not in ENGLISH.body_heads and words[-1] != ENGLISH.party_word)
    ):  # fmt: skip
        cut += 1
    title = next((word.rstrip(".") for word in reversed(words[:cut]) if word.rstrip(".") in ENGLISH.titles), "") if cut else ""
    name = tuple(words[cut:])
    if not name or (
        len(name) == 1
        and (
            (name[0] in TIMES and name[0] not in ENGLISH.month_names)
            or len(name[0].rstrip(".")) < 2
            or (name[0].endswith(".") and name[0][:-1] in ENGLISH.abbreviations)
        )
    ):
        return None
    if (name[0].rstrip(".") in ENGLISH.titles or name[0] in ENGLISH.office_words) and all(word.rstrip(".") in ENGLISH.titles or word in ENGLISH.office_words for word in name) and not (
        len(words) == 1 and not (first and sentence.low[first - 1] in ENGLISH.determiners) and (
            (first and sentence.text[first - 1] in SAY) or (last < sentence.size and sentence.text[last] in SAY)
        )
    ):  # fmt: skip
        return None
    return Name(first + cut, last, first, name, title)
