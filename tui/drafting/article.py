"""A source as the drafter reads it: what its front matter says, its headline, byline and dateline, and which paragraphs are body."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from tui.briefing import dates, toml_places
from tui.briefing.anchor import Text
from tui.briefing.document import Span
from tui.briefing.problem import UNSAFE
from tui.briefing.record import NamedTuple
from tui.documents.base.headers import is_from_mail, is_header
from tui.drafting.language import ENGLISH, one_of
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
    rf"(?:{one_of(ENGLISH.byline_starts)})\s+(?P<author>[A-ZÀ-Þ][\w.'’\-]+(?:\s+(?:{ENGLISH.coordinator}|[A-ZÀ-Þ][\w.'’\-]+),?){{0,8}})\s*\.?\Z"
)
_ASIDE = re.compile(rf"(?:(?:{one_of(ENGLISH.aside_starts)})\b.{{0,160}}|[_\-*=#. ]{{3,}})\Z", re.S)
_CREDITED = re.compile(rf".{{0,160}}\b(?:{one_of(ENGLISH.photo_credits)})\b.{{0,40}}\Z", re.S)
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
    mail = is_from_mail(text.text)
    for number, (start, end) in enumerate(paragraphs):
        words = text.text[start:end]
        if mail and is_header(words):
            asides[number] = "no body text"
        elif number < 4 and (found := _BYLINE.match(words)):
            asides[number] = "byline"
            metadata.setdefault("author", found["author"])
        elif (
            number == len(asides)
            and len(paragraphs) > number + 2
            and _headline(words, text.text[paragraphs[number + 1].start : paragraphs[number + 1].end])
        ):
            asides[number] = "headline"
            headline = " ".join(words.strip("#* \u00a0").rstrip(".;").split())
        elif (len(words) <= _LONGEST_ASIDE or words[0] in "_-*=#. ") and (
            _ASIDE.match(words) or (any(credit in words for credit in ENGLISH.photo_credits) and _CREDITED.match(words))
        ):
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
    """Tell whether a first paragraph is short and ends like a headline, or is marked as one."""
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
