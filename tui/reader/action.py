"""A key beside its action, and whether a shared reading account has it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Action(Binding):
    kiosk: bool = False
    """Whether `readout --kiosk` does it. Said of every action that neither writes, starts nor opens anything but what may be
    read there; unsaid means no."""
