"""Who is meant by he, by the minister, by a name.

A pronoun takes up whoever stands out most among those whom it fits (after Lappin and Leass, “An Algorithm for Pronominal
Anaphora Resolution”, 1994): every mention before it weighs by what it is in its sentence, and less with every sentence since.
A description takes up the person whom the text has called so, where one only fits, and is else an actor of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.drafting.actors import last_before
from tui.drafting.language import ENGLISH
from tui.drafting.phrases import Mention, Phrases, person_or_body
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS
from tui.drafting.words import PRONOUNS, SAY, TIMES

_SENTENCE_BACK, _PARAGRAPH_BACK = 0.3, 0.8
"""What a mention still weighs a sentence, and a paragraph, further on."""
_SENTENCES, _PARAGRAPHS = 12, 4
"""Among so many, with its own, is looked for whom a pronoun takes up."""
_NEAR = [[_SENTENCE_BACK**back * _PARAGRAPH_BACK**apart for apart in range(_PARAGRAPHS)] for back in range(_SENTENCES)]
_SPEAKS, _SUBJECT, _FIRST, _GENDER = 1.45, 1.9, 1.3, 1.6
"""What it gains where it speaks, may be the subject, is the first of its sentence, or is known to be a man or a woman."""
_DESCRIBED, _ONLY_DESCRIBES, _OWNS, _UNKNOWN_KIND, _UNLIKELY = 0.4, 0.4, 0.6, 0.3, 0.6
"""What it loses where it is no name, describes the noun behind it, owns it, or may be no person."""
_FAR_AHEAD = 1.9
"""So many times the weight of the next one makes the first sure."""
_NO_ENDS = ENGLISH.prepositions | ENGLISH.determiners


class Referents:
    """Who is meant by the words that name, describe or stand for somebody."""

    def __init__(self, phrases: Phrases, paragraph: Sequence[int]) -> None:
        self.phrases, self.paragraph = phrases, paragraph
        self.text, self.sentences, self.register = phrases.text, phrases.sentences, phrases.register
        self.speaking: set[tuple[int, int]] = set()
        """The (sentence, token) of those who say something there."""
        self._known: dict[tuple[int, int], tuple[bool, bool, bool]] = {}
        self._another: dict[tuple[int, int], int] = {}
        """The (sentence, token) of an indefinite description to its actor: each is somebody else."""
        self.spoken = [
            sorted([(name.first, actor) for name, actor in self.register.of(sentence)]) for sentence in self.sentences
        ]
        """Of each sentence, (token, actor) of everybody in it in order, pronouns too once they are understood."""

    def meaning(self, mention: Mention) -> tuple[int, bool, tuple[int, ...]]:
        """(actor, whether sure, who else) of a mention. A nominal without anybody becomes an actor of its own."""
        if mention.kind == "name":
            return mention.actor, True, ()
        if mention.kind == "pronoun":
            return self._pronoun(mention)
        return self._described(mention)

    def _pronoun(self, mention: Mention) -> tuple[int, bool, tuple[int, ...]]:
        head = mention.head
        if head not in ENGLISH.resolved_pronouns:
            return -1, False, ()
        weigh: dict[int, float] = {}
        seen_at: dict[int, int] = {}
        plain: dict[int, bool] = {}
        here = self.paragraph[mention.sentence]
        fits: dict[int, bool] = {}
        for back in range(_SENTENCES):
            number = mention.sentence - back
            if number < 0:
                break
            apart = here - self.paragraph[number]
            if apart >= _PARAGRAPHS:
                break
            near = _NEAR[back][apart]
            first = True
            here_weigh: dict[int, float] = {}
            for token, actor in self.spoken[number]:
                if (back == 0 and token >= mention.first) or actor < 0:
                    continue
                fit = fits.get(actor)
                if fit is None:
                    fit = fits[actor] = self._fits(actor, head)
                if not fit:
                    continue
                stands = self._known.get((number, token)) or self._stands(number, token)
                weight = self._standing(stands, (number, token) in self.speaking, actor, head, first) * near
                first = False
                if weight > here_weigh.get(actor, 0.0):
                    here_weigh[actor] = weight
                if actor not in seen_at:
                    seen_at[actor] = number
                    plain[actor] = stands[1]
            for actor, weight in here_weigh.items():
                weigh[actor] = weigh.get(actor, 0.0) + weight
        ranked = sorted(weigh, key=lambda actor: -weigh[actor])
        if not ranked:
            return -1, False, ()
        best = ranked[0]
        sure = plain[best] and (
            len(ranked) == 1
            or (weigh[best] > _FAR_AHEAD * weigh[ranked[1]] and not (seen_at[best] == seen_at[ranked[1]] and plain[ranked[1]]))
        )
        return best, sure, tuple(ranked[1:4])

    def _standing(self, stands: tuple[bool, bool, bool], speaks: bool, actor: int, head: str, first: bool) -> float:
        """How likely a pronoun is to take up this mention, by what it is in its own sentence."""
        who = self.register.actors[actor]
        describes, subject, owns = stands
        weight = 1.0
        if speaks:
            weight *= _SPEAKS
        elif not who.at:
            weight *= _DESCRIBED
        elif describes:
            weight *= _ONLY_DESCRIBES
        if subject:
            weight *= _SUBJECT
        if first:
            weight *= _FIRST
        if head in ENGLISH.masculine_pronouns or head in ENGLISH.feminine_pronouns:
            if who.gender:
                weight *= _GENDER
            elif who.kind != "person":
                weight *= _UNKNOWN_KIND
            if not who.likely and not speaks:
                weight *= _UNLIKELY
        if owns:
            weight *= _OWNS
        return weight

    def _fits(self, actor: int, head: str) -> bool:
        who = self.register.actors[actor]
        if head in ENGLISH.masculine_pronouns:
            return who.kind in ("person", "") and who.gender != "f"
        if head in ENGLISH.feminine_pronouns:
            return who.kind in ("person", "") and who.gender != "m"
        return who.kind != "person"

    def _stands(self, number: int, token: int) -> tuple[bool, bool, bool]:
        """Tell whether the mention at this token only describes what follows (“Obama consultant Cornell Belcher”), may be the subject
        (no preposition before it, and no possessive), and owns what follows."""
        sentence = self.sentences[number]
        end = self.phrases.end_of(number, token)
        behind = sentence.text[end + 1] if end + 1 < sentence.size else ""
        owns = sentence.possessive[end]
        known = self._known[number, token] = (
            behind.islower() and person_or_body(behind) and behind not in ENGLISH.adverbs,
            not owns and not self._led_in(sentence, token),
            owns,
        )
        return known

    def _led_in(self, sentence: Sentence, token: int) -> bool:
        """Tell whether a preposition leads in a name, or the list of names that it stands in: such as Jane Roe and John Doe."""
        while token > 1 and sentence.text[token - 1] in (ENGLISH.coordinator, ",") and sentence.capital[token - 2]:
            token -= 2
            while token > 0 and sentence.capital[token - 1]:
                token -= 1
        return token > 0 and self.phrases.led_in_at(sentence, token - 1, token)

    def _described(self, mention: Mention) -> tuple[int, bool, tuple[int, ...]]:
        """“the Colombian leader”: the person whom the text has called so, where one only fits; else an actor of its own."""
        sentence = self.sentences[mention.sentence]
        words = sentence.text[mention.first : mention.last]
        head = mention.head
        definite = words[0].lower() in ENGLISH.definite_determiners
        if definite and head in ENGLISH.later_roles:
            start = sentence.start[mention.first]
            heads = ENGLISH.head_of_state_nouns if head in ENGLISH.head_of_state_nouns else {head}
            fits = self.register.called(heads, start)
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
                recent = sorted(fits, key=lambda number: -last_before(self.register.actors[number].at, start))
                return recent[0], len(recent) == 1, tuple(recent[1:4])
            alone = self.register.alone(start)
            if alone and not states and not alone.role and head in ENGLISH.lone_roles:
                return alone.number, False, ()
        end = sentence.end_of(self._in_full(mention) - 1)
        text = self.text[sentence.start[mention.first] : end]
        kind = (
            "group"
            if head in ENGLISH.plural_person_nouns
            else "person"
            if head in ENGLISH.person_nouns or "-" in head
            else "group"
            if head.endswith("s") and person_or_body(head) and head not in ENGLISH.body_nouns
            else "organization"
        )
        words_of, place = " ".join(text.split()), (mention.sentence, mention.first)
        if words[0].lower() not in ENGLISH.indefinite_articles:
            return self.register.add(words_of, kind), True, ()
        if place not in self._another:
            self._another[place] = self.register.add_another(words_of, kind)
        return self._another[place], True, ()

    def _adjective_in(self, number: int, state: str) -> bool:
        role = self.register.actors[number].role
        return any(word in role for word, of in DEMONYMS.items() if of == state) if role else False

    def _in_full(self, mention: Mention) -> int:
        """Where the description ends with what tells this one from others: “a spokesman for the campaign”."""
        sentence = self.sentences[mention.sentence]
        at = mention.last
        if at >= sentence.size or sentence.text[at] not in ENGLISH.describing_words:
            return mention.last
        last = at + 1
        while last < sentence.size and last < at + 8 and sentence.word[last]:
            low = sentence.low[last]
            if (
                low in SAY
                or low in ENGLISH.auxiliaries
                or low in ENGLISH.conjunctions
                or low in PRONOUNS
                or low in ENGLISH.adverbs
                or sentence.text[last] in TIMES
            ):
                break
            if low in ENGLISH.prepositions and low not in ENGLISH.ordinary_prepositions:
                break
            last += 1
        return last if last > at + 1 and sentence.low[last - 1] not in _NO_ENDS else mention.last
