"""An installed wheel, far from the checkout, has all that the checkout has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.real
def test_a_wheel_in_an_empty_venv_checks_and_exports_the_bundled_library(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}

    def run(*command: str | Path) -> str:
        done = subprocess.run([str(part) for part in command], cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    pip = ("-m", "pip", "--disable-pip-version-check", "-q")
    run(sys.executable, *pip, "wheel", "--no-deps", "-w", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("readout-*.whl")
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv")
    python, readout = tmp_path / "venv" / "bin" / "python", tmp_path / "venv" / "bin" / "readout"
    run(sys.executable, *pip, "--python", python, "install", "--no-compile", wheel)
    bundled = Path(run(python, "-c", "from tui.settings import bundled; print(bundled())").strip())
    assert not bundled.is_relative_to(ROOT)
    for name in (
        "readout.toml",
        "briefings/colombia-intelligence.md",
        "seeds/000_ba08c506eeff2a32.txt",
        "themes/night.toml",
        "keys/vim.toml",
    ):
        assert (bundled / name).read_bytes() == (ROOT / name).read_bytes()
    run(readout, "check", "--strict", bundled / "briefings")
    assert run(readout, "export", bundled / "briefings" / "colombia-intelligence.md").startswith("TLP:CLEAR")
    assert "night" in run(readout, "themes")
