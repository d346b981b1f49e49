"""Who said the words between the marks.

Each sentence is a line of tokens in which a marked span is one token. A cue is a verb that reports speech; its subject is
looked for beside it: to its left, over adverbs, auxiliaries and whatever stands between two commas, or to its right behind a
quote (“…,” said Petro). A quote then takes, in this order: the cue that it touches, the one that leads in to it in its own
sentence, what the sentence says of a source (according to …), the speaker of the words that it carries on, a lead-in that ends
the paragraph before with a colon, and, said to be unsure, the subject of its own or the nearest sentence. (The patterns and
their order follow O’Keefe, Pareti, Curran, Koprinska and Honnibal, “A Sequence Labelling Approach to Quote Attribution”, 2012,
and Muzny, Fang, Chang and Jurafsky, “A Two-stage Sieve Approach for Quote Attribution”, 2017.)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.briefing.document import Span
from tui.drafting.names import PARTIES, Name, Register
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS
from tui.drafting.words import (
    ADVERBS,
    AUXILIARIES,
    BASES,
    BODIES,
    DETERMINERS,
    HE,
    INVERTS,
    JOINS,
    LOOSE,
    PEOPLE,
    PHRASAL,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SAY,
    SHE,
    SUBJECTS,
    SURE,
    TIMES,
)  # fmt: skip


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


class Cue(NamedTuple):
    at: int
    verb: str
    subject: Mention


class Attributed(NamedTuple):
    """A marked span with its source. `actor` is -1 where nobody is named; `candidates` are who else it may be."""

    quote: int
    mention: Mention | None
    actor: int
    rule: str
    sure: bool
    candidates: tuple[int, ...] = ()
    cue: str = ""


_THINGS = frozenset(
    "time day week month year point way fact case issue matter thing idea question answer moment morning night afternoon evening number rest end start part lot bit".split()
)
_UTTERED = frozenset(
    "answer response reply message statement tweet slogan words advice question conclusion remark comment post verdict mantra motto".split()
)
_MIGHT = frozenset("not n’t might would could should may refused declined wouldn’t didn’t quoted".split())
"""Between a subject and its verb: what follows was not said, or not by them."""
_CONTRACTED = frozenset("’s 's ’d 'd to".split())
_UNSAID = frozenset("denied denies denying deny never if imagine imagined pretend falsely wrongly purportedly".split())
"""Before a quote: these words were not, or not plainly, said by whoever is named."""
MOST_CUES = 24
"""Of one sentence: what has more is no sentence."""
_ASKING = frozenset("what how why whether where when".split())
_SAME_OFFICE = frozenset("leader president premier chancellor minister king queen governor chief head ruler".split())
_PAPERS = frozenset(
    "statement release email e-mail letter memo tweet ad post message note video speech call interview article".split()
)
_AT_END = frozenset("said says wrote added".split())
_PLAIN = frozenset("said says say told tells tell wrote writes write read reads found saw put went meant".split())
_LINKED = frozenset("familiar close briefed opposed loyal critical sympathetic directly both currently now".split())
_BE = frozenset("is are was were be been being ’s 's get gets got".split())
# Of a nominal: words that may stand between its determiner and its noun.
_STOPS = PREPOSITIONS | JOINS | AUXILIARIES | PRONOUNS | frozenset({"not", "who", "which"})


class Reader:
    """Reads the sentences of one text in order, keeping who was spoken of last."""

    def __init__(self, text: str, sentences: Sequence[Sentence], paragraph: Sequence[int], register: Register) -> None:
        self.text, self.sentences, self.paragraph, self.register = text, sentences, paragraph, register
        self.names: list[dict[int, tuple[Name, int]]] = []
        """Of each sentence, its names by the place behind them, and (`wholes`) by that of the first title before them."""
        self.wholes: list[dict[int, tuple[Name, int]]] = []
        for sentence in sentences:
            self.names.append({name.last: (name, actor) for name, actor in register.of(sentence)})
            self.wholes.append({name.whole: (name, actor) for name, actor in register.of(sentence)})
        self._cues: dict[int, list[Cue]] = {}
        self.speaking: set[tuple[int, int]] = set()
        """The (sentence, token) of those who say something there."""
        self.spoken: list[list[tuple[int, int]]] = [[] for _ in sentences]
        """Of each sentence, (token, actor) of everybody in it, pronouns too once they are understood."""
        for number, _ in enumerate(sentences):
            self.spoken[number] = [(name.first, actor) for name, actor in register.of(sentences[number])]

    # -- noun phrases ----------------------------------------------------------------------------------------------------

    def ending_at(self, number: int, end: int) -> Mention | None:
        """The noun phrase whose last token stands before `end`; of a description in apposition, the name that it is of."""
        found = self._ending_at(number, end)
        if found is None or found.kind != "nominal":
            return found
        sentence = self.sentences[number]
        at = found.first
        while at > 0 and sentence[at - 1].text in ("is", "was", "now", "who", "then", "also", "the"):
            at -= 1
        if at > 1 and sentence[at - 1].text == "," and not sentence[at - 2].possessive:
            named = self.names[number].get(at - 1)
            if named and self.register.actors[named[1]].kind in ("person", ""):
                return Mention(number, named[0].first, named[0].last, "name", named[1])
        return found

    def _ending_at(self, number: int, end: int) -> Mention | None:
        sentence = self.sentences[number]
        if end <= 0:
            return None
        named = self.names[number].get(end)
        if named:
            name, actor = named
            if sentence[end - 1].possessive:
                return None
            of = self._head_before(number, name.whole)
            if of:
                return of
            return Mention(number, name.first, name.last, "name", actor)
        token = sentence[end - 1]
        low = token.text.lower()
        if token.quote >= 0 or not token.word:
            return None
        if low in SUBJECTS:
            if low in ("that", "which", "who") and end >= 2:
                before = self.ending_at(number, end - 2 if sentence[end - 2].text == "," else end - 1)
                if before and low != "that":
                    return before
                if low == "that":
                    return None
            return Mention(number, end - 1, end, "pronoun", head=low)
        if low in PRONOUNS or low in _STOPS or low in ADVERBS or token.text in TIMES:
            return None
        return self._nominal(number, end)

    def _head_before(self, number: int, at: int) -> Mention | None:
        """“a spokesman for the Trump campaign”: the noun that a preposition before a name hangs on, where it is a person or a
        body; `at` is where the name begins."""
        sentence = self.sentences[number]
        if at >= 3:
            by = at - 1 - (sentence[at - 1].text.lower() in DETERMINERS)
            if (
                sentence[by].text == "by"
                and sentence[by - 1].text.endswith(("ed", "en", "wn"))
                and sentence[by - 1].text.islower()
            ):
                return self.ending_at(number, by - 1)
        place = at - 1
        while place >= 0 and (
            sentence[place].text.lower() in DETERMINERS
            or (sentence[place].text.islower() and sentence[place].text not in _STOPS)
        ):
            if place < at - 4:
                return None
            place -= 1
        if place >= 1 and sentence[place].text in ("of", "for", "from", "at", "with", "in", "by", "to", "on"):
            outer = self.names[number].get(place)
            if (
                outer
                and self.register.actors[outer[1]].kind == "person"
                and not sentence[place - 1].possessive
                and sentence[place].text in ("of", "for", "from", "at", "with", "in", "on")
            ):
                return Mention(number, outer[0].first, outer[0].last, "name", outer[1])
            place = self._before_links(sentence, place)
            noun = sentence[place - 1].text.lower()
            if _person_or_body(noun) and not sentence[place - 1].possessive:
                head = self.ending_at(number, place)
                if head and head.kind != "pronoun":
                    return head
        return None

    @staticmethod
    def _before_links(sentence: Sentence, at: int) -> int:
        """Back over what joins a preposition at this token to a noun: “an official familiar with”, “an agent working for”."""
        while at >= 2 and (
            sentence[at - 1].text in _LINKED
            or (sentence[at - 1].text.endswith(("ed", "ing")) and sentence[at - 1].text.islower())
        ):
            at -= 1
        return at

    def _nominal(self, number: int, end: int) -> Mention | None:
        sentence = self.sentences[number]
        first = end - 1
        while first > 0:
            before = sentence[first - 1]
            low = before.text.lower()
            if before.quote >= 0 or not before.word:
                if before.text in ("-", "‑") or (
                    before.text == ","
                    and first >= 2
                    and sentence[first - 2].text.islower()
                    and sentence[first - 2].text.endswith(("ed", "ent", "ic", "al"))
                ):
                    first -= 1
                    continue
                break
            if low in DETERMINERS:
                first -= 1
                if low in ("the", "his", "her", "their", "its", "a", "an", "that", "this"):
                    break
                continue
            if (
                low in _STOPS
                or low in ADVERBS
                or (low in SAY and low not in PEOPLE and low not in BODIES)
                or before.text in TIMES
            ):
                break
            first -= 1
        while first < end - 1 and (
            sentence[first].text.lower() in _ASKING
            or sentence[first].text.lower() in ADVERBS
            or sentence[first].text.lower() in JOINS
            or not sentence[first].word
        ):
            first += 1
        head = sentence[end - 1].text
        if (
            first >= 1
            and sentence[first - 1].text in ("of", "for", "from", "at", "with", "in", "by", "to", "on", "against")
            and first >= 2
        ):
            cut = first - 1
            named = self.names[number].get(cut)
            if (
                named
                and not sentence[cut - 1].possessive
                and sentence[cut].text in ("in", "on", "at", "from")
                and self.register.actors[named[1]].kind in ("person", "")
            ):
                return Mention(number, named[0].first, named[0].last, "name", named[1])
            cut = self._before_links(sentence, cut)
            outer = sentence[cut - 1].text.lower()
            if _person_or_body(outer):
                whole = self.ending_at(number, cut)
                if whole and whole.kind != "pronoun":
                    return whole
        low = head.lower()
        if low in LOOSE or low in DETERMINERS:
            return None
        if not (
            _person_or_body(low)
            or (
                sentence[first].text.lower() in DETERMINERS
                and end - first > 1
                and not low.endswith(("ing", "est"))
                and low not in _THINGS
            )
        ):
            return None
        return Mention(number, first, end, "nominal", head=low)

    def starting_at(self, number: int, at: int) -> Mention | None:
        """The noun phrase that begins with this token."""
        sentence = self.sentences[number]
        if at >= len(sentence):
            return None
        token = sentence[at]
        low = token.text.lower()
        if not token.word or token.quote >= 0:
            return None
        if low in SUBJECTS:
            if low in ("that", "which", "who"):
                return None
            return Mention(number, at, at + 1, "pronoun", head=low)
        names = self.wholes[number]
        if (
            low in ("about", "around", "over", "nearly", "almost", "roughly")
            and at + 1 < len(sentence)
            and sentence[at + 1].text[0].isdigit()
        ):
            return self.starting_at(number, at + 1)
        if at not in names and (
            low in PREPOSITIONS or low in JOINS or low in AUXILIARIES or low in ADVERBS or token.text in TIMES or token.text.endswith("ly")
        ):  # fmt: skip
            return None
        best: Mention | None = None
        owner = False
        place = at
        while place < len(sentence) and place < at + 14:
            this = sentence[place]
            word = this.text.lower()
            if not this.word or this.quote >= 0:
                if this.text in ("-", "‑"):
                    place += 1
                    continue
                break
            if place in names:
                name, actor = names[place]
                fits = (
                    best is None
                    or owner
                    or (best.kind == "nominal" and best.last == place)
                    or (best.kind == "name" and best.last == place)
                )
                if not fits:
                    break
                owner = sentence[name.last - 1].possessive
                best = Mention(number, name.first, name.last, "name", actor)
                place = name.last
                continue
            if (word in _STOPS and word not in DETERMINERS) or word in ADVERBS or this.text in TIMES or (
                this.capital and place > at and this.text not in PARTIES and this.text not in DEMONYMS
            ):  # fmt: skip
                break
            if place > at and word in SAY and not _person_or_body(word):
                break
            if word in DETERMINERS:
                if best is not None:
                    break
            elif _person_or_body(word):
                best = Mention(number, at, place + 1, "nominal", head=word)
                owner = this.possessive
            elif (
                (best is not None and not owner and best.kind == "nominal")
                or (best is not None and not owner and not this.text.islower())
                or (best is not None and not owner and not self._noun_follows(number, place))
            ):
                break
            place += 1
        if best is None or (owner and best.kind == "name"):
            return None
        return best

    def _noun_follows(self, number: int, at: int) -> bool:
        """Whether a noun for people stands within three words: “Idaho nutritional-supplement executive”."""
        sentence = self.sentences[number]
        for token in sentence[at : at + 4]:
            low = token.text.lower()
            if not token.word or low in _STOPS or low in SAY or low in ADVERBS or low.endswith("ed"):
                return False
            if _person_or_body(low):
                return True
        return False

    # -- subjects --------------------------------------------------------------------------------------------------------

    def subject_of(self, number: int, verb: int, earlier: Mention | None = None) -> Mention | None:
        """Who does what the verb at this token says; `earlier`: the subject of the cue before it, which a verb without one of
        its own shares."""
        sentence = self.sentences[number]
        at = verb
        infinitive = False
        while at > 0 and at not in self.names[number]:
            low = sentence[at - 1].text.lower()
            if (
                low in AUXILIARIES
                or low in ADVERBS
                or (low.endswith("ly") and low not in PEOPLE)
                or sentence[at - 1].text in TIMES
            ):
                infinitive = infinitive or low == "to"
                if (
                    low in _BE
                    and not sentence[verb].text.endswith("ing")
                    and sentence[verb].text.lower() not in ("says", "say")
                ):
                    return None
                at -= 1
            else:
                break
        if at == 0:
            return earlier
        before = sentence[at - 1]
        low = before.text.lower()
        if infinitive:
            return earlier or self.subject_of_clause(number, at)
        if before.text in (",", "-", "—", "–", "--", ")", "―"):
            if earlier and sentence[verb].text.endswith("ing"):
                return earlier
            if sentence[verb].text.endswith("ing"):
                return self.subject_of_clause(number, at - 1) or self._over_commas(number, at - 1)
            return self._over_commas(number, at - 1) or earlier
        if low in ("and", "but", "then", "or"):
            return earlier or self.subject_of_clause(number, at - 1)
        if before.quote >= 0 and earlier:
            return earlier
        direct = self.ending_at(number, at)
        if direct and direct.head in _PAPERS and sentence[verb].text.endswith("ing"):
            return earlier or self.subject_of_clause(number, direct.first) or direct
        if direct and self._governed(number, direct):
            other = earlier or self.subject_of_clause(number, direct.first)
            if other and other.first != direct.first:
                return other
        if direct and not (sentence[verb].text.endswith("ing") and direct.kind == "nominal" and earlier):
            return direct
        if low in LOOSE and (sentence[at - 1].text.islower() or at == 1):
            return Mention(number, at - 1, at, "nominal", head=low)
        if earlier:
            return earlier
        if before.word and before.quote < 0:  # “a letter to the committee calls for”, “those who know him say”
            return self.subject_of_clause(number, at - (low in ("by", "for", "of", "in", "while", "after", "before", "when")))
        return None

    def _governed(self, number: int, mention: Mention) -> bool:
        """Whether a preposition stands right before it, so that it is no subject: “in a statement”."""
        sentence = self.sentences[number]
        at = mention.first
        if mention.kind == "name":
            at = next((whole for whole, (name, _) in self.wholes[number].items() if name.first == mention.first), at)
            at -= at > 0 and sentence[at - 1].text.lower() in ("the", "a", "an")
        return at > 1 and sentence[at - 1].text.lower() in PREPOSITIONS and sentence[at - 1].text.lower() not in JOINS

    def _over_commas(self, number: int, comma: int) -> Mention | None:
        """The subject before what stands between two commas: Petro, who …, said."""
        sentence = self.sentences[number]
        mirror = {")": "("}.get(sentence[comma].text)
        named = self.names[number].get(comma)
        if named and not sentence[comma - 1].possessive:
            name, actor = named
            if name.whole and sentence[name.whole - 1].text == "," and name.whole >= 2:
                described = self.ending_at(number, name.whole - 1)
                if described and described.kind == "nominal":
                    return Mention(number, name.first, name.last, "name", actor)
        at = comma - 1
        best = None
        while at > 0:
            text = sentence[at].text
            if sentence[at].quote >= 0 and at + 1 < comma and best is None and sentence[at + 1].text != ",":
                break
            if text == mirror or (mirror is None and text in (",", "—", "–", "-", "--", "―", "(")):
                left = self.ending_at(number, at)
                if (left and left.kind != "pronoun") or (left and left.head in ("he", "she", "they", "it", "we", "i")):
                    behind = sentence[at + 1].text.lower() if at + 1 < comma else ""
                    apposition = (
                        behind in ("who", "which", "whose", "a", "an", "the", "one", "now", "then", "when", "where", "himself", "herself", "also", "another")
                        or behind in PREPOSITIONS or behind[:1].isdigit() or behind in PEOPLE or behind.endswith(("ing", "ed", "ly")) or sentence[at + 1].capital
                        or behind in ADVERBS or behind in ("jr", "sr", "iii", "like", "both", "her", "his", "their", "its")
                    )  # fmt: skip
                    if apposition and not self._leads_in(number, left):
                        best = left
                        if self._clause_begins(number, left.first):
                            return left
            at -= 1
        if best:
            return best
        return self.subject_of_clause(number, comma)

    def _leads_in(self, number: int, mention: Mention) -> bool:
        """Whether a preposition governs it: “In a statement to Reuters, …”."""
        sentence = self.sentences[number]
        at = mention.first - 1
        if mention.kind == "name":
            whole = next((name.whole for name, _ in self.register.of(sentence) if name.first == mention.first), mention.first)
            at = whole - 1
        while at >= 0 and (
            sentence[at].text.lower() in DETERMINERS
            or (
                sentence[at].text.islower()
                and sentence[at].text not in _STOPS
                and sentence[at].text not in SAY
                and mention.first - at < 4
            )
        ):
            at -= 1
        return at >= 0 and sentence[at].text.lower() in PREPOSITIONS

    def _clause_begins(self, number: int, at: int) -> bool:
        sentence = self.sentences[number]
        while at > 0 and sentence[at - 1].word and sentence[at - 1].quote < 0:
            low = sentence[at - 1].text.lower()
            if low in JOINS:
                return True
            if low in ("who", "which") or low in PREPOSITIONS or low in AUXILIARIES:
                return False
            at -= 1
        return at == 0 or sentence[at - 1].quote >= 0 or sentence[at - 1].text in (",", ";", ":")

    def subject_of_clause(self, number: int, before: int) -> Mention | None:
        """The first noun phrase of the sentence, or of its last clause, that no preposition governs."""
        sentence = self.sentences[number]
        best: Mention | None = None
        at = self._main_clause(number, before)
        governed = False
        while at < before:
            token = sentence[at]
            low = token.text.lower()
            if (
                low in PREPOSITIONS
                and low not in JOINS
                and not (at + 1 < before and sentence[at + 1].text[0].isdigit() and low in ("about", "around", "over"))
            ):
                governed = True
            elif low in JOINS or (
                not token.word
                and token.quote < 0
                and not (
                    token.text == ","
                    and governed
                    and at + 1 < before
                    and sentence[at + 1].text.islower()
                    and sentence[at + 1].text not in DETERMINERS
                )
            ):
                governed = False
            mention = self.starting_at(number, at) if token.word and token.quote < 0 else None
            if mention and mention.last <= before:
                possessive = sentence[mention.last - 1].possessive
                if not governed and not possessive:
                    behind = sentence[mention.last] if mention.last < len(sentence) else None
                    verb = behind is not None and (
                        (behind.word and behind.text.lower() not in PREPOSITIONS and behind.text.lower() not in JOINS)
                        or behind.text == ","
                    )
                    joined = at > 0 and (sentence[at - 1].text.lower() in JOINS or sentence[at - 1].text == ";")
                    if best is None or (verb and joined and mention.kind != "nominal"):
                        best = mention
                at = max(mention.last, at + 1)
                governed = False if not governed else at < len(sentence) and sentence[at].text != ","
            else:
                at += 1
        return self._named_behind(number, best) if best and best.last < before else best

    def _main_clause(self, number: int, before: int) -> int:
        """Where the main clause begins, behind one that leads in to it: “After they met on Tuesday, …”, “Asked about that, …”."""
        sentence = self.sentences[number]
        first = sentence[0].text.lower()
        if not (first in JOINS or first in PREPOSITIONS or (first.endswith(("ed", "ing")) and not self.wholes[number].get(0))):
            return 0
        for at in range(2, min(before, len(sentence)) - 1):
            if sentence[at].text == ",":
                mention = self.starting_at(number, at + 1)
                if mention and mention.last < len(sentence) and not sentence[mention.last - 1].possessive:
                    behind = sentence[mention.last]
                    low = behind.text.lower()
                    if behind.quote < 0 and (
                        behind.text == ","
                        or (behind.word and behind.text.islower() and low not in PREPOSITIONS and low not in JOINS)
                    ):
                        return at + 1
        return 0

    # -- cues ------------------------------------------------------------------------------------------------------------

    def cues(self, number: int) -> list[Cue]:
        """Every reporting verb of a sentence that has a subject, in order."""
        known = self._cues.get(number)
        if known is None:
            known = self._cues[number] = self._found_cues(number)
        return known

    def _found_cues(self, number: int) -> list[Cue]:
        sentence = self.sentences[number]
        found: list[Cue] = []
        tried = 0
        for at, token in enumerate(sentence):
            low = token.text.lower()
            if tried > MOST_CUES:
                break
            if token.quote >= 0 or low not in SAY or (token.capital and at):
                continue
            if self._is_noun(sentence, at):
                continue
            tried += 1
            if low in PHRASAL and not (at + 1 < len(sentence) and sentence[at + 1].text == PHRASAL[low]):
                continue
            subject = None
            if (
                low in INVERTS
                and at
                and not low.endswith("ing")
                and (sentence[at - 1].quote >= 0 or sentence[at - 1].text in ("—", "–", ",", "--", "-"))
            ):
                subject = self._named_behind(number, self.starting_at(number, at + 1))
                if subject and sentence[at - 1].quote < 0 and not (sentence[at - 2].quote >= 0 or (low in _AT_END and at + 12 > subject.last >= at and (
                    subject.last >= len(sentence) or (subject.last == len(sentence) - 1 and sentence[subject.last].quote < 0) or sentence[subject.last].text in (",", ".", "who", "of", "in", "on", "at", "(")
                ))):  # fmt: skip
                    subject = None
            if (
                subject
                and subject.first > at
                and subject.last < len(sentence)
                and sentence[subject.last].text.lower() in AUXILIARIES - _CONTRACTED
            ):
                subject = None
            first = found[0] if found and low.endswith("ing") else found[-1] if found else None
            subject = subject or self.subject_of(number, at, first.subject if first else None)
            if subject and subject.kind == "pronoun" and subject.head in ("who", "which"):
                subject = None
            if subject and low in BASES and subject.first < at and not self._goes_with(sentence, at, subject):
                subject = None
            if (
                subject
                and subject.kind == "nominal"
                and not _person_or_body(subject.head)
                and not low.endswith(("ed", "ing"))
                and low not in _PLAIN
            ):
                subject = None
            if subject:
                found.append(Cue(at, low, subject))
        return found

    @staticmethod
    def _goes_with(sentence: Sentence, at: int, subject: Mention) -> bool:
        """Whether a base form can have this subject: “they say”, “will say”, “to say”; behind one name it is a noun."""
        if at and (
            sentence[at - 1].text.lower() in AUXILIARIES
            or sentence[at - 1].text.lower() in ("who", "and", "not")
            or sentence[at - 1].text.lower() in ADVERBS
        ):
            return True
        if subject.kind == "pronoun":
            return subject.head not in ("he", "she", "it")
        return subject.kind == "nominal" and (
            subject.head.endswith("s")
            or subject.head in ("people", "police", "women", "men", "children", "some", "many", "others", "most")
        )

    def _named_behind(self, number: int, mention: Mention | None) -> Mention | None:
        """“said the bureau’s director, James B. Comey”: the name that a description is at once given."""
        sentence = self.sentences[number]
        if mention and mention.kind == "nominal" and mention.last + 1 < len(sentence) and sentence[mention.last].text == ",":
            for name, actor in self.register.of(sentence):
                if (
                    name.whole == mention.last + 1
                    and not sentence[name.last - 1].possessive
                    and self.register.actors[actor].kind in ("person", "")
                ):
                    return Mention(number, name.first, name.last, "name", actor)
        return mention

    @staticmethod
    def _is_noun(sentence: Sentence, at: int) -> bool:
        """“the report”, “a call”, “Petro’s comments”: a form that is also a noun, where only a noun can stand."""
        low = sentence[at].text.lower()
        if low.endswith(("ed", "ing")) or low in ("said", "says", "told", "wrote", "say"):
            before = sentence[at - 1].text.lower() if at else ""
            return (low.endswith(("ed", "ing")) and before in ("the", "a", "an")) or (
                low.endswith("ing") and at > 0 and sentence[at - 1].possessive
            )
        if at == 0:
            return True
        owner = sentence[at - 1]
        word = owner.text.lower()
        return bool(
            owner.possessive
            or word
            in (
                "the",
                "a",
                "an",
                "his",
                "her",
                "their",
                "its",
                "our",
                "your",
                "my",
                "this",
                "these",
                "no",
                "any",
                "of",
                "in",
                "on",
                "for",
                "at",
                "with",
                "by",
                "from",
                "new",
                "recent",
            )
        )

    # -- who is meant ----------------------------------------------------------------------------------------------------

    def meaning(self, mention: Mention) -> tuple[int, bool, tuple[int, ...]]:
        """(actor, whether sure, who else) of a mention. A nominal without anybody becomes an actor of its own."""
        if mention.kind == "name":
            return mention.actor, True, ()
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        return self._described(mention)

    def _fits(self, actor: int, head: str) -> bool:
        who = self.register.actors[actor]
        if head in HE:
            return who.kind in ("person", "") and who.gender != "f"
        if head in SHE:
            return who.kind in ("person", "") and who.gender != "m"
        return who.kind != "person"

    def _adjective_in(self, number: int, state: str) -> bool:
        role = self.register.actors[number].role
        return any(word in role for word, of in DEMONYMS.items() if of == state) if role else False

    def _pronoun(self, mention: Mention) -> tuple[int, bool, tuple[int, ...]]:
        head = mention.head
        if head not in ("he", "she", "it", "they"):
            return -1, False, ()
        ranked: list[int] = []
        weigh: dict[int, float] = {}
        seen_at: dict[int, int] = {}
        plain: dict[int, bool] = {}
        here = self.paragraph[mention.sentence]
        for back in range(12):
            number = mention.sentence - back
            if number < 0:
                break
            apart = here - self.paragraph[number]
            if apart > 3:
                break
            seen = 0
            for token, actor in sorted(self.spoken[number]):
                if back == 0 and token >= mention.first:
                    continue
                if actor < 0 or not self._fits(actor, head):
                    continue
                who = self.register.actors[actor]
                weight = 1.0 / (1 + back * 1.0 + apart * 0.6)
                if (who.at and self._modifies(number, token)) or (not who.at and (number, token) not in self.speaking):
                    weight *= 0.4
                elif seen == 0:
                    weight *= 1.5
                subject = self._at_subject(number, token)
                if subject:
                    weight *= 1.5
                if (number, token) in self.speaking:
                    weight *= 1.3
                if (head in HE and who.gender == "m") or (head in SHE and who.gender == "f"):
                    weight *= 1.5
                elif who.kind != "person" and head in HE | SHE:
                    weight *= 0.25
                if self.sentences[number][self._end_of(number, token)].possessive:
                    weight *= 0.5
                weigh[actor] = max(weigh.get(actor, 0), weight) + 0.05
                if actor not in seen_at:
                    seen_at[actor] = number
                    plain[actor] = subject
                seen += 1
        ranked = sorted(weigh, key=lambda actor: -weigh[actor])
        if not ranked:
            return -1, False, ()
        first = ranked[0]
        sure = plain[first] and (
            len(ranked) == 1
            or (weigh[first] > 1.9 * weigh[ranked[1]] and not (seen_at[first] == seen_at[ranked[1]] and plain[ranked[1]]))
        )
        return ranked[0], sure, tuple(ranked[1:4])

    def _modifies(self, number: int, token: int) -> bool:
        """Whether the name at this token only describes what follows: “Obama consultant Cornell Belcher”."""
        sentence = self.sentences[number]
        end = self._end_of(number, token) + 1
        return (
            end < len(sentence)
            and sentence[end].text.islower()
            and _person_or_body(sentence[end].text)
            and sentence[end].text not in ADVERBS
        )

    def _end_of(self, number: int, token: int) -> int:
        for name, _ in self.register.of(self.sentences[number]):
            if name.first == token:
                return name.last - 1
        return token

    def _at_subject(self, number: int, token: int) -> bool:
        """Whether the mention at this token may be the subject: no preposition before it, and no possessive."""
        sentence = self.sentences[number]
        end = self._end_of(number, token)
        if sentence[end].possessive:
            return False
        if token == 0:
            return True
        return not self._leads_in(number, Mention(number, token, end + 1, "pronoun"))

    def _described(self, mention: Mention) -> tuple[int, bool, tuple[int, ...]]:
        """“the Colombian leader”: the person whom the text has called so, where one only fits; else an actor of its own."""
        sentence = self.sentences[mention.sentence]
        words = [token.text for token in sentence[mention.first : mention.last]]
        head = mention.head
        definite = words[0].lower() in ("the", "this", "that")
        if definite and head in ROLES:
            start = sentence[mention.first].start
            heads = _SAME_OFFICE if head in _SAME_OFFICE else {head}
            known = [actor for actor in self.register.actors if actor.kind == "person" and actor.at and actor.at[0] < start]
            fits = [actor.number for actor in known if any(actor.roles[each] for each in heads)]
            states = {DEMONYMS[word] for word in words if word in DEMONYMS}
            if states:
                fits = [
                    number for number in fits
                    if any(state in self.register.actors[number].role or self._adjective_in(number, state) for state in states)
                ]  # fmt: skip
            elif len(fits) > 1:
                exact = [number for number in fits if self.register.actors[number].roles[head]]
                fits = (
                    [
                        number
                        for number in exact
                        if all(self.register.actors[number].roles[word.lower()] for word in words[1:-1])
                    ]
                    or exact
                    or fits
                )
            if fits:
                recent = sorted(
                    fits, key=lambda number: -max((at for at in self.register.actors[number].at if at < start), default=-1)
                )
                return recent[0], len(recent) == 1, tuple(recent[1:4])
            if (
                len(known) == 1
                and not states
                and not known[0].role
                and head in ("candidate", "nominee", "senator", "president", "author", "actor", "actress", "singer")
            ):
                return known[0].number, False, ()
        end = sentence[mention.last - 1].end
        text = self.text[sentence[mention.first].start : end]
        kind = (
            "person"
            if head in PEOPLE or "-" in head
            else "group"
            if head.endswith("s") and _person_or_body(head) and head not in BODIES
            else "organization"
        )
        return self.register.add(" ".join(text.split()), kind), True, ()


def _person_or_body(word: str) -> bool:
    low = word.lower()
    if low in PEOPLE or low in BODIES:
        return True
    if low.endswith("ies"):
        return low[:-3] + "y" in PEOPLE or low[:-3] + "y" in BODIES
    if low.endswith("s"):
        return low[:-1] in PEOPLE or low[:-1] in BODIES or low[:-2] in PEOPLE
    return "-" in low and (low.rpartition("-")[2] in PEOPLE or low.endswith("-year-old"))


# -- quotes --------------------------------------------------------------------------------------------------------------


class Speech:
    """All the marked spans of a text attributed: `found`, one for each in order, and `rejected`, with the reason."""

    def __init__(self, reader: Reader, words: Sequence[Sequence[Span]]) -> None:
        self.reader, self.words = reader, words
        self.found: dict[int, Attributed] = {}
        self.rejected: dict[int, str] = {}
        self._last: Attributed | None = None
        self._last_paragraph = -9
        waiting: list[tuple[int, int]] = []
        paragraph = -1
        in_paragraph: Attributed | None = None
        for number, sentence in enumerate(reader.sentences):
            if reader.paragraph[number] != paragraph:
                self._settle(waiting, None)
                waiting = []
                paragraph = reader.paragraph[number]
                in_paragraph = None
            cues = reader.cues(number)
            meant: dict[int, tuple[int, bool, tuple[int, ...]]] = {}
            places = [at for at, token in enumerate(sentence) if token.quote >= 0]
            self._pronouns(number, cues, meant)
            for at in places:
                got = self._in_sentence(number, at, cues, meant)
                if in_paragraph is not None and (
                    (got is None and self._alone(sentence, at)) or ((got is None or got.rule == "subject") and at <= 1 + (sentence[min(1, at)].text == ","))
                ):  # fmt: skip
                    got = in_paragraph._replace(
                        quote=sentence[at].quote, rule="goes-on", sure=in_paragraph.sure and self._alone(sentence, at)
                    )
                if got is None:
                    waiting.append((number, at))
                    continue
                self._settle(waiting, got)
                waiting = []
                self._keep(got, number)
                in_paragraph = got
            if not places and in_paragraph is not None:
                other = self.reader.subject_of_clause(number, len(sentence))
                actor = self.reader.meaning(other)[0] if other else -1
                if actor >= 0 and actor != in_paragraph.actor and self.reader.register.actors[actor].kind == "person":
                    in_paragraph = None  # the text has turned to somebody else
        self._settle(waiting, None)

    def _keep(self, got: Attributed, number: int) -> None:
        reason = self._no_quote(got, number)
        if reason:
            self.rejected[got.quote] = reason
            return
        self.found[got.quote] = got
        self._last, self._last_paragraph = got, self.reader.paragraph[number]

    def _pronouns(self, number: int, cues: list[Cue], meant: dict[int, tuple[int, bool, tuple[int, ...]]]) -> None:
        """Understand the subjects of the cues, and every he and she in turn, so that the next one follows from them."""
        reader = self.reader
        sentence = reader.sentences[number]
        subjects = {cue.subject.first: cue.subject for cue in cues}
        for at, token in enumerate(sentence):
            low = token.text.lower()
            if at in subjects:
                mention = subjects[at]
                meant[at] = reader.meaning(mention)
                if meant[at][0] >= 0:
                    reader.speaking.add((number, at))
                    if mention.kind != "name":
                        reader.spoken[number].append((at, meant[at][0]))
            elif low in ("he", "she") and token.quote < 0:
                actor, _, _ = reader.meaning(Mention(number, at, at + 1, "pronoun", head=low))
                if actor >= 0:
                    reader.spoken[number].append((at, actor))

    def _in_sentence(
        self, number: int, at: int, cues: list[Cue], meant: dict[int, tuple[int, bool, tuple[int, ...]]]
    ) -> Attributed | None:
        sentence = self.reader.sentences[number]
        quote = sentence[at].quote

        def by(mention: Mention, rule: str, cue: str = "", sure: bool = True) -> Attributed:
            actor, known, others = meant.get(mention.first) or self.reader.meaning(mention)
            if mention.first not in meant and actor >= 0 and mention.sentence == number:
                meant[mention.first] = (actor, known, others)
                self.reader.spoken[number].append((mention.first, actor))
                self.reader.speaking.add((number, mention.first))
            if at and any(token.text.lower() in _UNSAID for token in sentence[max(0, at - 5) : at]) and rule != "cue-after":
                return Attributed(quote, mention, actor, "not-plainly", False, others, cue)
            return Attributed(quote, mention, actor, rule, sure and known, others, cue)

        behind = at + 1
        while behind < len(sentence) and sentence[behind].text in (",", "—", "–", "-", "--", "―"):
            behind += 1
        inner = self.reader.text[self.words[quote][-1].start : self.words[quote][-1].end]
        inner = inner.rstrip("’'\"‘ ")
        stops = inner[-1:] in ",?!…—–-." or behind > at + 1
        leading = next((cue for cue in reversed(cues) if cue.at < at and cue.subject.first < cue.at), None)
        if leading and leading.at == at - 1 and leading.verb in ("asked", "asks", "said", "says", "shouted", "yelled"):
            return by(leading.subject, "touching", leading.verb)
        if (
            leading
            and self.reader.text[self.words[quote][0].start].islower()
            and (
                leading.at == at - 1
                or (at - leading.at <= 4 and sentence[at - 1].text in ("as", "a", "an", "the", "it", "him", "her", "them"))
            )
            and not any(cue.at > at and cue.verb in _PLAIN for cue in cues[: cues.index(leading) + 2])
        ):
            return by(leading.subject, "touching", leading.verb)
        for cue in cues:
            if cue.at < at:
                continue
            if cue.at == behind and cue.subject.first > cue.at:
                return by(cue.subject, "cue-after", cue.verb, not self._joint(number, cue.subject))
            if (
                cue.subject.first >= behind
                and cue.subject.first < cue.at
                and self._runs(sentence, behind, cue.subject.first)
                and (stops or cue.verb in SURE)
            ):
                if not stops and at and sentence[at - 1].word:
                    break
                around = {token.text.lower() for token in sentence[cue.subject.last : cue.at + 2]}
                if around & (_UNSAID | _MIGHT):
                    return Attributed(
                        quote, cue.subject, self.reader.meaning(cue.subject)[0], "not-plainly", False, (), cue.verb
                    )
                nested = any(cue.at < other.at <= cue.at + 6 and other.subject.first > cue.at for other in cues) or any(
                    name.first > cue.at and name.first <= cue.at + 3 and name.last < len(sentence) and sentence[name.last].text in ("saying", "telling", "that", "as")
                    for name, _ in self.reader.register.of(sentence)
                )  # fmt: skip
                return by(cue.subject, "cue-after", cue.verb, not nested and not self._joint(number, cue.subject))
            break
        if stops and inner[-1:] in ",?!" and behind < len(sentence):
            own = self.reader.starting_at(number, behind)
            verb = sentence[own.last] if own and own.last < len(sentence) else None
            if own and own.kind != "nominal" and verb is not None and verb.text.islower() and verb.text.endswith(("ed", "s")) and verb.text not in _STOPS and (
                not sentence[own.last - 1].possessive
            ):  # fmt: skip
                return by(own, "cue-after", verb.text, False)
        if behind + 1 < len(sentence) and sentence[behind].text.lower() == "according" and sentence[behind + 1].text == "to":
            source = self._source(number, behind + 2)
            if source:
                return by(source, "according-to", "according to")
        if behind < len(sentence) and sentence[behind].text == "by" and not stops and any(
            token.text in SAY and token.text.endswith("ed") for token in sentence[max(0, at - 4) : at]
        ):  # fmt: skip
            source = self.reader.starting_at(number, behind + 1)
            if source:
                return by(source, "by", "by")
        before = [cue for cue in cues if cue.at < at]
        if before:
            cue = before[-1]
            near = at - cue.at - 1 <= sum(
                token.text in (",", ":", "that") or (token.text.islower() and token.text in DETERMINERS)
                for token in sentence[cue.at + 1 : at]
            )
            if not near and sentence[at - 1].text in (",", ":"):
                own = self._own_subject(number, at, cue.at)
                if own:
                    return by(own, "cue-before", sentence[own.last].text.lower())
            if not near:
                later = self._at_end(number, at, cues)
                if later:
                    return by(later.subject, "cue-behind", later.verb)
            if not near and cue.verb not in SURE:
                cue = next((each for each in reversed(before) if each.verb in SURE), cue)
            return by(cue.subject, "touching" if near else "cue-before", cue.verb, near or cue.verb in SURE)
        for place in range(len(sentence) - 1):
            if sentence[place].text.lower() == "according" and sentence[place + 1].text == "to":
                source = self._source(number, place + 2)
                if source:
                    return by(source, "according-to", "according to")
        later = self._at_end(number, at, cues)
        if later:
            return by(later.subject, "cue-behind", later.verb)
        if behind < len(sentence) and behind > at + 1 and sentence[at + 1].text != ",":
            signed = self.reader.starting_at(number, behind)
            if signed and signed.kind == "name" and signed.last >= len(sentence) - 1:
                return by(signed, "signed")
        if at and sentence[at - 1].text in (":", "is", "was", "are", "were", "read", "reads"):
            owner = self._owner(number, at)
            if owner:
                return by(owner, "colon", ":")
        if at and sentence[at - 1].text == ":":
            subject = self.reader.subject_of_clause(number, at - 1) or self.reader.ending_at(number, at - 1)
            if subject:
                return by(subject, "colon", ":", subject.last == at - 1)
        if self._alone(sentence, at):
            return None
        subject = self.reader.subject_of_clause(number, at)
        if subject:
            return by(subject, "subject", "", False)
        return None

    def _owner(self, number: int, at: int) -> Mention | None:
        """Of “Petro’s answer was: “…””: whose words these are."""
        sentence = self.reader.sentences[number]
        for place in range(max(0, at - 5), at):
            if sentence[place].text.lower() in _UTTERED and place:
                for name, actor in self.reader.register.of(sentence):
                    if name.last in (place, place - 1) and sentence[name.last - 1].possessive:
                        return Mention(number, name.first, name.last, "name", actor)
                if sentence[place - 1].text.lower() in ("his", "her"):
                    return Mention(
                        number, place - 1, place, "pronoun", head="he" if sentence[place - 1].text.lower() == "his" else "she"
                    )
        return None

    def _own_subject(self, number: int, at: int, after: int) -> Mention | None:
        """Of “…, Petro thundered back, “…””: the subject of the clause that leads in to the quote at this token."""
        sentence = self.reader.sentences[number]
        place = at - 2
        while place > after and sentence[place].word and sentence[place].quote < 0:
            place -= 1
        if place <= after or sentence[place].text not in (",", ";"):
            return None
        found = self.reader.starting_at(number, place + 1)
        if (
            found
            and found.last < at - 1
            and sentence[found.last].text.islower()
            and sentence[found.last].text not in _STOPS
            and found.kind != "nominal"
        ):
            return found
        return None

    def _at_end(self, number: int, at: int, cues: list[Cue]) -> Cue | None:
        """The cue that ends the sentence behind a comma: “…, he said”, “…, said Geert Wilders, founder of …”."""
        sentence = self.reader.sentences[number]
        for cue in cues:
            if cue.verb in SURE and cue.subject.first > at and cue.at > at and self._comma_before(sentence, min(cue.subject.first, cue.at)) and (
                cue.at >= len(sentence) - 8 or cue.subject.first > cue.at
            ):  # fmt: skip
                return cue
        return None

    def _source(self, number: int, at: int) -> Mention | None:
        """Who or what “according to” names."""
        found = self.reader.starting_at(number, at)
        if found:
            return found
        sentence = self.reader.sentences[number]
        end = at
        while (
            end < len(sentence) and sentence[end].word and sentence[end].quote < 0 and sentence[end].text.lower() not in _STOPS
        ):
            end += 1
        return Mention(number, at, end, "nominal", head=sentence[end - 1].text.lower()) if end > at else None

    @staticmethod
    def _comma_before(sentence: Sentence, at: int) -> bool:
        while at > 0 and sentence[at - 1].word and sentence[at - 1].quote < 0:
            at -= 1
        return at > 0 and sentence[at - 1].text == ","

    def _joint(self, number: int, mention: Mention) -> bool:
        """Whether another name is joined to this one: “Poe and Roe said”."""
        sentence = self.reader.sentences[number]
        names, wholes = self.reader.names[number], self.reader.wholes[number]
        whole = next((first for first, (name, _) in wholes.items() if name.first == mention.first), mention.first)
        before = whole > 1 and sentence[whole - 1].text == "and" and whole - 1 in names
        return before or (
            mention.last + 1 < len(sentence) and sentence[mention.last].text == "and" and mention.last + 1 in wholes
        )

    @staticmethod
    def _runs(sentence: Sentence, first: int, last: int) -> bool:
        """Whether one noun phrase stands between these: titles and descriptions before a name."""
        if last - first > 8:
            return False
        return all(
            token.word
            and token.quote < 0
            and (token.text == "and" or (token.text.lower() not in JOINS and token.text.lower() not in AUXILIARIES))
            for token in (
                sentence[first : last - 1] if last > first and sentence[last - 1].text == "," else sentence[first:last]
            )
        )

    @staticmethod
    def _alone(sentence: Sentence, at: int) -> bool:
        """Whether the sentence holds nothing but marked spans and punctuation."""
        words = sum(token.word for token in sentence if token.quote < 0)
        return words == 0 or (words <= 2 and at == 0)

    def _lead(self, number: int, cues: list[Cue]) -> Mention | None:
        """Who the next words belong to if nothing behind this sentence says otherwise."""
        if cues:
            return cues[-1].subject
        return self.reader.subject_of_clause(number, len(self.reader.sentences[number]))

    def _settle(self, waiting: list[tuple[int, int]], speaker: Attributed | None) -> None:
        """Quotes of a paragraph that no sentence has attributed: to `speaker`, who is named behind them, else to who led in."""
        for number, at in waiting:
            sentence = self.reader.sentences[number]
            quote = sentence[at].quote
            got: Attributed | None = None
            if speaker is not None and speaker.mention is not None and self._alone(sentence, at):
                got = speaker._replace(quote=quote, rule="goes-on")
            else:
                got = self._from_before(number, at)
            if got is None:
                self.rejected.setdefault(quote, "nobody is named as its source") if self._short(
                    quote
                ) else self.found.setdefault(quote, Attributed(quote, None, -1, "", False))
                continue
            self._keep(got, number)

    def _short(self, quote: int) -> bool:
        return len(self.words_of(quote).split()) < 4

    def words_of(self, quote: int) -> str:
        return " ".join(self.reader.text[span.start : span.end] for span in self.words[quote])

    def _from_before(self, number: int, at: int) -> Attributed | None:
        reader = self.reader
        sentence = reader.sentences[number]
        quote = sentence[at].quote
        here = reader.paragraph[number]
        if not self._alone(sentence, at):
            return None
        behind = reader.sentences[number + 1] if number + 1 < len(reader.sentences) else []
        if (
            behind
            and behind[0].text in ("-", "—", "–", "--", "―")
            and at == len(sentence) - 1 - (not sentence[-1].word and sentence[-1].quote < 0)
        ):
            signed = reader.starting_at(number + 1, 1)
            if signed and signed.kind == "name" and len(behind) - signed.last <= 6:
                return Attributed(quote, signed, signed.actor, "signed", True)
        for back in range(1, 3):
            other = number - back
            if other < 0:
                break
            if any(token.quote >= 0 for token in reader.sentences[other]):
                break
            apart = here - reader.paragraph[other]
            if apart > 1:
                break
            if (
                apart == 1
                and reader.sentences[other][-1].text != ":"
                and self._last is not None
                and self._last_paragraph == here - 1
            ):
                break
            mention = self._lead(other, reader.cues(other))
            if mention:
                actor, sure, others = reader.meaning(mention)
                colon = reader.sentences[other][-1].text == ":"
                return Attributed(quote, mention, actor, "lead-in" if colon else "subject-before", sure and colon, others)
        if self._last is not None and here - self._last_paragraph <= 1:
            return self._last._replace(quote=quote, rule="goes-on", sure=False)
        return None

    def _no_quote(self, got: Attributed, number: int) -> str:
        """Why marked words with somebody beside them are still nobody's words; "" where they are."""
        words = self.words_of(got.quote)
        count = len(words.split())
        sentence = self.reader.sentences[number]
        at = next((place for place, token in enumerate(sentence) if token.quote == got.quote), 0)
        before = [token.text.lower() for token in sentence[max(0, at - 3) : at]]
        if (
            got.rule == "cue-after"
            and before
            and before[-1] in ("in", "on", "by", "for", "from", "with", "told", "at")
            and (count <= 3 or _titled(words.rstrip(".,")))
        ):
            return "a title or a name"
        inner = words.rstrip("’'\" ")
        if (
            got.rule == "cue-after"
            and inner[-1:] not in ",?!.…—–-"
            and count <= 3
            and at + 1 < len(sentence)
            and sentence[at + 1].word
        ):
            return "a title or a name"
        touched = got.rule in ("cue-after", "goes-on", "lead-in", "signed", "colon") or (
            got.rule in ("touching", "cue-before") and before[-1:] in ([","], [":"])
        )
        if touched:
            return ""
        if before[-1:] and before[-1] in (
            "so-called",
            "dubbed",
            "nicknamed",
            "titled",
            "entitled",
            "book",
            "song",
            "film",
            "movie",
            "novel",
            "album",
            "show",
            "series",
            "play",
        ):
            return "a title or a name"
        if count >= 2 and _titled(words.rstrip(".,")) and not (before[-1:] and before[-1] == got.cue):
            return "a title"
        if got.rule == "subject" and count < 4:
            return "single words in marks, and nobody is said to say them"
        return ""


def _titled(words: str) -> bool:
    """Every word but small ones capitalised, as in a title."""
    long = [word for word in words.split() if len(word) > 3 or word[:1].isupper()]
    return bool(long) and all(word[:1].isupper() or word[:1].isdigit() for word in long) and words[-1:] not in ".!?,"
