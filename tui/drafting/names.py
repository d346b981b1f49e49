"""Names: the capitalised ones in running text, each parted from the titles and descriptions before it."""

from __future__ import annotations

from collections.abc import Iterable

from tui.briefing.record import NamedTuple
from tui.drafting.sentences import Sentence, Token
from tui.drafting.states import DEMONYMS, NATIONS
from tui.drafting.words import (
    ADVERBS,
    AUXILIARIES,
    BODY_HEADS,
    DETERMINERS,
    DOTTED,
    FEMALE,
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
    last, size = 0, len(sentence)
    for at, token in enumerate(sentence):
        if not (token.capital or token.text[0] == "@") or at < last or not _begins(sentence, at):
            continue
        last = at + 1
        while last < size and not sentence[last - 1].possessive:
            this = sentence[last]
            if _goes_on(this) or (this.text in SUFFIXES) or (
                this.text in _MONTH_NAMES and sentence[last - 1].low in MALE | FEMALE
            ):  # fmt: skip
                last += 1
            elif this.text in PARTICLES and last + 1 < size and _goes_on(sentence[last + 1]) and this.text not in ("e", "y"):
                last += 2
            elif (
                this.text in ("of", "for", "and", "&", "de") and last + 1 < size and _goes_on(sentence[last + 1])
                and _bound(sentence, at, last)
            ):  # fmt: skip
                last += 2
            elif (
                this.text == "of" and last + 2 < size and sentence[last + 1].text == "the" and _goes_on(sentence[last + 2])
                and _bound(sentence, at, last)
            ):  # fmt: skip
                last += 3
            elif (this.text == "," and last + 1 < size and sentence[last + 1].text in SUFFIXES) or (
                this.text in ("1st", "2nd") and last + 1 < size and sentence[last + 1].text.rstrip(".") in TITLES
            ):
                last += 2
            elif (
                this.text == "and" and last > at + 1 and last + 1 < size and _goes_on(sentence[last + 1])
                and sentence[last - 1].text.rstrip(".") in TITLES
            ):  # fmt: skip
                last += 2  # “Ohio Gov. and Party Chairman Jane Roe”
            else:
                break
        found += _split(sentence, at, last)
    return found


def _begins(sentence: Sentence, at: int) -> bool:
    token = sentence[at]
    if not (token.capital or (token.text[:1] == "@" and len(token.text) > 1)) or token.quote >= 0:
        return False
    if token.text in _MONTH_NAMES and at + 1 < len(sentence) and sentence[at + 1].text in SAY:
        return True
    if token.text in ("I", "I’m", "I'm", "O") or token.text in TIMES or token.text[:2] in ("R-", "D-", "I-"):
        return False
    if at == 0 and token.text.endswith("ing") and len(token.text) > 6 and not token.possessive and not (
        len(sentence) > 1 and sentence[1].text in SAY
    ):  # fmt: skip
        return False  # “Quoting Roe, …”
    if at == 0 and token.low in INVERTS and len(sentence) > 1 and sentence[1].capital:
        return False  # “Added Roe: …”
    if _opens(sentence, at) and at + 1 < len(sentence) and sentence[at + 1].capital and _calling(token.text):
        return False  # “Pollster Jane Roe”
    if (
        token.text in PARTIES
        and at
        and sentence[at - 1].low in DETERMINERS - {"the"}
        and not (at + 1 < len(sentence) and sentence[at + 1].capital)
    ):
        return False  # “one Republican”
    if (
        (token.text in DEMONYMS or token.text in PARTIES)
        and not token.possessive
        and at + 1 < len(sentence)
        and sentence[at + 1].text.islower()
        and _describes(sentence[at + 1].text)
    ):
        return False
    if _opens(sentence, at) and token.low in NO_NAMES:
        return False
    return not (token.low in NO_NAMES and token.text not in ("May", "Will", "Long"))


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


def _opens(sentence: Sentence, at: int) -> bool:
    return at == 0 or sentence[at - 1].quote >= 0 or not sentence[at - 1].word


def _goes_on(token: Token) -> bool:
    return token.capital and token.quote < 0 and token.text not in TIMES and token.low not in NO_NAMES


def _bound(sentence: Sentence, first: int, last: int) -> bool:
    """Whether “of” or “and” behind these words belongs to the name: Department of Justice, Trinidad and Tobago."""
    words = [token.text for token in sentence[first:last]]
    joint = sentence[last].text
    behind = sentence[last + 1].text if last + 1 < len(sentence) else ""
    if joint in ("and", "&"):
        return (
            joint == "&"
            or f"{' '.join(words)} and {behind}" in NATIONS
            or (words[-1] in ("Food", "Health", "Armed") and behind in BODY_HEADS | {"Drug", "Human"})
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


def _split(sentence: Sentence, first: int, last: int) -> Iterable[Name]:
    """A run of capitalised words as the name in it and what stands before: titles, a state's adjective, a party."""
    words = [token.text for token in sentence[first:last]]
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
        return
    if all(word.rstrip(".") in TITLES or word in _OFFICES for word in name) and not (
        len(words) == 1 and not (first and sentence[first - 1].low in DETERMINERS) and (
            (first and sentence[first - 1].text in SAY) or (last < len(sentence) and sentence[last].text in SAY)
        )
    ):  # fmt: skip
        return
    yield Name(first + cut, last, first, name, title)
