"""What a terminal sends: no answer is a key, every key is, however it is cut, and nothing ends the reader."""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from tests.conftest import ARTICLE, SEED, Write, many
from tests.test_terminal import reader
from tui.reader.terminal.arriving import ESCAPE, REST, REST_OF_PASTE, Arriving, Paste
from tui.reader.terminal.driver import _eight_bit

ANSWERS = {
    "device attributes (DA1)": "\x1b[?62;22c",
    "device attributes (DA2)": "\x1b[>41;388;0c",
    "device attributes (DA3)": "\x1bP!|7E565445\x1b\\",
    "name and version (XTVERSION)": "\x1bP>|kitty(0.35.2)\x1b\\",
    "name, ended by BEL": "\x1bP>|kitty(0.35.2)\x07",
    "foreground (OSC 10)": "\x1b]10;rgb:ffff/ffff/ffff\x07",
    "background (OSC 11)": "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "palette (OSC 4)": "\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "clipboard (OSC 52)": "\x1b]52;c;cQ==\x1b\\",
    "terminfo (XTGETTCAP)": "\x1bP1+r524742=382F382F38\x1b\\",
    "device attributes in eight bits": "\x9b?62;22c",
    "attributes without a question mark in eight bits": "\x9b0c",
    "background in eight bits": "\x9d11;rgb:1e1e/1e1e/2e2e\x9c",
    "name and version in eight bits": "\x90>|kitty(0.35.2)\x9c",
    "graphics in eight bits": "\x9fGi=31;OK\x9c",
    "a setting (DECRQSS)": "\x1bP1$r0m\x1b\\",
    "graphics (APC)": "\x1b_Gi=31;OK\x1b\\",
    "privacy message": "\x1b^q\x1b\\",
    "start of string": "\x1bXq\x1b\\",
    "size in cells": "\x1b[8;40;120t",
    "size in pixels": "\x1b[4;800;1200t",
    "size in the stream (2048)": "\x1b[48;40;120;800;1200t",
    "title": "\x1b]lq\x1b\\",
    "status": "\x1b[0n",
    "printer": "\x1b[?13n",
    "colour scheme": "\x1b[?997;1n",
    "keyboard flags": "\x1b[?25u",
    "mode": "\x1b[?2048;2$y",
    "ANSI mode": "\x1b[4;2$y",
    "parameters (DECREQTPARM)": "\x1b[2;1;1;128;128;1;0x",
    "checksum": "\x1bP1!~ABCD\x1b\\",
    "locator": "\x1b[1;0;5;5;1&w",
    "modifyOtherKeys": "\x1b[>4;2m",
    "the mouse, old form": "\x1b[M qq",
    "the mouse, urxvt": "\x1b[32;5;5M",
    "the mouse, motion": "\x1b[<35;5;5M",
    "the mouse, off any screen": "\x1b[<0;99999;99999M",
    "the mouse, before the screen": "\x1b[<0;-1;0M",
    "a key let go of": "\x1b[113;1:3u",
    "a key that is no character": "\x1b[1114112;1u",
    "a key that is half a character": "\x1b[55357;1u",
    "a text that is no character": "\x1b[97;1;99999999u",
    "other C1 controls": "".join(chr(code) for code in range(0x80, 0xA0) if chr(code) not in "\x90\x98\x9b\x9d\x9e\x9f"),
}
KEYS = {
    "q": ["q"], "\r": ["enter"], "\t": ["tab"], "\x7f": ["backspace"], "é": ["é"], "\x01": ["ctrl+a"],
    "\x1b[A": ["up"], "\x1bOA": ["up"], "\x1b[1;5C": ["ctrl+right"], "\x1b[5~": ["pageup"], "\x1b[3;5~": ["ctrl+delete"],
    "\x1b[H": ["home"], "\x1bOF": ["end"], "\x1b[Z": ["shift+tab"], "\x1b[[A": ["f1"], "\x1bOP": ["f1"], "\x1b[11~": ["f1"],
    "\x1b[97u": ["a"], "\x1b[97;1u": ["a"], "\x1b[97;5u": ["ctrl+a"], "\x1b[97;;97u": ["a"], "\x1b[57399u": ["0"], "\x1b[13u": ["enter"],
    "\x1b[97:65;2;65u": ["A"], "\x1b[97;1:1u": ["a"], "\x1b[97;1:2u": ["a"], "\x1b[1;1:1A": ["up"], "\x1b[1;5:2C": ["ctrl+right"],
    "\x1bq": ["escape", "q"], "\x1b\x1b[A": ["escape", "up"],
}  # fmt: skip


