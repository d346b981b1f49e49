"""Who is named: capitalised names in running text, gathered into actors, one for all the names that it goes by.

A surname is the person of that surname whom the text has named in full, nearest before it; two of one surname are two
actors, and a bare surname between them is told apart by Mr and Mrs, or not at all.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tui.drafting.language import ENGLISH
from tui.drafting.names import Name, names_in
from tui.drafting.roles import is_somebody, is_term, kind_of, role_of
from tui.drafting.sentences import Sentence
from tui.drafting.states import NATIONS, SEATS
from tui.drafting.words import GIVEN, SAY

MOST_NAMESAKES = 40
"""Of so many people who share a surname or a role is one looked for."""

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


class Counts(dict[str, int]):
    """How often each is said. (A Counter takes five times as long to make, and every actor has two.)"""

    __slots__ = ()

    def __missing__(self, word: str) -> int:
        return 0


@dataclass
class Actor:
    """One of the text's actors, and every string that it goes by."""

    name: str
    kind: str
    number: int
    names: Counts = field(default_factory=Counts)
    at: list[int] = field(default_factory=list)
    gender: str = ""
    """"m", "f" or "" where the text and the first name tell nothing."""
    roles: Counts = field(default_factory=Counts)
    role: str = ""
    likely: bool = True
    """False where nothing but two capital letters tells that this is a person."""

    def is_titled(self, titles: Iterable[str]) -> None:
        """Somewhere these stand before the name."""
        for title in titles:
            word = title.rstrip(".").lower()
            self.roles[ENGLISH.full_titles.get(word, word)] += 1

    @property
    def surname(self) -> str:
        words = [word for word in self.name.split() if word not in ENGLISH.name_suffixes]
        return words[-1].rstrip(",") if words else ""


