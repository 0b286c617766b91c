# Casebuilder: one command per job. `make help` lists them.
#
#   PYTHON=python3.12   another interpreter          PORT=8600   another port
#   ARGS="-k payback"   passed on to pytest, streamlit or the benchmarks

PYTHON  ?= python3
VENV    ?= .venv
ADDRESS ?= 127.0.0.1
PORT    ?= 8501
WORKERS ?= 2
DEMO    ?= demo
ARGS    ?=

BIN     := $(VENV)/bin
PY      := $(BIN)/python
PIP     := $(PY) -m pip --disable-pip-version-check --quiet install
RUNTIME := $(VENV)/.installed-runtime
DEV     := $(VENV)/.installed-dev

# A stamp says that an install went through. It counts for nothing once the interpreter it was made with is gone.
$(shell test -x $(PY) || rm -f $(RUNTIME) $(DEV))

.DEFAULT_GOAL := help
.PHONY: help run serve dev test judges demo lint check bench clean

help: ## This list
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 16

run: $(RUNTIME) ## Install what is missing and serve the app on http://127.0.0.1:8501
	@$(PY) -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT) $(ARGS)

serve: $(RUNTIME) ## The same for many people at once: several processes behind HAProxy (sudo apt install haproxy)
	@$(PY) -m casebuilder serve --address $(ADDRESS) --port $(PORT) $(ARGS)

dev: $(RUNTIME) ## The same, reloading when a source file is saved
	@$(PY) -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT) \
	  --server.fileWatcherType auto --server.runOnSave true $(ARGS)

test: $(DEV) ## Every test; those that need LibreOffice, Chromium, PostgreSQL or HAProxy skip where these are missing
	@$(PY) -m pytest -n $(WORKERS) $(ARGS)

judges: ## Debian and Ubuntu: install LibreOffice, Chromium, PostgreSQL, HAProxy, poppler and fonts for those tests
	@bash .ci/judges

demo: $(RUNTIME) ## Workbook and decks of every example, into demo/
	@set -e; for case in examples/*.yaml; do \
	  echo "$$case"; $(PY) -m casebuilder build "$$case" --all --out $(DEMO); done; ls -l $(DEMO)

lint: $(DEV) ## Style, types and the order of the rooms
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy --strict -p casebuilder
	@$(BIN)/lint-imports --no-logo

check: lint test ## lint, then test: what a change must pass

bench: $(DEV) ## Speed and memory beside a hand-written kernel, as a table
	@$(PY) -m benchmarks $(ARGS)

clean: ## Remove everything that these commands made, the virtual environment included
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- the virtual environment ------------------------------------------------------------------------------------

# Without its venv package Debian's python3 still imports `venv` and fails half way through; ensurepip is what it lacks.
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Casebuilder needs Python 3.11 or newer, and '$(PYTHON)' is not: name one with PYTHON=python3.12, or on Debian and Ubuntu: sudo apt install python3-venv make" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make a virtual environment yet; on Debian and Ubuntu: sudo apt install python3-venv make" >&2; exit 1; }
	@rm -f $@
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
	  echo "Making the virtual environment $(VENV)"; rm -rf $(VENV); $(PYTHON) -m venv $(VENV); }
endef

$(RUNTIME): requirements.txt constraints.txt
	$(environment)
	@echo "Installing what the app needs (the first time takes a minute or two)"
	@$(PIP) -r requirements.txt -c constraints.txt
	@touch $@

$(DEV): requirements-dev.txt requirements.txt constraints.txt
	$(environment)
	@echo "Installing what the app and its tests need (the first time takes a minute or two)"
	@$(PIP) -r requirements-dev.txt -c constraints.txt
	@touch $@ $(RUNTIME)
