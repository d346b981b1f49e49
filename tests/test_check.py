"""Every rule has a bad file named after it, which breaks that rule and no other; the bundled library breaks none."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import BRIEFINGS, ROOT, Write
from tui.briefing import check
from tui.briefing.problem import Problem
from tui.briefing.proof import open_briefing, prove
from tui.briefing.report import REPORTS

BAD = ROOT / "tests" / "bad"
RULES = {check.name(rule): rule for rule in check.RULES}


def problems(path: Path) -> list[Problem]:
    return check.check(prove(open_briefing(path)))


@pytest.mark.parametrize("rule", RULES)
def test_a_bad_file_breaks_its_rule_and_no_other(rule: str) -> None:
    path = BAD / f"{rule}.md"
    found = problems(path)
    assert {problem.rule for problem in found} == {rule}
    for problem in found:
        assert problem.message and problem.hint and problem.path == str(path)
        assert 1 <= problem.place.line <= path.read_text().count("\n") + 1


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_explains_itself(rule: str) -> None:
    assert len(check.explain(RULES[rule]).split()) > 8


def test_every_bad_file_is_named_after_a_rule() -> None:
    assert {path.stem for path in BAD.glob("*.md")} == set(RULES)


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
def test_the_bundled_briefings_have_no_error_and_no_warning(path: Path) -> None:
    assert [str(problem) for problem in problems(path) if problem.severity != "note"] == []


def only(path: Path) -> Problem:
    (found,) = [problem for problem in problems(path) if problem.severity != "note"]
    return found


def test_a_changed_digit_is_one_error_that_shows_the_digit(write: Write) -> None:
    quote = '[[quote]]\nid = "q"\nspeaker = ""\ntext = "killed 67 people"'
    problem = only(write(quote, source="They killed 76 people.\n"))
    assert problem.rule == "quote-not-in-source" and problem.place[:2] == (13, 8)
    assert "source line 1" in problem.hint and "[-" in problem.hint and "{+" in problem.hint


def test_an_alias_may_be_shared_where_not_in_settles_it(write: Write) -> None:
    actors = '[[actor]]\nid = "a"\nname = "A Pell"\nkind = "person"\naliases = ["Pell"]\n{}\n[[actor]]\nid = "b"\nname = "B Pell"\nkind = "person"\naliases = ["Pell"]\n'
    source = "A Pell met B Pell; Pell spoke.\n"
    assert only(write(actors.format(""), source=source)).rule == "alias-shared"
    assert [p for p in problems(write(actors.format('not_in = ["s1"]'), source=source)) if p.severity == "warning"] == []


def test_a_changed_source_is_a_warning_while_all_is_found_and_an_error_when_not(write: Write) -> None:
    sources = '[[source]]\nid = "s1"\npath = "source.txt"\nsha256 = "00"\n'
    quote = '[[quote]]\nid = "q"\nspeaker = ""\ntext = "{}"'
    assert only(write(quote.format("The words."), sources=sources)).severity == "warning"
    assert {
        p.severity for p in problems(write(quote.format("Other words."), sources=sources)) if p.rule == "source-changed"
    } == {"error"}


def test_the_summary_may_leave_words_out_with_an_ellipsis_but_not_change_them(write: Write) -> None:
    quote = '[[quote]]\nid = "q"\nspeaker = ""\ntext = "One two three four."'
    source = "One two three four.\n"
    assert not [p for p in problems(write(quote, '["One … four"](#q)', source=source)) if p.severity == "error"]
    for body in ('["One … five"](#q)', '["four … One"](#q)', '["tw"](#q)', "“[two one](#q)”"):
        assert only(write(quote, body, source=source)).rule == "summary-misquote"


def test_links_into_other_briefings_are_looked_up(write: Write) -> None:
    write('[[actor]]\nid = "a"\nname = "words"\nkind = "person"', name="other.md")
    assert not [p for p in problems(write(body="[w](other.md#a)")) if p.rule == "dangling-link"]
    assert only(write(body="[w](other.md#b)")).rule == "dangling-link"
    assert only(write(body="[w](gone.md#b)")).rule == "dangling-link"
    assert only(write(body="[w](../../../../../../etc/passwd.md#b)")).rule == "dangling-link"


@pytest.mark.parametrize(
    ("source", "text", "cut"),
    [
        ("“We will act, now,” he said.", "We will act, now", False),
        ("“We will act, now,” he said.", "We will act", True),
        ("“We will act, now,” he said.", "act, now", True),
        ("He said: \"We will act.\" Then \"go\".", "We will act.", False),
        ("‘I was running from a ship,’ he said.", "I was running from a ship", False),
        ("‘I was running from a ship,’ he said.", "running from a ship", True),
        ("‘We’re done – the dogs’ home is shut.’", "We’re done – the dogs", True),
        ("‘We’re done – the dogs’ home is shut.’", "We’re done – the dogs’ home is shut.", False),
        ("MR. VAYLE:  We will act.  Thank you.", "We will act.", False),
    ],
)  # fmt: skip
def test_a_quote_that_stops_short_of_its_marks_is_noted(write: Write, source: str, text: str, cut: bool) -> None:
    path = write(f"[[quote]]\nid = 'q'\nspeaker = ''\ntext = '''{text}'''", source=source + "\n")
    assert ("quote-cut" in {problem.rule for problem in problems(path)}) is cut


def test_sarif_is_valid_against_its_schema() -> None:
    found = [problem for path in sorted(BAD.glob("*.md")) for problem in problems(path)]
    log = json.loads(REPORTS["sarif"](found))
    jsonschema.Draft7Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text())).validate(log)
    assert len(log["runs"][0]["results"]) == len(found)


def test_the_other_reports_hold_every_problem() -> None:
    found = problems(BAD / "summary-misquote.md")
    assert REPORTS["text"](found) == f"{found[0]}\n"
    assert json.loads(REPORTS["json"](found))[0]["rule"] == "summary-misquote"
    assert REPORTS["github"](found).startswith("::error file=")


def test_a_large_ring_is_found_without_end() -> None:
    from tui.briefing.document import Actor, Briefing
    from tui.briefing.parse import parse
    from tui.briefing.proof import Reading
    from tui.briefing.write import write as written

    ring = tuple(Actor(id=f"a{n}", name=f"A{n}", kind="group", part_of=f"a{(n + 1) % 3000}") for n in range(3000))
    reading = Reading(Path("b.md"), parse(written(Briefing(title="T", actors=ring))), (), {}, {})
    assert sum(problem.rule == "part-of-cycle" for problem in check.check(reading)) == 1