def last_before(places: Sequence[int], at: int) -> int:
    """Return the last of these ordered places before this one; -1 for none."""
    found = bisect_left(places, at)
    return places[found - 1] if found else -1


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
        self._full_at: dict[int, list[int]] = defaultdict(list)
        self._names: dict[int, list[tuple[Name, int]]] = {}
        written: set[str] = set()
        written.update(*(sentence.text for sentences in paragraphs for sentence in sentences))
        self._written = written.union(*(sentence.text for sentence in (*inside, *spoken)))
        every = self._named(paragraphs, written)
        self._within = {id(sentence): names_in(sentence) for sentence in (*inside, *spoken)}
        within = [(sentence, name) for sentence in (*inside, *spoken) for name in self._within[id(sentence)]]
        self._take_all(every, within)
        for sentence, name in every:
            number = self.who(name, sentence.start[name.first])
            if number >= 0:
                self._mention(self.actors[number], sentence, name)
        for sentence in spoken:
            for name in self._within[id(sentence)]:
                number = -1 if name.first == 0 and len(name.words) == 1 else self.who(name, sentence.start[name.first])
                if number >= 0:
                    self.actors[number].at.append(sentence.start[name.first])
                    self.actors[number].names[self.text[sentence.start[name.first] : sentence.end_of(name.last - 1)]] += 1
                    self.actors[number].is_titled(sentence.text[name.whole : name.first])
        self._weigh()
        for short in ENGLISH.short_unions:
            long = ENGLISH.full_unions[short]
            if short in self._by_name and long in self._by_name and self._by_name[short] != self._by_name[long]:
                self._join(self._by_name[long], self._by_name[short])

    def _named(self, paragraphs: Sequence[Sequence[Sentence]], written: set[str]) -> list[tuple[Sentence, Name]]:
        """Return the names outside of quotations. Those of headlines count if the text has a part of them elsewhere."""
        every: list[tuple[Sentence, Name]] = []
        late: list[tuple[Sentence, Name]] = []
        for number, sentences in enumerate(paragraphs):
            for sentence in sentences:
                headline = (number == 0 or sentence.text[-1] not in (".", "!", "?")) and _headline(sentence)
                for name in names_in(sentence):
                    if headline:
                        late.append((sentence, name))
                        continue
                    every.append((sentence, name))
        parts = {word for _, name in every if len(name.words) > 1 for word in name.words}
        every = [
            (sentence, name) for sentence, name in every
            if not (len(name.words) == 1 and name.words[0].rstrip(".") in ENGLISH.titles and name.words[0] not in parts)  # a Mr. Baron, no baron
            and not (name.first == 0 and len(name.words) == 1 and name.words[0] not in parts and self._common(name, written))
        ]  # fmt: skip
        for sentence, name in every:
            if name.whole:
                self._behind[" ".join(name.words)].add(sentence.low[name.whole - 1])
        self._speaking = {name.words[-1] for sentence, name in every if _speaks(sentence, name)}
        self._pairs = {" ".join(name.words) for _, name in every if len(name.words) == 2}
        known_words = {word for _, name in every for word in name.words}
        return every + [(sentence, name) for sentence, name in late if len(name.words) == 1 and name.words[0] in known_words]

    def _take_all(self, every: Sequence[tuple[Sentence, Name]], within: Sequence[tuple[Sentence, Name]]) -> None:
        """Make the actors: first of the longest names, then of single words outside of quotations."""
        for sentence, name in sorted((*every, *within), key=lambda each: -len(each[1].words)):
            if len(name.words) > 1:
                self._take(sentence, name)
        for sentence, name in every:
            if len(name.words) == 1:
                self._take(sentence, name)
        for sentence, name in every:
            if len(name.words) > 1:
                self._full_at[self._by_name.get(_parts(name.words)[2], -1)].append(sentence.start[name.first])
        for places in self._full_at.values():
            places.sort()

    def _mention(self, actor: Actor, sentence: Sentence, name: Name) -> None:
        """Add a mention to an actor, and what it tells about the actor's gender, kind and role."""
        insort(actor.at, sentence.start[name.first])
        actor.names[self.text[sentence.start[name.first] : sentence.end_of(name.last - 1)]] += 1
        self._names.setdefault(id(sentence), []).append((name, actor.number))
        title = name.title.lower()
        if title in ENGLISH.masculine_nouns:
            actor.gender = "m"
        elif title in ENGLISH.feminine_nouns:
            actor.gender = "f"
        actor.is_titled(sentence.text[name.whole : name.first])
        if actor.kind in ("", "organization") and len(actor.name.split()) == 1 and is_somebody(sentence, name):
            actor.kind = "person"
        if actor.kind == "person" and not actor.role:
            actor.role = role_of(self.text, sentence, name)
        if actor.kind == "person" and not actor.gender and name.whole:
            word = sentence.low[name.whole - 1 - (sentence.text[name.whole - 1] == "," and name.whole > 1)]
            actor.gender = (
                "m" if word in ENGLISH.masculine_nouns else "f" if word in ENGLISH.feminine_nouns else ""
            )  # “her son, …”

    def _weigh(self) -> None:
        """Decide which actors are likely, and index people by their roles."""
        for actor in self.actors:
            actor.likely = (
                actor.likely
                or bool(actor.role)
                or (actor.surname in actor.names and not self._behind[actor.surname] & ENGLISH.before_common_nouns)
            )
            actor.at.sort()
            for word in _WORD.findall(actor.role.lower()) if actor.role else ():
                actor.roles[word] += 1
        self._people = sorted((actor.at[0], actor.number) for actor in self.actors if actor.kind == "person" and actor.at)
        self._by_role: dict[str, list[tuple[int, int]]] = {}
        for first, number in self._people:
            for role in self.actors[number].roles:
                self._by_role.setdefault(role, []).append((first, number))

    def named_within(self, sentence: Sentence) -> list[Name]:
        """Return the names of a sentence that stands in marks or is spoken in a turn."""
        return self._within[id(sentence)]

    def _join(self, one: int, other: int) -> None:
        """Let the second actor be another name of the first."""
        kept, gone = self.actors[one], self.actors[other]
        for name, times in gone.names.items():
            kept.names[name] += times
        kept.at = sorted((*kept.at, *gone.at))
        gone.at, gone.kind = [], ""
        for name in [name for name, number in self._by_name.items() if number == other]:
            self._by_name[name] = one
        for key, named in self._names.items():
            self._names[key] = [(name, one if number == other else number) for name, number in named]

    def is_word(self, number: int) -> bool:
        """Tell whether nothing but its capital tells that an actor of one word is any."""
        actor = self.actors[number]
        return not actor.kind and " " not in actor.name and is_term(actor.name, self._written)

    def _common(self, name: Name, written: set[str]) -> bool:
        word = name.words[0]
        low = word.lower()
        return (
            (low != word and low in written)  # of a letter without a small form, it would be itself that was written
            or low in ENGLISH.common_openers
            or low in ENGLISH.person_nouns
            or low.rstrip("s") in ENGLISH.person_nouns
            or (
                low.endswith(ENGLISH.participle_and_adverb_endings)
                and low not in ENGLISH.male_given_names
                and low not in ENGLISH.female_given_names
            )
        )

    def _take(self, sentence: Sentence, name: Name) -> None:
        words, full, key = _parts(name.words)
        if key in self._by_name or not words:
            return
        somebody = words[-1] in self._speaking or is_somebody(sentence, name)
        kind = kind_of(words, name.title, self._behind[full], self._written, somebody)
        if len(words) == 1:
            state = (full in NATIONS or full in SEATS) and bool(self._behind[full] & ENGLISH.before_states)
            if (self._by_last.get(key) or self._by_first.get(key)) and not state:
                if not self._of_other_gender(name, key):
                    return
                full, key = f"{name.title} {full}", f"{name.title} {key}"
                if key in self._by_name:
                    return
        elif kind == "person":
            behind = sentence.text[name.last] if name.last < sentence.size else ""
            if name.title and words[-1].endswith(ENGLISH.gerund_ending) and behind in ENGLISH.articles:
                return  # a headline that goes on: “Governor Roe Marking the Opening”
            if key in self._by_last:
                return  # Al Mansour, after Khaled Al Mansour
            if " ".join(words[:-1]) in self._pairs and is_term(words[-1], self._written):
                return  # a headline that goes on: “Jane Roe Sides With …”
            for number in self._by_last.get(_plain(words[-1]), [])[:MOST_NAMESAKES]:
                other = self.actors[number]
                if other.kind == "person" and _same_first(_plain(other.name).split(), key.split()):
                    self._by_name[key] = number
                    return
        number = len(self.actors)
        actor = Actor(full, kind, number)
        if kind == "person":
            first = words[0].lower().rstrip(".")
            actor.likely = bool(name.title) or first in ENGLISH.male_given_names or first in ENGLISH.female_given_names
            actor.gender = (
                "m"
                if first in ENGLISH.male_given_names and first not in ENGLISH.female_given_names
                else "f"
                if first in ENGLISH.female_given_names and first not in ENGLISH.male_given_names
                else ""
            )
            if len(words) == 1:
                actor.gender = ""
        self.actors.append(actor)
        self._by_name[key] = number
        if len(words) > 1 and kind == "person":
            self._by_last[_plain(words[-1])].append(number)
            for at in range(1, len(words) - 1):
                if words[at].lower() in ENGLISH.name_particles or (at >= 1 and len(words[at]) > 2):
                    self._by_last.setdefault(_plain(" ".join(words[at:])), []).append(number)
            self._by_first[_plain(words[0])].append(number)
        elif len(words) > 1:
            letters = "".join(word[0] for word in words if word[0].isupper())
            if len(letters) > 2:
                self._by_name.setdefault(letters, number)
                self._by_name.setdefault(".".join(letters) + ".", number)

    def _of_other_gender(self, name: Name, key: str) -> bool:
        """Tell whether a title says that none of the people with this surname is meant: Mr Roe is not Jane Roe."""
        title = name.title.lower()
        other = "f" if title in ENGLISH.masculine_nouns else "m" if title in ENGLISH.feminine_nouns else ""
        known = self._by_last.get(key, [])
        return bool(other and known) and all(self.actors[number].gender == other for number in known)

    def who(self, name: Name, at: int) -> int:
        """Return the actor that a name at this offset means, or -1."""
        words, _, full = _parts(name.words)
        if name.title and (own := self._by_name.get(f"{name.title} {full}", -1)) >= 0:
            return own
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
            number for number in numbers[:MOST_NAMESAKES]
            if not (title in ENGLISH.masculine_nouns and self.actors[number].gender == "f") and not (title in ENGLISH.feminine_nouns and self.actors[number].gender == "m")
        ]  # fmt: skip
        fits = fits or list(numbers[:MOST_NAMESAKES])
        recent = [number for number in fits if last_before(self._full_at[number], at) > at - 400]
        fits = [number for number in fits if self.actors[number].likely] or fits
        familiar = [number for number in fits if not self.actors[number].names[self.actors[number].name.split()[0]]]
        fits = familiar or fits
        count = {number: len(self._full_at[number]) * 2 + sum(self.actors[number].names.values()) for number in fits}
        best = max(fits, key=lambda number: (count[number], -number))
        nearer = len(recent) == 1 and recent[0] != best and self._full_at[recent[0]][-1] <= at
        if nearer and last_before(self._full_at[recent[0]], at) > last_before(self.actors[best].at, at):
            return recent[0]
        return best

    def called(self, heads: Iterable[str], before: int) -> list[int]:
        """The people whom the text calls one of these and has named before this offset; of very many, those named last."""
        fits: dict[int, None] = {}
        for head in heads:
            named = self._by_role.get(head, [])
            last = bisect_left(named, (before, -1))
            fits.update(dict.fromkeys(number for _, number in named[max(0, last - MOST_NAMESAKES) : last]))
        return sorted(fits)

    def alone(self, before: int) -> Actor | None:
        """Return the only person named before this offset, if there is one."""
        if len(self._people) == 1 or (len(self._people) > 1 and self._people[1][0] >= before):
            first, number = self._people[0]
            return self.actors[number] if first < before else None
        return None

    def of(self, sentence: Sentence) -> list[tuple[Name, int]]:
        """Return the names of a sentence with their actors, in order."""
        return self._names.get(id(sentence), [])

    def named(self, full: str) -> int:
        """The actor that goes by these words, or whose surname they are, which in East Asia is the first word; -1 for none, or for
        two."""
        full = _plain(full)
        number = self._by_name.get(full, -1)
        if number >= 0:
            return number
        known = self._by_last.get(full, [])
        if not known and full.lower() not in GIVEN:
            known = self._by_first.get(full, [])
        return known[0] if len(known) == 1 else -1

    def role(self, actor: Actor) -> str:
        """What the text calls the actor where it names them in full, in its own words; "" where it does not."""
        return " ".join(actor.role.split())

    def add_another(self, name: str, kind: str) -> int:
        """Add an actor whom an indefinite description tells from all others: one passenger, and then one passenger."""
        number = len(self.actors)
        self._by_name.setdefault(_plain(name), number)
        self.actors.append(Actor(name, kind, number))
        return number

    def add(self, name: str, kind: str) -> int:
        """An actor that has no name of its own: "a ministry spokesman"."""
        number = self._by_name.get(_plain(name), -1)
        if number < 0:
            number = self._by_name[_plain(name)] = len(self.actors)
            self.actors.append(Actor(name, kind, number))
        return number


