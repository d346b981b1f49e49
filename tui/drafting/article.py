"""A source as the drafter reads it: what its front matter says, its headline, byline and dateline, and which paragraphs are body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.briefing import dates
from tui.briefing.anchor import Text
from tui.briefing.document import Span
from tui.briefing.record import NamedTuple
from tui.drafting.moments import moments

_KEYS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author", "byline": "author", "publisher": "publisher", "source": "publisher",
    "site_name": "publisher", "url": "url", "source_url": "url", "link": "url", "canonical": "url", "lang": "lang", "language": "lang",
    "date": "published", "published": "published", "published_time": "published", "pubdate": "published", "datetime": "published",
}  # fmt: skip
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?:[ ,]+(?:[A-ZÀ-Þ][\w.'’\-]+)){0,5})(?P<date>,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?)?"
    r"\s*(?:\((?P<agency>[A-Z][\w /&]{1,30})\))?\s*(?:—|–|--|-|―)\s+"
)
_BYLINE = re.compile(
    r"(?:By|BY|From|Posted by|Written by)\s+(?P<author>[A-ZÀ-Þ][\w.'’\-]+(?:\s+(?:and|[A-ZÀ-Þ][\w.'’\-]+),?){0,8})\s*\.?\Z"
)
_ASIDE = re.compile(
    r"(?:(?:Photo|Image|Picture|Caption|Credit|Getty Images|Related|Read more|Read also|Advertisement|Subscribe|Sign up|Follow us|Share this|Copyright|©|All rights|"
    r"ABSTRACT|FULL TEXT|CORRECTION APPENDED|This article|Click here|More:|Watch:|Story continues|Do you|Like the page)\b.{0,160}|.{0,160}\b(?:via Getty Images|/Getty|AP Photo|Reuters/|"
    r"All rights reserved)\b.{0,40}|[_\-*=#. ]{3,})\Z",
    re.S,
)  # fmt: skip

_LONGEST_ASIDE = 240
"""But for a rule of such marks as it may begin with, no aside is longer."""


class Article(NamedTuple):
    """`body`: numbers, from 0, of the paragraphs that tell something; `dateline`: where one of them begins with something like
    "BOGOTA, Nov 11 (Reuters) -", else empty."""

    text: Text
    paragraphs: Sequence[Span]
    title: str
    published: str
    metadata: dict[str, str]
    body: tuple[int, ...]
    dateline: Span
    asides: dict[int, str]
    """Paragraphs that are no body text, and what they are."""


def article(text: Text, paragraphs: Sequence[Span], title: str = "", published: str = "") -> Article:
    """Read what is known about the text from the text. `title` and `published` go before what it says of itself."""
    metadata = _front_matter(text.text[: text.body])
    asides: dict[int, str] = {}
    headline = ""
    dateline = Span(0, 0)
    for number, (start, end) in enumerate(paragraphs):
        words = text.text[start:end]
        if number < 4 and (found := _BYLINE.match(words)):
            asides[number] = "byline"
            metadata.setdefault("author", found["author"])
        elif number == 0 and len(paragraphs) > 2 and _headline(words, text.text[paragraphs[1].start : paragraphs[1].end]):
            asides[number] = "headline"
            headline = " ".join(words.strip("#* \u00a0").rstrip(".;").split())
        elif (len(words) <= _LONGEST_ASIDE or words[0] in "_-*=#. ") and _ASIDE.match(words):
            asides[number] = "no body text"
    body = tuple(number for number in range(len(paragraphs)) if number not in asides)
    for number in body[:2]:
        start, end = paragraphs[number]
        found = _DATELINE.match(text.text, start, min(end, start + 120))
        if found and (found["agency"] or found["date"] or found["place"].split(",")[0].isupper()):
            dateline = Span(start, found.end())
            break
    if not published:
        published = metadata.get("published", "")
        if not published and dateline.end and (said := moments(text.text[dateline.start : dateline.end])):
            published = said[0].edtf
    return Article(
        text, paragraphs, title or metadata.get("title", "") or headline, published, metadata, body, dateline, asides
    )


def _headline(words: str, behind: str) -> bool:
    """A short first paragraph that ends as a headline does, or is marked as one."""
    if words.startswith("#"):
        return True
    plain = words.strip()
    if len(plain) > 160 or "\n\n" in plain or len(plain.split()) < 2:
        return False
    return len(behind) > len(plain) and (
        plain[-1] not in '.!?”":'
        or _title_case(plain)
        or (plain[-1] == "." and len(plain) < 110 and not re.search(r"[.!?]\s", plain))
    )


def _title_case(words: str) -> bool:
    long = [word for word in re.findall(r"[^\W\d_][\w’'-]*", words) if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _front_matter(head: str) -> dict[str, str]:
    """The metadata of YAML front matter (lines of key: value, which is all that is read of it) or TOML."""
    found: dict[str, str] = {}
    if head.startswith("+++"):
        import tomli

        try:
            table = tomli.loads(head.strip().strip("+"))
        except tomli.TOMLDecodeError:
            return found
        pairs = [(key, str(value)) for key, value in table.items() if not isinstance(value, (dict, list))]
    else:
        pairs = [
            (match[1], _unquoted(match[2])) for match in re.finditer(r"^([A-Za-z_]+):[ \t]+(.+(?:\n[ \t]+\S.*)*)$", head, re.M)
        ]
    for key, value in pairs:
        name = _KEYS.get(key.lower())
        if not name or not value.strip():
            continue
        value = " ".join(value.split())
        if name == "published":
            day = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)", value)
            value = day[0] if day else ""
            if not value or not dates.read(value):
                continue
        found.setdefault(name, value)
    return found


def _unquoted(value: str) -> str:
    value = re.sub(r"\\\n\s*", "", value.strip())
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace("\\ ", " ").replace("\\_", " ").replace('\\"', '"').replace("\\\\", "\\")
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value
