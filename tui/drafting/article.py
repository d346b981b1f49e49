"""A source as the drafter reads it: what its front matter says, its headline, byline and dateline, and which paragraphs are body."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from tui.briefing import dates, toml_places
from tui.briefing.anchor import Text
from tui.briefing.document import Span
from tui.briefing.problem import UNSAFE
from tui.briefing.quotation import DOUBLE
from tui.briefing.record import NamedTuple
from tui.documents.base.headers import is_from_mail, is_header
from tui.drafting.language import ENGLISH, one_of
from tui.drafting.moments import moments

_KEYS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author", "byline": "author", "publisher": "publisher", "source": "publisher",
    "site_name": "publisher", "url": "url", "source_url": "url", "link": "url", "canonical": "url", "lang": "lang", "language": "lang",
    "publish_date": "published", "publication_date": "published", "pub_date": "published", "date_published": "published", "datepublished": "published",
    "date": "published", "published": "published", "published_time": "published", "pubdate": "published", "datetime": "published",
}  # fmt: skip
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’/\-]+(?:[ ,/]+(?:[A-ZÀ-Þ][\w.'’\-]+)){0,5})(?P<date>,?\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?)?"
    r"\s*(?:\((?P<agency>[A-Z][\w /&]{1,30})\))?\s*(?:—|–|--|-|―)\s+"
)
_BYLINE = re.compile(
    rf"(?:{one_of(ENGLISH.byline_starts)})\s+(?P<author>[A-ZÀ-Þ][\w.'’\-]+(?:\s+(?:{ENGLISH.coordinator}|[A-ZÀ-Þ][\w.'’\-]+),?){{0,8}})\s*\.?\Z"
)
_ASIDE = re.compile(rf"(?:(?:{one_of(ENGLISH.aside_starts)})\b.{{0,160}}|[_\-*=#. ]{{3,}})\Z", re.S)
_CREDITED = re.compile(rf".{{0,160}}\b(?:{one_of(ENGLISH.photo_credits)})\b.{{0,40}}\Z", re.S)
_TIME = re.compile(r"\W*(?:\d{1,2}[:.h]\d\d|\d{1,2}(?=\s*[ap]\.?m))(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?\W*", re.I)
_MARKS = re.compile(DOUBLE)
_HEAD = 8
"""So many paragraphs at most come before the text itself."""
_LINES = 12
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
    head = _head(text.text, paragraphs)
    asides: dict[int, str] = {}
    headline = ""
    mail = is_from_mail(text.text)
    for number, (start, end) in enumerate(paragraphs):
        words = text.text[start:end]
        if mail and is_header(words):
            asides[number] = "no body text"
        elif number < len(head) and head[number]:
            asides[number] = head[number]
        elif number < 4 and (found := _BYLINE.match(words)):
            asides[number] = "byline"
            metadata.setdefault("author", found["author"])
        elif (len(words) <= _LONGEST_ASIDE or words[0] in "_-*=#. ") and (
            _ASIDE.match(words) or (any(credit in words for credit in ENGLISH.photo_credits) and _CREDITED.match(words))
        ):
            asides[number] = "no body text"
        elif _TIME.fullmatch(words):
            asides[number] = "time"
        elif number + 1 < len(paragraphs) and _heading(words, paragraphs[number + 1].end - paragraphs[number + 1].start):
            asides[number] = "heading"
        if asides.get(number) == "headline":
            headline = " ".join(words.strip("#* \u00a0").rstrip(".;").split())
    body = tuple(number for number in range(len(paragraphs)) if number not in asides)
    dateline = _dateline(text.text, [paragraphs[number] for number in body[:3]])
    written = "given" if published else ""
    if not published and (published := metadata.get("published", "")):
        written = "metadata"
    if not published and dateline.end and (said := moments(text.text[dateline.start : dateline.end])) and said[0].edtf:
        published, written = said[0].edtf, "dateline"
    if not published and (published := _dated(text.text, paragraphs, title or metadata.get("title", "") or headline)):
        written = "date line"
    if written:
        metadata["published_from"] = written
    return Article(
        text, paragraphs, title or metadata.get("title", "") or headline, published, metadata, body, dateline, asides
    )


def _head(text: str, paragraphs: Sequence[Span]) -> list[str]:
    """Say what each paragraph before the first one of prose is: headline, date line, letterhead; "" for body text.

    The headline is the first that ends like one and has no number, and what is before it is the letterhead of a release."""
    kinds: list[str] = []
    for number, (start, end) in enumerate(paragraphs[:_HEAD]):
        words = text[start:end]
        behind = text[paragraphs[number + 1].start : paragraphs[number + 1].end] if number + 1 < len(paragraphs) else ""
        if _is_date(words):
            kinds.append("date line")
        elif len(paragraphs) > number + 2 and _headline(words, behind):
            kinds.append("headline")
        elif _BYLINE.match(words):
            kinds.append("")
        else:
            break
    headlines = [number for number, kind in enumerate(kinds) if kind == "headline"]
    if not headlines:
        return kinds
    title = next((number for number in headlines if not _letterhead(text[slice(*paragraphs[number])])), headlines[0])
    later = ["" if kind == "headline" else kind for kind in kinds[title + 1 :]]
    return [*("letterhead" if kind == "headline" else kind for kind in kinds[:title]), "headline", *later]


def _heading(words: str, behind: int) -> bool:
    """Tell whether a paragraph between others is a heading: short, without a stop, and before a longer one."""
    short = len(words) < 80 and "\n" not in words and 1 < len(words.split()) < 13 and behind > len(words)
    return short and words[0].isupper() and words.rstrip()[-1].isalnum() and not _MARKS.search(words)


def _letterhead(words: str) -> bool:
    """Tell whether a paragraph is in capitals, or has a number as of a document."""
    return words.isupper() or "\n" in words.strip() or any(character.isdigit() for character in words)


def _is_date(words: str) -> bool:
    """Tell whether a paragraph is nothing but a date and a time, and whose words they are at most."""
    found = moments(words) if len(words) < 60 else []
    return len(found) == 1 and not re.search(r"[^\W\d_]{4,}", words[: found[0].start] + words[found[0].end :])


def _dated(text: str, paragraphs: Sequence[Span], title: str) -> str:
    """Return the full date that a line of its own has at the beginning, or the title; "" for none."""
    lines = [line for start, end in paragraphs[:_HEAD] for line in text[start:end].split("\n")][:_LINES]
    for line in (*lines, title):
        found = [moment.edtf for moment in moments(line) if len(moment.edtf) == 10] if len(line) < 200 else []
        if len(found) == 1 and (line is title or _is_date(line)):
            return found[0]
    return ""


def _dateline(text: str, paragraphs: Sequence[Span]) -> Span:
    """Return where one of the first paragraphs has its place, date and agency; empty if none has."""
    for start, end in paragraphs:
        found = _DATELINE.match(text, start, min(end, start + 120))
        if found and (found["agency"] or found["date"] or found["place"].split(",")[0].isupper()):
            return Span(start, found.end())
    return Span(0, 0)


def _headline(words: str, behind: str) -> bool:
    """Tell whether a first paragraph is short and ends like a headline, or is marked as one. A short lead ends with a stop."""
    if words.startswith("#"):
        return True
    plain = words.strip()
    if len(plain) > 160 or "\n\n" in plain or len(plain.split()) < 2:
        return False
    return plain[-1] not in ENGLISH.sentence_ends and len(behind) > 8


def _front_matter(head: str) -> dict[str, str]:
    """The metadata of TOML front matter, or of YAML: a key at the beginning of a line, its value behind it and on indented lines,
    which is read where YAML itself would refuse it too (`title: Roe: no deal`)."""
    found: dict[str, str] = {}
    if head.startswith("+++"):
        try:
            table = toml_places.values(head.strip().strip("+"))
        except (ValueError, RecursionError):
            return found
        parts = [(key, value if isinstance(value, list) else [value]) for key, value in table.items()]
        pairs = [
            (key, ", ".join(map(str, each))) for key, each in parts if not any(isinstance(part, (dict, list)) for part in each)
        ]
    else:
        pairs = [
            (match[1], _meant(match[2]))
            for match in re.finditer(r"^([A-Za-z_]+):([ \t]+\S.*(?:\n[ \t]+\S.*)*|[ \t]*(?:\n[ \t]*- .*)+)$", head, re.M)
        ]
    for key, value in pairs:
        name = _KEYS.get(key.lower())
        if not name or not value.strip():
            continue
        value = " ".join(_UNSEEN.sub("", value).split())
        if name == "published":
            day = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)", value)
            value = day[0] if day else ""
            if not value or not dates.read(value):
                continue
        found.setdefault(name, value)
    return found


def _meant(value: str) -> str:
    """Return a value of YAML 1.2 (§7.3, §7.4, §8.1) as the text that it stands for; of a list of texts, these."""
    value = value.strip()
    if value[:2] == "- ":
        return ", ".join(map(_scalar, _ITEM.split(value[2:])))
    if listed := _LISTED.fullmatch(value):
        return ", ".join(map(_scalar, _PART.findall(listed[1])))
    return _scalar(value)


def _scalar(value: str) -> str:
    value = value.strip()
    if quoted := _DOUBLE.fullmatch(value):
        said = _ESCAPE.sub(_unescaped, quoted[1])
        return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of pairs, as JSON writes them
    if quoted := _SINGLE.fullmatch(value):
        return quoted[1].replace("''", "'")
    block = _BLOCK.match(value)
    return value[block.end() :] if block else _COMMENT.sub("", value).strip()


def _unescaped(found: re.Match[str]) -> str:
    said = found[0][1:]
    if len(said) > 2 and said[0] in "xuU":
        code = int(said[1:], 16)
        return chr(code) if code <= sys.maxunicode else "\ufffd"
    if "\n" in said or said in "0abe":
        return ""
    return " " if said in "tnvfrNLP_ \t" else said


_UNSEEN = re.compile(f"(?![\\s\u200c\u200d])[{UNSAFE}]")
"""What a line of metadata has no use for: word joiners, controls; but for what scripts and pictures are joined with."""
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\s+#.*)?', re.S)
_SINGLE = re.compile(r"'((?:[^']|'')*)'(?:\s+#.*)?")
_ITEM = re.compile(r"\n[ \t]*- ")
_LISTED = re.compile(r"\[([^\[\]]*)\](?:\s+#.*)?")
_PART = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\s][^,]*)""", re.S)
_BLOCK = re.compile(r"[>|][-+\d]*(?:[ \t]+#.*)?\n")
_COMMENT = re.compile(r"(?:(?<=\s)|\A)#.*")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\n\s*|.)", re.S)