@lru_cache(maxsize=4096)
def _parts(name: tuple[str, ...]) -> tuple[list[str], str, str]:
    """Return the words of a name without what only tells generations apart, these as written, and without accents."""
    words = [word for word in name if word not in ENGLISH.name_suffixes and word != ","]
    full = " ".join(words)
    return words, full, _plain(full)


def _plain(name: str) -> str:
    """Return the name without its accents: Türk and Turk are one."""
    if name.isascii():
        return name
    return "".join(character for character in unicodedata.normalize("NFKD", name) if not unicodedata.combining(character))


def _speaks(sentence: Sentence, name: Name) -> bool:
    """Tell whether a verb of saying stands right beside the name."""
    before = sentence.text[name.whole - 1] if name.whole else ""
    return before in SAY or (name.last < sentence.size and sentence.text[name.last] in SAY)


def _headline(sentence: Sentence) -> bool:
    """Nearly every word begins with a capital: what is a name there cannot be told."""
    if sentence.marked or not SAY.isdisjoint(sentence.text):
        return False
    capitals = [
        capital for text, word, capital in zip(sentence.text, sentence.word, sentence.capital) if word and len(text) > 3
    ]
    return len(capitals) >= 5 and sum(capitals) >= 0.8 * len(capitals)


def _same_first(one: Sequence[str], other: Sequence[str]) -> bool:
    """Donald J. Trump and Donald Trump; not Donald and Melania."""
    first, second = one[0].rstrip(".").lower(), other[0].rstrip(".").lower()
    middle, another = [word[0] for word in one[1:-1]], [word[0] for word in other[1:-1]]
    if middle and another and middle != another:
        return False
    return first == second or (len(first) == 1 and second.startswith(first)) or (len(second) == 1 and first.startswith(second)) or (
        ENGLISH.full_given_names.get(first, first) == ENGLISH.full_given_names.get(second, second)
    )  # fmt: skip
