# `make` alone lists what there is. Settings: HOST, PORT, DEMO, FORUM_* (config.py describes them), JOBS (processes of the tests).
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# The first Python that is new enough; looked for only when a .venv has to be made.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes

TRANSLATIONS := forum/translations
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(TRANSLATIONS)/*/LC_MESSAGES/*.po))
TEMPLATES := $(wildcard templates forum/templates)
PART ?= pages search
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: help serve test check coverage lint types imports bench audit soak messages catalogues migrate lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

serve: .venv/.runtime catalogues ## the site with its worker and indexer on http://127.0.0.1:8000 (PORT=, HOST=, DEMO=0)
	@exec bin/serve

test: .venv/.development catalogues ## every test, the browser's too (ARGS= goes to pytest)
	@bin/test $(ARGS)

check: lint types imports test ## lint, types, import contracts, `make test`

coverage: .venv/.development catalogues ## the tests, and how much of forum/ they run
	@COVERAGE=1 bin/test $(ARGS)

lint: .venv/.development ## ruff and djlint
	$(BIN)/ruff check .
	$(if $(TEMPLATES),$(BIN)/djlint --lint --quiet $(TEMPLATES))

types: .venv/.development ## mypy
	$(BIN)/mypy

imports: .venv/.development ## which part may import which
	$(BIN)/lint-imports --no-cache

bench: .venv/.development catalogues ## benchmarks: pages beside a bare Flask application, search beside its peers (PART=pages or search, ARGS=)
	$(if $(filter pages,$(PART)),$(BIN)/python -m bench $(ARGS))
	$(if $(filter search,$(PART)),$(BIN)/python -m bench.search $(ARGS))

soak: .venv/.development catalogues ## the attacking tests at full size, for an hour or so (ARGS="kills --kills 20" for a part)
	$(BIN)/python -m soak $(ARGS)

audit: .venv/.development catalogues ## Lighthouse on the pages read most, the Nu checker on all (npm and Java; ARGS="--url http://…")
	$(BIN)/python -m bench.audit $(ARGS)

messages: .venv/.runtime ## gather the strings to translate into the catalogues; says what is left to translate
	@mkdir -p $(TRANSLATIONS)
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k _l -k lazy_gettext --no-location --sort-output \
		--project "$$(sed -n 's/^name = "\(.*\)"/\1/p' pyproject.toml | head -n 1)" -o $(TRANSLATIONS)/messages.pot .
	$(BIN)/pybabel --quiet update -i $(TRANSLATIONS)/messages.pot -d $(TRANSLATIONS) --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	@$(BIN)/python bin/fill-russian

catalogues: $(CATALOGUES)

%.mo: %.po | .venv/.runtime
	$(BIN)/pybabel --quiet compile -i $< -o $@

migrate: .venv/.runtime ## bring the database to the newest revision
	$(BIN)/flask db upgrade

lock: .venv/.development ## resolve the requirements anew, with hashes (ARGS=--upgrade for newer versions)
	$(LOCK) $(ARGS) --strip-extras -o requirements.txt pyproject.toml
	@# With extras: pytest-cov asks for coverage[toml], which pip does not take for a pin of coverage once a newer one is out.
	$(LOCK) $(ARGS) --no-strip-extras --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

clean: ## remove what can be made again (the data under instance/ stays)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage* $(CATALOGUES)

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed (python3 is older, or not there)." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv is missing (Debian: apt install python3-venv)." >&2; exit 1; }

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "Installing the locked requirements…"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt | .venv/bin/python
	@echo "Installing the locked requirements for development…"
	@$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.runtime
