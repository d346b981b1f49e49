"""What happened: the sentences that tell of an event, dated by their own words, and a title made from them.

A sentence tells of one when it says when, or when its verb is one of a happening in the past (announced, arrived, killed). What
may, might or would happen is none, unless the sentence says when it did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.briefing.document import Span
from tui.briefing.fold import evenly
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
_SMALL = re.compile(r"[a-z]+\b")
LONGEST = 320
"""Of longer stretches the clause that tells it is taken."""


def of(
    text: str, sentence: Sentence, plain: Sequence[tuple[int, int]], times: Times
) -> Iterator[tuple[Span, Moment | None, str]]:
    """At most one event of a sentence: (evidence, when, title). `plain`: the stretches between its marked spans."""
    best: tuple[int, Span, Moment | None] | None = None
    for start, end in plain:
        if len(text[start:end].split(None, 3)) < 4:
            continue
        said = times.between(start, end)
        verb = _verb(sentence, start, end)
        if not said and verb < 0:
            continue
        if not said and not verb:
            continue
        if said and verb < 0 and not _past(sentence, start, end):
            continue
        moment = said[0] if said else None
        score = 2 * bool(said) + (verb >= 0)
        span = _evidence(text, start, end, start + moment.start if moment else verb)
        if span.end - span.start < 12:
            continue
        if best is None or score > best[0]:
            best = score, span, moment
    if best is not None:
        _, span, moment = best
        yield span, moment, title_of(text[span.start : span.end])


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
    return any(text in ENGLISH.past_verbs or text.endswith(ENGLISH.past_ending) for text in here) or not (
        ENGLISH.announcing_verbs.isdisjoint(here) or ENGLISH.planning_verbs.isdisjoint(here)
    )


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
