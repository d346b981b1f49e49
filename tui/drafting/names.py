"""Names: the capitalised ones in running text, each parted from the titles and descriptions before it."""

from __future__ import annotations

from tui.briefing.record import NamedTuple
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS, NATIONS
from tui.drafting.words import (
    ADVERBS,
    AUXILIARIES,
    BODY_HEADS,
    DETERMINERS,
    DOTTED,
    FEMALE,
    GIVEN,
    INVERTS,
    JOINS,
    MALE,
    NO_NAMES,
    PARTICLES,
    PEOPLE,
    PREPOSITIONS,
    SAY,
    SUFFIXES,
    TIMES,
    TITLES,
)  # fmt: skip

PARTIES = frozenset(
    "Republican Republicans Democrat Democrats Democratic Conservative Tory Labour Liberal Libertarian Independent Socialist Communist".split()
)
_ADJECTIVES = (
    frozenset(DEMONYMS) | PARTIES | frozenset("Former Then Ex Acting Interim Late Northern Southern Eastern Western".split())
)
_MONTH_NAMES = frozenset(("May", "March", "April", "June", "August"))
"""Months that are names too."""
_NEVER = frozenset(("I", "I’m", "I'm", "O"))
_TOLD_APART = _MONTH_NAMES | _NEVER | TIMES | PARTIES | DEMONYMS.keys()
_LOW_TOLD_APART = INVERTS | NO_NAMES | PEOPLE
"""Of other words any with a capital may begin a name."""
_NOT_THE = DETERMINERS - {"the"}
_OFFICES = frozenset(
    "Interior Foreign Prime Vice Defense Defence Treasury Finance Justice Health Press First Second National Security Supreme Deputy Assistant Under State of General".split()
)


class Name(NamedTuple):
    """A name where it stands. `first` and `last` are places in the sentence's tokens, `last` exclusive; what stands between
    `whole` and `first` are titles and descriptions before it: “Indiana Gov.” of “Indiana Gov. Mike Pence”."""

    first: int
    last: int
    whole: int
    words: tuple[str, ...]
    title: str = ""


def names_in(sentence: Sentence) -> list[Name]:
    """Every capitalised name of a sentence, outside of quotes."""
    found: list[Name] = []
    last, size, text = 0, sentence.size, sentence.text
    for at in sentence.may_name:
        if at < last or not _begins(sentence, at):
            continue
        last = at + 1
        while last < size and not sentence.possessive[last - 1]:
            this = text[last]
            if _goes_on(sentence, last) or this in SUFFIXES or (this in _MONTH_NAMES and sentence.low[last - 1] in GIVEN):
                last += 1
            elif _goes_on(sentence, last + 1) and (
                (this in PARTICLES and this not in ("e", "y"))
                or (this in ("of", "for", "and", "&", "de") and _bound(sentence, at, last))
            ):
                last += 2
            elif (
                this == "of" and last + 2 < size and text[last + 1] == "the" and _goes_on(sentence, last + 2)
                and _bound(sentence, at, last)
            ):  # fmt: skip
                last += 3
            elif (this == "," and last + 1 < size and text[last + 1] in SUFFIXES) or (
                this in ("1st", "2nd") and last + 1 < size and text[last + 1].rstrip(".") in TITLES
            ):
                last += 2
            elif this == "and" and last > at + 1 and _goes_on(sentence, last + 1) and text[last - 1].rstrip(".") in TITLES:
                last += 2  # “Ohio Gov. and Party Chairman Jane Roe”
            else:
                break
        name = _split(sentence, at, last)
        if name:
            found.append(name)
    return found


def _begins(sentence: Sentence, at: int) -> bool:
    """Whether a name may begin with this word, which has a capital or an @."""
    text, low = sentence.text[at], sentence.low[at]
    if not (text in _TOLD_APART or low in _LOW_TOLD_APART or "-" in text or text.endswith("ing")):
        return True  # most names
    capital_behind = at + 1 < sentence.size and sentence.capital[at + 1]
    behind = sentence.text[at + 1] if at + 1 < sentence.size else ""
    if text in _MONTH_NAMES and behind in SAY:
        return True
    if text in _NEVER or text in TIMES or text[:2] in ("R-", "D-", "I-"):
        return False
    if at == 0:
        if text.endswith("ing") and len(text) > 6 and not sentence.possessive[0] and behind not in SAY:
            return False  # “Quoting Roe, …”
        if low in INVERTS and capital_behind:
            return False  # “Added Roe: …”
    opens = at == 0 or not sentence.word[at - 1]
    if opens and capital_behind and _calling(text):
        return False  # “Pollster Jane Roe”
    if text in PARTIES and at and sentence.low[at - 1] in _NOT_THE and not capital_behind:
        return False  # “one Republican”
    if (text in DEMONYMS or text in PARTIES) and not sentence.possessive[at] and behind.islower() and _describes(behind):
        return False
    return low not in NO_NAMES or (not opens and text in ("May", "Will", "Long"))


