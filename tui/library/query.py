"""The query language: words, "phrases", prefixes, -not, OR, brackets and fields; `parse(text)` → Query.

Terms that stand beside one another must all be met by one row of the index (a quote, an event, a paragraph …) in a file that
meets those which speak of files. A query is kept as alternatives, each a set of terms that are to be met together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tui.briefing import dates
from tui.briefing.document import KINDS
from tui.briefing.record import NamedTuple
from tui.library.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

MOST = 64
"""Alternatives that a query may come to, once its brackets are multiplied out."""
LONGEST = 500
"""Terms, brackets and signs of a query."""
DEEPEST = 50
IN = {"quotes": "quote", "events": "event", "summary": "summary", "source": "passage", "titles": "title"}
IS = ("draft", "unread", "broken", "noted")


class BadQuery(ValueError):
    """What is wrong with a query, and where in it, in code points."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Words(NamedTuple):
    """Words one after the other, in some columns of the index; of a prefix, the last one's beginning."""

    words: tuple[str, ...]
    columns: tuple[str, ...] = ("words", "speaker")
    prefix: bool = False

    @property
    def match(self) -> str:
        """Write the words as FTS5 has them."""
        phrase = f'"{" ".join(self.words)}"{" *" if self.prefix else ""}'
        return f"{{{' '.join(self.columns)}}} : {phrase}"


NOWHERE = Words(("nowhere",), ("part",))
"""Met by no row. Where it is not to be met, a query finds more than titles, though nothing else in it speaks of words."""


class OfFile(NamedTuple):
    """What a file's title row says of it."""

    words: Words


class Is(NamedTuple):
    what: str


class When(NamedTuple):
    """A day, as a proleptic Gregorian ordinal, on or after which (or before which) an item's date can lie."""

    after: bool
    day: int


Term: TypeAlias = "Words | OfFile | Is | When"


class Signed(NamedTuple):
    term: Term
    met: bool = True
    """False: it is not to be met."""


class Query(NamedTuple):
    alternatives: tuple[tuple[Signed, ...], ...]
    text: str = ""

    def lit(self, column: str) -> list[Words]:
        """Return what to highlight in results: the words that were searched for in this column."""
        every = (each.term for terms in self.alternatives for each in terms if each.met)
        return list(dict.fromkeys(term for term in every if isinstance(term, Words) and column in term.columns))


def _of_words(*columns: str) -> Callable[[str, bool], Term]:
    return lambda value, prefix: Words(_needed(value), columns, prefix)


def _of_file(column: str) -> Callable[[str, bool], Term]:
    return lambda value, prefix: OfFile(Words(_needed(value), (column,), prefix))


def _needed(value: str) -> tuple[str, ...]:
    found = tuple(words(value))
    if not found:
        raise ValueError(f"{value!r} has no letter or digit to look for")
    return found


def _kind(value: str, prefix: bool) -> Term:
    needed = _needed(value)
    begins = f" {' '.join(needed)}{'' if prefix else ' '}"
    if not any(begins in f" {' '.join(words(kind))} " for kind in KINDS):
        raise ValueError(f"kind: is one of {', '.join(KINDS)}")
    return Words(needed, ("kind",), prefix)


def _in(value: str, prefix: bool) -> Term:
    if value not in IN:
        raise ValueError(f"in: is one of {', '.join(IN)}")
    return Words((IN[value],), ("part",))


def _is(value: str, prefix: bool) -> Term:
    if value not in IS:
        raise ValueError(f"is: is one of {', '.join(IS)}")
    return Is(value)


def _when(after: bool) -> Callable[[str, bool], Term]:
    def term(value: str, prefix: bool) -> Term:
        try:
            when = dates.parse(value)
        except dates.BadDate as error:
            raise ValueError(f"{error}; write a date as in 2025, 2025-11 or 2025-11-09") from None
        if when.earliest is None:
            raise ValueError(f"{value!r} has no beginning to count from")
        from tui.library.digest import held  # only queries with a date need it

        return When(after, held(when.first))

    return term


OF_DRAFTED = frozenset({"speaker", "about", "kind"})
"""Columns of the index that raw articles do not fill."""


