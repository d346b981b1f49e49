"""Reading the files that a briefing names, and no others: inside the roots, regular, of bounded size, UTF-8.

The one place in this package that opens files. Every refusal is an `Unreadable` whose rule is the checker's.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from tui.briefing import toml_places
from tui.briefing.anchor import Text
from tui.briefing.problem import Problem, Refused
from tui.briefing.record import NamedTuple, record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, NoReturn

LIBRARY_MARK = "readout.toml"
MAX_FILE = 64 * 1024 * 1024


def real(path: Path | str) -> Path:
    """Resolve links in a path, as far as it can be followed. Raises nothing: a folder that may not be entered, a link
    to itself and a NUL end the way."""
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError):
        return Path(os.path.abspath(path))  # noqa: PTH100 (Path.absolute leaves the dots in)


def there(path: Path | str) -> Literal["file", "folder", "other", ""]:
    """Return what a path leads to; "" if it leads to nothing, or that cannot be told. Raises nothing."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 (also for strings)
    except (OSError, ValueError):
        return ""
    return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"


def spelled(path: Path | str) -> Path:
    """Spell a path as the file system does: if a name is absent, take the one name in its folder that differs only in
    how its accents are encoded (NFC or NFD)."""
    path = Path(path)
    if str(path).isascii() or os.path.lexists(path) or path.name in ("", ".."):
        return path
    folder = spelled(path.parent)
    wanted = normalize("NFC", path.name)
    try:
        found = [name for name in os.listdir(folder) if normalize("NFC", name) == wanted]  # noqa: PTH208 (names alone)
    except (OSError, ValueError):
        found = []
    return folder / (found[0] if len(found) == 1 else path.name)


