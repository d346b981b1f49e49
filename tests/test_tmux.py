"""Inside tmux: the tasks of the design, a detach and re-attach at another size, and whether what is copied gets through."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ARTICLE, ROOT, SEED, Write, many
from tests.scripts import SCRIPTS
from tests.terminals import AFTER_ESCAPE, PATIENCE, QUIET, Watched, rest
from tui.briefing import cite
from tui.reader.loading import load

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not shutil.which("tmux"), reason="install tmux"),
]
FIRST = "18/18 quotes.*\n(.*\n)+.*4 Timeline"


class Tmux:
    """A server of its own, with the reader in its one window."""

    def __init__(self, folder: Path, *settings: str, term: str = "tmux-256color", reads: str = str(ARTICLE)) -> None:
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("TMUX")}
        self.environment |= {"TMUX_TMPDIR": str(folder), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        settings = ("set -g status off", "set -s escape-time 20", f"set -g default-terminal {term}", *settings)
        words = [word for setting in settings for word in (*setting.split(), ";")]
        self.run(
            "start-server", ";", *words, "new-session", "-d", "-x", "120", "-y", "40", f"{sys.executable} -m tui {reads}"
        )
        self.server = int(self.run("display-message", "-p", "#{pid}"))
        self.quiet = QUIET

    def run(self, *words: str) -> str:
        command = ["tmux", "-L", "readout", "-f", "/dev/null", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True).stdout

    def screen(self, *options: str) -> str:
        return self.run("capture-pane", "-p", *options)

    def settled(self, mark: str = "") -> str:
        """The screen once it matches an expression and all in tmux sleep."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            rest([self.server], lambda: time.sleep(0.01), self.quiet)
            if re.search(mark, now := self.screen()):
                return now
        pytest.fail(f"{mark!r} was not on the screen of tmux:\n{now}")

    def keys(self, *keys: str, mark: str = "") -> str:
        for key in keys:
            self.run("send-keys", key)
        self.quiet = AFTER_ESCAPE if "Escape" in keys else QUIET
        return self.settled(mark)

    @contextmanager
    def attached(self, columns: int, rows: int) -> Iterator[Watched]:
        """A client on a terminal of this size; it detaches at the end."""
        command = ["tmux", "-L", "readout", "-f", "/dev/null", "attach-session"]
        settled = {**self.environment, "TERM": "xterm-256color"}
        with Watched(command, ROOT, settled, columns, rows) as terminal:
            terminal.also = (self.server,)
            assert terminal.wait_for("Summary|Sum")
            yield terminal
            self.run("detach-client")
            terminal.read(1.0, until_end=True)


MOVES = ("j", "k", "G", "g", "C-d", "C-u", "Tab", "h", "l", "1", "2", "3", "4", "5", "Enter", ".", ",", "z", "n", "N")


Start = Callable[..., Tmux]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    made: list[Tmux] = []

    def make(*settings: str, term: str = "tmux-256color", reads: str = str(ARTICLE), mark: str = FIRST) -> Tmux:
        made.append(Tmux(tmp_path, *settings, term=term, reads=reads))
        made[-1].settled(mark)
        return made[-1]

    yield make
    for each in made:
        with suppress(subprocess.CalledProcessError):  # it ended with its last window
            each.run("kill-server")


def rows(screen: str) -> list[str]:
    """Without the foot, which says what was done last."""
    return [line.rstrip() for line in screen.rstrip("\n").split("\n")[:-1]]


@pytest.mark.parametrize("term", ["tmux-256color", "screen"])
def test_the_tasks_take_their_keys_in_tmux(start: Start, term: str) -> None:
    tmux = start(term=term)
    tmux.keys("2", "j", "k", mark="▌2 Actors")
    quote = tmux.keys("3", mark="▌3 Quotes")  # from an actor, to that actor's first quote
    assert re.search("▌ *. *“as long as the missile attacks", quote)
    source = tmux.keys("Enter", mark="▌5 Source")  # from a quote, to its words
    assert "as long as the missile attacks" in source.replace("\n", " ")
    assert re.search("\x1b\\[[0-9;:]+m“?as long as", tmux.screen("-e"))  # lit
    assert rows(tmux.keys("BSpace", mark="▌3 Quotes")) == rows(quote)  # back
    assert "same event 1/1" in tmux.keys("j", ".", mark="same event")  # the next quote of the same event
    assert "pinned: Gustavo Petro" in tmux.keys("2", "g", "Space", "4", mark="▌4 Timeline")
    tmux.keys("Escape", "5", mark="▌5 Source")
    assert "/drug 1 of 6" in tmux.keys("g", "/", *"drug", "Enter", mark="1 of 6")
    assert "2 of 6" in tmux.keys("n", mark="2 of 6")


