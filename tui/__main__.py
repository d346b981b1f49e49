"""`python -m tui` is the command `readout`."""

from tui.cli import command

if __name__ == "__main__":
    command()
