# zhengpu: `make demo` shows what it does, `make test` tests everything.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check bench docs clean

help:  ## show what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "zhengpu needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)"; \
	  echo "Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing zhengpu into $(VENV) …"
	@$(PIP) install -e .
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@echo "Installing what the tests need …"
	@$(PIP) install -e '.[dev]'
	@touch $@

demo: $(VENV)/installed  ## build the five sample reports in seeds/ into output/
	@$(BIN)/zhengpu build seeds -o output
	@echo
	@echo "Ask it:      $(BIN)/zhengpu query --list"
	@echo "             $(BIN)/zhengpu query --name proposals-by-year"
	@echo "Check it:    $(BIN)/zhengpu explain 李贵军"
	@echo "Your own:    $(BIN)/zhengpu build my-reports/ -o my-output/"

test: $(VENV)/developed  ## install what the tests need and check everything
	@$(MAKE) --no-print-directory check

# pytest comes last: its summary is what one wants to see
check:  ## lint, types, layers, tests with coverage (in an installed .venv)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -n auto --dist worksteal --cov --cov-report=term

bench: $(VENV)/developed  ## run the benchmarks, write bench/results.md; some five minutes
	@$(BIN)/python bench/everything.py

docs: $(VENV)/installed  ## write the generated parts of the documentation anew, sort the messages
	@$(BIN)/python tools/sort_messages.py
	@$(BIN)/python tools/make_commands.py
	@$(BIN)/python tools/make_architecture.py
	@$(BIN)/python tools/make_docs_ontology.py
	@$(BIN)/python tools/make_query_answers.py

clean:  ## remove what make made, but no builds
	@rm -rf $(VENV) .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
