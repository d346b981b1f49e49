"""A shared reading account (`--kiosk`) runs in an interpreter of its own, which knows nothing of the client's environment.

Python reads many variables before its first line of ours (`PYTHONINSPECT` alone makes a shell of the end of any program), and
libraries read others as they load. So the program starts itself again, isolated (`python -I`), with the few that it needs.
What the loader reads before that (LD_*) only sshd can keep out: docs/ssh.md names the AcceptEnv that is safe.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PASSED_ON = (
    "COLORTERM", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "NO_COLOR", "SSH_CONNECTION", "SSH_TTY",
    "STY", "TERM", "TMUX", "TZ", "USER", "XDG_CACHE_HOME", "XDG_STATE_HOME",
)  # fmt: skip
"""Where the account's files are, and what the terminal and its locale can do."""
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from tui.cli import command; command()"


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return what a kiosk gets of an environment. The account's settings and themes are not read."""
    kept = {name: given[name] for name in PASSED_ON if name in given}
    return {**kept, "PATH": os.defpath, "XDG_CONFIG_HOME": os.devnull}


def start_alone(words: Sequence[str]) -> None:
    """Replace this process by an isolated one with the same arguments; returns only in that one."""
    if sys.flags.isolated:
        return
    home = str(Path(__file__).resolve().parent.parent)
    command = [sys.executable, "-I", "-c", _START, home, *words]
    os.execve(sys.executable, command, environment(os.environ))
