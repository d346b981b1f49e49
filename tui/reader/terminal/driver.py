"""The terminal driver: keys in, bytes out, and an end that leaves the terminal as it was. Nothing here wakes without a cause,
and nothing waits for a terminal that does not read.

Private parts of Textual, read in 8.2.8, that are used here (and in no other file but display.py): of `LinuxDriver`, `_app`,
`_loop`, `_mouse`, `_must_signal_resume`, `_key_thread`, `_run_input_thread`, `_patch_lflag`,
`_patch_iflag`, `_request_terminal_sync_mode_support`, `_sigcont_application`.
"""

from __future__ import annotations

import os
import select
import signal
import termios
import tty
from codecs import getincrementaldecoder, register_error
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread, Timer
from typing import Any, Protocol, cast

from textual import constants, events
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from tui.reader.terminal import capabilities as terminal
from tui.reader.terminal.arriving import Arriving, Paste

CHUNK = 4096
PATIENCE = 0.4
"""Seconds that the end waits for a terminal to take what is still to be written to it."""
AT_ONCE = 0.9
"""Seconds after which a program that was told to end, and could not, is ended."""
ENDS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)


class Ends(Protocol):
    """What the driver needs of the application beside what Textual's has."""

    attributes_before: list[Any] | None
    """The terminal's own modes, where something has changed them already; it shows the alternate screen, too."""

    alt_keys: Collection[str]
    """Characters that are bound together with Alt."""

    def told_to_end(self, code: int) -> None: ...

    def fail(self, error: BaseException) -> None: ...


def shell_waits() -> bool:
    """Test whether a shell with job control started this, so that a stopped program can be continued: its process
    group has a parent in the same session (POSIX: it is not orphaned)."""
    try:
        stat = Path(f"/proc/{os.getpgrp()}/stat").read_text()
        parent = int(stat.rpartition(")")[2].split()[1])
        return os.getsid(parent) == os.getsid(0)
    except (OSError, ValueError, IndexError):
        return not Path("/proc/self").exists()  # elsewhere it cannot be told


