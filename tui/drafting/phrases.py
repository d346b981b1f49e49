"""Noun phrases without a parser: who or what a run of tokens names, describes or stands for.

A phrase is read from its last word backwards (before a verb) or from its first word on (behind a quote). Its head is a name, a
pronoun, or a noun that is in the vocabulary of people and bodies; any other noun counts only where a verb of speech stands
beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tui.briefing.record import NamedTuple
from tui.drafting.actors import Register
from tui.drafting.language import ENGLISH
from tui.drafting.names import Name
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS
from tui.drafting.words import PRONOUNS, SAY, STOPS, TIMES

_ENDS = (STOPS - ENGLISH.determiners) | ENGLISH.adverbs
_NO_NOUNS = STOPS | ENGLISH.adverbs | (SAY - ENGLISH.reporting_nouns)
_BEFORE_NONE = STOPS | ENGLISH.adverbs | (SAY - ENGLISH.person_nouns - ENGLISH.body_nouns)
_NOT_LED = STOPS | SAY | ENGLISH.question_words
BEGINS_NONE = (
    (ENGLISH.prepositions | ENGLISH.conjunctions | ENGLISH.auxiliaries | ENGLISH.adverbs)
    - ENGLISH.subject_pronouns
    - ENGLISH.approximating_words
) | ENGLISH.relative_pronouns
"""No noun phrase begins with these, unless a name does."""


class Mention(NamedTuple):
    """Words that name, describe or stand for somebody. `first` and `last`: places in the sentence's tokens, exclusive."""

    sentence: int
    first: int
    last: int
    kind: str
    """"name", "pronoun" or "nominal"."""
    actor: int = -1
    head: str = ""
    """Of a nominal, its noun; of a pronoun, itself."""