class Unreadable(Exception):
    """A file that cannot be used, in words: `rule` is the id of the check rule that says so."""

    def __init__(self, rule: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint = rule, message, hint

    def of(self, path: Path) -> Problem:
        """Return it as the one problem of a briefing file, for a report."""
        return Problem("syntax", "error", self.message, self.hint, str(path))


@record(frozen=True)
class SourceText:
    """A source, read and normalised. `lossy` when bytes were no UTF-8: the text can be looked at and proves nothing."""

    path: Path
    text: Text
    lossy: Unreadable | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash the normalised text: UTF-8, LF, no BOM."""
        return hash_of(self.text.text)


def read_text(path: Path, within: Sequence[Path] = ()) -> str:
    """Read the normalised text of a file. Raises Unreadable; a FIFO or a device is refused unread, never waited for.
    `within`: real paths, inside one of which the opened file must be, whatever its name leads to by now."""
    data = read_bytes(path, within)
    try:
        return _normalised(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _bad_byte(path, data, error) from None


def _bad_byte(path: Path, data: bytes, error: UnicodeDecodeError) -> Unreadable:
    line = data.count(b"\n", 0, error.start) + 1
    return Unreadable(
        "source-not-utf8",
        f"{path.name} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}, line {line}",
        "save it as UTF-8; of a PDF or another document, readout new FILE -o BRIEFING takes the text",
    )


def _normalised(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def read_bytes(path: Path, within: Sequence[Path] = ()) -> bytes:
    """Read a file. Raises Unreadable, as `read_text` does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Unreadable("source-missing", f"there is no file {path.name}", "correct the path or restore the file") from None
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable("source-missing", f"{path.name} cannot be opened: {words.lower()}", "make it readable") from None
    try:
        kind = os.fstat(handle)
        if not stat.S_ISREG(kind.st_mode):
            if stat.S_ISDIR(kind.st_mode):
                raise Unreadable("source-missing", f"{path.name or path} is a folder", "name a file in it")
            raise Unreadable("source-missing", f"{path.name} is not a regular file", "name a text file")
        if within and not ((opened := _opened_at(handle, path)) and inside(opened, within)):
            raise Unreadable(
                "source-outside-roots", f"{path.name} now leads to a file outside the folders that may be read",
                "put the file itself in its place, and not a link",
            )  # fmt: skip
        data, more = b"", os.read(handle, min(kind.st_size, MAX_FILE) + 1)
        while more and len(data) <= MAX_FILE:  # it may be growing; and a file of /proc has no size
            data += more
            more = os.read(handle, MAX_FILE + 1 - len(data))
    except OSError as error:
        raise Unreadable(
            "source-missing", f"{path.name} cannot be read: {(error.strerror or '').lower()}", "make it readable"
        ) from None
    finally:
        os.close(handle)
    if len(data) > MAX_FILE:
        raise Unreadable("too-large", f"{path.name} is larger than {MAX_FILE >> 20} MiB", "split it")
    return data


def _opened_at(handle: int, path: Path) -> Path | None:
    """Return the real path of an open file, as the system has it; None if its name leads to another file by now."""
    try:
        if sys.platform == "darwin":
            import fcntl

            return Path(os.fsdecode(fcntl.fcntl(handle, fcntl.F_GETPATH, b"\0" * 1024).rstrip(b"\0")))
        return Path(os.readlink(f"/proc/self/fd/{handle}"))  # noqa: PTH115 (of a file that is gone, " (deleted)" follows)
    except (OSError, AttributeError):
        pass
    place = real(path)
    try:
        return place if os.path.samestat(os.fstat(handle), os.lstat(place)) else None
    except OSError:
        return None


def library_of(folder: Path) -> Path | None:
    """Return the nearest folder at or above this one that holds a `readout.toml`."""
    return next((above for above in (folder, *folder.parents) if there(above / LIBRARY_MARK) == "file"), None)


def inside(path: Path, roots: Iterable[Path]) -> bool:
    return any(path.is_relative_to(root) for root in roots)


def reach(folder: Path, roots: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Return the folders whose files a briefing in this one may read: itself, the library around it and the `roots`,
    all resolved."""
    library = library_of(folder)
    return (folder, *((library,) if library else ()), *roots)


def locate(briefing: Path, path: str, roots: Iterable[Path] = ()) -> Path:
    """Return the real place of a path named in a briefing. Raises Unreadable if that is out of its reach, after
    symbolic links."""
    folder = real(briefing).parent
    found = real(folder / path)
    if "\0" in path or found.is_symlink():  # a loop of links
        raise Unreadable("source-missing", "the path leads nowhere", "correct the path")
    if not there(found):
        found = real(spelled(folder / path))
    if not inside(found, reach(folder, roots)):
        raise Unreadable(
            "source-outside-roots",
            f"{path} lies outside the briefing's folder and its library",
            f"move it inside, or put an empty {LIBRARY_MARK} in the folder above both",
        )
    return found


def name_for(briefing: Path, source: Path) -> tuple[str, Unreadable | None]:
    """Return the path by which a briefing (there or yet to be written) names a source, and why it may not read it, if
    it may not."""
    name = os.path.relpath(real(source), real(briefing).parent)
    try:
        locate(briefing, name)
    except Unreadable as refusal:
        return name, refusal
    return name, None


def read_source(path: Path, within: Sequence[Path] = ()) -> SourceText:
    """Read a source. Raises Unreadable, also for a briefing, which is no proof of itself or of another. A file that
    is not UTF-8 comes back readable, its bad bytes replaced, and says so in `lossy`. `within` as for `read_text`."""
    data = read_bytes(path, within)
    lossy = None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        lossy = _bad_byte(path, data, error)
        text = data.decode("utf-8", "replace")
    text = _normalised(text)
    if is_briefing(text):
        raise Unreadable("source-missing", f"{path.name} is a briefing, which proves nothing", "name the text that it rests on")
    return SourceText(path, Text(text, body_of(text)), lossy)


def hash_of(text: str) -> str:
    import hashlib  # 3 ms, and none where no hash is asked for

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def body_of(text: str) -> int:
    """Return where the text begins after its YAML (`---`, closed by that or `...`) or TOML (`+++`) front matter. A
    rule at the top is front matter only if a key or a comment follows at once, and every line up to the next rule can
    be YAML or TOML."""
    found = re.match(r"---[ \t]*\n((?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text)
    if found and not _can_be_yaml(found[1]):
        found = None
    opening = re.match(r"\+\+\+[ \t]*\n", text)
    if opening:
        end = toml_places.closing(text, opening.end())
        found = re.compile(r"\+\+\+\n?").match(text, end) if end >= 0 else None
        found = found or re.match(r"\+\+\+[ \t]*\n(?:[^\n]*\n)*?\+\+\+[ \t]*(?:\n|\Z)", text)
        if not _TOML_BEGINS.match(text, opening.end()):
            found = None
    return found.end() if found else 0


_YAML_KEY = r"(?:[\w.@-]+(?: [\w.@-]+){0,2}|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?=\s|\Z)"
_YAML_BEGINS = re.compile(rf"[ \t]*#|{_YAML_KEY}")
_YAML_LINE = re.compile(rf"[ \t]*(?:#|\Z)|[ \t]+\S|-(?:[ \t]|\Z)|[\]}}]|{_YAML_KEY}")
_TOML_BEGINS = re.compile(r"\s*(?:#|\[|\+\+\+|(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:[ \t]*\.[ \t]*[\w\"'-]+)*[ \t]*=)")


def _can_be_yaml(text: str) -> bool:
    lines = text.split("\n")
    return bool(_YAML_BEGINS.match(text)) and all(map(_YAML_LINE.match, lines))


class Below(NamedTuple):
    """A regular file below a folder."""

    path: str
    """As it was met, perhaps a link."""
    state: os.stat_result
    linked: bool


def below(
    folder: str, wanted: Callable[[str], bool], roots: Iterable[Path] = (), ways: list[str] | None = None,
    left: list[str] | None = None, shut: list[str] | None = None,
) -> Iterator[Below]:  # fmt: skip
    """Yield every regular file below a folder whose name is wanted: a folder's own files first, then its folders',
    each in the order of their names. Hidden files and folders and links to folders are left alone; so are links to
    files outside the folder, its library and the `roots`, and `left` is given their paths. `ways` is given what
    decides where paths lead: links, with what they lead to, and marks of libraries. `shut` is given the paths of the
    folders that could not be read."""
    reachable: tuple[Path, ...] | None = None
    folders = [folder]
    while folders:
        here, closed = folders.pop(), False
        try:
            with os.scandir(here) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except FileNotFoundError:  # removed meanwhile; the first one was named by somebody
            found, closed = [], here == folder
        except (OSError, ValueError):
            found, closed = [], True
        inner = []
        for entry in found:
            if entry.name.startswith("."):
                continue
            try:
                linked = entry.is_symlink()
                if linked and ways is not None:
                    ways.append(f"{entry.path}\0{os.readlink(entry.path)}")  # noqa: PTH115 (strings, as all here)
                if entry.name == LIBRARY_MARK and not linked and ways is not None:
                    ways.append(entry.path)
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.path)
                elif wanted(entry.name):
                    state = entry.stat()
                    if not stat.S_ISREG(state.st_mode):
                        continue
                    if linked:
                        reachable = reachable or reach(real(folder), roots)
                        if not inside(real(entry.path), reachable):
                            if left is not None:
                                left.append(entry.path)
                            continue
                    yield Below(entry.path, state, linked)
            except PermissionError:  # of a link, its target is in a folder that may not be entered
                closed = closed or not linked
            except OSError:
                continue
        if closed and shut is not None:
            shut.append(here)
        folders += reversed(inner)


def unread(shut: Sequence[str]) -> str:
    """Name folders that could not be read, in a line; "" for none."""
    if not shut:
        return ""
    if len(shut) == 1 and not os.path.lexists(shut[0]):
        return f"the folder is gone: {shut[0]}"
    more = f" and {len(shut) - 1:,} more" if len(shut) > 1 else ""
    return f"{len(shut):,} folder{'' if len(shut) == 1 else 's'} could not be read: {shut[0]}{more}"


ENDINGS = (".md", ".txt")
"""Of files that may be a briefing or a text."""
ABOUT = frozenset({"readme", "license", "licence", "copying", "notice", "authors", "contributing", "changelog"})
"""Names, without their endings, of files that describe a folder."""


def may_be_listed(name: str) -> bool:
    """Test whether a library lists a file of this name, provided that it holds a briefing or a text."""
    return name.lower().endswith(ENDINGS) and name.partition(".")[0].lower() not in ABOUT


def listed_unread(path: Path) -> bool:
    """Test whether a library lists this file, as broken, although it cannot be read: it is named like a briefing."""
    return path.suffix.lower() == ".md"


def briefings_in(
    folder: Path, roots: Iterable[Path] = (), left: list[str] | None = None, shut: list[str] | None = None
) -> list[Path]:
    """List every briefing below a folder, as `below` meets them: all that the shelf lists as one, broken ones and
    files that cannot be read included, and a README that is one."""
    every = below(str(folder), lambda name: name.lower().endswith(ENDINGS), roots, left=left, shut=shut)
    return [path for each in every if _is_listed_as_briefing(path := Path(each.path))]


def _is_listed_as_briefing(path: Path) -> bool:
    if not may_mean_briefing(path) and not listed_unread(path):
        return False
    try:
        return means_briefing(read_text(path))
    except Unreadable:
        return listed_unread(path) and may_be_listed(path.name)


def briefings_named(
    paths: Sequence[str], left: list[str] | None = None, shut: list[str] | None = None
) -> tuple[list[Path], tuple[Path, ...]]:
    """Return the files that the paths name, folders searched for briefings, and the folders named, as roots. `left`
    is given the links that were left out, `shut` the folders that could not be read. Raises Refused."""
    found: list[Path] = []
    these = [(name, spelled(name)) for name in paths]
    roots = [real(path) for _, path in these if there(path) == "folder"]
    for name, path in these:
        kind = there(path)
        if not kind:
            _refuse(name, path)
        if kind == "folder":
            found += briefings_in(path, roots, left, shut)
        else:
            found.append(path)
    return list(dict.fromkeys(found)), tuple(roots)


def _refuse(name: str, path: Path) -> NoReturn:
    """Raise Refused, with the reason why nothing can be read there."""
    try:
        path.stat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Refused(f"{name}: {words.lower()}") from None
    raise Refused(f"{name}: there is no such file or folder")


_AT_ONCE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*format[ \t]*=")
_OPENING = re.compile("\ufeff?\\\\?\\+\\\\?\\+\\\\?\\+\r?\n")
"""The first line of a briefing, also if a formatter of Markdown put backslashes in it."""


def is_briefing(text: str) -> bool:
    """Test whether a text is a briefing: it begins with a line +++ and its front matter has the key `format`."""
    opening = _OPENING.match(text)
    if not opening:
        return False
    text = _normalised(text[opening.end() :])
    if _AT_ONCE.match(text):
        return True
    for each in toml_places.statements(text):
        if each.header:
            return False
        if each.key[0] == "format":
            at = each.span[0]
            fenced = re.search(r"^\+\+\+$", text[:at], re.M)  # perhaps in a string: only then is it worth a closer look
            return not fenced or not 0 <= toml_places.closing(text, 0) < at
    return False


def may_mean_briefing(path: Path) -> bool:
    """Test whether the file begins as a briefing does; also true if that cannot be told. A FIFO is not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(handle, "rb", buffering=0) as file:
            return bool(_OPENING.match((file.read(16) or b"").decode("utf-8", "replace")))
    except (OSError, ValueError):
        return True


def means_briefing(text: str) -> bool:
    """Test whether a text is a briefing, or was probably meant as one, so that it is opened as a briefing and its
    problems are shown. Its front matter lacks `format`, but it has a [[source]], [[actor]], [[quote]] or [[event]],
    or another key has a value such as "briefing/1", or no line +++ ends it. Other front matter, as of Hugo, is an
    article's."""
    opening = _OPENING.match(text)
    if not opening or is_briefing(text):
        return bool(opening)
    text = _normalised(text[opening.end() :])
    end = toml_places.closing(text, 0)
    if end < 0 and not _CLOSING.search(text):
        return True
    front = toml_places.statements(text, 0, end if end >= 0 else len(text))
    tables = ("source", "actor", "quote", "event")
    return any(
        each.key[0] in tables if each.header == "[[" else _FORMAT.fullmatch(text, *each.value) is not None for each in front
    )


_CLOSING = re.compile(r"^\+\+\+[ \t]*$", re.M)
_FORMAT = re.compile(r"""["']briefing/\d{1,2}["']""")


def refuse_own_input(output: Path, inputs: Iterable[Path]) -> None:
    """Raise Refused if a file to write is one of those that it is made from, also by a link or another name."""
    for each in inputs:
        try:
            same = output.samefile(each)
        except (OSError, ValueError):
            continue
        if same:
            name = "the file" if output == each else f"the same file as {each}"
            raise Refused(f"{output} is {name} that this is made from; name another")


class Unwritten(Exception):
    """A file was not written, in words."""


def save(path: Path, text: str | bytes, *, force: bool = False, mode: int | None = None) -> None:
    """Write a file whole or not at all: beside its place, synced, then moved there. Raises FileExistsError where one is there
    already and `force` is not set, Unwritten where it cannot be written."""
    import tempfile

    try:
        if there(path) and not force:
            raise FileExistsError(path)
        path = real(path)
        if kind := there(path):
            if kind != "file":
                raise Unwritten(f"{path} is {'a folder' if kind == 'folder' else 'no regular file'}; name another")
            mode = path.stat().st_mode & 0o7777 if mode is None else mode
        handle, beside = tempfile.mkstemp(dir=path.parent or ".", prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            umask = os.umask(0)
            os.umask(umask)
            Path(beside).chmod(0o666 & ~umask if mode is None else mode)
            if force:
                Path(beside).replace(path)
            else:
                _place(Path(beside), path)
        finally:
            Path(beside).unlink(missing_ok=True)
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unwritten(f"{path} cannot be written: {words.lower()}") from None


def _place(beside: Path, path: Path) -> None:
    """Give a finished file its name. Raises FileExistsError where somebody else has made one of that name meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first, and only then what it stands for
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            beside.replace(path)
        except OSError:
            path.unlink()
            raise


def form_for(output: str | None, asked: str | None, forms: Mapping[str, str], usual: str) -> str:
    """Choose the form to write: what was asked for, else what the suffix of the file names, else the usual one.
    `forms`: by suffix. Raises Refused if the suffix names no form, or another one than was asked for."""
    suffix = Path(output).suffix.lower() if output else ""
    if not suffix:
        return asked or usual
    named = ", ".join(f"{form} ({each})" for each, form in forms.items())
    known = f"the formats are {named}" if len(forms) > 1 else f"the only format is {named}"
    if suffix not in forms:
        raise Refused(f"{output}: {suffix} is not a format that can be written here; {known}")
    if asked and forms[suffix] != asked:
        raise Refused(f"{output}: the suffix says {forms[suffix]}, and --format says {asked}; {known}")
    return forms[suffix]
