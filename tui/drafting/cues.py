"""Cues: the verbs that report speech, and who it is that speaks."""

from __future__ import annotations

from tui.briefing.record import NamedTuple
from tui.drafting.clauses import Clauses
from tui.drafting.phrases import Mention, person_or_body
from tui.drafting.sentences import LOW, Sentence
from tui.drafting.words import (
    ADVERBS,
    ALSO_NOUNS,
    AUXILIARIES,
    BASES,
    INVERTS,
    PHRASAL,
    PLAIN,
    SAY,
    STOPS,
)  # fmt: skip

_GOES_ON = frozenset("began begin begins begun beginning continue continues continued continuing".split())
"""What is begun or continued beside marked words is speech; elsewhere it may be anything."""
_CONTRACTED = frozenset("’s 's ’d 'd ’ll ’ve to".split())
MOST_CUES = 24
"""Of one sentence: what has more is no sentence."""
_AT_END = frozenset("said says wrote added".split())


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
        """Every reporting verb of a sentence that has a subject, in order."""
        known = self._cues.get(number)
        if known is None:
            known = self._cues[number] = self._found(number)
        return known

    def _found(self, number: int) -> list[Cue]:
        sentence = self.sentences[number]
        found: list[Cue] = []
        tried = 0
        lows = [*map(LOW, sentence)]
        if "that" not in lows and SAY.isdisjoint(lows):
            return found
        for at, low in enumerate(lows):
            if low not in SAY and not (
                low.endswith(("ed", "es", "ts", "ns")) and at + 1 < len(sentence) and sentence[at + 1].text == "that" and low not in STOPS
            ):  # fmt: skip
                continue
            if tried > MOST_CUES:
                break
            token = sentence[at]
            if token.quote >= 0 or (token.capital and at):
                continue
            if self._is_noun(sentence, at):
                continue
            tried += 1
            if low in ("asked", "questioned", "pressed", "quoted") and at + 1 < len(sentence) and sentence[at + 1].text == "by":
                agent = self.phrases.named_behind(number, self.phrases.starting_at(number, at + 2))
                if agent and low != "quoted":
                    found.append(Cue(at, low, agent))
                continue
            if low in PHRASAL and not (at + 1 < len(sentence) and sentence[at + 1].text == PHRASAL[low]):
                continue
            if low in _GOES_ON and not (
                (at and sentence[at - 1].quote >= 0) or (at + 1 < len(sentence) and (sentence[at + 1].quote >= 0 or not sentence[at + 1].word))
            ) and (low.startswith("b") or sentence[min(at + 1, len(sentence) - 1)].text == "to"):  # fmt: skip
                continue
            if low in ("put", "puts") and (at + 1 >= len(sentence) or sentence[at + 1].text != "it"):
                continue
            subject = None
            if at == 0 and low in INVERTS and len(sentence) > 1 and sentence[1].capital:  # “Added Roe: “…””
                subject = self.phrases.starting_at(number, 1)
                if subject and not (
                    subject.last < len(sentence)
                    and (sentence[subject.last].text in (":", ",") or sentence[subject.last].quote >= 0)
                ):
                    subject = None
            if (
                low in INVERTS
                and at
                and not low.endswith("ing")
                and (sentence[at - 1].quote >= 0 or sentence[at - 1].text in ("—", "–", ",", "--", "-"))
            ):
                subject = self.phrases.named_behind(number, self.phrases.starting_at(number, at + 1))
                if subject and at + 1 < len(sentence):
                    subject = self.phrases.wider(number, at + 1, subject)
                if subject is None and (sentence[at - 1].quote >= 0 or (at > 1 and sentence[at - 2].quote >= 0)):
                    subject = self.phrases.named_behind(number, self.phrases.thing_at(number, at + 1))
                if subject and sentence[at - 1].quote < 0 and not (sentence[at - 2].quote >= 0 or (low in _AT_END and at + 12 > subject.last >= at and (
                    subject.last >= len(sentence) or (subject.last == len(sentence) - 1 and sentence[subject.last].quote < 0) or sentence[subject.last].text in (",", ".", "who", "of", "in", "on", "at", "(")
                ))):  # fmt: skip
                    subject = None
            if (
                subject
                and subject.first > at
                and subject.last < len(sentence)
                and sentence[subject.last].low in AUXILIARIES - _CONTRACTED
            ):
                subject = None
            first = found[0] if found and low.endswith("ing") else found[-1] if found else None
            subject = subject or self.clauses.subject_of(number, at, first.subject if first else None)
            if subject and subject.kind == "pronoun" and subject.head in ("who", "which"):
                subject = None
            if subject and low in BASES and subject.first < at and not self._goes_with(sentence, at, subject):
                subject = None
            if (
                subject
                and subject.kind == "nominal"
                and not person_or_body(subject.head)
                and not low.endswith(("ed", "ing"))
                and low not in PLAIN
            ):
                subject = None
            if subject:
                behind = subject.last
                relative = behind < at and sentence[behind].text in ("who", "which", "that") and all(
                    token.low in AUXILIARIES or token.low in ADVERBS for token in sentence[behind + 1 : at]
                )  # fmt: skip
                found.append(Cue(at, low, subject, relative))
        return found

    @staticmethod
    def _goes_with(sentence: Sentence, at: int, subject: Mention) -> bool:
        """Whether a base form can have this subject: “they say”, “will say”, “to say”; behind one name it is a noun."""
        if at and (
            sentence[at - 1].low in AUXILIARIES
            or sentence[at - 1].low in ("who", "and", "not")
            or sentence[at - 1].low in ADVERBS
        ):
            return True
        if subject.kind == "pronoun":
            return subject.head not in ("he", "she", "it")
        if subject.kind == "name":
            first = subject.first
            return sentence[subject.last - 1].text.endswith("s") and first > 0 and sentence[first - 1].low == "the"
        return subject.kind == "nominal" and (
            (subject.head.endswith("s") and not subject.head.endswith("ss"))
            or subject.head
            in ("two", "three", "four", "people", "police", "women", "men", "children", "some", "many", "others", "most")
        )

    @staticmethod
    def _is_noun(sentence: Sentence, at: int) -> bool:
        """“the report”, “a call”, “Petro’s comments”: a form that is also a noun, where only a noun can stand."""
        low = sentence[at].low
        if low.endswith(("ed", "ing")) or low in ("said", "says", "told", "wrote", "say"):
            before = sentence[at - 1].low if at else ""
            return (low.endswith(("ed", "ing")) and before in ("the", "a", "an")) or (
                low.endswith("ing") and at > 0 and sentence[at - 1].possessive
            )
        if at == 0:
            return True
        if low in ALSO_NOUNS and at + 1 < len(sentence) and person_or_body(sentence[at + 1].text):
            return True  # “many state workers”
        owner = sentence[at - 1]
        word = owner.low
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
