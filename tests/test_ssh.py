"""Over OpenSSH, through a slow line that drops; and a shared reading account that gives nothing but reading."""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from bench.relay import DELAY, Relay
from tests.conftest import ARTICLE, ROOT
from tests.terminals import Watched
from tests.test_terminal import everything, press
from tui import kiosk

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SSHD or not shutil.which("ssh"), reason="install openssh-server and openssh-client"),
]


class Server(NamedTuple):
    port: int
    folder: Path
    """With the key `kiosk`, which may read, as NAME = reader, by the lines of docs/ssh.md."""
    process: subprocess.Popen[bytes]

    @property
    def notes(self) -> Path:
        return self.folder / "state" / "readout" / "kiosk" / "reader.db"

    def ssh(self, key: str, *words: str, port: int = 0) -> list[str]:
        options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "IdentitiesOnly=yes"]
        options += ["SendEnv=*", "ServerAliveInterval=5"]
        return [
            "ssh", "-F", "none", "-p", str(port or self.port), "-i", str(self.folder / key),
            *(part for option in options for part in ("-o", option)), *words,
        ]  # fmt: skip

    def log_in(self, key: str = "kiosk", *words: str, port: int = 0, **environment: str) -> Watched:
        """With a terminal; `words` is a command, or none."""
        user = f"{getpass.getuser()}@127.0.0.1"
        settled = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
        terminal = Watched(self.ssh(key, "-tt", user, *words, port=port), self.folder, settled)
        terminal.also = (self.process.pid,)  # the reader is what it started
        return terminal


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("ssh"), "LANG LC_*") as made:
        yield made


@pytest.fixture
def every_variable(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, "*") as made:
        yield made


