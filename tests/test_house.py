"""The house itself: walls between its rooms, documents held to the code, nothing kept by hand that could drift."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import documents, house
from tests.conftest import ROOT
from tui.briefing.export import FORMATS
from tui.briefing.report import REPORTS
from tui.cli import COMMANDS
from tui.reader.all_keys import table
from tui.reader.drawing import glyphs
from tui.reader.drawing.glyphs import LEGEND
from tui.reader.reading.room import PANES

DOCS = sorted((ROOT / "docs").glob("*.md"))
DOCUMENTS = {
    str(path.relative_to(ROOT)): path.read_text("utf-8")
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *DOCS)
}
MODULES = sorted((ROOT / "tui").rglob("*.py"))


def test_imports_run_one_way() -> None:
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_files_and_no_folders_import_one_another_in_a_circle() -> None:
    arrows = house.graph()
    assert not house.circles(arrows)
    assert not house.circles(house.folders(arrows))


def test_a_circle_is_found_wherever_its_imports_are(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.py").write_text("def f():\n    from p.b import g\n")
    (tmp_path / "p" / "b.py").write_text("if TYPE_CHECKING:\n    from p import a\n")
    (tmp_path / "p" / "c.py").write_text("import p.a\n")
    assert house.circles(house.graph(tmp_path / "p")) == [["p.a", "p.b"]]


def test_no_class_is_too_long_to_be_read_in_one_go() -> None:
    long = [(each.where, each.lines) for each in house.parts() if isinstance(each.node, ast.ClassDef) and each.lines > 400]
    assert not long


def test_a_feature_may_ask_the_reading_screen_for_few_things() -> None:
    desk = next(each.node for each in house.parts() if each.where.endswith(":Desk"))
    assert isinstance(desk, ast.ClassDef)
    assert sum(isinstance(each, (ast.AnnAssign, ast.FunctionDef)) for each in desk.body) <= 16


def test_a_briefing_is_read_without_a_screen() -> None:
    names = [f"tui.briefing.{path.stem}" for path in (ROOT / "tui" / "briefing").glob("*.py") if path.stem != "__init__"]
    code = f"import sys, {', '.join(names)}; sys.exit(any(m.split('.')[0] in ('textual', 'rich') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_a_document(name: str) -> None:
    assert any(f"readout {name}" in text for text in DOCUMENTS.values()) or name == "read"


@pytest.mark.parametrize("name", documents.DOCUMENTS)
def test_documents_made_from_tables_are_up_to_date(name: str) -> None:
    assert DOCUMENTS[name] == documents.DOCUMENTS[name](), "make docs writes it"


def test_every_command_of_plain_mode_is_in_its_document() -> None:
    assert documents.plain_commands() in DOCUMENTS["docs/plain.md"]


def test_every_format_is_in_a_document() -> None:
    for name in FORMATS:
        assert f"| `{name}` |" in DOCUMENTS["docs/exporting.md"], name
    for name in REPORTS:
        assert re.search(rf"\b{name}\b", DOCUMENTS["docs/checks.md"]), name


def test_the_readme_is_short() -> None:
    readme = DOCUMENTS["README.md"]
    assert len(readme.encode()) <= 6000 and max(map(len, readme.splitlines())) <= 100


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in DOCS)])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    prose = re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", DOCUMENTS[name], flags=re.M | re.S))
    for target in re.findall(r"\]\(([^)#:]+)\)", prose):
        assert (folder / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in DOCS)])
def test_lines_of_prose_have_100_characters_at_most(name: str) -> None:
    prose = re.sub(r"^```.*?^```", "", DOCUMENTS[name], flags=re.M | re.S)
    assert [line for line in prose.splitlines() if len(line) > 100 and not line.startswith("|")] == []


def test_no_key_does_two_things_in_one_place_and_every_key_has_an_id_and_words() -> None:
    everywhere = {name for key in table() if key.where == "everywhere" for name in key.keys.split(" ")}
    seen: dict[str, set[str]] = {}
    for key in table():
        assert key.id and key.words, key
        for name in key.keys.split(" "):
            assert name not in seen.setdefault(key.where, set()), (key.where, name)
            seen[key.where].add(name)
    for where, names in seen.items():
        if where not in (
            "everywhere",
            "on a sheet",
            "in a note",
            "on the shelf",
        ):  # these lie over the rest, or are another screen
            assert not names & everywhere, where


def test_panes_do_not_ask_the_screen_for_one_another() -> None:
    for path in (ROOT / "tui" / "reader" / "panes").glob("*.py"):
        assert "query" not in path.read_text(), path.name
    assert [pane.TITLE for pane in PANES] == ["Summary", "Actors", "Quotes", "Timeline", "Source"]


def test_colours_are_theme_variables_and_stand_in_one_stylesheet() -> None:
    css = re.sub(r"/\*.*?\*/", "", (ROOT / "tui/reader/reader.tcss").read_text(), flags=re.S)
    for value in re.findall(r"(?:color|background):\s*([^;]+);", css):
        assert value.startswith("$"), value
    for path in MODULES:
        assert "DEFAULT_CSS" not in path.read_text(), path.name


def test_text_from_files_is_never_markup_and_no_stock_list_is_used() -> None:
    for path in MODULES:
        text = path.read_text()
        assert "from_markup" not in text and "from textual.widgets" not in text, path.name


def test_private_parts_of_textual_are_touched_in_the_driver_alone() -> None:
    for path in MODULES:
        if path.name not in ("driver.py", "display.py"):
            assert not re.search(r"from textual\._|self\.(?:app|screen)\._[a-z]", path.read_text()), path.name


def test_every_glyph_of_a_row_is_in_the_legend() -> None:
    shown = "".join(glyph for glyph, _ in LEGEND)
    constants = (value for name, value in vars(glyphs).items() if name.isupper() and name != "LEGEND")
    for value in constants:
        for each in value.values() if isinstance(value, dict) else value.strip():
            assert each in shown, each


def test_no_message_names_a_key_that_the_reader_may_have_moved() -> None:
    key = r"(?:Enter|Backspace|Esc|Space|Tab|\^[a-pr-z]|(?<![\w.])[A-Za-z!?;&'])"
    does = r"(?:goes|leads|opens|writes|shows|lists|closes|clears|marks|on a row|for the start|and [a-z] go)"
    for path in sorted((ROOT / "tui" / "reader").rglob("*.py")):
        if path.parent.name == "plain":  # its commands cannot be moved
            continue
        tree = ast.parse(path.read_text("utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                assert not re.search(rf"(?:^|[\s(:;,]){key} {does}\b", node.value), (path.name, node.lineno, node.value)


def test_nothing_in_the_program_opens_a_connection() -> None:
    for path in MODULES:
        assert not re.search(
            r"^\s*(?:import|from) (?:socket|http|urllib\.request|requests|httpx|asyncio)\b", path.read_text(), re.M
        ), path.name


def test_every_dependency_gives_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    for block in re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text, re.S | re.M):
        above = ""
        for line in block.split("\n"):
            if line.strip().startswith('"'):
                assert "#" in line or above.strip().startswith("#"), line
            above = line


def test_the_documents_do_not_promise_keys_that_are_not_there() -> None:
    known = {name for key in table() for name in key.keys.split(" ")}
    for text in DOCUMENTS.values():
        for found in re.findall(r"<kbd>([^<]+)</kbd>", text):
            assert found in known, found
