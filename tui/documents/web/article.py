"""Choose the blocks of a page that are its article. Navigation, teasers, forms and notices around it are not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tui.briefing.record import NamedTuple
from tui.documents.base.document import names
from tui.documents.web.blocks import Block
from tui.documents.web.tree import Node

_AROUND = {
    "nav": "navigation", "menu": "navigation", "aside": "aside", "footer": "footer", "form": "form", "button": "button",
    "fieldset": "form", "legend": "form", "option": "form", "dialog": "notice",
}  # fmt: skip
_ROLES = {
    "navigation": "navigation", "complementary": "aside", "contentinfo": "footer", "search": "form", "dialog": "notice",
    "alertdialog": "notice", "toolbar": "navigation", "menu": "navigation", "banner": "header",
}  # fmt: skip
_NAMES = {
    "notice": "cookie cookies consent gdpr ccpa onetrust cmp newsletter subscribe subscription signup paywall piano regwall "
    "disclaimer-bar notice-bar popup modal overlay banner alert-bar",
    "navigation": "nav navbar navigation menu breadcrumb breadcrumbs pagination pager pagenav skip-link skiplink toc topbar "
    "toolbar sitenav masthead prev-next post-navigation postnav",
    "teaser": "related recommended recommendation recommendations teaser teasers promo promos trending popular most-read "
    "mostread most-popular also-read read-more readmore more-stories more-on more-from morestories see-also outbrain taboola "
    "sponsored advert advertisement ad-container ad-wrapper ads advertising sidebar widget widgets rail carousel latest "
    "related-posts relatedposts jp-relatedposts related-articles story-list newsfeed suggestions",
    "comments": "comments comment commentlist comment-list disqus respond replies responses",
    "sharing": "share sharing social sharedaddy share-buttons social-share addtoany follow followus social-media socialmedia",
    "footer": "footer site-footer colophon copyright",
    "header": "site-header siteheader page-header-bar",
    "author": "author-box authorbox author-bio about-author author-info bio-box",
    "tags": "tags tag-list taglist post-tags entry-tags tagcloud article-tags keywords",
}  # fmt: skip
"""Whole words of classes and ids that name what is around an article."""
_TOKENS = {name: reason for reason, names in _NAMES.items() for name in names.split()}
_SPLIT = re.compile(r"[\s]+")
_PARTS = re.compile(r"[-_]+|(?<=[a-z])(?=[A-Z])")
_STRONG = names("related cookie cookies newsletter comments breadcrumb breadcrumbs sidebar teaser teasers promo")
"""These name what is around an article as parts of longer names too: `block-related-links`."""
_BODIES = re.compile(
    r"articlebody|article-body|article__body|story-body|entry-content|post-content|post-body|article-content", re.I
)
_CARDS = frozenset({"article", "div", "li", "section", "td"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_CARD = 600
"""Characters, without blanks, that a teaser of another article has at most."""
_KEEPS_MOST = 0.75
"""The article is in an element that holds this share of what its parent holds."""


class Chosen(NamedTuple):
    text: tuple[Block, ...]
    left_out: tuple[tuple[str, Block], ...]
    """(reason, block)."""


def choose(blocks: Sequence[Block]) -> Chosen:
    """Return the blocks of the article, and each other block with the reason why it is not one of them."""
    page = _Page()
    reasons = [page.reason(block.node) for block in blocks]
    main = _main(blocks, reasons, _weights(blocks, reasons))
    inside = [main is None or block.node is main or any(node is main for node in block.node.above()) for block in blocks]
    first = inside.index(True) if True in inside else 0
    head = next((at for at, block in enumerate(blocks[:first]) if block.node.tag == "h1" and len(block.text) > 8), first)
    text: list[Block] = []
    left: list[tuple[str, Block]] = []
    for at, (block, reason) in enumerate(zip(blocks, reasons)):
        if inside[at] and main is not None:
            reason = page.reason(block.node, main)
        elif not reason and not inside[at] and not (head <= at < first and _headline(block)):
            reason = "around the article"
        if reason or _teaser(block):
            left.append((reason or "teaser", block))
        else:
            text.append(block)
    return Chosen(tuple(text), tuple(left))


def _headline(block: Block) -> bool:
    """Tell whether a block between a page's headline and its article belongs to it: a standfirst, a byline, a day."""
    return block.node.tag == "h1" or block.linked < 0.5 * len(block.text)


