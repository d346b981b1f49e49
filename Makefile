# Everything a person needs: `make run` reads, `make test` tests. Each sets up .venv first, once.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test fuzz check docs house bench attribution screens picture snapshots clean

run: .venv/installed
	$(BIN)/readout

test: .venv/developed
	$(BIN)/python -m pytest -n 2

check: .venv/developed
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

# The random tests in full: hostile texts, terminal sequences, keys, damage, scripts in tmux. SEED=… begins with another seed.
fuzz: .venv/developed
	READOUT_FUZZ=full $(if $(SEED),READOUT_SEED=$(SEED)) $(BIN)/python -m pytest -n 2 -m fuzz

# docs/keys.md and docs/checks.md, from the tables in the code.
docs: .venv/developed
	$(BIN)/python -m tests.documents

# Measures of the code: import circles, sizes, docstrings, README.
house: .venv/developed
	$(BIN)/python -m tests.house

# Speed, against peers in venvs of their own; a table of ratios, no pass or fail.
bench: .venv/developed
	$(BIN)/python -m bench

# How often each class of confidence is right, on quotes marked by hand: CORPUS is a folder of gold/*.jsonl (see bench/attribution.py).
attribution: .venv/developed
	$(BIN)/python -m bench.attribution $(CORPUS)

# Pictures (SVG) and text of every screen at 80x24, 120x40, 160x50 and 40x12, into screens/.
screens: .venv/developed
	$(BIN)/python -m tests.screens screens

# The pictures in the documents.
picture: .venv/developed
	$(BIN)/python -m tests.screens --picture docs

# After a change that is meant to be seen: write the snapshots anew, then look at them.
snapshots: .venv/developed
	$(BIN)/python -m pytest tests/test_snapshots.py --snapshot-update

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	touch $@

.venv/developed: .venv/installed
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf .venv build dist screens .bench
