"""Parse HTML into a tree, as forgiving as a browser where pages need it. No script runs and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tui.documents.base.document import names

_VOID = names("area base br col embed hr img input link meta param source track wbr")
_P_ENDS = names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul"
)
"""Elements that end a paragraph left open."""
_ENDED_BY = {
    "li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"}), "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}), "th": frozenset({"td", "th"}), "option": frozenset({"option"}),
    "tbody": frozenset({"tr", "td", "th", "thead", "tbody"}), "rt": frozenset({"rt", "rp"}), "rp": frozenset({"rt", "rp"}),
}  # fmt: skip
"""Open elements that one of this name ends."""
_FENCES = frozenset({"table", "ul", "ol", "dl", "select", "body", "article", "main", "section", "div", "td", "th"})
"""Elements out of which nothing is ended by another element's beginning."""
_DEEPEST = 400
"""Elements within elements; deeper ones are taken for siblings."""


class Node:
    """An element: its children are elements and texts, in order."""

    __slots__ = ("attributes", "children", "parent", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def names(self) -> str:
        """Return what its author calls it: class, id and role, in lowercase."""
        return f"{self.get('class')} {self.get('id')} {self.get('role')}".lower()

    def elements(self) -> Iterator[Node]:
        """Yield the element and all below it, in the order of the page."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += [each for each in reversed(node.children) if isinstance(each, Node)]

    def above(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def raw(self) -> str:
        """Return all text below it, hidden or not."""
        texts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            each = stack.pop()
            if isinstance(each, str):
                texts.append(each)
            else:
                stack += reversed(each.children)
        return "".join(texts)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#page", {}, None)
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_open(tag)
        node = Node(tag, {name: value or "" for name, value in reversed(attrs)}, self._open[-1])
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # <div/> does not end: only void elements do

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return
            if self._open[at].tag in ("table", "body") and tag not in ("html", "body", "table"):
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _end_open(self, tag: str) -> None:
        ended = _ENDED_BY.get(tag) or (frozenset({"p"}) if tag in _P_ENDS else frozenset())
        fences = _FENCES - ended
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in ended:
                del self._open[at:]
            elif self._open[at].tag in fences:
                return


def parse(html: str) -> Node:
    parser = _Parser()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError):  # html.parser on damaged declarations: what was read up to there counts
        pass
    return parser.root


_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.I)
_NESTED = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[^{};]+;|/\*.*?\*/", re.S)
_UNSEEN = names(
    "head script style template noscript title svg iframe object embed select datalist textarea audio video "
    "canvas map rp rt area"
)
"""Elements whose text a page never shows as its text."""
_FOR_SCREEN_READERS = names(
    "visually-hidden visuallyhidden sr-only screen-reader-text screenreader u-visually-hidden assistive-text "
    "element-invisible screen-reader-only a11y-hidden is-visually-hidden"
)


class Hidden:
    """Which elements of a page are not shown: by their kind, their attributes and the page's own style sheets."""

    def __init__(self, root: Node) -> None:
        self._selectors: set[str] = set()
        for style in (node for node in root.elements() if node.tag == "style"):
            for rule in _RULE.finditer(_NESTED.sub("", style.raw()[:500_000])):
                if _HIDING.search(rule[2]):
                    each = (selector.strip() for selector in rule[1].split(","))
                    self._selectors.update(selector for selector in each if _SIMPLE.fullmatch(selector))
        self._selectors -= {"body", "html", "p", "div", ""}

    def by_kind(self, node: Node) -> bool:
        return node.tag in _UNSEEN

    def hides(self, node: Node) -> bool:
        """Tell whether an element is hidden although its kind is shown."""
        if "hidden" in node.attributes and node.get("hidden") != "until-found":
            return True
        if node.tag == "dialog" and "open" not in node.attributes:
            return True
        if "style" in node.attributes and _HIDING.search(node.get("style")):
            return True
        classes = node.get("class").split()
        if not _FOR_SCREEN_READERS.isdisjoint(classes):
            return True
        return bool(self._selectors) and any(name in self._selectors for name in self._matching(node, classes))

    def _matching(self, node: Node, classes: list[str]) -> Iterator[str]:
        yield node.tag
        for name in (*(f".{each}" for each in classes), f"#{node.get('id')}"):
            yield name
            yield node.tag + name
