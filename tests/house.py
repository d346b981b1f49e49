"""Measure the house: import circles, sizes, docstrings, lengths. `make house` prints the table; test_house holds the limits.

Imports count wherever they stand: at the top, inside functions and under TYPE_CHECKING.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "tui"
VERBS = frozenset((ROOT / "tests" / "verbs.txt").read_text().split())
"""First words of docstrings that begin with a verb."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(root: Path = PROGRAM) -> dict[str, Path]:
    """Dotted name → file, of every module under `root`; a package is named as its folder."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: Iterable[str]) -> set[str]:
    """The modules among `known` that a file imports anywhere in it, itself left out."""
    names = set(known)
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            parts = {f"{node.module}.{each.name}" for each in node.names} & names
            found |= parts or {node.module}
    return found & names - {name}


def graph(root: Path = PROGRAM) -> dict[str, set[str]]:
    files = modules(root)
    return {name: imports(name, path, files) for name, path in files.items()}


def circles(arrows: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The groups of names that reach one another (Tarjan 1972), the largest first."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        number[name] = low[name] = len(number)
        stack.append(name)
        for other in arrows[name]:
            if other not in number:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], number[other])
        if low[name] == number[name]:
            at = stack.index(name)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                found.append(sorted(group))

    for name in arrows:
        if name not in number:
            visit(name)
    return sorted(found, key=len, reverse=True)


def folders(arrows: Mapping[str, Iterable[str]], root: Path = PROGRAM) -> dict[str, set[str]]:
    """The same arrows between folders. A file directly in `tui` or `tui/reader` counts as a folder of its own."""
    flat = {root, root / "reader"}
    files = modules(root)
    room = {name: name if path.parent in flat else ".".join(path.parent.relative_to(root.parent).parts)
            for name, path in files.items()}  # fmt: skip
    found: dict[str, set[str]] = {each: set() for each in room.values()}
    for name, others in arrows.items():
        found[room[name]] |= {room[other] for other in others} - {room[name]}
    return found


class Part(NamedTuple):
    """A class or function: where it is, its lines, its docstring ("" for none)."""

    where: str
    node: ast.ClassDef | Function
    lines: int
    docstring: str

    @property
    def public(self) -> bool:
        return not any(part.startswith("_") for part in self.where.partition(":")[2].split("."))


def parts(root: Path = PROGRAM) -> Iterator[Part]:
    def of(node: ast.AST, where: str) -> Iterator[Part]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                name = f"{where}{child.name}"
                yield Part(name, child, (child.end_lineno or child.lineno) - child.lineno + 1, ast.get_docstring(child) or "")
                yield from of(child, f"{name}.")
            elif not isinstance(child, ast.expr):
                yield from of(child, where)

    for name, path in modules(root).items():
        yield from of(ast.parse(path.read_text("utf-8")), f"{name}:")


def begins_with_verb(docstring: str) -> bool:
    words = docstring.split()
    return bool(words) and words[0].strip(".,:;`").lower() in VERBS


def measures() -> Iterator[tuple[str, str]]:
    """Each measure with its value, in words."""
    arrows = graph()
    for kind, groups in (("files", circles(arrows)), ("folders", circles(folders(arrows)))):
        yield f"import circles of {kind}", f"{len(groups)} ({', '.join(str(len(each)) for each in groups)})"
        for group in groups:
            yield "", " ".join(each.removeprefix("tui.") for each in group)
    every = list(parts())
    classes = sorted((each for each in every if isinstance(each.node, ast.ClassDef)), key=lambda each: -each.lines)
    yield "largest classes", ", ".join(f"{each.where.partition(':')[2]} {each.lines}" for each in classes[:5])
    functions = [each for each in every if not isinstance(each.node, ast.ClassDef)]
    for kind, these in (
        ("drafting", [each for each in functions if each.where.startswith("tui.drafting")]),
        ("elsewhere", [each for each in functions if not each.where.startswith("tui.drafting")]),
    ):
        longest = max(these, key=lambda each: each.lines)
        yield f"lines of a function, {kind}", f"median {median(each.lines for each in these):g}, longest {longest.lines} ({longest.where})"
    public = [each for each in functions if each.public]
    yield "public functions with a docstring", f"{sum(bool(each.docstring) for each in public) / len(public):.0%}"
    said = [each for each in functions if each.docstring]
    yield "docstrings of functions that begin with a verb", f"{sum(begins_with_verb(each.docstring) for each in said) / len(said):.0%}"
    files = modules()
    yield "files, lines", f"{len(files)}, {sum(path.read_text('utf-8').count(chr(10)) for path in files.values()):,}"
    readme = (ROOT / "README.md").read_text("utf-8")
    yield "README", f"{len(readme.encode()):,} bytes, longest line {max(map(len, readme.splitlines()))}"


def main() -> int:
    for name, value in measures():
        print(f"{name:48}{value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
