"""Who is named: capitalised names in running text, gathered into actors, one for all the names that it goes by.

A surname is the person of that surname whom the text has named in full, nearest before it; two of one surname are two
actors, and a bare surname between them is told apart by Mr and Mrs, or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.drafting.sentences import Sentence, Token
from tui.drafting.states import DEMONYMS, HOUSES, NATIONS, SEATS
from tui.drafting.words import (
    ADVERBS,
    AUXILIARIES,
    BODY_HEADS,
    DETERMINERS,
    DOTTED,
    FEMALE,
    FIRMS,
    HERS,
    HIS,
    JOINS,
    MALE,
    NO_NAMES,
    PARTICLES,
    PEOPLE,
    PREPOSITIONS,
    PUBLIC,
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


class Name(NamedTuple):
    """A name where it stands. `first` and `last` are places in the sentence's tokens, `last` exclusive; what stands between
    `whole` and `first` are titles and descriptions before it: “Indiana Gov.” of “Indiana Gov. Mike Pence”."""

    first: int
    last: int
    whole: int
    words: tuple[str, ...]
    title: str = ""


@dataclass
class Actor:
    """One of the text's actors, and every string that it goes by."""

    name: str
    kind: str
    number: int
    names: Counter[str] = field(default_factory=Counter)
    at: list[int] = field(default_factory=list)
    gender: str = ""
    """"m", "f" or "" where the text and the first name tell nothing."""
    roles: Counter[str] = field(default_factory=Counter)
    role: str = ""
    likely: bool = True
    """False where nothing but two capital letters tells that this is a person."""

    @property
    def surname(self) -> str:
        words = [word for word in self.name.split() if word not in SUFFIXES]
        return words[-1].rstrip(",") if words else ""