class _Page:
    """What the elements of one page are, by what they are called and how much of them is links."""

    def __init__(self) -> None:
        self._sizes: dict[Node, tuple[int, int, int]] = {}
        self._cards: dict[Node, bool] = {}

    def reason(self, node: Node, main: Node | None = None) -> str:
        """Return what a block is if it is around an article, by the elements that it is in, up to `main`; else ""."""
        for each in (node, *node.above()):
            if each is main or each.tag in ("body", "html"):
                return ""
            reason = _AROUND.get(each.tag) or _ROLES.get(each.get("role").lower()) or _by_name(each)
            if reason and not self._holds_much(each):
                return reason
            if each.tag in ("ul", "ol", "div", "section", "table", "dl") and self._links_only(each):
                return "teaser"
            if each.tag in _CARDS and self._is_card(each) and self._has_cards_beside(each):
                return "teaser"
        return ""

    def _size(self, node: Node) -> tuple[int, int, int]:
        """Return (characters of text, of links, number of links) below an element."""
        found = self._sizes.get(node)
        if found is None:
            found = self._sizes[node] = _counted(node)
        return found

    def _holds_much(self, node: Node) -> bool:
        """Tell whether an element is named like something around an article and holds one all the same: four paragraphs
        of prose."""
        return (
            node.tag not in ("nav", "button")
            and sum(
                each.tag == "p" and (size := self._size(each))[0] > 100 and size[1] < 0.3 * size[0] for each in node.elements()
            )
            >= 4
        )

    def _is_card(self, node: Node) -> bool:
        """Tell whether an element shows another article: little text, and a heading that is a link."""
        found = self._cards.get(node)
        if found is None:
            small = 0 < self._size(node)[0] < _CARD
            found = self._cards[node] = small and any(map(self._heading_is_link, node.elements()))
        return found

    def _heading_is_link(self, node: Node) -> bool:
        if node.tag not in _HEADINGS:
            return False
        text, links, _ = self._size(node)
        return text > 0 and (links >= 0.9 * text or any(each.tag == "a" for each in node.above()))

    def _has_cards_beside(self, node: Node) -> bool:
        beside = (each for each in node.parent.children if isinstance(each, Node)) if node.parent else ()
        return sum(each.tag == node.tag and self._is_card(each) for each in beside) > 1

    def _links_only(self, node: Node) -> bool:
        text, links, count = self._size(node)
        return count >= 2 and links > 0.75 * text > 0


def _counted(node: Node) -> tuple[int, int, int]:
    text = links = count = 0
    stack: list[tuple[Node | str, bool]] = [(node, False)]
    while stack:
        each, linked = stack.pop()
        if isinstance(each, str):
            length = len("".join(each.split()))
            text += length
            links += length if linked else 0
        elif each.tag not in ("script", "style", "noscript", "template", "svg"):
            inner = linked or each.tag == "a"
            count += each.tag == "a"
            stack += [(child, inner) for child in each.children]
    return text, links, count


def _by_name(node: Node) -> str:
    names = f"{node.get('class')} {node.get('id')}"
    for name in _SPLIT.split(names):
        low = name.lower()
        if low in _TOKENS:
            return _TOKENS[low]
        parts = _PARTS.split(name)
        for part in parts if len(parts) < 8 else ():
            if part.lower() in _STRONG:
                return _TOKENS[part.lower()]
    return ""


def _teaser(block: Block) -> bool:
    """Tell whether a paragraph is a link and nothing else."""
    size = len("".join(block.text.split()))
    return block.linked >= 0.9 * size and size > 0 and block.node.tag not in ("h1", "td", "th")


def _weights(blocks: Sequence[Block], reasons: Sequence[str]) -> Counter[int]:
    """Return how many characters of prose are in each element that holds some, by its id()."""
    weights: Counter[int] = Counter()
    for block, reason in zip(blocks, reasons):
        prose = len(block.text) - block.linked
        if not reason and prose >= 40 and block.linked < 0.5 * len(block.text):
            for node in (block.node, *block.node.above()):
                weights[id(node)] += prose
    return weights


def _main(blocks: Sequence[Block], reasons: Sequence[str], weights: Counter[int]) -> Node | None:
    """Return the element that is the article; None if nothing is."""
    if not weights:
        return None
    held = next(block.node for block, reason in zip(blocks, reasons) if not reason and weights[id(block.node)])
    root = [held, *held.above()][-1]
    total = weights[id(root)]
    named = [node for node in root.elements() if weights[id(node)] > 0.3 * total and _is_article(node)]
    if named:
        root = max(named, key=lambda node: (weights[id(node)], -len([*node.above()])))
    while True:
        inner = [node for node in root.children if isinstance(node, Node)]
        most = max(inner, key=lambda node: weights[id(node)], default=None)
        if (
            most is None
            or weights[id(most)] < _KEEPS_MOST * weights[id(root)]
            or most.tag in ("p", "tbody", "blockquote", "ul")
        ):
            return root
        root = most


def _is_article(node: Node) -> bool:
    return node.tag in ("article", "main") or node.get("role") == "main" or node.get("itemprop") == "articleBody"
