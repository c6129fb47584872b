# The commands people use: `make run`, `make test`. Everything else serves them.
PYTHON ?= python3.11
VENV := .venv
SECOND := .venv-replicate2
PEERS := .venv-bench
BIN := $(VENV)/bin
# The tests of what is pure: they alone have to reach every branch of it. Counting costs half of
# their speed, so the others are run without.
PURE := tests/golden tests/unit/understanding $(wildcard tests/unit/test_*.py)
# Files as they are handed out: xdist would begin with those of most tests, and end with one of
# few and long ones that a single worker is left with. Hosts come first, as they need no sample
# project: the other worker composes it meanwhile.
HOSTS := tests/integration/test_hosts.py
LONGEST_FIRST := $(HOSTS) tests/browser \
	$(filter-out $(HOSTS),$(wildcard tests/integration/test_*.py)) tests/integration/services
.DEFAULT_GOAL := help

.PHONY: help run test check format bench recompose soak clean

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(VENV)/.runtime ## start the app on http://127.0.0.1:7860 with the sample project
	$(BIN)/python app.py

test: $(VENV)/.development ## run everything: unit, contract, PostgreSQL, browser
	$(BIN)/python -m scripts.chromium
	$(BIN)/python -m scripts.pgbouncer
	$(BIN)/python -m pytest -n 2 --cov --cov-report= $(PURE)
	$(BIN)/python -m coverage report --include='clipbot/domain/*,clipbot/understanding/*' --fail-under=100
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests/unit tests/contract $(PURE:%=--ignore=%)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(LONGEST_FIRST)

check: $(VENV)/.development ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.development ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.development ## measure against peers and limits; JSON on standard output
	$(BIN)/python -m benchmarks

recompose: $(VENV)/.development $(PEERS)/.ready ## measure recomposing against other ways to make a film; hours
	$(BIN)/python -m benchmarks.recompose --json build/recompose.json --svg docs/recompose.svg

soak: $(VENV)/.development ## the random suites, whole
	CLIPBOT_TEST_COUNT=full $(BIN)/python -m pytest tests/unit tests/contract
	CLIPBOT_TEST_COUNT=full $(BIN)/python -m pytest tests/browser tests/integration

clean: ## forget the virtual environments and the caches
	rm -rf $(VENV) $(SECOND) $(PEERS) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null 2>&1 && $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "clipbot needs Python 3.11 or later"; exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# Replicate's second client, for its opinion of our double; pinned, so once it is there it needs no network.
$(SECOND)/.ready: requirements-replicate2.txt $(VENV)/.python
	$(BIN)/python -m venv --clear $(SECOND)
	$(SECOND)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-replicate2.txt
	@touch $@

# MoviePy needs an older Pillow than we do; it is measured, never imported.
$(PEERS)/.ready: requirements-bench.txt $(VENV)/.python
	$(BIN)/python -m venv --clear $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt $(VENV)/.python $(SECOND)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime
