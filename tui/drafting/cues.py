"""Cues: the verbs that report speech, and who it is that speaks."""

from __future__ import annotations

from tui.briefing.record import NamedTuple
from tui.drafting.clauses import Clauses
from tui.drafting.language import ENGLISH
from tui.drafting.phrases import Mention, person_or_body
from tui.drafting.sentences import Sentence
from tui.drafting.words import BASES, INVERTS, SAY, STOPS

_AUXILIARIES = ENGLISH.auxiliaries - ENGLISH.contracted_auxiliaries
MOST_CUES = 24
"""Of one sentence: what has more is no sentence."""


class Cue(NamedTuple):
    at: int
    verb: str
    subject: Mention
    relative: bool = False
    """In a clause with who or which: “voters who wonder”."""


class Cues:
    """The verbs that report speech, each with its subject."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses, self.phrases = clauses, clauses.phrases
        self.sentences, self.register = clauses.sentences, clauses.register
        self._cues: dict[int, list[Cue]] = {}

    def of(self, number: int) -> list[Cue]:
        """Return every reporting verb of a sentence that has a subject, in order."""
        known = self._cues.get(number)
        if known is None:
            known = self._cues[number] = self._found(number)
        return known

    def _found(self, number: int) -> list[Cue]:
        sentence, found, tried = self.sentences[number], list[Cue](), 0
        for at in self._places(sentence):
            low = sentence.low[at]
            if tried > MOST_CUES:
                break
            if sentence.quote[at] >= 0 or (sentence.capital[at] and at) or self._is_noun(sentence, at):
                continue
            tried += 1
            if (
                low in ENGLISH.passive_with_agent
                and at + 1 < sentence.size
                and sentence.text[at + 1] == ENGLISH.agent_preposition
            ):
                agent = self.phrases.named_behind(number, self.phrases.starting_at(number, at + 2))
                if agent and low != ENGLISH.passive_without_source:
                    found.append(Cue(at, low, agent))
                continue
            if self._is_something_else(sentence, at):
                continue
            first = found[0] if found and low.endswith(ENGLISH.gerund_ending) else found[-1] if found else None
            subject = self._subject(number, at, first)
            if subject:
                behind = subject.last
                relative = behind < at and sentence.text[behind] in ENGLISH.relative_pronouns and all(
                    each in ENGLISH.auxiliaries or each in ENGLISH.adverbs for each in sentence.low[behind + 1 : at]
                )  # fmt: skip
                found.append(Cue(at, low, subject, relative))
        return found

    @staticmethod
    def _places(sentence: Sentence) -> list[int]:
        """Return the tokens that can be a reporting verb: those in the list of verbs, and any verb before “that”."""
        lows = sentence.low
        that = ENGLISH.complementizer in lows
        if not that and SAY.isdisjoint(lows):
            return []
        places = [at for at, low in enumerate(lows) if low in SAY]
        if that:
            thats = [at for at, text in enumerate(sentence.text) if text == ENGLISH.complementizer and at]
            before = [at - 1 for at in thats if lows[at - 1].endswith(ENGLISH.verb_endings) and lows[at - 1] not in STOPS]
            places = sorted({*places, *before})
        return places

    @staticmethod
    def _is_something_else(sentence: Sentence, at: int) -> bool:
        """Tell whether a verb that reports speech only next to certain words is not next to them."""
        low = sentence.low[at]
        if low in ENGLISH.reporting_particles and not (
            at + 1 < sentence.size and sentence.text[at + 1] == ENGLISH.reporting_particles[low]
        ):
            return True
        if low in ENGLISH.begin_and_continue and not (
            (at and sentence.quote[at - 1] >= 0) or (at + 1 < sentence.size and (sentence.quote[at + 1] >= 0 or not sentence.word[at + 1]))
        ) and (low.startswith("b") or sentence.text[min(at + 1, sentence.size - 1)] == ENGLISH.infinitive_particle):  # fmt: skip
            return True
        return low in ENGLISH.put_it and (at + 1 >= sentence.size or sentence.text[at + 1] != ENGLISH.put_object)

    def _subject(self, number: int, at: int, first: Cue | None) -> Mention | None:
        """Return the subject of a reporting verb. `first`: the cue whose subject a verb without one shares."""
        sentence = self.sentences[number]
        low = sentence.low[at]
        subject = self._inverted(number, at)
        if subject and subject.first > at and subject.last < sentence.size and sentence.low[subject.last] in _AUXILIARIES:
            subject = None
        subject = subject or self.clauses.subject_of(number, at, first.subject if first else None)
        if subject and subject.kind == "pronoun" and subject.head in ENGLISH.relatives_with_antecedent:
            subject = None
        if subject and low in BASES and subject.first < at and not self._goes_with(sentence, at, subject):
            subject = None
        if (
            subject
            and subject.kind == "nominal"
            and not person_or_body(subject.head)
            and not low.endswith(ENGLISH.participle_endings)
            and low not in ENGLISH.anyones_verbs
        ):
            subject = None
        return subject

    def _inverted(self, number: int, at: int) -> Mention | None:
        """Return the subject after its verb: “…,” said Roe."""
        sentence = self.sentences[number]
        low = sentence.low[at]
        subject = None
        if at == 0 and low in INVERTS and sentence.size > 1 and sentence.capital[1]:  # “Added Roe: “…””
            subject = self.phrases.starting_at(number, 1)
            if subject and not (
                subject.last < sentence.size
                and (sentence.text[subject.last] in (":", ",") or sentence.quote[subject.last] >= 0)
            ):
                subject = None
        if (
            low in INVERTS
            and at
            and not low.endswith(ENGLISH.gerund_ending)
            and (sentence.quote[at - 1] >= 0 or sentence.text[at - 1] in ("—", "–", ",", "--", "-"))
        ):
            subject = self.phrases.named_behind(number, self.phrases.starting_at(number, at + 1))
            if subject and at + 1 < sentence.size:
                subject = self.phrases.wider(number, at + 1, subject)
            if subject is None and (sentence.quote[at - 1] >= 0 or (at > 1 and sentence.quote[at - 2] >= 0)):
                subject = self.phrases.named_behind(number, self.phrases.thing_at(number, at + 1))
            if subject and sentence.quote[at - 1] < 0 and not (sentence.quote[at - 2] >= 0 or (low in ENGLISH.closing_verbs and at + 12 > subject.last >= at and (
                subject.last >= sentence.size or (subject.last == sentence.size - 1 and sentence.quote[subject.last] < 0) or sentence.text[subject.last] in ENGLISH.after_closing_subjects
            ))):  # fmt: skip
                subject = None
        return subject

    @staticmethod
    def _goes_with(sentence: Sentence, at: int, subject: Mention) -> bool:
        """Tell whether a base form can have this subject: “they say”, “will say”, “to say”; behind one name it is a noun."""
        if at and (
            sentence.low[at - 1] in ENGLISH.auxiliaries
            or sentence.low[at - 1] in ENGLISH.before_base_forms
            or sentence.low[at - 1] in ENGLISH.adverbs
        ):
            return True
        if subject.kind == "pronoun":
            return subject.head not in ENGLISH.singular_pronouns
        if subject.kind == "name":
            first = subject.first
            return (
                sentence.text[subject.last - 1].endswith("s")
                and first > 0
                and sentence.low[first - 1] == ENGLISH.definite_article
            )
        return subject.kind == "nominal" and (
            (subject.head.endswith("s") and not subject.head.endswith(ENGLISH.singular_ending_in_s))
            or subject.head in ENGLISH.plural_subjects
        )

    @staticmethod
    def _is_noun(sentence: Sentence, at: int) -> bool:
        """“the report”, “a call”, “Petro’s comments”: a form that is also a noun, where only a noun can stand."""
        low = sentence.low[at]
        if low.endswith(ENGLISH.participle_endings) or low in ENGLISH.never_nouns:
            before = sentence.low[at - 1] if at else ""
            return (low.endswith(ENGLISH.participle_endings) and before in ENGLISH.articles) or (
                low.endswith(ENGLISH.gerund_ending) and at > 0 and sentence.possessive[at - 1]
            )
        if at == 0:
            return True
        if low in ENGLISH.reporting_nouns and at + 1 < sentence.size and person_or_body(sentence.text[at + 1]):
            return True  # “many state workers”
        word = sentence.low[at - 1]
        return bool(sentence.possessive[at - 1] or word in ENGLISH.before_nouns)
