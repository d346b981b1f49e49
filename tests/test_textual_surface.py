"""Every private name of Textual that the program uses, with its signature: an upgrade of Textual fails here, in one place."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import tui.reader

USED: dict[str, str | None] = {
    "textual._time.get_time": None,
    "textual._xterm_parser.XTermParser": "(debug: 'bool' = False) -> 'None'",
    "textual.app.App._check_bindings": "(self, key: 'str', priority: 'bool' = False) -> 'bool'",
    "textual.app.App._driver": None,
    "textual.app.App._handle_exception": "(self, error: 'Exception') -> 'None'",
    "textual.app.App._set_pointer_shape": "(self, shape: 'str') -> 'None'",
    "textual.app.App._sync_available": None,
    "textual.dom.DOMNode._bindings": None,
    "textual.driver.Driver._loop": None,
    "textual.drivers.linux_driver.LinuxDriver._app": None,
    "textual.drivers.linux_driver.LinuxDriver._enable_mouse_support": "(self) -> 'None'",
    "textual.drivers.linux_driver.LinuxDriver._key_thread": None,
    "textual.drivers.linux_driver.LinuxDriver._mouse": None,
    "textual.drivers.linux_driver.LinuxDriver._must_signal_resume": None,
    "textual.drivers.linux_driver.LinuxDriver._patch_iflag": None,
    "textual.drivers.linux_driver.LinuxDriver._patch_lflag": None,
    "textual.drivers.linux_driver.LinuxDriver._request_terminal_sync_mode_support": "(self) -> 'None'",
    "textual.drivers.linux_driver.LinuxDriver._run_input_thread": "(self) -> 'None'",
    "textual.drivers.linux_driver.LinuxDriver._sigcont_application": "(self, *_) -> 'None'",
    "textual.screen.Screen._compositor": None,
    "textual.screen.Screen._compositor_refresh": "(self) -> 'None'",
    "textual.screen.Screen._dirty_regions": None,
    "textual.screen.Screen._dirty_widgets": None,
    "textual.screen.Screen._extend_compose": "(self, widgets: 'list[Widget]') -> 'None'",
}
"""Name → its signature; None for an attribute."""


def _private(kind: type) -> set[str]:
    """The private names of a class: of its methods, and of the attributes that it sets or reads."""
    found = {name for name in vars(kind) if re.match("_[a-z]", name)}
    return found | set(re.findall(r"self\.(_[a-z]\w*)", inspect.getsource(kind)))


def _of_textual(kind: type) -> dict[str, str]:
    """Private name → where Textual has it, for a class of ours."""
    found: dict[str, str] = {}
    for base in kind.__mro__:
        if base.__module__.split(".")[0] in ("textual", "rich"):
            for name in _private(base):
                found.setdefault(name, f"{base.__module__}.{base.__qualname__}.{name}")
    return found


def _names(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield each.name
        elif isinstance(each, ast.Attribute):
            yield each.attr


def _used_by(module: ModuleType) -> Iterator[str]:
    assert module.__file__
    for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("textual", "rich"):
            yield from (f"{node.module}.{each.name}" for each in node.names if "._" in f"{node.module}.{each.name}")
        elif isinstance(node, ast.ClassDef) and inspect.isclass(kind := getattr(module, node.name, None)):
            theirs = _of_textual(kind)
            yield from (theirs[name] for name in _names(node) if name in theirs)


def _modules() -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(tui.reader.__path__, "tui.reader."):
        yield importlib.import_module(each.name)


def _signature(name: str) -> str | None:
    """Of a function or class; None for an attribute that only instances have."""
    parts = name.split(".")
    for size in range(len(parts) - 1, 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:size]))
        except ImportError:
            continue
        for part in parts[size:]:
            found = getattr(found, part, None)
        return str(inspect.signature(found)) if inspect.isfunction(found) or inspect.isclass(found) else None
    raise AssertionError(name)


def test_no_other_private_name_of_textual_is_used() -> None:
    used = {name for module in _modules() for name in _used_by(module)}
    assert used == set(USED)


def test_private_names_of_textual_are_as_the_program_expects_them() -> None:
    assert {name: _signature(name) for name in USED} == USED