def _eight_bit(error: UnicodeError) -> tuple[str, int]:
    """Decode what is not UTF-8: a raw byte of a control of eight bits is that control, anything else U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return ("".join(chr(byte) if 0x80 <= byte <= 0x9F else "\ufffd" for byte in bad), error.end)


class Outbox(Thread):
    """Writes to the terminal in the order given, in the background: a terminal that stopped reading stops nobody."""

    def __init__(self, file: int, broken: Callable[[], None]) -> None:
        super().__init__(daemon=True, name="outbox")
        self._file, self._broken = file, broken
        self._waiting = bytearray()
        self._writing = False
        self._ended = False
        self._then: Callable[[], object] | None = None
        self._changed = Condition()

    def write(self, data: bytes) -> None:
        with self._changed:
            self._waiting += data
            self._changed.notify_all()

    def ready(self, then: Callable[[], object]) -> bool:
        """Test whether all is written; if not, call `then`, in this thread, once it is."""
        with self._changed:
            if self._waiting or self._writing:
                self._then = then
                return False
            return True

    def end(self, last: bytes) -> None:
        """Write this last, in place of what is still waiting where the terminal is slow to take it."""
        with self._changed:
            if self._waiting and not self._changed.wait_for(lambda: not self._waiting, PATIENCE):
                self._waiting.clear()
            self._waiting += last
            self._ended = True
            self._changed.notify_all()
        self.join(PATIENCE)

    def run(self) -> None:
        while True:
            with self._changed:
                self._writing = False
                if not self._waiting:
                    then, self._then = self._then, None
                    self._changed.notify_all()
                    if self._ended:
                        return
                    if not then:
                        self._changed.wait()
                else:
                    then = None
                    data = bytes(self._waiting[:CHUNK])
                    del self._waiting[:CHUNK]
                    self._writing = True
            if then:
                then()
            elif self._writing and not self._put(data):
                return

    def _put(self, data: bytes) -> bool:
        while data:
            try:
                data = data[os.write(self._file, data) :]
            except BlockingIOError:
                select.select([], [self._file], [])
            except OSError:
                self._broken()
                return False
        return True


class ReaderDriver(LinuxDriver):
    attrs_before: list[Any] | None
    _outbox: Outbox | None = None
    _ending = False
    _watched = False

    @property
    def _reader(self) -> Ends:
        return cast(Ends, self._app)

    # -- out ----------------------------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        if self._outbox:
            self._outbox.write(data.encode("utf-8", "replace"))

    def ready(self, then: Callable[[], None]) -> bool:
        """Test whether the terminal has taken all that was written; if not, call `then` once it has."""
        return not self._outbox or self._outbox.ready(lambda: self._loop.call_soon_threadsafe(then))

    # -- from beginning to end ----------------------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        try:
            before = termios.tcgetattr(self.fileno)
            termios.tcsetattr(self.fileno, termios.TCSANOW, before)  # in the background, this stops it until it is not
        except termios.error:  # gone while something else had the terminal
            self._hung_up()
            return
        self.attrs_before = self._reader.attributes_before or before
        modes = termios.tcgetattr(self.fileno)
        modes[tty.LFLAG] = self._patch_lflag(modes[tty.LFLAG])
        modes[tty.IFLAG] = self._patch_iflag(modes[tty.IFLAG])
        modes[tty.CC][termios.VMIN] = 1
        termios.tcsetattr(self.fileno, termios.TCSANOW, modes)
        for number in ENDS:
            if signal.getsignal(number) is not signal.SIG_IGN or number != signal.SIGHUP:
                signal.signal(number, self._told_to_end)
        signal.signal(signal.SIGWINCH, lambda *_: self._tell_size())
        if not self._watched:
            self._watched = True
            Thread(target=self._watch_for_hang_up, name="hang-up", daemon=True).start()
        self._loop.set_exception_handler(self._failed_aside)
        self._outbox = Outbox(2, self._hung_up)
        self._outbox.start()
        self._tell_size()
        if not self._reader.attributes_before:
            self.write("\x1b[?1049h")
        self._reader.attributes_before = None
        self.write("\x1b[?25l\x1b[?7l")
        if terminal.of().modern:
            self._enable_mouse_support()
            self.write("\x1b[>25u\x1b[?2004h")  # keys that cannot be mistaken, where the terminal has them; pastes as such
            self._request_terminal_sync_mode_support()
        self._wake, self._waker = os.pipe()
        self._key_thread = Thread(target=self._run_input_thread, name="keys", daemon=True)
        self._key_thread.start()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def stop_application_mode(self) -> None:
        self.disable_input()
        if self._outbox:
            modern = "\x1b[?2004l\x1b[<u" if terminal.of().modern else ""
            self._outbox.end(f"\x18\x1b[?2026l{modern}\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h".encode())
            self._outbox = None
        self._restore()

    def _restore(self) -> None:
        if self.attrs_before is not None:
            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def close(self) -> None:
        """Do nothing more: everything was done where the application mode ends."""

    def disable_input(self) -> None:
        if self._key_thread is None:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1006l")
        self.exit_event.set()
        os.write(self._waker, b".")
        self._key_thread.join()
        self._key_thread = None
        self.exit_event.clear()
        os.close(self._wake)
        os.close(self._waker)
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def _tell_size(self) -> None:
        try:
            columns, rows = os.get_terminal_size(self.fileno)  # not COLUMNS and LINES, which no resize changes
        except OSError:
            columns = rows = 0
        size = Size(columns or 80, rows or 24)
        self.send_message(events.Resize(size, size))

    def _enable_mouse_support(self) -> None:
        """Enable buttons and wheel only: motion reports cost 10 bytes up and a repaint down for every cell the mouse
        crosses."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")

    def _sigcont_application(self, *_: object) -> None:
        """Begin our own part again after a stop that was not ours (SIGSTOP): everything else still runs."""
        if self._must_signal_resume:
            super()._sigcont_application()

    # -- in -----------------------------------------------------------------------------------------------------------

    def run_input_thread(self) -> None:
        arriving = Arriving(constants.ESCAPE_DELAY, self._reader.alt_keys)
        register_error("eight-bit", _eight_bit)
        decode = getincrementaldecoder("utf-8")("eight-bit").decode
        while not self.exit_event.is_set():
            patience = None if arriving.due is None else max(0.0, arriving.due - get_time())
            readable = select.select([self.fileno, self._wake], [], [], patience)[0]
            if self.fileno not in readable:
                self._take(arriving.tick(get_time()))
                continue
            try:
                data = os.read(self.fileno, CHUNK)
            except OSError:
                data = b""
            if not data:
                self._hung_up()
                return
            self._take(arriving.feed(decode(data), get_time()))

    def _take(self, arrived: list[str | Paste]) -> None:
        for each in arrived:
            if isinstance(each, Paste):
                self.process_message(events.Paste(each.text.replace("\0", "")))
                continue
            try:
                found = list(XTermParser().feed(each))  # a new one: what one sequence does to it concerns no other
            except Exception:  # whatever it cannot read is no key
                continue
            for event in found:
                self.process_message(event)

    # -- the end ------------------------------------------------------------------------------------------------------

    def _watch_for_hang_up(self) -> None:
        """Watch for a hang-up, also while an editor has the terminal and no key or signal comes through to Python. It
        sleeps until then."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        poll.poll()
        self._hung_up()

    def _hung_up(self) -> None:
        """End, because the terminal is gone: nothing more can be read or written."""
        self.end(128 + signal.SIGHUP)

    def _failed_aside(self, loop: object, context: dict[str, Any]) -> None:
        """Handle an error that a callback or task of the event loop raised."""
        if isinstance(error := context.get("exception"), Exception):
            self._reader.fail(error)

    def _told_to_end(self, number: int, _: object) -> None:
        self.end(128 + number)

    def end(self, code: int) -> None:
        """Have what is not saved saved, and end with this exit code: within a second, whatever hangs. From any thread."""
        if self._ending:
            return
        self._ending = True

        def by_force() -> None:
            self._restore()
            os._exit(code)

        last = Timer(AT_ONCE, by_force)
        last.daemon = True
        last.start()
        self._loop.call_soon_threadsafe(self._reader.told_to_end, code)
