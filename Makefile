# The two commands of the README, and what developers need besides.
SHELL := bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres lint format serve messages lock clean

help:
	@echo "make demo            the site with demo content on http://127.0.0.1:8000 (PORT=… for another port)"
	@echo "make test            every test; DATABASE_URL=postgres://… runs them on PostgreSQL"
	@echo "make lint            style, types, templates and layers"
	@echo "make serve           the demo for developers: reloads on change, technical error pages"

demo:
	@$(PYTHON) platform/thuisbasis/config/preflight.py --port "$(PORT)"
	@$(MAKE) --no-print-directory $(VENV)/.installed
	@DJANGO_SETTINGS_MODULE=thuisbasis.config.settings.dev SITE_URL=http://127.0.0.1:$(PORT) \
		$(MANAGE) demo --port $(PORT)

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/mypy

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

serve: $(VENV)/.installed-dev
	@DEBUG=1 $(MANAGE) migrate --verbosity 0
	@DEBUG=1 $(MANAGE) load_demo
	@DEBUG=1 $(MANAGE) runserver 127.0.0.1:$(PORT)

messages: $(VENV)/.installed-dev
	@cd platform/thuisbasis/base && ../../../$(BIN)/python ../../../manage.py makemessages -l en -l fr --no-obsolete --no-location

# Locks with hashes and without download addresses, for Python 3.11 and newer on every platform.
lock:
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url \
		--no-emit-find-links pyproject.toml -o requirements.lock
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url \
		--no-emit-find-links --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) var

$(BIN)/python:
	@$(PYTHON) platform/thuisbasis/config/preflight.py --port 65535
	@$(PYTHON) -m venv $(VENV)

COUNT_PACKAGES = awk '/^Collecting/ { n++; printf "\r    … %d packages", n; fflush() } /^ERROR/ { print } END { print "" }'

$(VENV)/.installed: requirements.lock | $(BIN)/python
	@echo "1/5 Python packages (about a minute the first time)"
	@set -o pipefail; $(BIN)/python -m pip install --require-hashes --no-deps -r $< | $(COUNT_PACKAGES)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock | $(BIN)/python
	@echo "Python packages, with those for tests"
	@set -o pipefail; $(BIN)/python -m pip install --require-hashes --no-deps -r $< | $(COUNT_PACKAGES)
	@touch $@ $(VENV)/.installed
