# make run · make test · make lint · make bench · make sheet        (make lock after a change of dependencies)
# PYTHON is the interpreter that makes .venv; DEMO is the demo's home; PORT is where it is served.
PYTHON ?= python3
DEMO   ?= var/demo
PORT   ?= 8501
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet install

# An office's own data are never what the demo or a test writes to.
unexport GRC_HOME GRC_DATABASE_URL GRC_EVIDENCE_URL
.PHONY: run test lint bench sheet lock
.DELETE_ON_ERROR:

run: .venv/.run $(DEMO)/daicho.db
	@echo "デモを開きます / The demo opens at: http://127.0.0.1:$(PORT)/  (Ctrl+C で終わります / ends it)"
	@GRC_HOME=$(DEMO) $(BIN)/grc serve --port $(PORT)

$(DEMO)/daicho.db: | .venv/.run
	@mkdir -p $(DEMO)
	GRC_HOME=$(DEMO) $(BIN)/grc init --demo

# Two runs, both to their ends: the tests that need no browser side by side, then the browser's, one after another.
test: .venv/.dev
	$(BIN)/python -m tests.prepare
	@failed=0; \
	$(BIN)/python -m pytest -n 2 --ignore=tests/browser || failed=1; \
	$(BIN)/python -m pytest tests/browser || failed=1; \
	exit $$failed

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/grc registers --check

bench: .venv/.dev
	$(BIN)/python -m benchmarks

# Pictures of every page, for a person to look at: var/sheet.
sheet: .venv/.dev
	$(BIN)/python -m tests.prepare
	$(BIN)/python -m tests.browser.contact_sheet

# Everything that is installed comes from a lock file, with hashes; the project itself is installed editable.
.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 以降が要ります。$(PYTHON) が見つかりません。"; \
	  echo "Python 3.11 or newer is needed; $(PYTHON) was not found. Say: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 以降が要ります。ここの $(PYTHON) は $$($(PYTHON) --version 2>&1) です。"; \
	  echo "Python 3.11 or newer is needed. Say: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python の venv がありません（Debian と Ubuntu では apt install python3-venv）。"; \
	  echo "Python's venv is missing (on Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	$(PYTHON) -m venv .venv

# The newest versions that pyproject.toml allows, for every platform; of where they came from the lock files say nothing.
COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
  --build-deps-for=editable
lock: | .venv/bin/python
	$(PIP) pip-tools==7.6.2
	$(COMPILE) --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	sed -i.bak '/^--/d' requirements.lock requirements-dev.lock && rm requirements.lock.bak requirements-dev.lock.bak
