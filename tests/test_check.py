"""Every rule has a bad file named after it, which breaks that rule and no other; the bundled library breaks none."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import BRIEFINGS, ROOT, Write
from tui.briefing import check, quotation
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


QUOTE = '[[quote]]\nid = "q"\nspeaker = ""\ntext = {}'
MARKED = [
    "„{}“",
    "„{}”",
    "«{}»",
    "« {} »",
    "»{}«",
    "»{}»",
    "”{}”",
    "＂{}＂",
    "''{}''",
    "‘‘{}’’",
    '“{}"',
    '"{}”',
    "“{}“",
    '„{}"',
    "「{}」",
    "『{}』",
    "｢{}｣",
    "﹁{}﹂",
    "﹃{}﹄",
    "《{}》",
    "〈{}〉",
    "‹{}›",
    "›{}‹",
    "״{}״",
    "⹂{}”",
    "„{}“",
    "❝{}❞",
    "〝{}〞",
]


@pytest.mark.parametrize("marks", MARKED)
def test_the_summary_cannot_misquote_in_any_kind_of_mark(write: Write, marks: str) -> None:
    quote = QUOTE.format('"We will act."')
    assert only(write(quote, f"[{marks}](#q)".format("We never act"), source="We will act.\n")).rule == "summary-misquote"
    assert not warned(write(quote, f"[{marks}](#q)".format("We will act"), source="We will act.\n"))
    assert only(write(quote, f"[x](#q) {marks}".format("We will act"), source="We will act.\n")).rule == "summary-unsupported"


def test_every_opening_and_closing_mark_of_unicode_is_in_the_table_or_left_out_on_purpose() -> None:
    every = {chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) in ("Pi", "Pf")}
    editors = {mark for mark in every if "\u2e00" <= mark <= "\u2e2f"}  # they mark what is doubtful in an edited text
    assert every - editors <= set(quotation.EVERY)


@pytest.mark.parametrize(
    "body",
    [
        "[File › Save](#q) and then", "[x](#q) 〈 and y", "[x](#q), the sailors’ and the dogs’ food", "[x](#q) in צה״ל and צה\"ל", "[x](#q) 5' and 6\" wide",
        "[x](#q) don't 'tis rock 'n' roll",
    ],
)  # fmt: skip
def test_arrows_apostrophes_measures_and_acronyms_are_no_quotation_marks(write: Write, body: str) -> None:
    assert not warned(write(QUOTE.format('"We will act."'), body, source="We will act.\n"))


def test_single_marks_of_british_english_are_held_to_their_quote_by_a_warning(write: Write) -> None:
    quote, source = QUOTE.format('"We won’t act, the sailors’ union said."'), "We won’t act, the sailors’ union said.\n"
    head = 'format = "briefing/1"\ntitle = "A title"\nlang = "en-GB"\n'
    for words in ("‘We won’t act’", "'We won't act'", "‘the sailors’ union’", "‘We won’t act,’"):
        assert not warned(write(quote, f"She said [{words}](#q).", source=source, head=head)), words
    for words in ("‘We will act’", "'We never act'"):
        found = only(write(quote, f"She said [{words}](#q).", source=source, head=head))
        assert (found.rule, found.severity) == ("summary-misquote", "warning")
        assert not warned(write(quote, f"She said [{words}](#q).", source=source))
    assert only(write(quote, "[x](#q) and ‘We act’.", source=source, head=head)).rule == "summary-unsupported"


def test_hundreds_of_marks_on_a_letter_are_counted(write: Write) -> None:
    body = "[“We never e" + "\u0301" * 500 + "”](#q)"
    found = only(write(QUOTE.format('"We will act."'), body, source="We will act.\n"))
    assert str(found).count("\u0301") < 10 and "[+49" in str(found)


def test_json_and_sarif_say_the_version_of_unicode() -> None:
    found = problems(BAD / "summary-misquote.md")
    assert json.loads(REPORTS["json"](found))[0]["unicode"] == unicodedata.unidata_version
    assert json.loads(REPORTS["sarif"](found))["runs"][0]["properties"]["unicode"] == unicodedata.unidata_version


def warned(path: Path) -> list[str]:
    return [str(problem) for problem in problems(path) if problem.severity != "note"]


def test_marks_within_marks_are_part_of_the_words(write: Write) -> None:
    quote, source = QUOTE.format('"""He said “no” to us."""'), "He said “no” to us.\n"
    for words in ("“He said «no» to us.”", '"He said "no" to us."', "«He said “no”»"):
        assert not warned(write(quote, f"[{words}](#q)", source=source)), words
    assert only(write(quote, "[“He said «yes» to us.”](#q)", source=source)).rule == "summary-misquote"


@pytest.mark.parametrize("words", ["“We will act", 'We will act"', "„We will act", "We will act» he said"])
def test_a_quotation_mark_without_its_partner_is_a_warning(write: Write, words: str) -> None:
    found = only(write(QUOTE.format('"We will act."'), f"[{words}](#q)\n\nMore.", source="We will act.\n"))
    assert (found.rule, found.severity) == ("summary-unsupported", "warning") and "no partner" in found.message


def test_inches_and_feet_are_no_quotation_marks(write: Write) -> None:
    assert not warned(
        write(
            QUOTE.format('"The words."'),
            "[A 6\" gun and a 5' 10'' man](#q), “[The words](#q)”.",
            source="The words.\n",
        )
    )


def test_words_linked_to_another_briefing_are_held_to_its_quote(write: Write) -> None:
    write(QUOTE.format('"We will act."'), source="We will act.\n", name="other.md")
    assert not warned(write(body='["We will act"](other.md#q)'))
    assert only(write(body='["We never act"](other.md#q)')).rule == "summary-misquote"
    assert only(write(body='["We will act"](other.md#s1)')).rule == "summary-unsupported"


def test_quoted_words_never_run_over_the_seam_of_two_segments(write: Write) -> None:
    quote, source = QUOTE.format('["We will act", "at once"]'), "“We will act,” he said, “at once.”\n"
    for words in ("We will act … at once", "act ... at", "We will act [...] once", "at once", "act (…) once"):
        assert not warned(write(quote, f'["{words}"](#q)', source=source)), words
    for words in ("We will act at once", "act, at", "act at"):
        assert only(write(quote, f'["{words}"](#q)', source=source)).rule == "summary-misquote", words


def test_reported_speech_in_quotation_marks_is_a_warning(write: Write) -> None:
    quote = QUOTE.format('"they would act"\nspeech = "indirect"')
    found = only(write(quote, '["they would act"](#q)', source="He said that they would act.\n"))
    assert (found.rule, found.severity) == ("summary-misquote", "warning") and "reported speech" in found.message


def test_a_summary_of_nothing_but_marks_and_links_is_checked_in_step(write: Write) -> None:
    body = '["a"](#q) “ "b ' * 20_000 + "\n\nx\n" * 20_000
    assert problems(write(QUOTE.format('"a b c"'), body, source="a b c\n"))


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


def test_so_many_nearest_passages_are_looked_for_and_the_rest_say_so(write: Write) -> None:
    source = "The strikes killed 76 people. " * 3
    quotes = "\n".join(f'[[quote]]\nid = "q{n}"\nspeaker = ""\ntext = "killed {n} people"' for n in range(100, 200))
    hints = [problem.hint for problem in problems(write(quotes, source=source)) if problem.rule == "quote-not-in-source"]
    assert [hint.startswith("nearest, ") for hint in hints] == [True] * 20 + [False] * 80
    assert all("no nearest passage was looked for" in hint for hint in hints[20:])


def test_ten_thousand_quotes_in_one_line_of_megabytes_are_checked(write: Write) -> None:
    source = " ".join(f"“w{n} is said,” ‘or’ " + "filler " * 30 for n in range(10_000))
    quotes = "\n".join(
        f'[[quote]]\nid = "q{n}"\nspeaker = ""\ntext = "{n}x"'.replace(f"{n}x", f"w{n} is said") for n in range(10_000)
    )
    assert not warned(write(quotes, source=source))


def test_a_long_run_of_blanks_is_gone_through_once(write: Write) -> None:
    blanks = " " * 500_000
    assert not warned(write(QUOTE.format(f'"The{blanks}words."'), f'["The{chr(160) * 300_000}words."](#q)'))


def test_twenty_thousand_names_that_begin_alike_are_looked_for_at_once(write: Write) -> None:
    actors = "\n".join(f'[[actor]]\nid = "a{n}"\nname = "Petro {n}"\nkind = "person"' for n in range(20_000))
    found = problems(write(actors, source="Petro 7 said. " * 100_000))
    assert sum(problem.rule == "unused-actor" for problem in found) == 19_999


def test_a_quote_that_runs_over_a_line_of_a_source_without_blank_lines_is_noted(write: Write) -> None:
    path = write(QUOTE.format('"We will act. At once."'), source="We will act.\nAt once.\n")
    assert "quote-runs-on" in {problem.rule for problem in problems(path)}


@pytest.mark.parametrize(
    "href", ["#Petro", "#", "gone.md", "other.md#", "other.md#Words", "#no", "<a c.md#a>", "../x.md", "%2e%2e/%2e%2e/x.md#a"]
)
def test_a_link_that_leads_nowhere_is_an_error(write: Write, href: str) -> None:
    write('[[actor]]\nid = "a"\nname = "words"\nkind = "person"', name="other.md")
    actor = '[[actor]]\nid = "petro"\nname = "words"\nkind = "person"'
    assert only(write(actor, body=f"[w](#petro) [x]({href})")).rule == "dangling-link"


@pytest.mark.parametrize(
    "href",
    [
        "#petro",
        "other.md",
        "été.md#a",
        "<a b.md#a>",
        "a%20b.md#a",
        "<a b.md>",
        "a%2520b.md#a",
        "https://x.org/y#Z",
        "OTHER.MD#a",
    ],
)
def test_a_link_that_leads_somewhere_is_none(write: Write, href: str) -> None:
    for name in ("other.md", "été.md", "a b.md", "a%20b.md", "OTHER.MD"):
        write('[[actor]]\nid = "a"\nname = "words"\nkind = "person"', name=name)
    actor = '[[actor]]\nid = "petro"\nname = "words"\nkind = "person"'
    assert not warned(write(actor, body=f"[w](#petro) [x]({href})"))


def test_an_empty_hash_is_missed_as_a_missing_one_is(write: Write) -> None:
    for line in ("", 'sha256 = ""\n'):
        sources = f'[[source]]\nid = "s1"\npath = "source.txt"\npublished = "2025"\n{line}'
        assert [problem.rule for problem in problems(write(sources=sources))] == ["missing-field"]


def test_words_said_after_their_source_was_published_need_no_date_of_the_briefing(write: Write) -> None:
    quote = QUOTE.format('"The words."\ndate = "2025-11-13"')
    assert [only(write(quote)).rule] == ["date-order"]


def test_names_that_only_the_typing_tells_apart_are_shared(write: Write) -> None:
    actors = '[[actor]]\nid = "a"\nname = "O’Neill"\nkind = "person"\n[[actor]]\nid = "b"\nname = "O\'Neill"\nkind = "person"'
    assert only(write(actors, source="O'Neill\n")).rule == "alias-shared"


def test_the_errors_of_a_reading_are_as_many_as_check_finds() -> None:
    for path in (*BAD.glob("*.md"), *BRIEFINGS):
        reading = prove(open_briefing(path))
        assert check.errors(reading) == sum(problem.severity == "error" for problem in check.check(reading)), path


def test_a_name_is_not_found_across_two_segments(write: Write) -> None:
    from tui.briefing.links import Relations

    toml = '[[actor]]\nid = "a"\nname = "Ann Bee"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = ""\ntext = ["I saw Ann", "Bee saw me"]'
    assert Relations(prove(open_briefing(write(toml, source="“I saw Ann,” she said, “Bee saw me.”")))).named["q"] == ()


def test_a_summary_that_is_nested_too_deep_is_an_error(write: Write) -> None:
    path = write(body=f"{'- ' * 150}deep\n")
    assert "too-large" in {problem.rule for problem in check.check(prove(open_briefing(path)))}
