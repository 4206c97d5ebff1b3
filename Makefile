# The two commands of the README, and what developers need besides.
SHELL := bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help demo test rehearse lint scan sbom audit accessibility guide format serve messages lock bench bench-search fuzz mutants clean

help:
	@echo "make demo            the site with demo content on http://127.0.0.1:8000 (PORT=… for another port)"
	@echo "make test            every test; with POSTGRES_URL=postgres://… on PostgreSQL too"
	@echo "make rehearse        the real set of servers (Debian 12, as root), and every journey and drill through its nginx"
	@echo "make lint            style, types, templates and layers"
	@echo "make scan            what must never come into the code (semgrep), and a list of every package (CycloneDX)"
	@echo "make audit           known faults in the packages, asked of PyPI"
	@echo "make accessibility   what a browser finds on every page, for the statement on /toegankelijkheid/"
	@echo "make guide           the pictures of the editors' guide, taken anew"
	@echo "make bench           speed: what we promise and what we reach, in a table (SCALE=100 for 10,000 articles)"
	@echo "make bench-search    what searching costs among 100,000 documents (minutes; DOCUMENTS=10000 for fewer)"
	@echo "make fuzz            whatever anybody may send, to every form and address (minutes; INPUTS=1000 for fewer)"
	@echo "make mutants         which small mistakes in the rules the tests do not notice (hours; SAMPLE=400 for some)"
	@echo "make serve           the demo for developers: reloads on change, technical error pages"

demo:
	@$(PYTHON) platform/thuisbasis/config/preflight.py --port "$(PORT)"
	@$(MAKE) --no-print-directory $(VENV)/.installed
	@DJANGO_SETTINGS_MODULE=thuisbasis.config.settings.dev $(MANAGE) demo --port $(PORT)

RULES := */services/*,*/services.py,*/policies.py,*/querysets.py

# A real search engine for the tests, unless SEARCH_URL names one; without Maven and a new Java its tests are skipped.
ENGINE := $(BIN)/python tests/support/search_server.py
WITH_ENGINE = export SEARCH_URL="$${SEARCH_URL:-$$($(ENGINE) start)}"

test: $(VENV)/.installed-dev
	@tests/run.sh
	@$(BIN)/coverage report --include="$(RULES)" --skip-covered --fail-under=100
	@$(BIN)/coverage report --fail-under=90 | tail -n 1

rehearse: $(VENV)/.installed-dev
	@tests/run.sh rehearse

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/mypy

# Our own rules, each tried on its own examples first; and what is in the product, for whoever has to know.
SCAN := .venv-scan
SEMGREP := $(SCAN)/bin/semgrep scan --metrics off --disable-version-check --quiet
scan: $(SCAN)/.installed sbom
	@$(SEMGREP) --test tests/scan
	@$(SEMGREP) --error --config tests/scan/security.yaml platform knowledge members events templates

sbom: $(SCAN)/.installed
	@mkdir -p var
	@$(SCAN)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o var/sbom.json requirements.lock

audit: $(SCAN)/.installed $(VENV)/.installed
	@$(SCAN)/bin/pip-audit --strict --path "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

# Looks at every page anew and writes down for /toegankelijkheid/ what was found (some minutes).
accessibility: $(VENV)/.installed-dev
	@rm -f var/looked_at.jsonl
	@LOOKED_AT=var/looked_at.jsonl $(BIN)/python -m pytest -n 0 tests/journeys -k "axe or barriers"
	@$(BIN)/python tests/support/looked_at.py var/looked_at.jsonl platform/thuisbasis/base/data/looked_at.yaml

# Takes the pictures of the editors' guide anew.
guide: $(VENV)/.installed-dev
	@GUIDE=platform/thuisbasis/config/static/guide $(BIN)/python -m pytest -n 0 tests/journeys/test_guide.py

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

serve: $(VENV)/.installed-dev
	@DEBUG=1 $(MANAGE) migrate --verbosity 0
	@DEBUG=1 $(MANAGE) load_demo
	@DEBUG=1 $(MANAGE) runserver 127.0.0.1:$(PORT)

messages: $(VENV)/.installed-dev
	@$(MANAGE) makemessages -l en -l fr --no-obsolete --no-location -i .venv -i .venv-scan -i var -i tests
	@$(MANAGE) compilemessages

# Locks with hashes and without download addresses, for Python 3.11 and newer on every platform.
lock:
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url \
		--no-emit-find-links pyproject.toml -o requirements.lock
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url \
		--no-emit-find-links --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-emit-index-url \
		--no-emit-find-links --group pyproject.toml:scan -o requirements-scan.lock

# What we promise of speed, and what we reach, in one table (needs Chromium, nginx and wrk); with POSTGRES_URL on PostgreSQL.
bench: $(VENV)/.installed-dev
	@$(BIN)/python tests/bench/table.py

# What searching costs among many documents (DOCUMENTS=100000), on PostgreSQL with POSTGRES_URL and on a search engine.
bench-search: $(VENV)/.installed-dev
	@$(WITH_ENGINE); $(BIN)/python tests/bench/search.py; status=$$?; $(ENGINE) stop; exit $$status

# Ten thousand generated inputs to every form and address (minutes), on PostgreSQL with POSTGRES_URL.
fuzz: $(VENV)/.installed-dev
	@[ -z "$$POSTGRES_URL" ] || export DATABASE_URL="$$POSTGRES_URL"; INPUTS=$(or $(INPUTS),10000) $(BIN)/python -m pytest -n 0 -s tests/thuisbasis/test_robustness.py

# Small mistakes put into every rule, one at a time: which do the tests not notice? All of them take hours on two
# cores; SAMPLE=400 draws that many, SEED=… others. First the tests run once, to know which of them run which line.
SLOW_ONES := permission_matrix or killed or test_demo or leaves_no_trace or five_hundred or enumeration or fifty_generated or hundred_requests
mutants: $(VENV)/.installed-dev
	@mkdir -p var/mutants && rm -f var/mutants/results-*
	@$(BIN)/python -m pytest tests/thuisbasis tests/members tests/knowledge tests/events -k "not ($(SLOW_ONES))" \
		--cov --cov-report= --cov-context=test --junitxml=var/mutants/times.xml
	@for number in 0 1; do $(BIN)/python tests/mutation/run.py --number $$number --of 2 --sample $(or $(SAMPLE),0) \
		--seed $(or $(SEED),1) & done; wait
	@$(BIN)/python tests/mutation/run.py --report

$(SCAN)/.installed: requirements-scan.lock
	@$(PYTHON) -m venv $(SCAN)
	@$(SCAN)/bin/python -m pip install --quiet --require-hashes --no-deps -r $<
	@touch $@

clean:
	rm -rf $(VENV) $(SCAN) var

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
