"""Speech without marks, where the cue is clear: “X said that …”, “X told reporters that …”, “According to X, …”.

What stands between the verb and its “that” decides: whom it was told, where, when or how. Behind anything else “that” begins a
relative clause, as in “announced a plan that will help”, which says what the plan is and nothing that was said.
"""

from __future__ import annotations

from tui.drafting.cues import Cue, Cues
from tui.drafting.language import ENGLISH
from tui.drafting.phrases import Mention, Phrases
from tui.drafting.sentences import Sentence
from tui.drafting.words import REPORTS, SAY, TELLING, TIMES

_WHEN_AND_HOW = ENGLISH.prepositions - {ENGLISH.genitive_preposition} | ENGLISH.adverbs | ENGLISH.time_words
_ELSE = (ENGLISH.auxiliaries - {ENGLISH.infinitive_particle}) | frozenset(
    word for word in SAY if word.endswith(ENGLISH.gerund_ending) or word in ENGLISH.anyones_verbs
)
"""Of another clause than that of the verb."""
MOST_BETWEEN = 7
"""Tokens between a verb and its “that”."""


def reported(number: int, sentence: Sentence, cues: Cues, phrases: Phrases) -> tuple[Mention, int, int] | None:
    """Who said what: the mention, and the first and the last token of what was said. The sentence has no marks."""
    last = sentence.size - 1
    while last > 0 and not sentence.word[last]:
        last -= 1
    for cue in cues.of(number):
        if cue.verb in REPORTS and cue.subject.first < cue.at and not _passive(sentence, cue.at):
            first = _said(sentence, cue, last)
            if first:
                return cue.subject, first, last
    for at in range(sentence.size - 1) if ENGLISH.according in sentence.low else ():
        if sentence.low[at] == ENGLISH.according and sentence.text[at + 1] == ENGLISH.infinitive_particle:
            mention = phrases.starting_at(number, at + 2)
            if mention is None:
                return None
            if at == 0 and mention.last < last and sentence.text[mention.last] == ",":
                return mention, mention.last + 1, last
            if at > 6 and sentence.text[at - 1] == "," and mention.last >= last:
                return mention, 0, at - 2
    return None


def _said(sentence: Sentence, cue: Cue, last: int) -> int:
    """Return the first token of what a verb says was said; 0 where it says nothing."""
    for at in range(cue.at + 1, min(cue.at + MOST_BETWEEN + 1, last)):
        if sentence.text[at] == ENGLISH.complementizer and _leads(sentence, cue, at):
            first = at + 1
            while first < last and not sentence.word[first]:
                first += 1  # “that, in retrospect, …”
            return 0 if sentence.low[first] in ENGLISH.auxiliaries else first
        if not sentence.word[at] and sentence.text[at] != ",":
            break
    return 0


def _leads(sentence: Sentence, cue: Cue, that: int) -> bool:
    """Tell whether a “that” begins what the verb says was said."""
    between = sentence.low[cue.at + 1 : that]
    if not between:
        return (
            cue.verb not in ENGLISH.verbs_directly_before_that or cue.subject.last == cue.at
        )  # not “the other early states that vote”
    if cue.verb in ENGLISH.verbs_directly_before_that:
        return False
    if between[0] in ENGLISH.subject_pronouns:
        return len(between) == 2 and between[1] in ENGLISH.belief_verbs  # “she said she believes that …”
    if between[-1] in ENGLISH.claim_nouns and between[0] in ENGLISH.determiners:
        return len(between) < 4  # “reiterated his belief that …”
    aside = between[0] == "," == between[-1] and len(between) > 1
    when = between[0] in _WHEN_AND_HOW or between[0].endswith(ENGLISH.adverb_ending) or sentence.text[cue.at + 1] in TIMES
    told = cue.verb in TELLING and between[0] != ","
    led = between[-1] in ENGLISH.prepositions and (len(between) < 2 or between[-1] not in ENGLISH.time_prepositions)
    return (aside or when or told) and not led and _ELSE.isdisjoint(between)


def _passive(sentence: Sentence, verb: int) -> bool:
    """“It is widely reported that …”"""
    at = verb - 1
    while at > 0 and (sentence.low[at] in ENGLISH.adverbs or sentence.low[at].endswith(ENGLISH.adverb_ending)):
        at -= 1
    return sentence.low[at] in ENGLISH.forms_of_be and not sentence.low[verb].endswith(ENGLISH.gerund_ending)
