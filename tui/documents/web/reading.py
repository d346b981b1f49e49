"""Read a web page, in whatever charset it declares."""

from __future__ import annotations

from tui.briefing.problem import Refused, counted
from tui.documents.base.charset import decoded
from tui.documents.base.document import Document, joined, shortened
from tui.documents.web.article import choose
from tui.documents.web.blocks import Block, render
from tui.documents.web.facts import facts
from tui.documents.web.tree import parse


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused."""
    return page(decoded(data, charset, declared=True))


def page(html: str) -> Document:
    """Return the article of a page. Raises Refused if it has no words."""
    root = parse(html)
    about = facts(root)
    shown = render(root, next((fact.value for fact in about if fact.name == "lang"), ""))
    chosen = choose(shown.blocks)
    text = chosen.text or shown.blocks
    if not text:
        raise Refused("there are no words on this page; open it in a browser and save its text")
    left = _left_out(chosen.left_out if chosen.text else ())
    left += [f"struck through: “{words}”" for words in dict.fromkeys(shown.struck)]
    left += [f"hidden: “{words}”" for words in dict.fromkeys(shown.hidden)]
    return Document("html", joined([block.text for block in text]), "readout-html 1", (), "", about, tuple(left))


def visible(html: str) -> list[str]:
    """Return all paragraphs that a page shows: of mail, which is all text."""
    return [block.text for block in render(parse(html)).blocks]


def _left_out(blocks: tuple[tuple[str, Block], ...]) -> list[str]:
    """Return a line for each kind of block that was left out, with how many there are and their words."""
    kinds: dict[str, list[str]] = {}
    for reason, block in blocks:
        kinds.setdefault(reason, []).append(block.text)
    return [f"{reason} ({counted(len(texts), 'block')}): “{shortened(' / '.join(texts))}”" for reason, texts in kinds.items()]
