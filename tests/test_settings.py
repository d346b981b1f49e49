"""A person's settings: what is right is used, what is wrong is named with its line and its default is used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.binding import Binding, BindingsMap

from tests.conftest import ROOT
from tui import settings
from tui.reader.all_keys import bound, table
from tui.reader.keys.action import Bound
from tui.reader.keys.keymap import UNBOUND, keymap
from tui.reader.keys.names import key as key_of
from tui.reader.keys.names import name
from tui.reader.widgets.pane import Pane

SETS = sorted((ROOT / "keys").glob("*.toml"))


class Found(NamedTuple):
    keymap: dict[str, str]
    said: list[str]


def read(folder: Path, text: str) -> Found:
    path = folder / "settings.toml"
    path.write_text(text, "utf-8")
    chosen, problems = settings.load(path)
    found, clashes = keymap(chosen, list(bound()))
    return Found(found, [str(problem).removeprefix(f"{path}:") for problem in (*problems, *clashes)])


def test_settings_may_be_left_out(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.toml") == (settings.Settings(), [])


def test_a_wrong_value_is_named_with_its_line_and_the_rest_is_used(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = 3\nmouse = false\nfolder = "x"\n')
    chosen, problems = settings.load(tmp_path / "settings.toml")
    assert chosen == settings.Settings(mouse=False)
    assert [(problem.place.line, problem.message) for problem in problems] == [
        (1, "theme is not a string"),
        (3, "there is no setting 'folder'"),
    ]


# -- keys -------------------------------------------------------------------------------------------------------------


def test_keys_are_set_as_they_are_printed_or_as_textual_calls_them(tmp_path: Path) -> None:
    text = '[keys]\n"move.down" = ["^n", "ctrl+j", "}"]\n"move.next-paragraph" = "PgDn"\n"move.page-down" = "Alt-v"\nfollow = "right_square_bracket"\n"trail.forward" = []\n'
    found = read(tmp_path, text)
    assert found.said == []
    assert found.keymap == {
        "move.down": "ctrl+n,ctrl+j,right_curly_bracket",
        "move.next-paragraph": "pagedown",
        "move.page-down": "alt+v",
        "follow": "right_square_bracket",
        "trail.forward": UNBOUND,
    }
    shown = {row.id: row.keys for row in table(found.keymap)}
    assert shown["move.down"] == "^n ^j }" and shown["trail.forward"] == "" and shown["move.up"] == "k ↑"


def test_ids_may_stand_without_marks_and_in_tables_of_their_own(tmp_path: Path) -> None:
    found = read(tmp_path, '[keys]\nmove.down = "^n"\n[keys.trail]\nback = "^o"\nforward = "^n"\n')
    assert found.keymap == {"trail.back": "ctrl+o"}
    assert [line.split(":")[0] for line in found.said] == ["2", "5"]


def test_two_actions_may_exchange_their_keys(tmp_path: Path) -> None:
    found = read(tmp_path, '[keys]\n"move.down" = "k"\n"move.up" = "j"\n')
    assert found == ({"move.down": "k", "move.up": "j"}, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"move.sideways" = "x"', "2:19: error settings: there is no key id 'move.sideways'; readout keys lists the ids"),
        ('zoom = "PgUpp"', "2:8: error settings: zoom: no key is called 'PgUpp'; the default is used"),
        ('zoom = "^q"', "2:8: error settings: zoom: '^q' saves what is typed and quits"),
        ('zoom = ""', "2:8: error settings: zoom: no key has an empty name"),
        ('zoom = "\\u001b"', "2:8: error settings: zoom: no key is called '\\x1b'"),
        ('zoom = "j"', "2:8: error settings: zoom: j is move.down (next) in every pane too; the default is used"),
        ('zoom = ["Z", "^i"]', "2:8: error settings: zoom: Tab is pane.next (next pane (last position)) everywhere too"),
        ('"summary.next-link" = "j"', "2:23: error settings: summary.next-link: j is move.down (next) in every pane too"),
        ('"source.page" = "w"', "2:17: error settings: source.page: w is source.next-passage (next highlighted passage) in Source too"),
        ("zoom = 3", '2:8: error settings: keys is not a table of keys: zoom is not "key" or ["key", …]; the default is used'),
    ],
)
def test_keys_that_cannot_be_are_named_with_their_line_and_the_defaults_are_kept(tmp_path: Path, line: str, said: str) -> None:
    found = read(tmp_path, f"[keys]\n{line}\n")
    assert found.keymap == {} and len(found.said) == 1
    place = found.said[0] if line.split()[-1] != "3" else "2:8" + found.said[0][found.said[0].index(": error") :]
    assert place.startswith(said)


def test_both_of_two_that_clash_keep_their_defaults(tmp_path: Path) -> None:
    found = read(tmp_path, '[keys]\nzoom = "^x"\ncard = "^x"\n"move.down" = "x"\n')
    assert found.keymap == {"move.down": "x"} and [line.split(":")[0] for line in found.said] == ["2", "3"]


def test_a_key_given_back_to_its_default_may_clash_again(tmp_path: Path) -> None:
    """card loses i to zoom, and gets it back, as its own choice is none: then zoom must give way."""
    found = read(tmp_path, '[keys]\ncard = "nonsense"\nzoom = "i"\n')
    assert found.keymap == {} and len(found.said) == 2


def test_what_overlaps_by_design_is_no_clash(tmp_path: Path) -> None:
    assert read(tmp_path, '[keys]\npin = ["Space", "Ins"]\n"summary.page" = ["Space", "x"]\n').said == []


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_the_key_sets_that_come_along_are_sound(path: Path) -> None:
    chosen, problems = settings.load(path)
    found, clashes = keymap(chosen, list(bound()))
    assert problems == [] and clashes == [] and set(found) == set(chosen.keys)
    assert not {"ctrl+p", "ctrl+s"} & {key for each in found.values() for key in each.split(",")}


def test_there_are_three_key_sets() -> None:
    assert [path.stem for path in SETS] == ["arrows", "emacs", "vim"]


def test_without_letters_there_is_a_way_to_move_to_follow_and_to_come_back() -> None:
    found, _ = keymap(settings.load(ROOT / "keys" / "arrows.toml")[0], list(bound()))
    for row in table(found):
        if row.id.startswith(("move.", "pane.", "trail.", "related.next", "related.prev", "follow")):
            assert not any(len(each) == 1 and each.isalpha() for each in row.keys.split()), row


@pytest.mark.parametrize("row", bound(), ids=lambda row: f"{row.where}-{row.id}")
def test_every_key_is_read_as_it_is_printed(row: Bound) -> None:
    for each in row.keys:
        assert key_of(name(each)) == each and key_of(each) == each


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_is_not(text: str) -> None:
    try:
        found = key_of(text)
    except ValueError:
        return
    assert key_of(name(found)) == found and "," not in found


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("^D", "ctrl+d"), ("^[", "escape"), ("^]", "ctrl+right_square_bracket"), ("^^", "ctrl+circumflex_accent"), ("^", "circumflex_accent"),
        ("^H", "backspace"), ("shift+g", "G"), ("Shift-Tab", "shift+tab"), ("f12", "f12"), ("ö", "ö"), ("at", "at"), ("@", "at"),
        ("^Space", "ctrl+@"), ("Ctrl-→", "ctrl+right"), ("^→", "ctrl+right"), ("shift-ctrl-up", "ctrl+shift+up"), ("-", "minus"), ("+", "plus"),
        (" ", "space"), ("alt+-", "alt+minus"), ("|", "vertical_line"), ("'", "apostrophe"),
    ],
)  # fmt: skip
def test_keys_have_one_name(written: str, key: str) -> None:
    assert key_of(written) == key and key_of(name(key)) == key


@pytest.mark.parametrize("written", ["<any>", "ctrl+", "hyper", "shift+[", "Shift-Ctrl", "jj", "f99", "a,b", ""])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"key|character"):
        key_of(written)


def test_textual_takes_the_keymap() -> None:
    bindings = BindingsMap(Pane.BINDINGS)
    app: App[None] = App()
    app.set_keymap({"move.down": "k", "move.up": "j,ctrl+x", "follow": UNBOUND})
    bindings.apply_keymap({"move.down": "k", "move.up": "j,ctrl+x", "follow": UNBOUND})

    def action(key: str) -> str:
        (first, *_) = bindings.key_to_bindings.get(key, [Binding("x", "none")])
        return first.action

    assert [action(key) for key in ("k", "j", "ctrl+x", "enter", "down")] == ["move(1)", "move(-1)", "move(-1)", "none", "none"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("home", ["/home/somebody", "not/absolute", ""])
@pytest.mark.parametrize("named", ["/somewhere/else", "relative/one", "", None])
def test_its_folders_are_where_platformdirs_has_them(home: str, named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", home)
    for kind in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
        if named is not None:
            monkeypatch.setenv(f"XDG_{kind}_HOME", named)
    assert settings.config_folder() == platformdirs.user_config_path("readout")
    assert settings.state_folder() == platformdirs.user_state_path("readout")
    assert settings.cache_folder() == platformdirs.user_cache_path("readout")