def names_in(sentence: Sentence) -> list[Name]:
    """Every capitalised name of a sentence, outside of quotes."""
    found: list[Name] = []
    at, size = 0, len(sentence)
    while at < size:
        if not _begins(sentence, at):
            at += 1
            continue
        last = at + 1
        while last < size and not sentence[last - 1].possessive:
            this = sentence[last]
            if _goes_on(this) or (this.text in SUFFIXES) or (
                this.text in _MONTH_NAMES and sentence[last - 1].text.lower() in MALE | FEMALE
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
            elif this.text == "," and last + 1 < size and sentence[last + 1].text in SUFFIXES:
                last += 2
            else:
                break
        found += _split(sentence, at, last)
        at = last
    return found


def _begins(sentence: Sentence, at: int) -> bool:
    token = sentence[at]
    if not (token.capital or (token.text[:1] == "@" and len(token.text) > 1)) or token.quote >= 0:
        return False
    if token.text in _MONTH_NAMES and at + 1 < len(sentence) and sentence[at + 1].text in SAY:
        return True
    if token.text in ("I", "I’m", "I'm", "O") or token.text in TIMES or token.text[:2] in ("R-", "D-", "I-"):
        return False
    if at == 0 and token.text.endswith("ing") and len(token.text) > 6 and not token.possessive:
        return False  # “Quoting Roe, …”
    if (
        token.text in PARTIES
        and at
        and sentence[at - 1].text.lower() in DETERMINERS - {"the"}
        and not (at + 1 < len(sentence) and sentence[at + 1].capital)
    ):
        return False  # “one Republican”
    if (
        token.text in DEMONYMS
        and not token.possessive
        and at + 1 < len(sentence)
        and sentence[at + 1].text.islower()
        and _describes(sentence[at + 1].text)
    ):
        return False
    if _opens(sentence, at) and token.text.lower() in NO_NAMES:
        return False
    return not (token.text.lower() in NO_NAMES and token.text not in ("May", "Will", "Long"))


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
    return token.capital and token.quote < 0 and token.text not in TIMES and token.text.lower() not in NO_NAMES


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
    title = next((word.rstrip(".") for word in reversed(words[:cut]) if word.rstrip(".") in TITLES), "")
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
    if all(word.rstrip(".") in TITLES or word in _OFFICES for word in name):
        return
    yield Name(first + cut, last, first, name, title)


_OFFICES = frozenset(
    "Interior Foreign Prime Vice Defense Defence Treasury Finance Justice Health Press First Second National Security Supreme Deputy Assistant Under State of General".split()
)


class Register:
    """The actors of a text, made from every name in it; then who a name means where it stands."""

    def __init__(
        self, text: str, paragraphs: Sequence[Sequence[Sentence]], inside: Sequence[Sentence] = (), spoken: Sequence[Sentence] = ()
    ) -> None:  # fmt: skip
        """`inside`: what stands in marks, and titles; `spoken`: turns of a transcript. Names in both make actors known; those
        that are only in marks are no mentions."""
        self.text = text
        self.actors: list[Actor] = []
        self._by_name: dict[str, int] = {}
        self._by_last: dict[str, list[int]] = defaultdict(list)
        self._by_first: dict[str, list[int]] = defaultdict(list)
        self._behind: dict[str, set[str]] = defaultdict(set)
        """Of a name, the words that stand before it."""
        self.full_at: dict[int, list[int]] = defaultdict(list)
        self._names: dict[int, list[tuple[Name, int]]] = {}
        every: list[tuple[Sentence, Name]] = []
        late: list[tuple[Sentence, Name]] = []
        lower = Counter(
            token.text for sentences in paragraphs for sentence in sentences for token in sentence if not token.capital
        )
        for number, sentences in enumerate(paragraphs):
            for sentence in sentences:
                headline = (number == 0 or sentence[-1].text not in (".", "!", "?")) and _headline(sentence)
                for name in names_in(sentence):
                    if headline:
                        late.append((sentence, name))
                        continue
                    every.append((sentence, name))
        parts = {word for _, name in every if len(name.words) > 1 for word in name.words}
        every = [
            (sentence, name) for sentence, name in every
            if not (name.first == 0 and len(name.words) == 1 and name.words[0] not in parts and self._common(sentence, name, lower))
        ]  # fmt: skip
        for sentence, name in every:
            if name.whole:
                self._behind[" ".join(name.words)].add(sentence[name.whole - 1].text.lower())
        known_words = {word for _, name in every for word in name.words}
        every += [(sentence, name) for sentence, name in late if len(name.words) == 1 and name.words[0] in known_words]
        within = [(sentence, name) for sentence in (*inside, *spoken) for name in names_in(sentence)]
        for sentence, name in sorted((*every, *within), key=lambda each: -len(each[1].words)):
            if len(name.words) > 1:
                self._take(sentence, name)
        for sentence, name in every:
            if len(name.words) == 1:
                self._take(sentence, name)
        for sentence, name in every:
            if len(name.words) > 1:
                full = " ".join(word for word in name.words if word not in SUFFIXES and word != ",")
                self.full_at[self._by_name.get(_plain(full), -1)].append(sentence[name.first].start)
        for sentence, name in every:
            number = self.who(name, sentence[name.first].start)
            if number >= 0:
                actor = self.actors[number]
                actor.at.append(sentence[name.first].start)
                actor.names[self.text[sentence[name.first].start : sentence[name.last - 1].end]] += 1
                self._names.setdefault(id(sentence), []).append((name, number))
                title = name.title.lower()
                if title in HIS:
                    actor.gender = "m"
                elif title in HERS:
                    actor.gender = "f"
                for token in sentence[name.whole : name.first]:
                    word = token.text.rstrip(".").lower()
                    actor.roles[_LONG.get(word, word)] += 1
                if self.actors[number].kind == "person" and not self.actors[number].role:
                    self.actors[number].role = _role(text, sentence, name)
        for sentence in spoken:
            for name in names_in(sentence):
                number = -1 if name.first == 0 and len(name.words) == 1 else self.who(name, sentence[name.first].start)
                if number >= 0:
                    self.actors[number].at.append(sentence[name.first].start)
                    self.actors[number].names[self.text[sentence[name.first].start : sentence[name.last - 1].end]] += 1
        for actor in self.actors:
            actor.likely = (
                actor.likely
                or bool(actor.role)
                or (
                    actor.surname in actor.names and not self._behind[actor.surname] & {"the", "a", "an", "our", "this", "that"}
                )
            )
            actor.at.sort()
            for word in re.findall(r"[^\W\d_][\w’'-]*", actor.role.lower()):
                actor.roles[word] += 1
        for short, long in (
            ("UN", "United Nations"),
            ("U.N.", "United Nations"),
            ("EU", "European Union"),
            ("E.U.", "European Union"),
        ):
            if short in self._by_name and long in self._by_name and self._by_name[short] != self._by_name[long]:
                self._join(self._by_name[long], self._by_name[short])

    def _join(self, one: int, other: int) -> None:
        """Let the second actor be another name of the first."""
        kept, gone = self.actors[one], self.actors[other]
        kept.names += gone.names
        kept.at = sorted((*kept.at, *gone.at))
        gone.at, gone.kind = [], ""
        for name in [name for name, number in self._by_name.items() if number == other]:
            self._by_name[name] = one
        for key, named in self._names.items():
            self._names[key] = [(name, one if number == other else number) for name, number in named]

    def _common(self, sentence: Sentence, name: Name, lower: Counter[str]) -> bool:
        word = name.words[0]
        low = word.lower()
        return (
            lower[low] > 0
            or low in PEOPLE
            or low.rstrip("s") in PEOPLE
            or (low.endswith(("ing", "ly", "ed")) and low not in MALE and low not in FEMALE)
        )

    def _take(self, sentence: Sentence, name: Name) -> None:
        words = [word for word in name.words if word not in SUFFIXES and word != ","]
        full = " ".join(words)
        key = _plain(full)
        if key in self._by_name or not words:
            return
        kind = kind_of(words, name.title, self._behind[full])
        if len(words) == 1:
            state = (full in NATIONS or full in SEATS) and bool(self._behind[full] & {"in", "of", "from", "to"})
            if (self._by_last.get(key) or self._by_first.get(key)) and not state:
                return
        elif kind == "person":
            for number in self._by_last.get(_plain(words[-1]), ()):
                other = self.actors[number]
                if other.kind == "person" and _same_first(_plain(other.name).split(), key.split()):
                    self._by_name[key] = number
                    return
        number = len(self.actors)
        actor = Actor(full, kind, number)
        if kind == "person":
            first = words[0].lower().rstrip(".")
            actor.likely = bool(name.title) or first in MALE or first in FEMALE
            actor.gender = (
                "m" if first in MALE and first not in FEMALE else "f" if first in FEMALE and first not in MALE else ""
            )
            if len(words) == 1:
                actor.gender = ""
        self.actors.append(actor)
        self._by_name[key] = number
        if len(words) > 1 and kind == "person":
            self._by_last[_plain(words[-1])].append(number)
            for at in range(1, len(words) - 1):
                if words[at] in PARTICLES or (at >= 1 and len(words[at]) > 2):
                    self._by_last.setdefault(_plain(" ".join(words[at:])), []).append(number)
            self._by_first[_plain(words[0])].append(number)
        elif len(words) > 1:
            letters = "".join(word[0] for word in words if word[0].isupper())
            if len(letters) > 2:
                self._by_name.setdefault(letters, number)
                self._by_name.setdefault(".".join(letters) + ".", number)

    def who(self, name: Name, at: int) -> int:
        """The actor that a name at this offset means, or -1."""
        words = [word for word in name.words if word not in SUFFIXES and word != ","]
        full = _plain(" ".join(words))
        number = self._by_name.get(full, -1)
        if number >= 0 and not name.title and self.actors[number].kind == "state":
            return number
        known = self._by_last.get(full, ()) if len(words) == 1 or full in self._by_last else ()
        if known:
            return self._one_of(known, name, at)
        number = self._by_name.get(full, -1)
        if number >= 0:
            return number
        first = self._by_first.get(full, ())
        if len(first) >= 1:
            return self._one_of(first, name, at)
        return self._by_name.get(_plain(" ".join(words[-2:])), -1) if len(words) > 2 else -1

    def _one_of(self, numbers: Sequence[int], name: Name, at: int) -> int:
        if len(numbers) == 1:
            return numbers[0]
        title = name.title.lower()
        fits = [
            number for number in numbers
            if not (title in HIS and self.actors[number].gender == "f") and not (title in HERS and self.actors[number].gender == "m")
        ]  # fmt: skip
        fits = fits or list(numbers)
        recent = [number for number in fits if any(at - 400 < place < at for place in self.full_at[number])]
        fits = [number for number in fits if self.actors[number].likely] or fits
        familiar = [number for number in fits if not self.actors[number].names[self.actors[number].name.split()[0]]]
        fits = familiar or fits
        count = {number: len(self.full_at[number]) * 2 + sum(self.actors[number].names.values()) for number in fits}
        best = max(fits, key=lambda number: (count[number], -number))
        if len(recent) == 1 and recent[0] != best and max(self.full_at[recent[0]], default=0) <= at:
            nearest = max((place for place in self.full_at[recent[0]] if place < at), default=-1)
            other = max((place for place in self.actors[best].at if place < at), default=-1)
            if nearest > other:
                return recent[0]
        return best

    def of(self, sentence: Sentence) -> list[tuple[Name, int]]:
        """The names of a sentence with their actors, in order."""
        return self._names.get(id(sentence), [])

    def named(self, full: str) -> int:
        """The actor that goes by these words, or whose surname they are; -1 for none, or for two."""
        full = _plain(full)
        number = self._by_name.get(full, -1)
        if number >= 0:
            return number
        known = self._by_last.get(full, ())
        return known[0] if len(known) == 1 else -1

    def role(self, actor: Actor) -> str:
        """What the text calls the actor where it names them in full, in its own words; "" where it does not."""
        return " ".join(actor.role.split())

    def add(self, name: str, kind: str) -> int:
        """An actor that has no name of its own: "a ministry spokesman"."""
        number = self._by_name.get(_plain(name), -1)
        if number < 0:
            number = self._by_name[_plain(name)] = len(self.actors)
            self.actors.append(Actor(name, kind, number))
        return number


_ROLE_ENDS = frozenset("who which whose said says told added . ; : ( ) — – -- -".split())


def _role(text: str, sentence: Sentence, name: Name) -> str:
    """What this sentence calls the person at this name, in its own words: the title before it, or what stands behind a comma."""
    size = len(sentence)
    if (
        name.last < size
        and sentence[name.last].text == "of"
        and name.title
        and name.last + 1 < size
        and sentence[name.last + 1].text in NATIONS
    ):
        return f"{name.title} of {sentence[name.last + 1].text}"
    if (
        name.last + 1 < size
        and sentence[name.last].text == ","
        and (sentence[name.last + 1].text.lower() in ("a", "an", "the", "former") or sentence[name.last + 1].text in PEOPLE)
    ):
        last = name.last + 1
        while (
            last < size
            and last < name.last + 16
            and sentence[last].text not in _ROLE_ENDS
            and sentence[last].text != ","
            and sentence[last].quote < 0
        ):
            last += 1
        words = [token.text.lower() for token in sentence[name.last + 1 : last]]
        if last < size and any(word in PEOPLE for word in words):
            first = name.last + 1 + (words[0] in ("a", "an", "the"))
            return text[sentence[first].start : sentence[last - 1].end]
    first = name.first
    if first and sentence[first - 1].text == "," and first > 1:
        first -= 1
    while first > 0 and sentence[first - 1].word and sentence[first - 1].quote < 0 and name.first - first < 8:
        token = sentence[first - 1]
        if not (
            token.capital
            or token.text in PEOPLE
            or token.text
            in (
                "of",
                "human",
                "rights",
                "press",
                "prime",
                "national",
                "security",
                "former",
                "vice",
                "deputy",
                "senior",
                "chief",
                "campaign",
            )
        ):
            break
        first -= 1
    while first < name.first and (
        sentence[first].text.lower() in ("of", "the", "human", "rights", "and")
        or sentence[first].text.lower() in NO_NAMES
        or not sentence[first].word
    ):
        first += 1
    before = [token for token in sentence[first : name.first] if token.word]
    telling = [token.text.rstrip(".").lower() for token in before]
    if not any(word in PEOPLE or word.capitalize() in TITLES for word in telling) or all(word in _COURTESY for word in telling):
        return ""
    return text[before[0].start : before[-1].end]


_COURTESY = frozenset("mr mrs ms miss dr sir lord lady dame".split())


def _plain(name: str) -> str:
    """The name without its accents: Türk and Turk are one."""
    if name.isascii():
        return name
    return "".join(character for character in unicodedata.normalize("NFKD", name) if not unicodedata.combining(character))


def _headline(sentence: Sentence) -> bool:
    """Nearly every word begins with a capital: what is a name there cannot be told."""
    words = [token for token in sentence if token.word and len(token.text) > 3]
    if any(token.quote >= 0 or token.text in SAY for token in sentence):
        return False
    return len(words) >= 5 and sum(token.capital for token in words) >= 0.8 * len(words)


_LONG = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "prof": "professor",
    "rev": "reverend",
    "dr": "doctor",
}


