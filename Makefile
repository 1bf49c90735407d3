# Two commands do everything: `make demo` and `make test`. Both use a virtual environment of
# their own (.venv) and need Python 3.11 or newer.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP_ARGS := --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test lint format score fuzz damage growth bench readme clean

demo: $(VENV)/.demo
	$(BIN)/pskg build data/documents --out build
	$(BIN)/pskg validate --graph build
	$(BIN)/pskg lead 寄宿生生活补助 --graph build

test: $(VENV)/.test
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n auto

lint: $(VENV)/.test
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy

format: $(VENV)/.test
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

score: $(VENV)/.test
	$(BIN)/python benchmarks/score.py
	$(BIN)/python benchmarks/score.py --against HEAD

fuzz: $(VENV)/.test
	$(BIN)/python benchmarks/fuzz.py

damage: $(VENV)/.test
	$(BIN)/python benchmarks/damage.py

growth: $(VENV)/.test
	$(BIN)/python benchmarks/growth.py

bench: $(VENV)/.test
	$(BIN)/python -m pip install $(PIP_ARGS) -e '.[bench]'
	$(BIN)/python benchmarks/bench.py

readme: $(VENV)/.test
	$(BIN)/python docs/make_pages.py
	$(BIN)/python docs/make_readme.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pskg needs Python 3.11 or newer; name one: make demo PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install $(PIP_ARGS) -e .
	touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install $(PIP_ARGS) -e '.[test]'
	touch $@ $(VENV)/.demo
