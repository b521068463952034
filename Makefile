# People and CI type the same words. Every step leaves a stamp newer than what it read; a second run skips it.
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:

VENV ?= .venv
export VENV
BIN = $(VENV)/bin
STEP = scripts/step.sh
# The lock is the whole answer: a resolver would only ask again for what is newer than it.
PIP = $(BIN)/python -m pip install --disable-pip-version-check --retries 2 --require-hashes --no-deps
JOBS ?= 2
HOST ?=
PORT ?=
CASES ?=
PYTEST ?=

FRONT = src/huiyin/site/static/dist/app.js
FRONT_SOURCES = vite.config.js scripts/old_browsers.js $(shell find src/huiyin -path '*/frontend/*' -type f -o -path '*/templates/*' -name '*.html' 2>/dev/null)
CATALOGUES = $(shell find src/huiyin -name '*.po' 2>/dev/null)

help: ## these words
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | while IFS="$$(printf '\t')" read -r word text; do printf 'make %-10s %s\n' "$$word" "$$text"; done

run: ready ## the demonstration district on this machine (PORT=8080 CASES=1000)
	@HUIYIN_HOME="$${HUIYIN_HOME:-$(CURDIR)/var}" exec $(BIN)/huiyin demo $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT)) $(if $(CASES),--cases $(CASES))

ready: $(VENV)/.stamp-run $(VENV)/.stamp-self $(FRONT) $(VENV)/.stamp-messages

test: dev ## everything: rules, format, types, floors, tests (PYTEST='-k name')
	@scripts/system.sh
	@scripts/check.sh
	@$(STEP) "Tests (pytest, $(JOBS) at a time)" $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(PYTEST)

check: dev ## rules, format, types, floors
	@scripts/check.sh

dev: $(VENV)/.stamp-dev $(VENV)/.stamp-self $(FRONT) $(VENV)/.stamp-messages

bench: dev ## the benchmarks, as a table
	@exec $(BIN)/python -m bench $(BENCH)

faults: dev ## kill -9 at random points of an import and of web traffic
	@exec $(BIN)/python -m bench.faults $(FAULTS)

wheel: dev ## dist/*.whl with the front end inside
	@SHOW=Success $(STEP) "Wheel" $(BIN)/python -m build --wheel --no-isolation

wheelcheck: dev ## that wheel in an empty venv, without Node
	@scripts/wheel_check.sh

lock: $(VENV)/.stamp-dev ## requirements/*.txt from pyproject.toml (UPGRADE=--upgrade)
	@scripts/lock.sh

messages: $(VENV)/.stamp-run $(VENV)/.stamp-self ## compile the translations; list what has none
	@$(BIN)/python -m huiyin.site.messages
	@$(BIN)/python -m huiyin.site.messages missing

clean: ## all that was built here; var/ (the demonstration's data) stays
	rm -rf $(VENV) node_modules build dist $(dir $(FRONT)) .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/.stamp-venv: scripts/have.sh
	@python=$$(scripts/have.sh) && $(STEP) "Python environment in $(VENV)" "$$python" -m venv $(VENV)
	@touch $@

$(VENV)/.stamp-run: requirements/run.txt $(VENV)/.stamp-venv
	@SHOW='Downloading|Installing|Building' $(STEP) "Locked packages (260 MB)" $(PIP) -r requirements/run.txt
	@touch $@

$(VENV)/.stamp-dev: requirements/dev.txt $(VENV)/.stamp-venv
	@SHOW='Downloading|Installing|Building' $(STEP) "Locked packages with those for tests (350 MB)" $(PIP) -r requirements/dev.txt
	@touch $@ $(VENV)/.stamp-run

$(VENV)/.stamp-self: pyproject.toml | $(VENV)/.stamp-venv
	@test -e $(VENV)/.stamp-run || test -e $(VENV)/.stamp-dev || $(MAKE) --no-print-directory $(VENV)/.stamp-run
	@SHOW=Installing $(STEP) "Huiyin itself" $(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.package-lock.json: package-lock.json package.json | $(VENV)/.stamp-self
	@SHOW='^(added|Downloading|Installing)' $(STEP) "Locked front-end packages" scripts/node.sh npm ci --no-audit --no-fund
	@touch $@

$(FRONT): $(FRONT_SOURCES) node_modules/.package-lock.json
	@SHOW='built in|error|Error' $(STEP) "Front end" scripts/node.sh npm run build
	@touch $@

$(VENV)/.stamp-messages: $(CATALOGUES) | $(VENV)/.stamp-self
	@SHOW='error|Error' $(STEP) "Translations" $(BIN)/python -m huiyin.site.messages
	@touch $@

.PHONY: help run ready test check dev bench faults wheel wheelcheck lock messages clean