def _calling(word: str) -> bool:
    """Whether a capitalised word is what somebody is, and stands before their name: “Co-anchor”, not “King”, which is a title."""
    low = word.lower()
    return word not in TITLES and (low in PEOPLE or low.rpartition("-")[2] in PEOPLE) and low not in MALE and low not in FEMALE


def _describes(word: str) -> bool:
    """Whether an adjective before this word describes it: “Egyptian textbook”, not “Americans said”."""
    return (
        word not in SAY
        and word not in AUXILIARIES
        and word not in PREPOSITIONS
        and word not in JOINS
        and word not in ADVERBS
        and word not in ("who", "that")
    )


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether a name may go on with this token."""
    return at < sentence.size and sentence.capital[at] and sentence.text[at] not in TIMES and sentence.low[at] not in NO_NAMES


def _bound(sentence: Sentence, first: int, last: int) -> bool:
    """Whether “of” or “and” behind these words belongs to the name: Department of Justice, Trinidad and Tobago."""
    words = sentence.text[first:last]
    joint = sentence.text[last]
    behind = sentence.text[last + 1] if last + 1 < sentence.size else ""
    if joint in ("and", "&"):
        return (
            joint == "&"
            or f"{' '.join(words)} and {behind}" in NATIONS
            or (words[-1] in ("Food", "Health", "Armed") and (behind in BODY_HEADS or behind in ("Drug", "Human")))
        )
    if words[-1] in TITLES and words[-1] not in ("Secretary", "Speaker", "Attorney", "Director", "Chief"):
        return False
    return words[-1] in BODY_HEADS or words[-1] in (
        "Bank",
        "Secretary",
        "Republic",
        "Kingdom",
        "City",
        "Speaker",
        "Bureau",
        "Ministry",
        "Church",
        "States",
    )


def _split(sentence: Sentence, first: int, last: int) -> Name | None:
    """A run of capitalised words as the name in it and what stands before: titles, a state's adjective, a party."""
    words = sentence.text[first:last]
    cut = 0
    for place, word in enumerate(words[:-1]):
        if word.rstrip(".") in TITLES and words[place + 1] not in ("of", "for", "and"):
            if (
                (
                    word.rstrip(".") in ("General", "Chief")
                    and place
                    and words[place - 1] in ("Attorney", "Secretary", "Surgeon")
                )
                or words[-1] not in BODY_HEADS
                or word.endswith(".")
            ):
                cut = place + 1
        elif (
            word in ("State", "Defense", "Treasury", "Justice", "Labor", "Commerce")
            and place >= 2
            and words[place - 1] == "of"
            and words[place - 2] == "Secretary"
        ):
            cut = place + 1
    while cut < len(words) - 2 and words[cut] in _ADJECTIVES and (
        words[cut + 1].lower() in MALE or words[cut + 1].lower() in FEMALE or (words[cut] in PARTIES and words[-1] not in BODY_HEADS and words[-1] != "Party")
    ):  # fmt: skip
        cut += 1
    title = next((word.rstrip(".") for word in reversed(words[:cut]) if word.rstrip(".") in TITLES), "") if cut else ""
    name = tuple(words[cut:])
    if not name or (
        len(name) == 1
        and (
            (name[0] in TIMES and name[0] not in _MONTH_NAMES)
            or len(name[0].rstrip(".")) < 2
            or (name[0].endswith(".") and name[0][:-1] in DOTTED)
        )
    ):
        return None
    if (name[0].rstrip(".") in TITLES or name[0] in _OFFICES) and all(word.rstrip(".") in TITLES or word in _OFFICES for word in name) and not (
        len(words) == 1 and not (first and sentence.low[first - 1] in DETERMINERS) and (
            (first and sentence.text[first - 1] in SAY) or (last < sentence.size and sentence.text[last] in SAY)
        )
    ):  # fmt: skip
        return None
    return Name(first + cut, last, first, name, title)