def asks_for_drafted(query: Query) -> bool:
    """Test whether every alternative asks for what no raw article has until it is drafted: speakers, actors, quotes,
    events."""

    def drafted(term: Term) -> bool:
        if not isinstance(term, Words):
            return False
        return OF_DRAFTED.issuperset(term.columns) or (
            term.columns == ("part",) and term.words[0] in ("quote", "event", "summary")
        )

    every = query.alternatives
    return bool(every) and all(any(each.met and drafted(each.term) for each in terms) for terms in every)


FIELDS: Mapping[str, tuple[Callable[[str, bool], Term], str]] = {
    "speaker": (_of_words("speaker"), "who said it: a name, an alias or an id"),
    "actor": (_of_words("speaker", "about"), "who said it, whom it is about, or who takes part"),
    "about": (_of_words("about"), "whom a quote is about, or who takes part in an event"),
    "kind": (_kind, "of the speaker or of those who take part: person, state, vessel …"),
    "in": (_in, "quotes, events, summary, source or titles: where the words stand"),
    "title": (_of_file("words"), "of the briefing"),
    "tag": (_of_file("tag"), "of the briefing"),
    "marking": (_of_file("marking"), "of the briefing: amber, tlp:red"),
    "source": (_of_file("source"), "a source's title, publisher or file name"),
    "after": (_when(True), "said or happened on this day or later, as far as its date can tell (EDTF)"),
    "before": (_when(False), "said or happened before this day, as far as its date can tell (EDTF)"),
    "is": (_is, "draft, unread, broken (with errors or words not found) or noted"),
}
"""Name → (what it makes of a value, what it looks at)."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>\))|(?P<or>OR(?=[\s(]|$))|(?P<not>-)?(?:(?P<field>[a-z]+):)?"""
    r"""(?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<word>[^\s()"]*))(?P<star>\*?))"""
)
_AND = re.compile(r"\s*AND(?=[\s()]|$)")


class _Token(NamedTuple):
    kind: str
    at: int
    text: str = ""
    field: str = ""
    prefix: bool = False
    value_at: int = 0
    """Where the value after the field begins."""


def parse(text: str, typing: bool = False) -> Query:
    """Parse a query. Raises BadQuery. `typing`: the last word may be going on, so that it is a beginning if it has
    three letters or more, and an open phrase or bracket is not a mistake yet."""
    tokens = _tokens(text, typing)
    if len(tokens) > LONGEST:
        raise BadQuery(f"this is more than {LONGEST} terms, brackets and signs", tokens[LONGEST].at)
    at, alternatives = _either(tokens, 0, 0, typing)
    if at < len(tokens):
        raise BadQuery("this bracket closes nothing", tokens[at].at)
    return Query(tuple(alternatives), text)