class Phrases:
    """The noun phrases of a text's sentences. Places are those of a sentence's tokens."""

    def __init__(self, text: str, sentences: Sequence[Sentence], register: Register) -> None:
        self.text, self.sentences, self.register = text, sentences, register
        self.names: list[dict[int, tuple[Name, int]]] = []
        """Of each sentence, its names by the place behind them, and (`wholes`) by that of the first title before them."""
        self.wholes: list[dict[int, tuple[Name, int]]] = []
        self._ends: list[dict[int, int]] = []
        self._starting: list[dict[int, Mention | None]] = [{} for _ in sentences]
        for sentence in sentences:
            named = register.of(sentence)
            if not named:
                self.names.append({})
                self.wholes.append({})
                self._ends.append({})
                continue
            self.names.append({name.last: (name, actor) for name, actor in named})
            self.wholes.append({name.whole: (name, actor) for name, actor in named})
            self._ends.append({name.first: name.last - 1 for name, _ in named})

    def ending_at(self, number: int, end: int) -> Mention | None:
        """The noun phrase whose last token stands before `end`; of a description in apposition, the name that it is of."""
        found = self._ending_at(number, end)
        sentence = self.sentences[number]
        if found is None or found.kind != "nominal":
            return found
        at = found.first
        while at > 0 and sentence.text[at - 1] in ENGLISH.between_name_and_noun:
            at -= 1
        if at > 1 and sentence.text[at - 1] == "," and not sentence.possessive[at - 2]:
            named = self.names[number].get(at - 1)
            if named and self.register.actors[named[1]].kind in ("person", ""):
                name = Mention(number, named[0].first, named[0].last, "name", named[1])
                if not (
                    end < sentence.size
                    and sentence.word[end]
                    and (self.led_in_to(number, name) or self.opens_with_clause(number))
                ):  # no “In an email to Roe, the officer”
                    return name
        return found

    def _ending_at(self, number: int, end: int) -> Mention | None:
        sentence = self.sentences[number]
        if end <= 0:
            return None
        named = self.names[number].get(end)
        if named:
            name, actor = named
            if sentence.possessive[end - 1]:
                return None
            of = self._head_before(number, name.whole)
            if of:
                return of
            if name.whole > 3 and sentence.text[name.whole - 1] == ",":  # “Roe of Columbia, South Carolina”
                town = self.names[number].get(name.whole - 1)
                home = (
                    self.names[number].get(town[0].whole - 1)
                    if town and sentence.text[town[0].whole - 1] in ENGLISH.origin_prepositions
                    else None
                )
                if home and self.register.actors[home[1]].kind == "person":
                    return Mention(number, home[0].first, home[0].last, "name", home[1])
            return Mention(number, name.first, name.last, "name", actor)
        low = sentence.low[end - 1]
        if not sentence.word[end - 1]:
            return None
        if low in ENGLISH.subject_pronouns:
            if low in ENGLISH.relative_pronouns and end >= 2:
                before = self.ending_at(number, end - 2 if sentence.text[end - 2] == "," else end - 1)
                if before and low != ENGLISH.complementizer:
                    return before
                if low == ENGLISH.complementizer:
                    return None
            return Mention(number, end - 1, end, "pronoun", head=low)
        if low in PRONOUNS or low in STOPS or low in ENGLISH.adverbs or sentence.text[end - 1] in TIMES:
            return None
        return self._nominal(number, end)

    def opens_with_clause(self, number: int) -> bool:
        first = self.sentences[number].low[0]
        return (
            first in ENGLISH.conjunctions
            or first in ENGLISH.prepositions
            or (first.endswith(ENGLISH.participle_endings) and not self.wholes[number].get(0))
        )

    def _head_before(self, number: int, at: int) -> Mention | None:
        """“a spokesman for the Trump campaign”: the noun that a preposition before a name hangs on, where it is a person or a
        body; `at` is where the name begins."""
        sentence = self.sentences[number]
        if at >= 3:
            by = at - 1 - (sentence.low[at - 1] in ENGLISH.determiners)
            if (
                sentence.text[by] == ENGLISH.agent_preposition
                and sentence.text[by - 1].endswith(ENGLISH.past_participle_endings)
                and sentence.text[by - 1].islower()
            ):
                return self.ending_at(number, by - 1)
        place = at - 1
        while place >= 0 and (
            sentence.low[place] in ENGLISH.determiners or (sentence.text[place].islower() and sentence.text[place] not in STOPS)
        ):
            if place < at - 4:
                return None
            place -= 1
        if place >= 1 and sentence.text[place] in ENGLISH.attaching_prepositions:
            outer = self.names[number].get(place)
            if (
                outer
                and self.register.actors[outer[1]].kind == "person"
                and not sentence.possessive[place - 1]
                and sentence.text[place] in ENGLISH.naming_prepositions
            ):
                return Mention(number, outer[0].first, outer[0].last, "name", outer[1])
            place = self._before_links(sentence, place)
            noun = sentence.low[place - 1]
            if person_or_body(noun) and not sentence.possessive[place - 1]:
                head = self.ending_at(number, place)
                if head and head.kind != "pronoun":
                    return head
        return None

    @staticmethod
    def _before_links(sentence: Sentence, at: int) -> int:
        """Back over what joins a preposition at this token to a noun: “an official familiar with”, “an agent working for”."""
        while at >= 2 and (
            sentence.text[at - 1] in ENGLISH.linking_adjectives
            or (sentence.text[at - 1].endswith(ENGLISH.participle_endings) and sentence.text[at - 1].islower())
        ):
            at -= 1
        return at

    def _nominal(self, number: int, end: int) -> Mention | None:
        sentence = self.sentences[number]
        first = _start_of_nominal(sentence, end)
        head = sentence.text[end - 1]
        if first >= 1 and sentence.text[first - 1] in ENGLISH.nested_prepositions and first >= 2:
            cut = first - 1
            named = self.names[number].get(cut)
            if (
                named
                and not sentence.possessive[cut - 1]
                and sentence.text[cut] in ENGLISH.cutting_prepositions
                and self.register.actors[named[1]].kind in ("person", "")
            ):
                return Mention(number, named[0].first, named[0].last, "name", named[1])
            cut = self._before_links(sentence, cut)
            outer = sentence.low[cut - 1]
            if person_or_body(outer):
                whole = self.ending_at(number, cut)
                if whole and whole.kind != "pronoun":
                    return whole
        low = head.lower()
        if (
            first > 2
            and sentence.text[first - 1] == ENGLISH.coordinator
            and person_or_body(sentence.text[first - 2])
            and sentence.low[first] not in ENGLISH.determiners
        ):
            one = self._nominal(number, first - 1)  # “the front-runner and former secretary”, with one article, is one person
            if one and one.kind == "nominal" and sentence.low[one.first] in ENGLISH.articles and not low.endswith("s"):
                return one._replace(last=end)
        if low in ENGLISH.small_groups and sentence.low[end - 2] == ENGLISH.definite_article and end >= 2:
            return Mention(number, end - 2, end, "nominal", head=low)
        if low in ENGLISH.indefinite_pronouns or low in ENGLISH.determiners:
            return None
        if not (
            person_or_body(low)
            or (
                sentence.low[first] in ENGLISH.determiners
                and end - first > 1
                and not low.endswith(ENGLISH.superlative_and_ing_endings)
                and low not in ENGLISH.thing_nouns
            )
        ):
            return None
        return Mention(number, first, end, "nominal", head=low)

    def starting_at(self, number: int, at: int) -> Mention | None:
        """Return the noun phrase that begins with this token."""
        known = self._starting[number]
        if at not in known:
            known[at] = self._starting_at(number, at)
        return known[at]

    def _starting_at(self, number: int, at: int) -> Mention | None:
        sentence = self.sentences[number]
        size = sentence.size
        if at >= size or not sentence.word[at]:
            return None
        low = sentence.low[at]
        if low in ENGLISH.subject_pronouns:
            return None if low in ENGLISH.relative_pronouns else Mention(number, at, at + 1, "pronoun", head=low)
        names = self.wholes[number]
        if low in ENGLISH.approximating_words and at + 1 < size and sentence.text[at + 1][0].isdigit():
            return self.starting_at(number, at + 1)
        if at not in names and (
            low in BEGINS_NONE
            or low in ENGLISH.approximating_words
            or sentence.text[at] in TIMES
            or low.endswith(ENGLISH.adverb_ending)
        ):
            return None
        best: Mention | None = None
        owner = False
        place = at
        texts, lows, words = sentence.text, sentence.low, sentence.word
        last = min(size, at + 14)
        while place < last:
            word = lows[place]
            if not words[place]:
                if word in ("-", "‑"):
                    place += 1
                    continue
                break
            if place in names:
                name, actor = names[place]
                fits = (
                    best is None
                    or owner
                    or (best.kind == "nominal" and best.last == place)
                    or (best.kind == "name" and (best.last == place or texts[place - 1].islower()))
                )
                if not fits:
                    break
                owner = sentence.possessive[name.last - 1]
                best = Mention(number, name.first, name.last, "name", actor)
                place = name.last
                continue
            this = texts[place]
            if word in _ENDS or this in TIMES or (
                place > at and sentence.capital[place] and this not in ENGLISH.parties and this not in DEMONYMS
            ):  # fmt: skip
                break
            if place > at and word in SAY and word not in ENGLISH.reporting_nouns and not person_or_body(word):
                break
            if word in ENGLISH.determiners:
                if best is not None:
                    break
            elif person_or_body(word):
                best = Mention(number, at, place + 1, "nominal", head=word)
                owner = sentence.possessive[place]
            elif (
                best is not None
                and not owner
                and (
                    (best.kind == "nominal" and not ((best.head in ENGLISH.describing_person_nouns or best.head in ENGLISH.body_nouns) and self.noun_follows(number, place)))
                    or not this.islower()
                    or not self.noun_follows(number, place)
                )
            ):  # fmt: skip
                break
            place += 1
        if best is None or (owner and best.kind == "name"):
            return None
        if best.kind == "nominal" and best.last + 1 in names and sentence.text[best.last] == ENGLISH.naming_participle:
            name, actor = names[best.last + 1]
            return Mention(number, name.first, name.last, "name", actor)
        return best

    def thing_at(self, number: int, at: int) -> Mention | None:
        """A noun phrase of any noun: “a scripted message”, “one of those advisers”. Only a verb of speech beside a quote tells
        that it is a source."""
        sentence = self.sentences[number]
        if at >= sentence.size or sentence.low[at] not in ENGLISH.determiners:
            return None
        last = at + 1
        while last < sentence.size and sentence.word[last] and last < at + 6:
            low = sentence.low[last]
            if low == ENGLISH.genitive_preposition and last == at + 1:
                inner = self.starting_at(number, last + 1)
                return Mention(number, at, inner.last, "nominal", head=inner.head or low) if inner else None
            if low in _ENDS or (low in SAY and low not in ENGLISH.reporting_nouns):
                break
            if (
                low.endswith(ENGLISH.past_ending)
                and last > at + 1
                and not sentence.text[last - 1].endswith(ENGLISH.adverb_ending)
            ):
                break
            last += 1
        return Mention(number, at, last, "nominal", head=sentence.low[last - 1]) if last > at + 1 else None

    def wider(self, number: int, at: int, found: Mention) -> Mention:
        """“a Pentagon readout”, “one Roe confidant”: the noun that a name only describes."""
        thing = self.thing_at(number, at) if found.kind == "name" else None
        return thing if thing and thing.last > found.last and self.sentences[number].text[thing.last - 1].islower() else found

    def noun_follows(self, number: int, at: int) -> bool:
        """Tell whether a noun for people stands within three words: “Idaho nutritional-supplement executive”."""
        sentence = self.sentences[number]
        if (
            sentence.text[at].islower()
            and sentence.text[at].endswith("s")
            and sentence.text[at] not in ENGLISH.describing_plurals
            and not person_or_body(sentence.text[at])
        ):
            return False  # “Roe supports Democrat Jane Doe”
        for low, word in zip(sentence.low[at : at + 4], sentence.word[at : at + 4]):
            if not word or low in _NO_NOUNS or low.endswith(ENGLISH.past_ending):
                return False
            if person_or_body(low):
                return True
        return False

    def named_behind(self, number: int, mention: Mention | None) -> Mention | None:
        """“said the bureau’s director, James B. Comey”: the name that a description is at once given."""
        sentence = self.sentences[number]
        if mention is None or mention.kind != "nominal":
            return mention
        at = mention.last
        if at < sentence.size and sentence.text[at] in ENGLISH.aside_prepositions:  # “the ambassador at the time, Jane Roe”
            while (
                at < min(sentence.size, mention.last + 5)
                and sentence.word[at]
                and sentence.quote[at] < 0
                and sentence.text[at] not in SAY
            ):
                at += 1
        if at + 1 < sentence.size and sentence.text[at] in (",", "--", "—", "–"):
            for name, actor in self.register.of(sentence):
                if (
                    name.whole == at + 1
                    and not sentence.possessive[name.last - 1]
                    and self.register.actors[actor].kind in ("person", "")
                ):
                    return Mention(number, name.first, name.last, "name", actor)
        return mention

    def governed(self, number: int, mention: Mention) -> bool:
        """Tell whether a preposition stands right before it, so that it is no subject: “in a statement”."""
        sentence = self.sentences[number]
        at = mention.first
        if mention.kind == "name":
            at = next((whole for whole, (name, _) in self.wholes[number].items() if name.first == mention.first), at)
            at -= at > 0 and sentence.low[at - 1] in ENGLISH.articles
        return at > 1 and sentence.low[at - 1] in ENGLISH.prepositions and sentence.low[at - 1] not in ENGLISH.conjunctions

    def led_in_to(self, number: int, mention: Mention) -> bool:
        """Tell whether a preposition governs it: “In a statement to Reuters, …”."""
        sentence = self.sentences[number]
        at = mention.first - 1
        if mention.kind == "name":
            whole = next((name.whole for name, _ in self.register.of(sentence) if name.first == mention.first), mention.first)
            at = whole - 1
        return self.led_in_at(sentence, at, mention.first)

    @staticmethod
    def led_in_at(sentence: Sentence, at: int, first: int) -> bool:
        """Tell whether a preposition governs what begins at `first`, where what may still belong to it ends with the token `at`."""
        while at >= 0 and (
            sentence.low[at] in ENGLISH.determiners
            or (sentence.text[at].islower() and sentence.text[at] not in _NOT_LED and first - at < 4)
        ):
            at -= 1
        return at >= 0 and sentence.low[at] in ENGLISH.prepositions

    def says_where(self, number: int, mention: Mention) -> bool:
        """Tell whether it says where the place before it lies: “of Raleigh, N.C., …”, “in Ames, Iowa, …”."""
        sentence = self.sentences[number]
        at = mention.first - 1
        if (
            mention.kind != "name"
            or at < 2
            or sentence.text[at] != ","
            or mention.last >= sentence.size
            or sentence.text[mention.last] != ","
        ):
            return False
        at -= 1
        while at > 0 and sentence.capital[at]:
            at -= 1
        return sentence.text[at] in ENGLISH.place_joints

    def end_of(self, number: int, token: int) -> int:
        return self._ends[number].get(token, token)


