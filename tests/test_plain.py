"""The reader in lines: what each command is answered, how it is written, and that nothing but words is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, BRIEFINGS, ROOT, Write
from tests.terminals import Watched
from tests.test_cli import run
from tests.test_terminal import clean, everything, press
from tui.briefing import cite
from tui.briefing.links import Relations
from tui.reader.loading import load
from tui.reader.plain.conversation import Conversation
from tui.reader.plain.lines import COMMANDS, answer, shown


def conversation(*paths: Path) -> Conversation:
    return Conversation(paths or (ARTICLE,), (), load(paths[0] if paths else ARTICLE))


def said(talk: Conversation, *commands: str) -> str:
    """The answer to the last of them, its lines joined by line breaks."""
    for command in commands[:-1]:
        answer(talk, command)
    return "\n".join(answer(talk, commands[-1]))


TWO = """
[[actor]]
id = "ann"
name = "Ann"
kind = "person"
[[actor]]
id = "ben"
name = "Ben"
kind = "person"
[[quote]]
id = "q-one"
speaker = "ann"
text = "the first thing"
event = "e"
[[quote]]
id = "q-two"
speaker = "ann"
text = "the second thing"
event = "e"
[[quote]]
id = "q-lost"
speaker = "ben"
text = "what nobody ever said"
[[event]]
id = "e"
title = "They speak"
date = "2025-11-11?"
actors = ["ann", "ben"]
evidence = "They spoke"
"""
BODY = '[Ann](#ann) said ["the first thing"](#q-one), [they spoke](#e).\n\nBen said ["what nobody ever said"](#q-lost).'
TEXT = "They spoke. Ann said “the first thing” to Ben.\n\nLater “the second thing” was said.\n"


# -- the first lines ------------------------------------------------------------------------------------------------------


def test_it_begins_with_the_marking_and_the_proof_then_the_title_and_what_there_is() -> None:
    first, title, panes = conversation().opened()
    assert first == "TLP:CLEAR. 18/18 quotes, 16/16 events: words found"
    assert title.startswith("Colombia halts intelligence sharing")
    assert panes == "1 Summary 5, 2 Actors 33, 3 Quotes 18, 4 Timeline 16, 5 Source 14. ? lists the commands"


def test_what_is_not_proven_is_loud_in_the_first_line_and_before_its_words(write: Write) -> None:
    talk = conversation(write(TWO, BODY, TEXT))
    assert talk.opened()[0].startswith("NOT ALL PROVEN: 2/3 quotes, 1/1 event: words found · 1 UNPROVEN · 1 error: !")
    assert said(talk, "3", "G").startswith("3. UNPROVEN: “what nobody ever said” Ben; ")
    assert said(talk, "f") == "UNPROVEN: the words are not in the source; ! says more" and talk.here == "Quotes"
    assert said(talk, "5").split("\n")[1] == "UNPROVEN: the words are not in the source; ! says more"
    assert said(talk, "1", "G").endswith('"what nobody ever said" [UNPROVEN].')
    assert "UNPROVEN: “what nobody ever said”" in said(talk, "f")  # its one link
    assert "error, line 32: the words of quote" in said(talk, "!")


def test_a_sound_proof_beside_errors_is_loud_too(write: Write) -> None:
    talk = conversation(write(TWO.replace("what nobody ever said", "was said"), "[X](#nobody).", TEXT))
    assert talk.opened()[0].startswith("ERRORS: 3/3 quotes, 1/1 event: words found · 1 error: !")


def test_a_text_of_which_no_draft_can_be_made_says_so_and_shows_its_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("One.\n\nTwo.\n")
    talk = conversation(path)
    assert talk.opened()[0] == "not drafted: a raw article" and talk.here == "Source"
    assert said(talk, "") == "Paragraph 2: Two."
    assert said(talk, "1") == "1 A raw article: it has no summary" and said(talk, "j") == "A raw article: it has no summary"
    assert said(talk, "3", "y") == "Quotes: none"


# -- the tasks ------------------------------------------------------------------------------------------------------------


OTHER_FILES = ["+++\nbroken", "", "+++\ntitle = 'A day'\n+++\nAn article of a few words.\n", "An article of a few words.\n"]


@pytest.mark.parametrize("text", [*OTHER_FILES, "as it was", "gone"])
@pytest.mark.parametrize("opened", ["before", "after"])
def test_the_problems_are_those_that_check_reports_of_the_file(write: Write, text: str, opened: str) -> None:
    path = write(TWO, body=BODY, source=TEXT)
    talk = conversation(path)
    if text == "gone":
        path.unlink()
    elif text != "as it was":
        path.write_text(text)
    words = said(conversation(path) if opened == "after" else talk, "!")
    reported = run("check", path).stdout.splitlines() or [f"{path}:1:1: error x: there is no file b.md"]
    for line in reported:
        assert re.sub(r"^.*?:\d+:\d+: \w+ [a-z-]+: ", "", line) in words
    assert "no problems" not in words and ("is a raw article, not a briefing" in words) == ("An article" in text)


def test_a_file_without_problems_has_none_in_check_either() -> None:
    assert said(conversation(), "!") == "no problems: readout check finds none in this file"
    assert "no problems" in run("check", ARTICLE, code=0).stderr


def test_a_digit_says_title_count_and_row() -> None:
    assert said(conversation(), "3").startswith(
        "3 Quotes, 18\n1. “as long as the missile attacks on boats continue” Gustavo Petro; "
    )


def test_from_an_actor_to_that_actors_first_quote_with_the_relation_in_words() -> None:
    talk = conversation()
    assert said(talk, "2", "j").startswith("2. ")
    answer(talk, "k")
    heading, row = said(talk, "3").split("\n")
    assert heading.endswith("related to Gustavo Petro") and row.startswith("says: 1. “as long as")


def test_from_a_quote_to_its_very_words_and_back_as_it_was() -> None:
    talk = conversation()
    there = said(talk, "3", "j 2")
    words = said(talk, "f")
    assert words.startswith("its words, paragraph 6, verbatim\nParagraph 6, ") and "“>>He may have been carrying fish" in words
    assert "need to murder him.<<”" in words
    assert said(talk, "[") == f"3 Quotes, 18\n{there}"
    assert said(talk, "]").startswith("5 Source, 14\n") and said(talk, "]") == "already at the newest position"
    assert said(talk, "[", "[") == "already at the start"


def test_the_words_of_a_quote_in_parts_are_shown_in_every_paragraph_that_they_stand_in(write: Write) -> None:
    toml = '[[actor]]\nid = "a"\nname = "A"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = ["one two", "three"]\n'
    talk = conversation(write(toml, "", "“One,” “one two,” he said.\n\n“Yes, three.”\n"))
    assert said(talk, "3", "f").split("\n")[1:] == [
        "Paragraph 1, 1 quote: “One,” “>>one two<<,” he said.",
        "Paragraph 2, 1 quote: “Yes, >>three<<.”",
    ]


def test_a_source_cannot_mark_words_of_its_own(write: Write) -> None:
    toml = '[[actor]]\nid = "a"\nname = "A"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = "one two"\n'
    talk = conversation(write(toml, "", "He said “one two”, not >>something else<<.\n"))
    assert said(talk, "3", "f") == (
        "its words, paragraph 1, verbatim: one two\nParagraph 1, 1 quote: He said “one two”, not >>something else<<."
    )


def test_the_next_related_row_says_how_it_is_related_and_which_of_how_many(write: Write) -> None:
    talk = conversation(write(TWO, BODY, TEXT))
    answer(talk, "3")
    assert said(talk, ".").startswith("same event 1/1: 2. “the second thing”")
    assert said(talk, "2", "g", "4").split("\n")[1].startswith("takes part: 1. 11 Nov 2025?: They speak")
    assert said(conversation(), ".") == "choose a row first"


def test_every_related_row_is_reached_by_full_stops() -> None:
    talk = conversation()
    related = Relations(talk.reading).of("petro")
    answer(talk, "2")
    answer(talk, "3")
    seen = {talk.pane.refs[talk.row]}
    for _ in talk.pane.refs:
        answer(talk, ".")
        seen.add(talk.pane.refs[talk.row])
    assert seen == {quote.id for quote in talk.reading.briefing.quotes if quote.id in related}
    assert said(talk, ",") != said(talk, ".")


def test_several_ways_to_follow_are_numbered_and_one_is_taken_at_once() -> None:
    talk = conversation()
    lines = said(talk, "f").split("\n")
    assert lines[0] == "f 1 Gustavo Petro: Gustavo Petro" and lines[3].startswith('f 4 "as long as') and len(lines) == 5
    assert said(talk, "f 4").startswith("3 Quotes, 18\n1. “as long as")
    assert said(talk, "f2") == "this row has only f 1" and said(talk, "f x") == "x is not a whole number"
    assert said(talk, "2", "g", "f 1").startswith("3 Quotes, 18\n1. ")  # an actor leads to what the actor said
    assert said(talk, "5", "f 1").startswith("3 Quotes, 18\n1. ")  # and a passage to what stands there


def test_the_row_is_cited_exactly_as_the_reader_copies_it() -> None:
    for path in BRIEFINGS:
        talk = conversation(path)
        for digit in "2345":
            answer(talk, digit)
            assert said(talk, "y") == cite.plain(talk.reading, talk.pane.refs[talk.row])
    talk = conversation()
    assert said(talk, "y") == "this row has 5 links: y 1 to y 5; f names them"
    assert said(talk, "y 4") == cite.plain(talk.reading, "q-boats") and all(
        said(talk, none) == "this row has only y 1 to y 5" for none in ("y 0", "y 9")
    )


def test_an_unproven_quote_is_cited_as_unproven(write: Write) -> None:
    talk = conversation(write(TWO, BODY, TEXT))
    assert said(talk, "3", "G", "y").startswith("UNPROVEN: not in the source\n“what nobody ever said”\n— Ben")


# -- finding --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["petro", "Petro", "r:drugs?", "united  states"])
def test_the_count_is_how_many_matches_n_goes_through(word: str) -> None:
    talk = conversation()
    first = said(talk, f"/ {word}")
    count = int(first.split(" in ")[0].split(" of ")[1])
    marked = [first, *(said(talk, "n") for _ in range(count - 1))]
    assert [line.split(" of ")[0] for line in marked] == [str(number) for number in range(1, count + 1)]
    assert len(set(marked)) == count
    assert said(talk, "n").startswith(f"from the top, 1 of {count} in ")
    assert said(talk, "N").startswith(f"from the end, {count} of {count} in ")
    pattern = word.removeprefix("r:").replace("  ", " ")
    flags = re.I if word != "Petro" else re.U
    assert all(re.search(f">>{pattern}<<", line, flags) for line in marked)


def test_find_looks_through_the_pane_that_it_is_in() -> None:
    talk = conversation()
    assert said(talk, "5", "/ drug").startswith("1 of 6: Paragraph 3") and said(talk, "j", "n").startswith(
        "2 of 6: Paragraph 4"
    )
    assert said(talk, "[").split("\n")[1].startswith("Paragraph 1,")
    assert said(talk, "/ nothing like it") == "nothing like it: not found"
    assert "not a regular expression" in said(talk, "/ r:(") and "/ needs what to look for" in said(talk, "/")
    assert said(conversation(), "n") == "no search yet; press /"


# -- the rest of the commands -----------------------------------------------------------------------------------------------


def test_moving_says_the_row_and_at_an_end_that_it_is_one() -> None:
    talk = conversation()
    answer(talk, "3")
    assert said(talk, "").startswith("2. ") and said(talk, "j 5").startswith("7. ") and said(talk, "k3").startswith("4. ")
    assert said(talk, "G").startswith("18. ") and said(talk, "j") == "this is the last row, 18 of 18"
    assert said(talk, "g").startswith("1. ") and said(talk, "k") == "this is the first row, 1 of 18"
    assert [line[:3] for line in said(talk, "l 3").split("\n")] == ["1. ", "2. ", "3. "] and talk.row == 0
    assert said(talk, "j 0").startswith("1. ") and said(talk, "l 0").startswith("1. ")


@pytest.mark.parametrize("typed", ["x", "quit", "12", "jj", "\x1b[A", "§", "f 1 2", "!!", "foo", "just", "gone"])
def test_what_is_no_command_is_answered_in_one_line(typed: str) -> None:
    (line,) = answer(conversation(), typed)
    assert line.startswith(typed) or line == "1 2 is not a whole number"
    assert line.endswith("is no command; ? lists them") or line.endswith("is not a whole number")


def test_the_commands_are_listed_and_no_two_have_one_name() -> None:
    assert answer(conversation(), "?") == [f"{each.usage}: {each.words}" for each in COMMANDS]
    assert len(set("".join(each.names for each in COMMANDS))) == sum(len(each.names) for each in COMMANDS)


def test_sources_are_gone_through_and_one_that_is_not_there_says_so(write: Write) -> None:
    sources = '[[source]]\nid = "s1"\npath = "source.txt"\n[[source]]\nid = "s:2"\npath = "gone.txt"\ntitle = "Lost"\n'
    talk = conversation(write(sources=sources, source="One.\n\nTwo.\n"))
    assert said(talk, "5").startswith("5 Source, 3. source.txt") and said(talk, "j") == "s1 paragraph 2: Two."
    assert "s:2: Lost; NOT READ: there is no file gone.txt" in said(talk, ")")
    assert said(talk, ")").endswith("s1 paragraph 1: One.") and said(talk, "[").startswith("5 Source, 3\ns:2: Lost")
    assert said(conversation(), ")") == "this briefing has one source"


def test_other_briefings_are_opened_by_links_and_by_going_on(write: Write) -> None:
    other = write(TWO, BODY, TEXT, name="other.md")
    path = write(TWO, "[There](other.md#q-two), [nothing](other.md#none), [gone](gone.md#x), [out](../../x.md#y).", TEXT)
    talk = conversation(path)
    assert said(talk, "f 1").endswith("2. “the second thing” Ann; paragraph 2, verbatim") and talk.reading.path == other
    assert said(talk, "[").startswith("1 Summary, 1\n") and talk.reading.path == path
    assert said(talk, "f 2").endswith("other.md has no item none") and talk.reading.path == other
    answer(talk, "[")
    assert "there is no file gone.md" in said(talk, "f 3") and "lies outside" in said(talk, "f 4") and talk.reading.path == path
    assert "2 of 2: A title" in said(talk, "J") and "1 of 2: A title" in said(talk, "J")
    assert said(conversation(), "K") == "this is the only briefing open"


def test_a_briefing_that_cannot_be_read_says_why(write: Write) -> None:
    good, bad = write(TWO, BODY, TEXT), write(head='format = "briefing/9"', name="c.md")
    talk = conversation(good, bad)
    assert ": error unknown-format: " in said(talk, "J") and talk.reading.path == bad
    assert "Summary, " in said(talk, "[") and talk.reading.path == good


# -- as it is written -------------------------------------------------------------------------------------------------------


def test_text_of_files_is_made_safe_and_broken_to_the_width() -> None:
    lines = ["a\x1b[31m b\u202ec\nd", "“Türk” … " + "word " * 30]
    assert list(shown(lines[:1], 0, True)) == ["a␛[31m b⇄c d"]
    assert list(shown(lines[1:], 0, False)) == ['"Turk" ... ' + " ".join(["word"] * 30)]
    broken = list(shown(lines, 40, True))
    assert all(len(line) <= 40 for line in broken) and " ".join(broken).endswith("word word")


def piped(*arguments: object, text: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "tui", *map(str, arguments)]
    settled = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=ROOT, capture_output=True, input=text.encode(), env=settled)


def test_piped_there_is_no_prompt_and_no_line_is_broken_and_the_end_of_the_input_ends_it() -> None:
    for words in (["--plain", ARTICLE], ["read", "--plain", ARTICLE]):
        done = piped(*words, text="3\n\n", TERM="dumb")
        lines = done.stdout.decode().split("\n")
        assert done.returncode == 0 and done.stderr == b"" and lines[0].startswith("TLP:CLEAR. 18/18")
        assert len(lines) == 7 and lines[5].startswith("2. “the fight") and len(lines[5]) > 100 and lines[6] == ""
    assert piped("--plain", ARTICLE, text="q\n3\n").stdout.count(b"\n") == 3
    assert piped("--plain", ARTICLE, text="\xff\n").returncode == 0


def test_it_begins_at_an_item_where_one_is_named() -> None:
    assert piped("--plain", f"{ARTICLE}#q-boats").stdout.decode().split("\n")[3:5][1].startswith("1. “as long as")
    assert b"has no item none; this is its beginning" in piped("--plain", f"{ARTICLE}#none").stdout


def test_without_textual() -> None:
    code = "import sys, tui.cli; tui.cli.main(sys.argv[1:]); print([m for m in sys.modules if m.partition('.')[0] == 'textual'], file=sys.stderr)"
    everything_ = "".join(f"{line}\n" for line in [*"12345jkgGlf[].,nNy()JK!?", "/ drug", "f 1"])
    done = subprocess.run(
        [sys.executable, "-c", code, "--plain", "briefings"], cwd=ROOT, capture_output=True, text=True, input=everything_
    )
    assert done.stderr == "[]\n" and done.stdout.count("\n") > 50


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"TERM": "vt100"}])
def test_where_there_is_only_ascii_it_is_all_ascii(environment: dict[str, str]) -> None:
    out = piped("--plain", ARTICLE, text="3\nf\ny\n/ Türk\n", **environment).stdout
    assert out.isascii() and b'1. "as long as' in out and b"? lists" in out


def test_an_unreadable_input_ends_with_2_and_one_line(write: Write) -> None:
    for path in ("gone.md", "tests/bad/unknown-format.md", write(head='format = "briefing/9"')):
        done = run("--plain", path, code=2)
        assert done.stdout == "" and len(done.stderr.strip().split("\n")) == 1
    assert "no standard input" in subprocess.run(
        f"{sys.executable} -m tui --plain {ARTICLE} <&-", shell=True, cwd=ROOT, capture_output=True, text=True
    ).stderr  # fmt: skip


def test_what_reads_the_answers_may_go_away() -> None:
    done = subprocess.run(
        f"yes j | {sys.executable} -m tui --plain {ARTICLE} | head -1", shell=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.startswith("TLP:CLEAR") and done.stderr == ""


def test_a_shared_account_may_read_in_lines_and_nothing_is_written(tmp_path: Path) -> None:
    done = piped("--plain", "--kiosk", "briefings", "--as", "ann", text="3\nm\ne\nY\n", XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 0 and done.stdout.count(b"is no command") == 3 and not list(tmp_path.iterdir())
    assert piped("--plain", "--kiosk", "briefings").returncode == 2


@pytest.mark.parametrize("digit", "12345")
def test_nothing_from_a_file_is_written_raw(hostile: Path, digit: str) -> None:
    commands = [digit, "f", "f 1", "[", "l 9", "y", "y 2", ".", "G", "y", "!", "/ red", "n"]
    out = piped("--plain", hostile, text="".join(f"{command}\n" for command in commands))
    clean(out.stdout)
    assert out.returncode == 0 and b"\x1b" not in out.stdout and out.stderr == b""


def test_hostile_ids_and_empty_files_end_nothing(write: Write) -> None:
    for path in (
        write(),
        write(source=""),
        write(sources=""),
        write(sources='[[source]]\nid = "a:b:1"\npath = "source.txt"\n'),
    ):
        talk = conversation(path)
        for command in [*"12345", "j", "G", "f", "y", ".", "l", "/ words", "n", "!", ")", "["]:
            assert answer(talk, command)


# -- on a terminal ------------------------------------------------------------------------------------------------------------


def talking(*arguments: str | Path, size: tuple[int, int] = (40, 12), **environment: str) -> Watched:
    command = [sys.executable, "-m", "tui", "--plain", *map(str, arguments)]
    return Watched(command, ROOT, {**os.environ, "TERM": "dumb", "LANG": "C.UTF-8", **environment}, *size)


def typed(terminal: Watched, lines: Sequence[str]) -> str:
    for line in lines:
        press(terminal, [f"{line}\n"])
    return terminal.seen()


@pytest.mark.real
def test_on_a_braille_display_of_40_by_12_every_line_fits_and_there_is_a_prompt() -> None:
    with talking(ARTICLE) as terminal:
        assert terminal.wait_for("> ")
        assert "verbatim" in typed(terminal, ["3", "f"]) and terminal.text.rstrip().endswith(">")
        typed(terminal, ["[", "y", "!", "?", "nonsense"])
        out = everything(terminal)
        clean(out)
        assert b"\x1b" not in out and all(len(line) <= 40 for line in out.decode().replace("\r", "").split("\n"))
        os.write(terminal._master, b"q\n")
        assert terminal._process.wait(5) == 0


@pytest.mark.real
@pytest.mark.parametrize(
    ("size", "environment", "width"), [((120, 40), {}, 80), ((60, 20), {}, 60), ((120, 40), {"COLUMNS": "50"}, 50)]
)
def test_lines_are_as_wide_as_the_terminal_and_never_wider_than_80(
    size: tuple[int, int], environment: dict[str, str], width: int
) -> None:
    with talking(ARTICLE, size=size, **environment) as terminal:
        assert terminal.wait_for("> ")
        typed(terminal, ["3", "l 9"])
        longest = max(map(len, everything(terminal).decode().replace("\r", "").split("\n")))
        assert width - 8 <= longest <= width


@pytest.mark.real
@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_control_c_and_control_d_end_it_well(key: bytes) -> None:
    with talking(ARTICLE) as terminal:
        assert terminal.wait_for("> ")
        os.write(terminal._master, key)
        assert terminal._process.wait(5) == 0
        terminal.read(0.2)
        assert b"Traceback" not in everything(terminal)


def test_a_file_that_cannot_be_read_is_a_stop_and_not_the_end(write: Write, tmp_path: Path) -> None:
    first = write(name="a.md")
    (tmp_path / "m.md").write_bytes(b"\xff\xfe\0bad")
    last = write(name="z.md")
    talk = Conversation([first, tmp_path / "m.md", last], [tmp_path], load(first, [tmp_path]))
    assert "2 of 3: m.md cannot be read" in said(talk, "J") and "error" in said(talk, "!")
    assert "3 of 3: " in said(talk, "J") and "m.md cannot be read" in said(talk, "[")
