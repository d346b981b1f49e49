"""What every test stands on: the checkout's folders, a settled environment, and briefings made on the spot."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from hypothesis import settings

FULL = os.environ.get("READOUT_FUZZ") == "full"
settings.register_profile("readout", deadline=None, max_examples=100 if FULL else 25)  # no test is timed
settings.load_profile("readout")

# Before Textual is imported: what would make a screen differ from one machine to the next.
for _name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "VISUAL", "EDITOR"):
    os.environ.pop(_name, None)
os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TZ="UTC")

from tests import waiting  # noqa: E402  # it imports Textual

waiting.instead_of_textuals()

# In the background and under nohup these are ignored by every program started here too, which the reader rightly keeps to.
for _signal, _as_usual in (("SIGHUP", signal.SIG_DFL), ("SIGINT", signal.default_int_handler), ("SIGQUIT", signal.SIG_DFL)):
    if hasattr(signal, _signal):
        signal.signal(getattr(signal, _signal), _as_usual)

ROOT = Path(__file__).parent.parent
BRIEFINGS = sorted((ROOT / "briefings").rglob("*.md"))
SEEDS = sorted(path for path in (ROOT / "seeds").rglob("*") if path.is_file())
ARTICLE = ROOT / "briefings" / "colombia-intelligence.md"

Write = Callable[..., Path]
Case = TypeVar("Case")

SEED = int(os.environ.get("READOUT_SEED", "20251109"))
"""What random tests begin with; `make fuzz` prints it."""


def many(sample: int, full: int) -> int:
    """How often a random test tries: a sample in `make test`, the full count in `make fuzz`."""
    return full if FULL else sample


def some(cases: Sequence[Case], sample: int) -> list[Case]:
    """All of the cases in `make fuzz`; in `make test` so many of them, chosen by the seed, in their order."""
    chosen = sorted(Random(SEED).sample(range(len(cases)), many(sample, len(cases))))
    return [cases[number] for number in chosen]


@pytest.fixture(autouse=True)
def at_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


HEAD = 'format = "briefing/1"\ntitle = "A title"\n'
SOURCE = '[[source]]\nid = "s1"\npath = "source.txt"\npublished = "2025-11-12"\n'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a briefing and its source; say only what matters, the rest is made sound."""

    def make(
        toml: str = "",
        body: str = "",
        source: str = "The words.\n",
        head: str = HEAD,
        name: str = "b.md",
        sources: str = SOURCE,
    ) -> Path:
        (tmp_path / "source.txt").write_text(source, encoding="utf-8", newline="")
        path = tmp_path / name
        path.write_text(f"+++\n{head}\n{sources}\n{toml}\n+++\n\n{body}\n", encoding="utf-8", newline="")
        return path

    return make


PAYLOADS = [
    "\x1b]52;c;aGk=\x07", "\x1b]8;;http://x.example\x1b\\y", "\x1b[777;13H", "\x9b777m", "\x07\r\x08\x00\x7f\x0b\x0c", "\u202e\u2066\u2028\u200b\u2060\ufeff",
    "[red]", "[@click=app.quit]x[/]", "[/]", "[/x]", "[link=http://x.example]y[/link]", "](javascript:alert(1))", "<script>x</script>", "![x](http://x.example/y)",
    "e" + "\u0301" * 500, "שלום مرحبا 海鷹丸 👩‍👩‍👧", "\x1b[2J\x1b[?1049l", "%s%n{0}{", "\\x1b[31m",
]  # fmt: skip


@pytest.fixture
def hostile(write: Write) -> Path:
    """Every payload in every field, id, title, path and link, and in the source."""
    everything_ = " ".join(PAYLOADS)
    value = json.dumps(everything_, ensure_ascii=False).replace("\x7f", "\\u007f")
    toml = f"""
[[actor]]
id = "a"
name = {value}
kind = {value}
role = {value}
aliases = [{value}, "words"]
[[actor]]
id = {value}
name = "x"
kind = "person"
[[quote]]
id = "q"
speaker = "a"
text = "words"
setting = {value}
date = {value}
date_as_written = {value}
translation = {value}
confidence = "low"
[[quote]]
id = "q2"
speaker = {value}
text = [{value}, "x"]
event = {value}
about = [{value}]
[[event]]
id = "e"
title = {value}
date = "2025-11-11"
place = {value}
actors = ["a", {value}]
evidence = {value}
[[event]]
id = "e2"
title = {value}
evidence = "Some words here."
source = "s1"
"""
    head = f'format = "briefing/1"\ntitle = {value}\nauthor = {value}\nmarking = {value}\ndate = {value}\ntags = [{value}]\nlang = {value}\n'
    sources = f'[[source]]\nid = "s1"\npath = "source.txt"\ntitle = {value}\ngrade = {value}\npublished = {value}\nurl = {value}\n[[source]]\nid = "s2"\npath = {value}\n'
    body = f"[{everything_}](#a) [x](#{everything_}) {everything_}\n\n# {everything_}\n\n> {everything_}\n\n    {everything_}\n\n- [q](#q)"
    toml = toml.replace('text = "words"', 'text = "words"\nsource = "s1"')
    return write(toml, body=body, source=f"{everything_}\n\nSome words here. {everything_}\n", head=head, sources=sources)


_skipped: dict[str, str] = {}
"""Node id → why, of tests that were skipped."""
_real: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and isinstance(report.longrepr, tuple):
        _skipped[report.nodeid] = report.longrepr[2].removeprefix("Skipped: ")
        if "real" in report.keywords:
            _real.append(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were skipped, with what each needs."""
    for name, why in sorted(_skipped.items()):
        terminalreporter.write_line(f"skipped {name}: {why}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """If the real parts must be there (CI), a test that could not find one has failed."""
    if _real and os.environ.get("READOUT_REAL") == "required":
        print("\nskipped, though these need their real part:", *_real, sep="\n  ")
        session.exitstatus = 1
