# streambot: everything a person types. `make` alone lists it.
# All paths are relative and quoted: a folder with spaces works.

SHELL := /bin/sh
export PYTHON ?= python3.11
PY := .venv/bin/python
# Tests start the bot and the benchmarks again and again, and every start would compile 400 files.
unexport PYTHONDONTWRITEBYTECODE
# One process more than cores, since a quarter of the time one waits for a bot or a page; a file's
# tests stay in one. JOBS=0 for one process and a debugger.
JOBS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)
SPREAD = -n "$(JOBS)" --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup ready run test check format lint types imports cover proof docs bench soak vendor vendor-check browser clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

# tools/setup.sh keeps a stamp in .venv: set up once, it needs neither time nor network.
ready:
	@sh tools/setup.sh run

setup: ## make .venv with everything that runs, tests and checks
	@sh tools/setup.sh dev

run: ready ## the bot on the built-in demo room
	@"$(PY)" -m streambot demo

test: setup ## every test, the browser's included
	@"$(PY)" tools/browser.py
	@"$(PY)" -m pytest $(SPREAD) $(ARGS)

check: format lint types imports cover ## what a change must pass

format: setup
	@"$(PY)" -m ruff format --check .

lint: setup
	@"$(PY)" -m ruff check .

types: setup
	@"$(PY)" -m mypy

imports: setup
	@.venv/bin/lint-imports --no-logo

cover: setup ## every test, with coverage by branch
	@"$(PY)" tools/browser.py
	@"$(PY)" -m pytest $(SPREAD) --cov --cov-report=term $(ARGS)

proof: setup ## fault runs and third-party peers, minutes long
	@"$(PY)" tools/browser.py
	@HYPOTHESIS_PROFILE=proof "$(PY)" -m pytest -m proof --timeout 900 $(ARGS)

docs: setup ## write the pages and schemas in docs that are made from tables
	@"$(PY)" -m tools.config_page
	@"$(PY)" -m tools.intents_page
	@"$(PY)" -m tools.schema_files
	@"$(PY)" -m tools.guard_page

bench: setup ## each benchmark, as JSON
	@"$(PY)" tools/bench.py $(ARGS)

soak: setup ## hours, by hand; commit its figures
	@"$(PY)" -m pytest -m soak --timeout 0 $(ARGS)

vendor: setup ## make the vendored front-end files anew
	@"$(PY)" tools/vendor.py

vendor-check: setup ## compare the vendored files with what npm's versions make
	@"$(PY)" tools/vendor.py --check

browser: setup ## chromium and the fonts the browser tests need
	@"$(PY)" tools/browser.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov build dist
