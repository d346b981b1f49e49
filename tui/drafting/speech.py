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

from bisect import insort
from collections.abc import Sequence

from tui.briefing.document import Span
from tui.drafting.cues import Cue, Cues
from tui.drafting.language import ENGLISH
from tui.drafting.phrases import Mention
from tui.drafting.referents import Referents
from tui.drafting.sources import Attributed, Sources, alone
from tui.drafting.titles import is_title, no_quote
from tui.drafting.words import SURE

_LEADS_IN = ENGLISH.conjunctions | ENGLISH.prepositions
_HE_SHE = ENGLISH.he_or_she


class Speech:
    """All the marked spans of a text attributed: `found`, one for each in order, and `rejected`, with the reason."""

    def __init__(self, cues: Cues, referents: Referents, words: Sequence[Sequence[Span]]) -> None:
        self.cues, self.clauses, self.phrases, self.referents = cues, cues.clauses, cues.phrases, referents
        self.sources = Sources(cues, referents, words)
        self.found: dict[int, Attributed] = {}
        self.rejected: dict[int, str] = {}
        self._last: Attributed | None = None
        self._last_paragraph = -9
        waiting: list[tuple[int, int]] = []
        paragraph = -1
        in_paragraph: Attributed | None = None
        spoke: Attributed | None = None
        for number, sentence in enumerate(self.phrases.sentences):
            if self.referents.paragraph[number] != paragraph:
                self._settle(waiting, None)
                waiting = []
                paragraph = self.referents.paragraph[number]
                in_paragraph = spoke = None
            found = self.cues.of(number)
            meant: dict[int, tuple[int, bool, tuple[int, ...]]] = {}
            places = [*sentence.marked]
            self._pronouns(number, found, meant)
            for at in places:
                got = self.sources.of(number, at, found, meant)
                unsaid = got is None or got.rule == "subject"
                led = at >= sentence.size - 2 and sentence.text[at - 1] == "," and sentence.low[0] in _LEADS_IN
                if in_paragraph is not None and (
                    (got is None and alone(sentence, at))
                    or (unsaid and at <= 1 + (sentence.text[min(1, at)] == ","))
                    or (unsaid and got is not None and led)
                ):
                    got = in_paragraph._replace(
                        quote=sentence.quote[at], rule="goes-on", sure=in_paragraph.sure and alone(sentence, at)
                    )
                going_on = in_paragraph or spoke
                if (
                    got is None
                    and going_on
                    and going_on.actor >= 0
                    and not self._short(sentence.quote[at])
                    and not alone(sentence, at)
                ):
                    got = going_on._replace(quote=sentence.quote[at], rule="paragraph", sure=False)
                    self._keep(got, number)
                    continue
                if got is None:
                    waiting.append((number, at))
                    continue
                self._settle(waiting, got)
                waiting = []
                self._keep(got, number)
                in_paragraph = got
            plain = next((cue for cue in found if cue.verb in SURE and not cue.relative), None)
            if plain and not places:
                actor, _, others = meant.get(plain.subject.first) or self.referents.meaning(plain.subject)
                spoke = Attributed(-1, plain.subject, actor, "paragraph", False, others)
            if not places and in_paragraph is not None:
                other = self.clauses.subject_of_clause(number, sentence.size)
                actor = self.referents.meaning(other)[0] if other else -1
                if actor >= 0 and actor != in_paragraph.actor and self.phrases.register.actors[actor].kind == "person":
                    in_paragraph = None  # the text has turned to somebody else
        self._settle(waiting, None)

    def _keep(self, got: Attributed, number: int) -> None:
        reason = no_quote(got, self.sources.words_of(got.quote), self.phrases.sentences[number])
        if reason:
            self.rejected[got.quote] = reason
            return
        self.found[got.quote] = got
        self._last, self._last_paragraph = got, self.referents.paragraph[number]

    def _pronouns(self, number: int, cues: list[Cue], meant: dict[int, tuple[int, bool, tuple[int, ...]]]) -> None:
        """Understand the subjects of the cues, and every he and she in turn, so that the next one follows from them."""
        sentence = self.phrases.sentences[number]
        stand = [] if _HE_SHE.isdisjoint(sentence.low) else [at for at, low in enumerate(sentence.low) if low in _HE_SHE]
        if not cues and not stand:
            return
        subjects = {cue.subject.first: cue.subject for cue in cues}
        for at in sorted({*subjects, *stand}):
            if at in subjects:
                mention = subjects[at]
                meant[at] = self.referents.meaning(mention)
                if meant[at][0] >= 0 and not (at and sentence.text[at - 1] == ENGLISH.agent_preposition):
                    self.referents.speaking.add((number, at))
                    if mention.kind != "name":
                        insort(self.referents.spoken[number], (at, meant[at][0]))
            else:
                actor, _, _ = self.referents.meaning(Mention(number, at, at + 1, "pronoun", head=sentence.low[at]))
                if actor >= 0:
                    insort(self.referents.spoken[number], (at, actor))

    def _lead(self, number: int, cues: list[Cue]) -> Mention | None:
        """Who the next words belong to if nothing behind this sentence says otherwise."""
        if cues:
            plain = [cue for cue in cues if cue.verb in SURE and not cue.relative]
            last = self.phrases.sentences[number].text[-1] == ":"
            return (cues[-1] if last else plain[0] if plain else cues[0]).subject
        return self.clauses.subject_of_clause(number, self.phrases.sentences[number].size)

    def _settle(self, waiting: list[tuple[int, int]], speaker: Attributed | None) -> None:
        """Quotes of a paragraph that no sentence has attributed: to `speaker`, who is named behind them, else to who led in."""
        for number, at in waiting:
            sentence = self.phrases.sentences[number]
            quote = sentence.quote[at]
            got: Attributed | None = None
            if speaker is not None and speaker.mention is not None and alone(sentence, at):
                got = speaker._replace(quote=quote, rule="goes-on")
            else:
                got = self._from_before(number, at)
            if got is None:
                title = is_title(self.sources.words_of(quote), sentence, at)
                self.rejected.setdefault(
                    quote, "a title" if title else "nobody is named as its source"
                ) if title or self._short(quote) else self.found.setdefault(quote, Attributed(quote, None, -1, "", False))
                continue
            self._keep(got, number)

    def _short(self, quote: int) -> bool:
        return len(self.sources.words_of(quote).split()) < 4

    def _from_before(self, number: int, at: int) -> Attributed | None:
        sentence = self.phrases.sentences[number]
        quote = sentence.quote[at]
        here = self.referents.paragraph[number]
        if not alone(sentence, at):
            return None
        behind = self.phrases.sentences[number + 1] if number + 1 < len(self.phrases.sentences) else None
        if (
            behind
            and behind.text[0] in ("-", "—", "–", "--", "―")
            and at == sentence.size - 1 - (not sentence.word[-1] and sentence.quote[-1] < 0)
        ):
            signed = self.phrases.starting_at(number + 1, 1)
            if signed and signed.kind == "name" and behind.size - signed.last <= 6:
                return Attributed(quote, signed, signed.actor, "signed", True)
        for back in range(1, 3):
            other = number - back
            if other < 0:
                break
            if self.phrases.sentences[other].marked:
                break
            apart = here - self.referents.paragraph[other]
            if apart > 1:
                break
            if (
                apart == 1
                and self.phrases.sentences[other].text[-1] != ":"
                and self._last is not None
                and self._last_paragraph == here - 1
            ):
                break
            mention = self._lead(other, self.cues.of(other))
            if mention:
                actor, sure, others = self.referents.meaning(mention)
                colon = self.phrases.sentences[other].text[-1] == ":"
                return Attributed(quote, mention, actor, "lead-in" if colon else "subject-before", sure and colon, others)
        if self._last is not None and here - self._last_paragraph <= 1:
            return self._last._replace(quote=quote, rule="goes-on", sure=False)
        return None
