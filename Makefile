# Facialis. `make` alone lists what can be asked for; each target makes what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

# The main environment takes Python 3.11 to 3.13, the face mesh worker 3.11 or 3.12.
export PYTHON

BIN := .venv/bin
WORKER := workers/face_mesh
# A file's tests stay in one process, so that its drawings and detectors are made once.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
PIP_FLAGS := --quiet --disable-pip-version-check --no-input

# A stamp is touched when a step is complete: the step runs again only when its lock changes.
MAIN_LOCKED := .venv/.locked
MAIN_INSTALLED := .venv/.installed
WORKER_LOCKED := $(WORKER)/.venv/.locked
ENVIRONMENTS := $(MAIN_INSTALLED) $(WORKER_LOCKED)

.PHONY: help
help: ## List the targets
	@echo "Facialis: measure an asymmetric face from photographs."
	@echo
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | \
		while IFS=$$'\t' read -r target text; do printf '  make %-11s %s\n' "$$target" "$$text"; done

.PHONY: env
env: $(ENVIRONMENTS) ## Make .venv and the worker's own environment, from the hashed locks

$(MAIN_LOCKED): requirements/dev.txt
	@python=$$(tools/find_python 3.11 3.13); echo "Making .venv with $$python"; \
		"$$python" -m venv --clear .venv
	@# --no-deps: the lock is complete. Left to resolve, older pips reach for a newer release of what an extra asks.
	@$(BIN)/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

$(MAIN_INSTALLED): $(MAIN_LOCKED) pyproject.toml
	@$(BIN)/python -m pip install $(PIP_FLAGS) --no-deps --no-build-isolation --editable .
	@touch $@

$(WORKER_LOCKED): $(WORKER)/requirements.txt
	@python=$$(tools/find_python 3.11 3.12); echo "Making $(WORKER)/.venv with $$python"; \
		"$$python" -m venv --clear $(WORKER)/.venv
	@# --no-deps: the lock names exactly what the worker imports, and nothing that it does not.
	@$(WORKER)/.venv/bin/python -m pip install $(PIP_FLAGS) --require-hashes --no-deps -r $(WORKER)/requirements.txt
	@touch $@

.PHONY: demo
demo: env ## An invented patient, from photograph to plan to follow-up: writes demo/
	@$(BIN)/facialis demo --out demo --force

.PHONY: serve
serve: env ## Run the clinic on this machine; DEMO=1: with invented patients
	@$(BIN)/facialis serve $(if $(DEMO),--demo)

GERMAN := locale/de/LC_MESSAGES/django.po

.PHONY: messages
messages: env ## Gather the clinic's texts for translation, and compile the German ones; needs gettext
	@export DJANGO_SETTINGS_MODULE=tests.clinic_settings PYTHONPATH="$(CURDIR)"; \
		$(BIN)/python tools/write_table_words.py && cd src/facialis/clinic && \
		"$(CURDIR)/$(BIN)/python" -m django makemessages -l de --no-wrap --no-obsolete --add-location file && \
		msgattrib --no-wrap --sort-output -o $(GERMAN) $(GERMAN) && \
		sed -i -E '/^"(POT-Creation-Date|Report-Msgid-Bugs-To)/d' $(GERMAN) && \
		"$(CURDIR)/$(BIN)/python" -m django compilemessages -l de

.PHONY: screenshots
screenshots: env ## Every page of the clinic as a picture: writes demo/screenshots/
	@DJANGO_SETTINGS_MODULE=tests.clinic_settings PYTHONPATH=. $(BIN)/python tools/take_screenshots.py

.PHONY: test
test: env ## Run every test
	@# Apart: a browser leaves an event loop in its process, and each file serves a clinic of its own.
	@# Both, whatever the first finds.
	@failed=0; $(PYTEST) --ignore=tests/browser || failed=1; \
		$(BIN)/python -m pytest -n 1 --dist loadfile tests/browser || failed=1; exit $$failed

.PHONY: postgres
postgres: env ## Run the clinic's tests on a PostgreSQL of their own
	@$(BIN)/python tools/start_postgres.py $(PYTEST) tests/unit/clinic

.PHONY: style
style: env ## Format, lint, types, room contracts and missing migrations, without the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@DJANGO_SETTINGS_MODULE=tests.clinic_settings PYTHONPATH=. $(BIN)/python -m facialis.clinic.manage \
		makemigrations --check --dry-run

.PHONY: check
check: style ## The same, and the fast tests
	@$(PYTEST) -q -m "not slow"

# The rooms that carry clinical rules, and the tests that belong to them.
RULE_ROOMS := evidence anatomy toxins grading
RULE_TESTS := $(RULE_ROOMS:%=tests/unit/%) tests/spec $(wildcard $(RULE_ROOMS:%=tests/property/%))
.PHONY: coverage
coverage: env ## Branch coverage of the rooms that hold clinical rules: fails below 100 %
	@$(PYTEST) -q $(RULE_ROOMS:%=--cov=facialis.%) --cov-branch --cov-report=term-missing $(RULE_TESTS)

.PHONY: mutants
mutants: env ## Mutation score of grading and toxins: fails below 90 %
	@$(BIN)/mutmut run
	@$(BIN)/mutmut export-cicd-stats
	@$(BIN)/python tools/mutation_score.py mutants/mutmut-cicd-stats.json

.PHONY: fix
fix: env ## Format, and mend what the linter can mend by itself
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

.PHONY: bench
bench: env ## Measure accuracy and speed: every script in benchmarks/
	@for script in benchmarks/[!_]*.py; do echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script"; done

# uv keeps the pins that still fit; `make lock UPGRADE=1` takes the newest.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: lock
lock: $(MAIN_LOCKED) ## Write the hashed locks again, after a change of pyproject.toml or requirements.in
	@$(LOCK) --extra dev pyproject.toml --output-file requirements/dev.txt >/dev/null
	@# The same versions in all, so that what is tested is what is installed.
	@$(LOCK) --constraint requirements/dev.txt pyproject.toml --output-file requirements/runtime.txt >/dev/null
	@$(LOCK) --constraint requirements/dev.txt --extra clinic pyproject.toml --output-file requirements/clinic.txt >/dev/null
	@$(LOCK) --no-deps $(WORKER)/requirements.in --output-file $(WORKER)/requirements.txt >/dev/null

.PHONY: clean
clean: ## Remove the environments, the caches and demo/
	@rm -rf .venv $(WORKER)/.venv demo build dist
	@rm -rf mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	@find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