def _same_first(one: Sequence[str], other: Sequence[str]) -> bool:
    """Donald J. Trump and Donald Trump; not Donald and Melania."""
    first, second = one[0].rstrip(".").lower(), other[0].rstrip(".").lower()
    middle, another = [word[0] for word in one[1:-1]], [word[0] for word in other[1:-1]]
    if middle and another and middle != another:
        return False
    return first == second or (len(first) == 1 and second.startswith(first)) or (len(second) == 1 and first.startswith(second)) or (
        _SHORT.get(first, first) == _SHORT.get(second, second)
    )  # fmt: skip


_SHORT = dict(
    pair.split("=")
    for pair in "bernie=bernard ted=edward mike=michael joe=joseph jim=james bill=william bob=robert tom=thomas chris=christopher dave=david dan=daniel "
    "rick=richard dick=richard rich=richard steve=steven stephen=steven jeff=jeffrey matt=matthew ben=benjamin nick=nicholas ken=kenneth greg=gregory pat=patrick "
    "tim=timothy tony=anthony sam=samuel ron=ronald don=donald ed=edward al=albert andy=andrew charlie=charles chuck=charles larry=lawrence jerry=gerald "
    "liz=elizabeth beth=elizabeth kate=katherine katie=katherine kathy=katherine debbie=deborah sue=susan jen=jennifer jenny=jennifer becky=rebecca vicky=victoria "
    "alex=alexander josh=joshua zach=zachary doug=douglas phil=philip ray=raymond rob=robert jon=jonathan tim=timothy rudy=rudolph newt=newton mitt=willard".split()
)


