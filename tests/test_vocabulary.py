"""The words of the drafting rules are in text files, and drafts stay the same when a rule or a file is rearranged."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui import __version__
from tui.briefing.anchor import Text
from tui.drafting.draft import draft
from tui.drafting.drafted import as_file
from tui.drafting.language import ENGLISH, Language, language

RULES = ROOT / "tui" / "drafting"
FILES = sorted((RULES / "english").glob("*.txt"))
DRAFTS = "e33f6e6214c5de64d8cc4229b1a26f2228d75d619d1bfa743cacb81b843568a3"
"""Change it together with a rule or a word that is meant to change the drafts of the bundled texts."""


NOT_RULES = {"__init__", "command", "drafted", "kept", "language", "tongue"}
"""Modules that print messages, write files or read the vocabulary. They read no English."""
REASONED: dict[str, str] = {
    "rules and confidences, written into briefings": """
        according-to by colon cue-after cue-before cue-behind goes-on high indirect lead-in low marks moderate not-plainly
        owner paragraph reported signed subject subject-before touching turn""",
    "kinds of actors and mentions": """
        company document group item name nominal organization orphan person place pronoun public-body state vessel""",
    "keys of briefings and attributions": "author candidates confidence end exact lang publisher rule start title url",
    "keys of the front matter of a web page": """
        agency authors byline canonical date date_published datepublished datetime headline language link pub_date
        pubdate publication_date publish_date published published_time site_name source source_url""",
    "where a date of publication is from, and what a paragraph beside the text is": """
        dateline given heading letterhead metadata published_from time""",
    "names of groups in patterns, and of kinds of times": """
        <day2> <day> <first> <month2> <month> <year2> <year> ?P<weekday> ago before century day day2 decade first iso label last month month2 near number over range relative role since unit until week weekday when which
        year year2""",
    "the code of the language that the rules are for": "en",
    "names of slots": "capital marked may_name possessive possessives quote size text word wordless",
    "names of encodings and ways to read them, letters after a backslash": """
        0abe NFKD ascii ignore replace surrogatepass tnvfrNLP_ utf-16 xuU""",
    "two letters, each of which can end a plural": "sS",
}
"""Literals of one word that are not English read from a text, by why they are there."""
MESSAGES = {
    "An empty text", "Untitled", "date line", "a title", "a title or a name", "in a byline, a caption or other words that are no body text",
    "inches or feet", "made by readout draft; reviewed by nobody", "no body text", "no closing mark in many paragraphs",
    "nobody is named as its source", "nothing closes this mark", "nothing closes this mark in its paragraph",
    "nothing opens this mark", "part of what a speaker says in a turn",
    "Sentences of the source that carry it, chosen by a program; nobody has reviewed them.",
    "single words in marks, and nobody is said to say them", "the word that the sentence is about",
    "these words stand in several places and nothing tells them apart",
    "The text is in a language without rules for drafting ({}): only the words in its quotation marks are listed, and nobody is "
    "said to say them.",
}  # fmt: skip
"""What a draft says about itself and about the words that it leaves out."""
SYNTAX = re.compile(r"\\\(\?:x\[.*|\(\?P<\w+>|\\u[0-9a-f]{4}|\\.|\[[^\]]*\]|\{\d*,?\d*\}")
"""The letters in a pattern that match no word: names of groups, escapes, classes."""
TAGS = "(?:a|b|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|sub|sup|table|td|th|tr|u|ul)"


def literals(path: Path) -> Iterator[str]:
    """Yield the string literals of a module, also those in f-strings, without its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


RULE_MODULES = [path for path in sorted(RULES.glob("*.py")) if path.stem not in NOT_RULES]


@pytest.mark.parametrize("path", RULE_MODULES, ids=lambda path: path.stem)
def test_no_rule_has_an_english_word_in_its_code(path: Path) -> None:
    allowed = MESSAGES | set(" ".join(REASONED.values()).split())
    words = [
        literal
        for literal in literals(path)
        if literal.strip() not in allowed and re.search("[A-Za-z]{2}", SYNTAX.sub("", literal.replace(TAGS, "")))
    ]
    assert not words, f"move these to tui/drafting/english, or give a reason in this test: {words}"


def test_every_exception_is_in_use() -> None:
    used = {literal.strip() for path in RULE_MODULES for literal in literals(path)}
    assert not (MESSAGES | set(" ".join(REASONED.values()).split())) - used


def sections(path: Path) -> dict[str, list[str]]:
    """Return the lines of each section of a vocabulary file, comments included."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            found[line.strip("[]")] = []
        elif line:
            found[list(found)[-1]].append(line)
    return found


def test_the_drafts_of_the_bundled_texts_are_unchanged() -> None:
    made = sha256()
    for path in sorted((ROOT / "seeds").rglob("*.txt")):
        drafted = draft(Text(path.read_text("utf-8")), path.name, published="2025-11-12")
        made.update(as_file(drafted).replace(__version__, "VERSION").encode())
        made.update(json.dumps([dict(each) for each in drafted.attributions.values()]).encode())
        made.update(json.dumps([[*each.span, each.reason] for each in drafted.passed]).encode())
    assert made.hexdigest() == DRAFTS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_section_says_what_it_is_for_and_is_sorted(path: Path) -> None:
    for name, lines in sections(path).items():
        comment = [line for line in lines if line.startswith("# ")]
        entries = lines[len(comment) :]
        assert comment and entries and not any(line.startswith("#") for line in entries), f"{name}: a comment, then entries"
        if Language.__annotations__[name] != "Ordered":
            assert entries == sorted(set(entries)), f"{name}: sort the entries, each once"


def test_every_section_is_in_one_file_and_is_an_attribute_of_the_language() -> None:
    names = [name for path in FILES for name in sections(path)]
    assert sorted(names) == sorted(Language.__annotations__)
    assert all(getattr(ENGLISH, name) for name in names)


def test_a_language_is_read_once_and_is_frozen() -> None:
    assert language("english") is ENGLISH
    with pytest.raises(AttributeError, match="frozen"):
        ENGLISH.adverbs = frozenset()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text + "\n[adverb]\nsoon\n", r"section \[adverb\] is unknown"),
        (lambda text: text + "\n[adverbs]\nsoon\n", r"section \[adverbs\] is there twice"),
        (
            lambda text: text.replace("claimed.\nthat\n", "claimed.\nthat\nwhether\n"),
            r"section \[complementizer\] needs exactly one entry",
        ),
        (
            lambda text: "\n[".join(part for part in text.split("\n[") if not part.startswith("adverbs]")),
            r"no section \[adverbs\]",
        ),
    ],
    ids=["unknown", "twice", "two words", "missing"],
)
def test_a_wrong_section_is_named_with_its_file(change: Callable[[str], str], message: str, tmp_path: Path) -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        (tmp_path / path.name).write_text(change(text) if path.stem == "grammar" else text, "utf-8")
    with pytest.raises(ValueError, match=message):
        Language(tmp_path)
