# Needs nothing but make, git and Python 3.11, 3.12 or 3.13; everything goes into .venv.
VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3 python,$(if $(shell $(p) -c 'import sys; sys.version_info[:2] >= (3, 11) and print(1)' 2>/dev/null),$(p))))

.DEFAULT_GOAL := help

.PHONY: help
help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(BIN)/mskg: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed 需要 Python 3.11 或更新版本"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/dev: $(BIN)/mskg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group dev
	@touch $@

.PHONY: demo
demo: $(BIN)/mskg ## set up and run the main job on the bundled plans
	$(BIN)/mskg demo

.PHONY: test
test: $(VENV)/dev ## set up and run the tests
	$(BIN)/python -m pytest

.PHONY: check
check: $(VENV)/dev ## what CI checks besides the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: format
format: $(VENV)/dev ## put the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/dev ## accuracy on the annotated plans, and speed
	$(BIN)/python -m benchmarks accuracy
	$(BIN)/python -m benchmarks speed

.PHONY: clean
clean: ## remove what was set up and made
	rm -rf $(VENV) build dist mskg-demo mskg-store .pytest_cache .mypy_cache .ruff_cache .hypothesis
