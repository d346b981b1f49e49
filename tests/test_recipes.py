"""Every recipe of CONTRIBUTING.md, applied to a copy of the code: the program then does what the recipe says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

RECIPES = re.split(r"^### ", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), flags=re.M)[1:]
ARTICLE = "briefings/colombia-intelligence.md"


def changed(path: Path, block: str) -> str:
    """The file with the lines that begin with + where the others of the block are in it."""
    lines = block.splitlines()
    old = "\n".join(line[1:] for line in lines if not line.startswith("+")) + "\n"
    new = "\n".join(line[1:] for line in lines) + "\n"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path.name} has this {text.count(old)} times:\n{old}"
    return text.replace(old, new)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("tui", "themes", "keys", "briefings", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "readout.toml").touch()
    return tmp_path


def apply(recipe: str, house: Path) -> None:
    text = next(each for each in RECIPES if each.startswith(recipe + "\n"))
    blocks = re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", text, re.M | re.S)
    assert blocks
    for kind, name, block in blocks:
        path = house / name
        path.write_text(changed(path, block) if kind == "diff" else block, "utf-8")


def python(house: Path, code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=house, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def readout(house: Path, *words: str, code: int = 0, typed: str = "") -> str:
    done = subprocess.run([sys.executable, "-m", "tui", *words], cwd=house, capture_output=True, text=True, input=typed)
    assert done.returncode == code, done.stderr
    return done.stdout


def test_every_recipe_is_applied_here() -> None:
    tested = {
        "A check rule", "An export format", "A form to copy", "A key", "A pane", "A field of the query language", "A theme",
        "A keymap", "A kind of document",
    }  # fmt: skip
    assert {each.partition("\n")[0] for each in RECIPES} == tested


def test_a_check_rule(house: Path) -> None:
    apply("A check rule", house)
    text = (house / ARTICLE).read_text("utf-8")
    (house / "briefings" / "long.md").write_text(re.sub(r'^title +=.*$', f'title = "{"long " * 30}"', text, count=1, flags=re.M))
    assert "long-title" in readout(house, "check", "briefings/long.md")
    assert "Most screens cut it" in readout(house, "check", "--explain", "long-title")


def test_an_export_format(house: Path) -> None:
    apply("An export format", house)
    assert readout(house, "export", ARTICLE, "--format", "names").splitlines()[:2] == ["TLP:CLEAR", "Gustavo Petro"]


def test_a_form_to_copy(house: Path) -> None:
    apply("A form to copy", house)
    assert python(house, PRESS.format(size=(100, 30), keys=["3", "Y"], say="text(app)")).count("Wiki markup") == 2


def test_a_key(house: Path) -> None:
    apply("A key", house)
    assert "timeline.earliest" in readout(house, "keys")
    code = PRESS.format(size=(80, 24), keys=["4", "G", "x"], say="app.reader.room.pane('Timeline').spot.row")
    assert python(house, code).split() == ["0"]


def test_a_field_of_the_query_language(house: Path) -> None:
    apply("A field of the query language", house)
    assert "Gustavo Petro" in readout(house, "search", "by:petro", "briefings")


def test_a_kind_of_document(house: Path) -> None:
    apply("A kind of document", house)
    (house / "a.memo").write_text("MEMO\nThe log\nNobody answered the letter.\n")
    readout(house, "new", "a.memo", "-o", "b.md")
    assert 'title = "The log"' in (house / "b.md").read_text("utf-8")
    assert (house / "a.memo.txt").read_text("utf-8").endswith("The log\n\nNobody answered the letter.\n")


def test_a_theme(house: Path) -> None:
    apply("A theme", house)
    assert "sepia\tlight, brown on cream" in readout(house, "themes")


def test_a_keymap(house: Path) -> None:
    apply("A keymap", house)
    code = (
        "from pathlib import Path; from tui import settings; from tui.reader.all_keys import bound; "
        "from tui.reader.keys.keymap import keymap; chosen, wrong = settings.load(Path('keys/left-hand.toml')); "
        "found, clashes = keymap(chosen, list(bound())); print(found['edit'], wrong, clashes)"
    )
    assert python(house, code).strip() == "E [] []"


PRESS = """
import asyncio, os, tempfile
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp()
from pathlib import Path
from tui.reader.app import ReaderApp

def text(app):
    return "\\n".join("".join(each.text for each in strip) for strip in app.screen._compositor.render_strips())

async def main():
    app = ReaderApp([Path("briefings/exercise/collision.md")])
    async with app.run_test(size={size}) as pilot:
        for key in {keys}:
            if isinstance(key, tuple):
                await pilot.click(offset=key)
            else:
                await pilot.press(key)
            await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        print({say})

asyncio.run(main())
"""


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (160, 50)])
def test_a_sixth_pane_is_reached_at_every_size(house: Path, size: tuple[int, int]) -> None:
    apply("A pane", house)
    say = "app.reader.room.here, app.reader.room.pane('Places').ref, [pane.TITLE for pane in app.reader.room.panes if pane.display]"
    here, by_key = python(house, PRESS.format(size=size, keys=["6"], say=say)).split(maxsplit=1)
    assert here == "Places" and "e-" in by_key and "'Places'" in by_key
    here = "app.reader.room.here"
    assert python(house, PRESS.format(size=size, keys=["6", "tab"], say=here)).strip() == "Summary"
    assert python(house, PRESS.format(size=size, keys=["6", "tab", "shift+tab"], say=here)).strip() == "Places"
    found = python(house, PRESS.format(size=size, keys=["6", "slash", *"port", "enter"], say="app.reader.finding.words()"))
    assert re.match(r"1 of \d+", found)
    same = python(house, PRESS.format(size=size, keys=["4", "6"], say="app.reader.room.pane('Places').ref == app.reader.subject"))
    assert same.strip() == "True", "the row of the subject itself"
    line = "''.join(piece.text for piece in app.reader._tabs(app.size.width)).index('6')"
    corner = f"({line}, 1) if app.reader.tabs.display else tuple(app.reader.room.pane('Places').region.offset)"
    x, y = map(int, re.findall(r"\d+", python(house, PRESS.format(size=size, keys=["6", "1"], say=corner))))
    assert python(house, PRESS.format(size=size, keys=["6", "1", (x + 1, y)], say=here)).strip() == "Places"


def test_a_sixth_pane_is_in_plain_mode_and_in_the_help(house: Path) -> None:
    apply("A pane", house)
    said = readout(house, "--plain", "briefings/exercise/collision.md", typed="6\n.\nf 1\n/ Sarn\nq\n")
    assert "6 Places, " in said and "its words, paragraph" in said and "1 to 6" in readout(house, "--plain", ARTICLE, typed="?\n")
    assert "pane.places" in readout(house, "keys")