def _start_of_nominal(sentence: Sentence, end: int) -> int:
    """Return the first token of the noun phrase that ends before this token."""
    first = end - 1
    while first > 0:
        before, low, marked = sentence.text[first - 1], sentence.low[first - 1], sentence.quote[first - 1] >= 0
        if marked and first > 1 and sentence.low[first - 2] in ENGLISH.articles and first == end - 1:
            first -= 2  # the “Avatar” star
            break
        if not sentence.word[first - 1]:
            if before in ("-", "‑") or (
                before == ","
                and first >= 2
                and sentence.text[first - 2].islower()
                and sentence.text[first - 2].endswith(ENGLISH.adjective_endings)
            ):
                first -= 1
                continue
            break
        if low in ENGLISH.determiners:
            first -= 1
            if low in ENGLISH.phrase_starts:
                break
            continue
        if low in ENGLISH.ordering_words and first > 1 and sentence.low[first - 2] in ENGLISH.determiners:
            first -= 1  # “the first lady”
            continue
        if low in _BEFORE_NONE or before in TIMES:
            break
        first -= 1
    while first < end - 1 and (
        sentence.low[first] in ENGLISH.question_words
        or sentence.low[first] in ENGLISH.adverbs
        or sentence.low[first] in ENGLISH.conjunctions
        or not sentence.word[first]
    ):
        first += 1
    return first


@lru_cache(maxsize=8192)
def person_or_body(word: str) -> bool:
    low = word.lower()
    if low in ENGLISH.person_nouns or low in ENGLISH.body_nouns:
        return True
    if low.endswith(ENGLISH.plural_y_ending):
        return low[:-3] + "y" in ENGLISH.person_nouns or low[:-3] + "y" in ENGLISH.body_nouns
    if low.endswith("s"):
        return low[:-1] in ENGLISH.person_nouns or low[:-1] in ENGLISH.body_nouns or low[:-2] in ENGLISH.person_nouns
    return "-" in low and (low.rpartition("-")[2] in ENGLISH.person_nouns or low.endswith(ENGLISH.age_ending))
