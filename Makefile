# What people who work on ocrcli type. `make setup` once, `make fast` while working, `make lint test` before a commit.
# Another Python: make setup PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANIFEST ?= samples/manifest.jsonl

.PHONY: setup fast test lint bench readme

setup: $(VENV)/.made

$(VENV)/.made: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c requirements.lock -e '.[dev]'
	touch $@

# The rules, which need no model: less than a minute on two cores.
fast: setup
	$(BIN)/pytest -n 2 -m 'not engine and not slow' tests/checks tests/forms tests/layout tests/engine tests/test_errors.py \
	  tests/test_geometry.py tests/test_layers.py tests/test_records.py

test: setup
	$(BIN)/pytest -n 2

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Accuracy on a manifest (docs/eval.md) and the floor of what is spent on a page; bench/README.md has the others.
bench: setup
	$(BIN)/ocrcli eval $(MANIFEST)
	$(BIN)/python bench/text.py $(MANIFEST)

# The examples of README.md are run and must print what is said there.
readme: setup
	$(BIN)/pytest tests/test_readme.py
