"""What happened: the sentences that tell of an event, dated by their own words, and a title made from them.

A sentence tells of one when it says when, or when its verb is one of a happening in the past (announced, arrived, killed). What
may, might or would happen is none, unless the sentence says when it did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.briefing.document import Span
from tui.briefing.fold import evenly
from tui.drafting import dating
from tui.drafting.language import ENGLISH, one_of
from tui.drafting.moments import Moment, Times
from tui.drafting.sentences import Sentence

_LEAD = re.compile(
    rf"(?:(?!{one_of(ENGLISH.not_openers)})(?:{one_of(ENGLISH.sentence_openers)})\b,?\s+"
    rf"|(?:{one_of(ENGLISH.adverbial_starts)})\s[^,]{{2,110}}(?:,\s+(?:\d{{4}}|[A-Z][\w.]*\.))?,\s+)",
    re.I,
)
_TITLE_CUTS = ("; ", ", ", " – ", " — ", *(f" {word} " for word in ENGLISH.title_cuts))
_MARKDOWN = re.compile(
    r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s[^()]*)?\)?|\*\*|(?<!\w)(?:\*|__?)(?=\w)|(?<=[\w.,!?”])(?:\*|__?)(?!\w)"
    r"|(?:<|\A)/?(?:a|b|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|sub|sup|table|td|th|tr|u|ul)(?:\s[^<>]*)?>"
)
"""Links, stress and tags, as sources in Markdown have them; of the last link the end, and of the first tag the beginning, may be
cut off."""
_MARKED = frozenset("[*_<>")
_VERBS = ENGLISH.event_verbs | ENGLISH.clause_verbs
_PASTS = (ENGLISH.past_verbs | ENGLISH.irregular_pasts) - ENGLISH.speaking_pasts
_SMALL = re.compile(r"[a-z]+\b")
LONGEST = 320
"""Of longer stretches the clause that tells it is taken."""


def of(
    text: str, sentence: Sentence, plain: Sequence[tuple[int, int]], times: Times
) -> Iterator[tuple[Span, Moment | None, str]]:
    """The events of a sentence, mostly one: (evidence, when, title). `plain`: the stretches between its marked spans."""
    best: list[tuple[int, Span, Moment | None]] = []
    for start, end in plain:
        said = dating.own(text, start, end, times.between(start, end))
        told = [
            each
            for first, last in dating.joined(text, start, end, said)
            if (each := _told(text, sentence, first, last, [_moved(moment, start - first) for moment in said], times))
        ]
        if told and (not best or max(told)[0] > best[0][0]):
            best = told
    for _, span, moment in best:
        yield span, moment, title_of(text[span.start : span.end])


def _moved(moment: Moment, by: int) -> Moment:
    return moment._replace(start=moment.start + by, end=moment.end + by)


def _told(
    text: str, sentence: Sentence, start: int, end: int, moments: Sequence[Moment], times: Times
) -> tuple[int, Span, Moment | None] | None:
    """Return what a clause tells: (how surely it is an event, evidence, when); None if it tells of none."""
    if len(text[start:end].split(None, 3)) < 4:
        return None
    moment = next((each for each in moments if 0 <= each.start < end - start), None)
    verb = _verb(sentence, start + dating.fronted(text[start:end]), end)
    if moment:
        told = verb >= 0 or _past(sentence, start, end) or times.is_ahead(moment)
    else:
        told = verb >= 0 or (bool(times.between(start, end)) and _happened(sentence, start, end))
    if not told or (moment and times.is_ahead(moment) and not ENGLISH.body_speech_verbs.isdisjoint(sentence.text)):
        return None  # what a body underlines and will return to is what it says
    span = _evidence(text, start, end, start + moment.start if moment else max(verb, start))
    return (2 * bool(moment) + (verb >= 0), span, moment) if span.end - span.start >= 12 else None


def _verb(sentence: Sentence, start: int, end: int) -> int:
    """The offset of the first verb of a happening between these offsets that nothing makes unreal; -1 for none."""
    if ENGLISH.event_verbs.isdisjoint(sentence.text):
        return -1
    for at, text in enumerate(sentence.text):
        if text not in ENGLISH.event_verbs or at == 0 or sentence.start[at] < start or sentence.end_of(at) > end:
            continue
        before = sentence.low[max(0, at - 3) : at]
        if before and (before[-1] in ENGLISH.articles_and_possessives or before[-1] in ENGLISH.prepositions):
            continue
        if not any(word in ENGLISH.unreal_words for word in before):
            return sentence.start[at]
    return -1


def _past(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether it was, or is said that it will be."""
    here = [text for text, at in zip(sentence.text, sentence.start) if start <= at < end]
    return any(text in _PASTS or _done(text) or text in ENGLISH.planning_verbs for text in here)


def _happened(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether something was done, and not only was."""
    here = [text for text, at in zip(sentence.text, sentence.start) if start <= at < end]
    return any(_done(text) for text in here)


def _done(word: str) -> bool:
    """Tell whether a word is the past form of a verb that does something, and does not say it."""
    return (word in ENGLISH.irregular_pasts or word.endswith(ENGLISH.past_ending)) and word not in ENGLISH.speaking_pasts


def _evidence(text: str, start: int, end: int, at: int) -> Span:
    """Return the stretch without the punctuation around it; of a long one the clause around `at`."""
    if end - start > LONGEST:
        left = max((text.rfind(mark, start, at) for mark in ("; ", ": ", " – ", " — ")), default=-1)
        start = left + 2 if left >= start else start
        cuts = [cut for mark in ("; ", " – ", " — ", ", ") if (cut := text.find(mark, max(at + 60, start + 120), end)) >= 0]
        end = min(cuts, default=end)
    while start < end and not (text[start].isalnum() or text[start] in "$€£("):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%)"):
        end -= 1
    before, *last = text[start:end].rsplit(None, 1) or ("",)
    if last and last[0] in ENGLISH.dangling_words:
        before = before[:-1] if before[-1] in ",;:" else before
        if len(before) > 20:
            end = start + len(before)
    return Span(start, end)


def title_of(evidence: str) -> str:
    """Return a title of at most 90 characters in the source's own words, without what leads in to them."""
    words = evenly(_MARKDOWN.sub(r"\1", evidence) if not _MARKED.isdisjoint(evidence) else evidence)
    for _ in range(2):
        lead = _LEAD.match(words)
        words = words[lead.end() :] if lead else words
    return shortened(words[:1].upper() + words[1:], 90)


def shortened(words: str, most: int) -> str:
    """Return the words cut at a clause or, where there is none, at a word, with an ellipsis."""
    words = words.strip()
    if len(words) <= most:
        return words.rstrip(".,;: ")
    cut = max(words.rfind(mark, 30, most) for mark in _TITLE_CUTS)
    if cut > 0 and _any_verb(words[:cut]):
        return words[:cut].rstrip(".,;: ")
    return words[: words.rfind(" ", 20, most - 1) if words.rfind(" ", 20, most - 1) > 0 else most - 1].rstrip(".,;: ") + "…"


def _any_verb(words: str) -> bool:
    """Tell whether one stands behind the first word."""
    for each in words.split()[1:]:
        small = each if each.isalpha() and each.isascii() and each.islower() else (_SMALL.match(each) or ("",))[0]
        if small in _VERBS or (small.endswith(ENGLISH.past_ending) and small != ENGLISH.past_ending):
            return True
    return False