_NO_GIVEN = frozenset(
    "New Los San Las North South West East Via World Middle Great Social Federal Strategic Disease Rescue Upper Lower Central National American European Build Inflation "
    "Student Health Climate Clean Child Medicare Small Homeland Foreign Civil Human Public Private Rose Oval Situation Roosevelt Press Cold Civil Gulf Black Supreme".split()
)
"""No given names, though two capital words begin with them: New York, Rescue Plan."""
_PLACES = frozenset(
    "City County River Island Islands Beach Bay Lake Mount Mountain Valley Heights Hills Park Avenue Boulevard Square Airport Sea Ocean Coast Gulf".split()
)


def kind_of(words: Sequence[str], title: str, behind: set[str]) -> str:
    """What sort of actor these words name; "" where they do not tell. `behind`: the words that stand before the name."""
    full = " ".join(words)
    if full in NATIONS or (len(words) == 1 and words[0] in SEATS):
        return "state"
    if full in HOUSES:
        return (
            "organization"
            if full in ("NATO", "European Union", "EU", "E.U.", "UN", "U.N.", "United Nations", "African Union", "Arab League")
            else "public-body"
        )
    last = words[-1]
    if last in FIRMS:
        return "company"
    if title and len(words) <= 3 and last not in BODY_HEADS:
        return "person"
    if any(word in ("of", "for", "&") for word in words) or last in BODY_HEADS or (words[0] in ("USS", "HMS")):
        return "public-body" if any(word in PUBLIC for word in words) else "organization"
    if words[0].startswith("@"):
        return "person"
    first = words[0].rstrip(".").lower()
    if words[0] in _NO_GIVEN:
        return ""
    if last.rstrip("s") in PARTIES:
        return "group"
    if last in _PLACES:
        return "place"
    if len(words) == 3 and words[1].lower() in MALE | FEMALE and first not in MALE | FEMALE and len(first) > 1:
        return ""
    if len(words) == 2 and words[0].isupper() and len(words[0]) == 2:
        return ""
    if any("-" in word and word.rpartition("-")[2].islower() for word in words) or words[0] in ("Team", "Camp"):
        return ""
    if (first in MALE or first in FEMALE or (len(words) > 1 and len(first) == 1)) and not (len(words) > 1 and last in SEATS):
        return "person"
    if len(words) == 1:
        return "organization" if (last.isupper() and len(last) > 1) or "." in last[:-1] else ""
    if behind & {"the", "in", "at", "a", "an"} or any(word.isupper() and len(word) > 2 for word in words):
        return ""
    return "person" if len(words) in (2, 3) and not any(word in DEMONYMS for word in words) else ""