def test_attached_again_at_another_size_it_is_painted_right(start: Start) -> None:
    tmux = start()
    with tmux.attached(120, 40) as client:
        tmux.keys("3", "j", "j", "Enter", mark="▌5 Source")
        before = tmux.settled()
        assert rows(client.seen()) == rows(before)
    with tmux.attached(60, 20) as client:
        small = tmux.settled("▌5 ?Sou.*\n(.*\n)*.*fisher|cocaine")
        assert max(map(len, small.split("\n"))) <= 60 and "2 Actors  33 ─" not in small
        assert rows(client.seen()) == rows(small)
    with tmux.attached(120, 40) as client:
        assert rows(tmux.settled("4 Timeline  16 ─")) == rows(before)
        assert rows(client.seen()) == rows(before)
        assert "▌3 Quotes" in tmux.keys("BSpace", mark="▌3 Quotes")


def test_what_is_copied_gets_through_where_tmux_is_set_to_take_it_and_is_never_called_copied(start: Start) -> None:
    tmux = start("set -s set-clipboard on")
    with tmux.attached(120, 40) as client:
        assert "sent to the terminal" in tmux.keys("3", "g", "y", mark="sent to the terminal")
        wanted = cite.plain(load(ARTICLE), "q-boats")
        assert tmux.run("show-buffer") == wanted
        client.seen()
        assert b"\x1b]52;" in b"".join(data for _, data in client.chunks)  # tmux hands it on to the terminal outside


def test_where_tmux_is_not_set_to_take_it_doctor_says_so(start: Start) -> None:
    tmux = start()
    screen = tmux.keys("3", "g", "y", mark="sent to the terminal")
    assert "copied" not in screen and not tmux.run("list-buffers")
    tmux.run("new-window", f"{sys.executable} -m tui doctor; sleep 30")
    assert "what y sends is dropped" in tmux.settled("set-clipboard is").replace("\n", "")


@pytest.mark.fuzz
def test_no_letter_of_any_script_is_written_over(start: Start, write: Write) -> None:
    """Of each of 24 scripts; `pyte` cannot tell, for it drops what follows such a sign."""
    chosen = Random(SEED)
    scripts = dict(chosen.sample(sorted(SCRIPTS.items()), many(5, len(SCRIPTS))))
    for number, (script, words) in enumerate(scripts.items()):
        rest = "".join(f"\n\n{line}. {words} {words}" for line in range(2, 9))
        quote = f'[[quote]]\nid = "q"\nspeaker = "a"\ntext = """{words}"""\nprefix = "1."\n'
        actor = f'[[actor]]\nid = "a"\nname = """{words.split()[0]}"""\nkind = "person"\n'
        path = write(actor + quote, body=f"{script}: [{words}](#q)", source=f"1. {words}{rest}\n", name=f"{number:02}.md")
        path.parent.joinpath("source.txt").rename(path.with_suffix(".txt"))
        path.write_text(path.read_text("utf-8").replace("source.txt", f"{number:02}.txt"), "utf-8")
    tmux = start(reads=str(path.parent / "*.md"), mark="1/1 quote")
    for number, words in enumerate(scripts.values()):
        tmux.keys(*(chosen.choice(MOVES) for _ in range(many(6, 200))))
        before = tmux.keys("5", "g", mark=f"▌5 Source +{number:02}.txt")
        assert tmux.keys("C-l") == before
        shown = re.sub(r"\s", "", "".join(line[4:] for line in before.split("\n")))
        assert re.sub(r"\s", "", words) in shown, number
        tmux.keys("J")
