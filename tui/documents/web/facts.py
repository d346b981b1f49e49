"""Read what a web page says about itself: JSON-LD, meta elements, <time>, links and the title. Nothing is guessed from
words or addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tui.documents.base.document import Fact
from tui.documents.web.tree import Node

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?")
_ARTICLES = re.compile(r"article|posting|report|webpage|review", re.I)
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "citation_title"),
    "author": ("author", "article:author", "dc.creator", "citation_author", "parsely-author", "sailthru.author", "byl"),
    "published": (
        "article:published_time", "date", "pubdate", "datepublished", "dc.date.issued", "dc.date", "dcterms.created",
        "citation_publication_date", "parsely-pub-date", "sailthru.date", "publish-date", "og:article:published_time",
    ),
    "publisher": ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    "url": ("og:url",),
}  # fmt: skip
"""Names of meta elements by fact, the best first."""
_JSON = {"title": ("headline",), "author": ("author",), "published": ("datePublished",), "publisher": ("publisher",)}
_ORDER = ("title", "author", "published", "publisher", "url", "lang")


def facts(root: Node) -> tuple[Fact, ...]:
    """Return one fact of each name that the page states, from the place that is most to be trusted."""
    found: dict[str, Fact] = {}
    for fact in (*_from_json(root), *_from_meta(root), *_from_elements(root)):
        value = " ".join(fact.value.split())
        if fact.name == "published":
            day = _DAY.match(value)
            value = day[0] if day else ""
        if fact.name == "author" and value.startswith(("http:", "https:", "@")):
            value = ""
        if value and len(value) <= 500:
            found.setdefault(fact.name, fact._replace(value=value))
    return tuple(found[name] for name in _ORDER if name in found)


def _from_json(root: Node) -> Iterator[Fact]:
    for node in root.elements():
        if node.tag != "script" or "ld+json" not in node.get("type").lower():
            continue
        try:
            data = json.loads(node.raw(), strict=False)
        except (ValueError, RecursionError):
            continue
        for each in _objects(data):
            if _ARTICLES.search(_words(each.get("@type"))):
                for name, keys in _JSON.items():
                    yield from (Fact(name, _words(each.get(key)), f"JSON-LD {key}") for key in keys)


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    stack = [data]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            yield each
            stack += reversed([value for key, value in each.items() if key in ("@graph", "mainEntity", "hasPart")])
        elif isinstance(each, list):
            stack += reversed(each)


def _words(value: Any) -> str:
    """Return a value of JSON-LD as words: a text, the name of a person, or all of a list."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:20])))
    if isinstance(value, dict):
        return _words(value.get("name"))
    return value if isinstance(value, str) else ""


def _from_meta(root: Node) -> Iterator[Fact]:
    said: dict[str, str] = {}
    for node in root.elements():
        if node.tag == "meta" and node.get("content"):
            for key in ("property", "name", "itemprop"):
                said.setdefault(node.get(key).lower(), node.get("content"))
    for name, keys in _META.items():
        yield from (Fact(name, said[key], f"<meta {key}>") for key in keys if key in said)


def _from_elements(root: Node) -> Iterator[Fact]:
    for node in root.elements():
        if node.tag == "html" and node.get("lang"):
            yield Fact("lang", node.get("lang"), "<html lang>")
        elif node.tag == "link" and "canonical" in node.get("rel").lower().split():
            yield Fact("url", node.get("href"), "<link rel=canonical>")
        elif node.tag == "time" and node.get("datetime"):
            yield Fact("published", node.get("datetime"), "<time datetime>")
        elif node.get("itemprop") == "datePublished" and (node.get("datetime") or node.get("content")):
            yield Fact("published", node.get("datetime") or node.get("content"), "itemprop datePublished")
        elif node.get("rel") == "author" or node.get("itemprop") == "author":
            yield Fact("author", node.raw(), f"{node.tag} of the author")
    for name in ("h1", "title"):
        yield from (Fact("title", node.raw(), f"<{name}>") for node in root.elements() if node.tag == name)