def _tokens(text: str, typing: bool) -> list[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        between = _AND.match(text, at) if text.strip() != "AND" else None
        if between:  # as without it: all terms side by side are needed
            at = between.end()
            continue
        match = _TOKEN.match(text, at)
        assert match
        begins = match.end() - len(match.group().lstrip())
        field = match["field"] or ""
        if match["open"] or match["close"] or match["or"]:
            found.append(_Token("(" if match["open"] else ")" if match["close"] else "OR", begins))
            at = match.end()
            continue
        if match["not"]:
            found.append(_Token("-", begins))
            begins += 1
        if match["phrase"] is None and not match["word"] and not field and not match["star"] and match["not"] is None:
            raise BadQuery(f"{text[begins]!r} means nothing here", begins)  # pragma: no cover: every character is some token's
        phrase, word = match["phrase"], match["word"] or ""
        star = bool(match["star"])
        if phrase is not None and not match["end"] and not typing:
            raise BadQuery("this phrase is not closed", match.start("phrase") - 1)
        if phrase is None and word.endswith("*"):
            word, star = word.rstrip("*"), True
        if phrase is None and not word and match["not"] and not field:
            at = match.end()
            continue  # a sign before a bracket, or alone
        last = typing and match.end() >= len(text) and phrase is None and not field
        value = phrase if phrase is not None else word
        if field and not value and typing and match.end() >= len(text):
            at = match.end()
            if found and found[-1].kind == "-":
                found.pop()
            continue  # the value is still to be typed
        going_on = last and len(words(value)[-1:] and words(value)[-1]) >= 3
        value_at = match.start("word" if phrase is None else "phrase")
        found.append(_Token("term", begins, value, field, star or going_on, value_at))
        at = match.end()
    return found


def _either(tokens: list[_Token], at: int, depth: int, typing: bool) -> tuple[int, list[tuple[Signed, ...]]]:
    """Parse one or more alternatives, separated by OR."""
    found: list[tuple[Signed, ...]] = []
    while True:
        at, these = _all(tokens, at, depth, typing)
        found += [each for each in these if each not in found]
        if len(found) > MOST:
            raise BadQuery(f"this comes to more than {MOST} alternatives", tokens[at - 1].at)
        if at < len(tokens) and tokens[at].kind == "OR":
            at += 1
            if at == len(tokens) and typing:
                return at, found
            continue
        return at, found


def _all(tokens: list[_Token], at: int, depth: int, typing: bool) -> tuple[int, list[tuple[Signed, ...]]]:
    """Parse terms next to one another, as alternatives."""
    found: list[tuple[Signed, ...]] = [()]
    begin = at
    while at < len(tokens) and tokens[at].kind not in (")", "OR"):
        start = tokens[at].at
        at, these = _one(tokens, at, depth, typing)
        found = [tuple(dict.fromkeys((*one, *other))) for one in found for other in these]
        if len(found) > MOST:
            raise BadQuery(f"this comes to more than {MOST} alternatives", start)
    if at == begin and not (typing and at == len(tokens)):
        where = tokens[at].at if at < len(tokens) else tokens[-1].at if tokens else 0
        raise BadQuery("there is nothing to look for here", where)
    return at, [each for each in found if each]


def _one(tokens: list[_Token], at: int, depth: int, typing: bool) -> tuple[int, list[tuple[Signed, ...]]]:
    token = tokens[at]
    if depth > DEEPEST:
        raise BadQuery("brackets are nested too deep", token.at)
    if token.kind == "-":
        if at + 1 == len(tokens) and typing:
            return at + 1, [()]
        if at + 1 == len(tokens) or tokens[at + 1].kind not in ("(", "term", "-"):
            raise BadQuery("there is nothing behind this -", token.at)
        at, these = _one(tokens, at + 1, depth + 1, typing)
        return at, _none_of(these, token.at)
    if token.kind == "(":
        at, these = _either(tokens, at + 1, depth + 1, typing)
        if at < len(tokens):
            return at + 1, these
        if typing:
            return at, these or [()]
        raise BadQuery("this bracket is not closed", token.at)
    if token.field and token.field not in FIELDS:
        raise BadQuery(f"no field {token.field}:; {_nearest_field(token.field)}", token.at)
    make = FIELDS[token.field][0] if token.field else _of_words("words", "speaker")
    try:
        return at + 1, [(Signed(make(token.text, token.prefix)),)]
    except ValueError as error:
        if typing and not token.text.strip('"'):
            return at + 1, [()]
        raise BadQuery(str(error), token.value_at if token.field and token.text else token.at) from None


def _nearest_field(typed: str) -> str:
    """Suggest the field that was probably meant, as a question; else name all of them."""
    from difflib import get_close_matches

    near = get_close_matches(typed, FIELDS, 1)
    return f"{near[0]}:?" if near else f"the fields are {', '.join(FIELDS)}"


def _none_of(alternatives: list[tuple[Signed, ...]], at: int) -> list[tuple[Signed, ...]]:
    """Negate by De Morgan: of each alternative, some term is not met. If that is said of words too, it is said of
    every row."""
    of_words = any(map(_has_words, alternatives))
    found: list[tuple[Signed, ...]] = [()]
    for terms in alternatives:
        found = [tuple(dict.fromkeys((*one, each._replace(met=not each.met)))) for one in found for each in terms]
        if len(found) > MOST:
            raise BadQuery(f"this comes to more than {MOST} alternatives", at)
    return [terms if _has_words(terms) or not of_words else (*terms, Signed(NOWHERE, met=False)) for terms in found]


def _has_words(terms: tuple[Signed, ...]) -> bool:
    return any(isinstance(each.term, Words) for each in terms)
