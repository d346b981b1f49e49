"""Read a document: in this process, or in one of its own with limits of memory, time and files, if the library that
reads it could hang, crash or be made to do harm."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tui.briefing.problem import Refused, printable
from tui.documents.base.document import Document, Fact, PassedOver
from tui.documents.kinds import KINDS, kind_of, read

SECONDS = 60
BYTES = 512 << 20
FILES = 16
_START = "import sys; sys.path[0] = sys.argv.pop(1); from tui.documents.apart import main; main(*sys.argv[1:])"
"""The folder that holds this package takes the place of the current one, whose files are not to be imported."""


def document(name: str, data: bytes, charset: str = "", tell: bool = True) -> Document:
    """Return what a document says. `name` tells its kind if the content does not. `tell`: say on a terminal what
    takes more than a second. Raises Refused."""
    try:
        if KINDS[kind_of(name, data)].apart:
            return _apart(name, data, charset, tell)
        return read(name, data, charset)
    except (RecursionError, MemoryError):
        raise Refused("it is nested too deep or too large to be read; save it again in its own program") from None


def _apart(name: str, data: bytes, charset: str, tell: bool) -> Document:
    """Read it in a process of its own. Raises Refused if it is refused there, or reaches a limit."""
    import subprocess

    command = [sys.executable, "-c", _START, str(Path(__file__).parents[2]), Path(name).suffix, charset]
    try:
        said = json.loads(_run(command, data, name if tell else ""))
    except subprocess.TimeoutExpired:
        raise Refused(f"it was not read within {SECONDS} seconds; print it to a new PDF and read that") from None
    except (ValueError, OSError):
        limits = f"more than {BYTES >> 20} MiB of memory or {SECONDS} seconds"
        raise Refused(f"reading it took {limits}, or it is damaged; print it to a new PDF and read that") from None
    if "passed over" in said:
        raise PassedOver(*said["passed over"])
    if "refused" in said:
        raise Refused(said["refused"])
    said |= {"pages": tuple(said["pages"]), "left_out": tuple(said["left_out"])}
    return Document(**said | {"facts": tuple(Fact(*each) for each in said["facts"])})


def _run(command: list[str], data: bytes, name: str) -> bytes:
    """Run the process and return its stdout. On a terminal, a line with the name, if there is one, says so if that takes
    more than a second."""
    import subprocess

    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            try:
                return process.communicate(data, 1)[0]
            except subprocess.TimeoutExpired:
                with progress(f"reading {name}" if name else ""):
                    return process.communicate(timeout=SECONDS + 5)[0]
        except BaseException:  # ^C too
            process.kill()
            raise


@contextlib.contextmanager
def progress(words: str) -> Iterator[None]:
    """Show on a terminal what is being done, and clear it at the end; nothing for ""."""
    shown = bool(words) and sys.stderr is not None and sys.stderr.isatty()
    if shown:
        sys.stderr.write(f"{printable(words)} …")
        sys.stderr.flush()
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def main(suffix: str, charset: str) -> None:
    """Read the document on stdin and write it, or why it is refused, as JSON to stdout."""
    import gc

    gc.disable()  # a document is read and the process ends
    data = sys.stdin.buffer.read()
    try:
        _limit()
        said: dict[str, object] = read(f"document{suffix}", data, charset)._asdict()
    except PassedOver as passed:
        said = {"passed over": (str(passed), passed.what, passed.advice)}
    except Refused as refusal:
        said = {"refused": str(refusal)}
    except ImportError as error:
        said = {"refused": missing(error)}
    sys.stdout.write(json.dumps(said))


def missing(error: ImportError) -> str:
    """Say which package is not installed, with the command that installs it for this interpreter; of another fault of
    importing, what it says."""
    import shlex

    package = (error.name or "").partition(".")[0]
    if isinstance(error, ModuleNotFoundError) and package == "pypdfium2":
        return f"reading a PDF needs {package}: {shlex.quote(sys.executable)} -m pip install {package}"
    return f"the part that reads it cannot be loaded: {error}"


def _limit() -> None:
    """Limit what this process may take, once what it needs is loaded."""
    with contextlib.suppress(ImportError):
        import pypdfium2  # noqa: F401

        import tui.documents.pdf.reading  # noqa: F401
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for limit, most in (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, BYTES), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):  # fmt: skip
        with contextlib.suppress(ValueError, OSError):  # a system may not allow one, as macOS does not for memory
            resource.setrlimit(limit, (most, most))
