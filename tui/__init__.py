"""Readout, a terminal reader for briefings.

`briefing/` is what a briefing is (no Textual), `reader/` is how one is read (Textual, and nowhere else), `cli.py` is the
door, `settings.py` says where things live. Imports run one way: briefing <- reader <- cli.
"""

__version__ = "0.1.0"
