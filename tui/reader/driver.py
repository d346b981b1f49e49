"""The terminal driver: what Readout asks of a terminal that Textual does not. Private parts of Textual 8.2.8 are used here
(and in no other file but display.py): `LinuxDriver._mouse`, `._enable_mouse_support`.
"""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver


class ReaderDriver(LinuxDriver):
    def _enable_mouse_support(self) -> None:
        """Buttons and wheel only: motion reports cost 10 bytes up and a repaint down for every cell the mouse crosses."""
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")
            self.flush()
