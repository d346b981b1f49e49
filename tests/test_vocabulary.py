"""The words of the drafting rules are in text files, and drafts stay the same when a rule or a file is rearranged."""

from __future__ import annotations

import json
from collections.abc import Callable
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
DRAFTS = "b39e940e6d27645108b35f17c5a1b68c1de37be90d8f0a7526dfd642ab46fce9"
"""Change it together with a rule or a word that is meant to change the drafts of the bundled texts."""


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