@contextmanager
def serving(folder: Path, accepted: str) -> Iterator[Server]:
    for name in ("host", "kiosk"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user, documents = getpass.getuser(), (ROOT / "docs" / "ssh.md").read_text()
    line, block = (
        found for found in re.findall(r"^```\n(.*?)^```", documents, re.S | re.M) if "restrict" in found or "Match" in found
    )
    environment = f"env XDG_STATE_HOME={folder}/state XDG_CONFIG_HOME={folder}/config"
    reader = f"cd {ROOT} && exec {environment} {sys.executable} -m tui --kiosk {ROOT}/briefings --as reader"
    line = line.splitlines()[0].replace("readout --kiosk /srv/briefings --as anna", reader)
    (folder / "keys").write_text(line.partition("ssh-ed25519")[0] + (folder / "kiosk.pub").read_text())
    (folder / "sshd_config").write_text(
        f"ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nPidFile none\nStrictModes no\nUsePAM no\n"
        "PrintMotd no\nPrintLastLog no\nSubsystem sftp internal-sftp\nAcceptEnv {accepted}\n"
        + block.replace("Match User reading", f"Match User {user}").replace("/etc/ssh/reading_keys", f"{folder}/keys")
        + ("    PermitRootLogin prohibit-password\n" if user == "root" else "")
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    assert SSHD
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL)
    connected(port).close()
    yield Server(port, folder, process)
    process.terminate()
    process.wait(5)


def left(server: Server) -> list[str]:
    """The readers that still run for this server."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = process.read_bytes().decode(errors="replace").split("\0")
            if words[:1] != [sys.executable] or "--kiosk" not in words:
                continue
            if f"XDG_STATE_HOME={server.folder}/state" in process.with_name("environ").read_text(errors="replace").split("\0"):
                found.append(" ".join(words))
    return found


def gone(server: Server) -> bool:
    for _ in range(60):
        if not left(server):
            return True
        time.sleep(0.1)
    return False


def seen(terminal: Watched, words: str) -> None:
    terminal.until(re.escape(words))


def opened(terminal: Watched) -> None:
    """From the shelf, which a folder opens, to its first briefing."""
    seen(terminal, "Library  6")
    press(terminal, ["g", "enter"])
    seen(terminal, "4 Timeline")


# -- the slow line --------------------------------------------------------------------------------------------------------


def test_the_tasks_through_a_slow_line(server: Server) -> None:
    with Relay(server.port) as line, server.log_in("kiosk", port=line.port) as terminal:
        opened(terminal)
        for keys, mark in ((b"3j", "▌3 Quotes"), (b"\r", "▌5 Source"), (b"\x7f", "▌3 Quotes"), (b"2g 4", "pinned:")):
            os.write(terminal._master, keys)
            seen(terminal, mark)
        terminal.quiet += 2 * DELAY
        terminal.seen()
        before = len(everything(terminal))
        press(terminal, ["3"])
        assert len(everything(terminal)) - before < 4000


def test_a_line_that_drops_loses_nothing_and_leaves_nothing_running(server: Server) -> None:
    with Relay(server.port, delay=0.05) as line, server.log_in("kiosk", port=line.port) as terminal:
        opened(terminal)
        os.write(terminal._master, b"3gaseen over a line")
        seen(terminal, "seen over a line")
        line.drop()
        assert gone(server), left(server)
    with sqlite3.connect(server.notes) as store:
        assert ("seen over a line",) in list(store.execute("select words from note"))


# -- nothing but reading --------------------------------------------------------------------------------------------------


def test_no_key_leads_out_of_the_reader(server: Server) -> None:
    with server.log_in(EDITOR="touch", VISUAL="touch", SHELL="/bin/sh") as terminal:
        seen(terminal, "Library  6")
        for key in (b"e", b"Y", b"\x1a", b"!", b"\x1b", b":", b"|", b"\x1c", b"\x03", b"\x0f"):
            terminal.type(key)
        assert "not available in kiosk mode" in press(terminal, ["R"])
        opened(terminal)
        for key in (b"e", b"Y", b"\x1a", b"!", b"q", b"\x1b", b":", b"s", b"\x1b", b"o", b"|", b"\x1c", b"\x03", b"\x0f"):
            terminal.type(key)
        assert "not available in kiosk mode" in press(terminal, ["escape", "3", "e"])
        assert "not available in kiosk mode" in press(terminal, ["Y"])
        assert "not available in kiosk mode" in press(terminal, ["\x1a"]) and len(left(server)) == 1
        text = press(terminal, ["\x10", "edit"])  # the palette has none of them either
        assert "open in $EDITOR" not in text and "No row here has 'edit'" in text
        terminal.type(b"\x1b[200~!touch /tmp/x\r\x1b[201~")
        press(terminal, ["escape", "escape", "Q"])
        assert gone(server)


def test_y_and_notes_are_there_and_notes_are_the_readers_own(server: Server) -> None:
    with server.log_in() as terminal:
        opened(terminal)
        assert "sent to the terminal" in press(terminal, ["3", "g", "j", "y"])
        assert "saved" in press(terminal, ["m"])
        press(terminal, ["Q"])
    with sqlite3.connect(server.notes) as store:
        assert list(store.execute("select item from mark"))
    written = [path for path in server.folder.rglob("*") if path.is_file() and "readout" in path.parts]
    assert {path.name.partition(".db")[0] for path in written} == {"reader"}


@pytest.mark.parametrize("words", [("id",), ("sh", "-i"), ("cat", "/etc/passwd")])
def test_a_command_of_ones_own_opens_the_reader_all_the_same(server: Server, words: tuple[str, ...]) -> None:
    with server.log_in("kiosk", *words) as terminal:
        seen(terminal, "Library  6")
        press(terminal, ["Q"])
    asked = subprocess.run(
        server.ssh("kiosk", f"{getpass.getuser()}@127.0.0.1", *words), capture_output=True, text=True, timeout=30
    )
    assert "needs a terminal" in asked.stderr and "uid=" not in asked.stdout and "root:" not in asked.stdout


def test_no_subsystem_no_forwarding_no_environment(server: Server) -> None:
    user = f"{getpass.getuser()}@127.0.0.1"
    sftp = subprocess.run(server.ssh("kiosk", "-s", user, "sftp"), capture_output=True, text=True, timeout=30)
    assert sftp.returncode == 2 and not sftp.stdout
    forward = server.ssh("kiosk", "-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:1", user)
    assert subprocess.run(forward, capture_output=True, timeout=30).returncode
    with socket.create_server(("127.0.0.1", 0)) as target, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        through = server.ssh("kiosk", "-N", "-L", f"{port}:127.0.0.1:{target.getsockname()[1]}", user)
        process = subprocess.Popen(through, stderr=subprocess.DEVNULL)
        with connected(port) as there:
            with suppress(ConnectionResetError):
                assert there.recv(1) == b""  # the server refused to go on to the target
            target.settimeout(0)
            with pytest.raises(BlockingIOError):
                target.accept()
        process.terminate()
        process.wait(5)
    with server.log_in(TEXTUAL_DRIVER="x:y", PYTHONPATH="/nowhere", XDG_STATE_HOME="/nowhere") as terminal:
        opened(terminal)
        press(terminal, ["Q"])


def connected(port: int) -> socket.socket:
    """A connection to this machine, once somebody listens; it waits 30 seconds for an answer."""
    for _ in range(600):
        with suppress(ConnectionRefusedError):
            return socket.create_connection(("127.0.0.1", port), timeout=30)
        time.sleep(0.05)
    raise AssertionError(f"nobody listens at {port}")


@cache
def names() -> list[str]:
    """Every variable that this Python reads, that the installed packages read, and that the loader and terminals do."""
    import ast
    import site

    help_ = subprocess.run([sys.executable, "--help-env"], capture_output=True, text=True).stdout
    found = set(re.findall(r"\bPYTHON[A-Z_]*\b", help_)) | {"PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONPATH", "PYTHONBREAKPOINT"}
    for package in ("textual", "rich", "markdown_it", "tomli", "platformdirs", "regex", "watchfiles"):
        for path in (folder for root in site.getsitepackages() for folder in Path(root, package).rglob("*.py")):
            if "environ" not in (source := path.read_text("utf-8")):
                continue
            texts = [each.value for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            found |= {text for text in texts if re.fullmatch("[A-Z][A-Z0-9]*_?[A-Z0-9_]{3,40}", text)}
    return sorted(found | {"TERMINFO", "TERMINFO_DIRS", "LD_LIBRARY_PATH", "LD_DEBUG_OUTPUT", "EDITOR", "VISUAL", "PAGER", "ESCDELAY"})


def test_no_variable_of_whoever_logs_in_reaches_a_kiosk() -> None:
    given = dict.fromkeys([*names(), "LD_PRELOAD", "LD_AUDIT", "BASH_ENV", "ENV", "XDG_CONFIG_HOME"], "1")
    left_over = set(kiosk.environment(given)) - {"PATH", "XDG_CONFIG_HOME"}
    assert len(given) > 60 and left_over <= set(kiosk.PASSED_ON) and not any(name.startswith(("PYTHON", "LD_", "TEXTUAL", "TERMINFO")) for name in left_over)
    assert kiosk.environment(given)["XDG_CONFIG_HOME"] == os.devnull


def test_with_every_variable_accepted_the_end_of_a_kiosk_is_the_end(every_variable: Server) -> None:
    """Variables that stop any Python from starting, or make it print, do not let anyone in either; they are not tried."""
    silent = ("PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONVERBOSE", "PYTHONDEBUG", "PYTHONDUMPREFS", "PYTHONMALLOCSTATS", "PYTHONPROFILEIMPORTTIME", "PYTHONIOENCODING", "PYTHONMALLOC", "PYTHONHASHSEED", "PYTHONINTMAXSTRDIGITS", "PYTHON_PRESITE", "PYTHONTRACEMALLOC", "PYTHONEXECUTABLE", "PYTHONDUMPREFSFILE")
    given = {name: "1" for name in names() if name.startswith(("PYTHON", "TEXTUAL")) and name not in silent}
    with every_variable.log_in("kiosk", port=0, **given) as terminal:
        opened(terminal)
        environ = next(
            process.with_name("environ").read_text().split("\0")
            for process in Path("/proc").glob("[0-9]*/cmdline")
            if b"--kiosk" in process.read_bytes() and b"-I" in process.read_bytes().split(b"\0")
        )
        assert not [each for each in environ if each.startswith(("PYTHON", "TEXTUAL"))]
        press(terminal, ["Q"])
        terminal._process.wait(10)
        assert b">>>" not in everything(terminal)


def test_what_is_read_lies_where_the_account_says(server: Server) -> None:
    command = [sys.executable, "-m", "tui", "--kiosk", str(ARTICLE)]
    said = Watched(command, ROOT, dict(os.environ))
    with said as terminal:
        assert terminal.wait_for("--as NAME")
    for name in ("../x", "a b", "", "-x", "a/b"):
        with Watched([*command, "--as", name], ROOT, dict(os.environ)) as terminal:
            assert terminal.wait_for("NAME|expected one argument")