def keys(arrived: list[str | Paste]) -> list[str]:
    found = [event for each in arrived if isinstance(each, str) for event in XTermParser().feed(each)]
    return [event.key for event in found if isinstance(event, events.Key)]


def fed(text: str, *, cuts: tuple[int, ...] = ()) -> list[str | Paste]:
    """Read in the pieces that the cuts make, each in time, and then nothing more."""
    arriving, found, now = Arriving(0.35), list[str | Paste](), 0.0
    for start, end in zip((0, *cuts), (*cuts, len(text))):
        found += arriving.feed(text[start:end], now)
        now += 0.3
        found += arriving.tick(now)
    return found + arriving.tick(now + REST_OF_PASTE)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_no_key_and_the_key_after_it_is(name: str) -> None:
    assert keys(fed(ANSWERS[name])) == []
    assert keys(fed(f"j{ANSWERS[name]}k")) == ["j", "k"]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_is_cut_anywhere_is_no_key(name: str) -> None:
    answer = ANSWERS[name]
    for cut in range(3, len(answer)):
        assert keys(fed(answer, cuts=(cut,))) == [], cut
        arriving = Arriving(0.35)
        assert keys(arriving.feed(answer[:cut], 0.0)) == []  # the rest is lost
        assert keys(arriving.tick(REST)) == [] and keys(arriving.feed("k", 4.0)) == ["k"]


@pytest.mark.parametrize("name", [name for name in ANSWERS if "mouse" not in name])
def test_the_rest_of_an_answer_that_was_given_up_is_no_key(name: str) -> None:
    answer = ANSWERS[name]
    for cut in range(3, len(answer) - 1):
        arriving = Arriving(0.35)
        arriving.feed(answer[:cut], 0.0)
        arriving.tick(REST)
        assert keys(arriving.feed(answer[cut:], 60.0)) == [], cut
        assert keys(arriving.feed("k", 61.0)) == ["k"]


def test_what_is_typed_after_an_answer_was_given_up_is_keys() -> None:
    for begun in ("\x1b[?62", "\x1b]11;rgb:1e", "\x1bP>|ki"):
        for typed in ("j", "/words\r", "3", "12j\r"):
            arriving = Arriving(0.35)
            arriving.feed(begun, 0.0)
            arriving.tick(REST)
            assert keys(arriving.feed(typed, 60.0)) == keys(fed(typed)), (begun, typed)


@pytest.mark.parametrize("sequence", KEYS, ids=ascii)
def test_a_key_is_a_key_wherever_it_is_cut(sequence: str) -> None:
    assert keys(fed(sequence)) == KEYS[sequence]
    for cut in range(1, len(sequence)):
        assert keys(fed(sequence, cuts=(cut,))) == KEYS[sequence]


def test_escape_alone_is_the_key_once_nothing_follows() -> None:
    arriving = Arriving(0.35)
    assert arriving.feed("\x1b", 0.0) == [] and arriving.due == 0.35
    assert arriving.tick(0.3) == [] and arriving.tick(0.35) == [ESCAPE] and arriving.due is None


def test_with_a_key_bound_to_alt_escape_and_it_are_one_key() -> None:
    arriving = Arriving(0.35, ("p", "["))
    assert keys(arriving.feed("\x1bp", 0.0)) == ["alt+p"] and keys(arriving.feed("\x1bx", 0.0)) == ["escape", "x"]
    assert arriving.feed("\x1b[", 0.0) == [] and keys(arriving.tick(0.35)) == ["alt+left_square_bracket"]


@given(st.text("ab\r\n\x1b[20~\u2028é"), st.lists(st.integers(0, 60), max_size=4))
def test_a_paste_is_one_whatever_it_holds_and_wherever_it_is_cut(text: str, cuts: list[int]) -> None:
    if "\x1b[201~" in text:
        return
    whole = f"\x1b[200~{text}\x1b[201~j"
    assert fed(whole, cuts=tuple(sorted(min(cut, len(whole)) for cut in cuts))) == [Paste(text), "j"]


