"""What every Textual program loads and this reader never uses: kept from loading while the reader does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

TLS = "ssl"
"""asyncio does without, and nothing here calls out (15-25 ms)."""
UNUSED = ("textual.command", "textual.widgets._toast")
"""The command palette, with most of Textual's widgets (25 ms), and the toasts (4 ms). Read in 8.2.8: Textual's app, screen and
themes name their classes, and make none where the palette is off and `_extend_compose` adds no toasts."""


class _Empty(ModuleType):
    """A module in which every name is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {"__module__": self.__name__})


@contextmanager
def spared() -> Iterator[None]:
    """Keep TLS from being imported, and UNUSED empty, while this lasts. Whoever imports one of them later has it
    whole."""
    stand_ins: dict[str, ModuleType | None] = {TLS: None, **{name: _Empty(name) for name in UNUSED}}
    absent = {name: stand_in for name, stand_in in stand_ins.items() if name not in sys.modules}
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]  # None: cannot be imported
    modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            del modules[name]