def test_a_paste_whose_end_is_lost_ends_by_itself() -> None:
    arriving = Arriving(0.35)
    assert arriving.feed("\x1b[200~words", 0.0) == []
    assert arriving.tick(REST_OF_PASTE) == [Paste("words")] and keys(arriving.feed("j", 20.0)) == ["j"]


def random_sequence(chosen: Random) -> str:
    """Of the kinds that end a parser: numbers of any size in every form, cut, doubled, without an end."""
    numbers = ["", "0", "1", "5", "27", "200", "201", "97", "57399", "1114112", "55296", "9" * chosen.randint(1, 40)]
    parameters = chosen.choice(";:").join(chosen.choice(numbers) for _ in range(chosen.randint(0, 6)))
    begin = chosen.choice(["\x1b[", "\x1b[?", "\x1b[>", "\x1b[<", "\x1b[=", "\x1bO", "\x1bP", "\x1b]", "\x1b_", "\x1bN", "\x1b[M", "\x1b[[", "\x1b", "\x9b"])
    end = chosen.choice(["", "u", "~", "M", "m", "t", "R", "A", "c", "n", "$y", "\x1b\\", "\x07", "\x1b", chr(chosen.randint(0, 0x2FF)), chr(chosen.randint(0, 0xD7FF))])
    return begin + parameters + chosen.choice(["", ";", ":3", "$", " "]) + end


@pytest.mark.fuzz
def test_no_sequence_is_more_than_textuals_parser_can_read() -> None:
    chosen, arriving, now = Random(SEED), Arriving(0.35), 0.0
    for _ in range(many(800, 40_000)):
        now += chosen.choice([0.0, 0.01, 0.5, 11.0])
        for each in (*arriving.tick(now), *arriving.feed(random_sequence(chosen), now)):
            if isinstance(each, str):
                list(XTermParser().feed(each))


def mouse(chosen: Random) -> str:
    """A report of a button or the wheel, on the screen or off it."""
    return f"\x1b[<{chosen.choice([0, 1, 2, 4, 8, 16, 32, 64, 65, 66, 67, 128, 255])};{chosen.randint(-2, 200)};{chosen.randint(-2, 60)}{chosen.choice('Mm')}"


STATES = ["", "1", "2", "3", "4", "5", "3a", "/", "&", "'", "!", "?", "\x10", ";", "U", "i", "s", "\x1b\x1b\x1b"]
"""Keys that lead to a pane, a list, a prompt or a note."""


@pytest.mark.real
@pytest.mark.fuzz
@pytest.mark.parametrize("kind", ["briefing", "empty"])
def test_nothing_that_a_terminal_sends_ends_the_reader(kind: str, write: Write, tmp_path: Path) -> None:
    config = tmp_path / "config" / "readout"
    config.mkdir(parents=True)
    (config / "settings.toml").write_text('[keys]\nquit = "f12"\nleave = "f11"\nsuspend = []\nedit = []\n')  # keys that mean to end it
    chosen = Random(SEED)
    path = ARTICLE if kind == "briefing" else write(source="")
    with reader(path, environment={"XDG_CONFIG_HOME": str(config.parent)}) as terminal:
        assert terminal.wait_for("Summary")
        for number in range(many(12, 600)):
            os.write(terminal._master, chosen.choice(STATES).encode())
            terminal.read(0.02)
            sent = [chosen.choice([random_sequence, mouse])(chosen) for _ in range(20)]
            os.write(terminal._master, "".join(each for each in sent if "\x11" not in each and "\x1a" not in each).encode("utf-8", "replace"))
            terminal.read(0.02)
            assert terminal._process.poll() is None, (number, terminal.seen()[-400:], sent)
        terminal.read(0.5)
        terminal.read(0.1, at_most=REST_OF_PASTE + 1)
        os.write(terminal._master, b"\x11")
        assert terminal._process.wait(30) == 0


def test_raw_bytes_of_eight_bit_controls_are_controls() -> None:
    codecs.register_error("eight-bit", _eight_bit)
    assert b"j\x9b?1;2ck\xc3\xa9\xff\x9d11;x\x9c".decode("utf-8", "eight-bit") == "j\x9b?1;2cké\ufffd\x9d11;x\x9c"


def test_enter_typed_before_the_terminal_was_raw_is_enter() -> None:
    arriving = Arriving(0.35)
    assert keys(arriving.feed("j\n", 0.0)) == keys(fed("j\r"))
    assert keys(arriving.feed("\n", 1.0)) == ["ctrl+j"]
