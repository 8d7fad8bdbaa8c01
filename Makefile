# Everything is installed below this folder: .venv (the environment) and, on machines without uv, .tools.
# A virtual environment that happens to be active is neither used nor changed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
unexport VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME

HOST ?= 127.0.0.1
PORT ?= 5005
PYTHON ?=
PYTEST_ARGS ?=
BENCH_ARGS ?= --stock
EVALUATE_ARGS ?=
SYSTEM_PACKAGES ?= chromium firefox-esr
export PYTHON

BIN := .venv/bin
EXPORT := export --quiet --frozen --no-emit-project --no-header --format requirements-txt

.PHONY: help install dev system train run check evaluate bench test pictures lint format lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo "  Settings: PYTHON=python3.12  HOST=0.0.0.0  PORT=8080  PYTEST_ARGS='-k safety'"

install: .venv/installed ## create .venv with what Lantern needs to run

dev: .venv/installed-dev ## the same, with what its tests need

system: ## Debian packages for the browser tests (needs root; does nothing elsewhere)
	@missing=$$(for p in $(SYSTEM_PACKAGES); do dpkg-query -W "$$p" >/dev/null 2>&1 || echo $$p; done); \
	if [ -z "$$missing" ]; then :; \
	elif ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ]; then \
		echo "Not installed here, and only root can do it with apt-get:" $$missing; \
	else \
		apt-get update -qq; \
		for p in $$missing; do \
			DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$$p" >/dev/null \
				|| echo "Could not be installed; the tests that need it will fail: $$p"; \
		done; \
	fi

train: install ## train the model, if what it is trained from has changed
	$(BIN)/lantern train

run: install ## install, train if the data changed, serve: HOST=, PORT=
	$(BIN)/lantern run --host "$(HOST)" --port "$(PORT)"

check: install ## check the content: every fact, source, phone number and translation
	$(BIN)/lantern check

evaluate: train ## measure how well questions are understood, and renew docs/evaluation.md: EVALUATE_ARGS=
	$(BIN)/lantern evaluate $(EVALUATE_ARGS)

bench: train ## measure speed, memory and size beside stock Rasa: BENCH_ARGS=
	$(BIN)/lantern bench $(BENCH_ARGS)

test: dev system ## install everything the tests need and run them all: PYTEST_ARGS=
	@$(MAKE) --no-print-directory lint
	$(BIN)/lantern check
	$(BIN)/rasa data validate --fail-on-warnings
	$(BIN)/lantern train
	$(BIN)/python -m pytest $(PYTEST_ARGS)

pictures: dev system train ## take the pictures of the page in docs/pictures
	$(BIN)/python -m tests.browser.pictures

lint: dev ## look for mistakes in the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: dev ## put the code in its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## renew requirements.lock and requirements-dev.lock from pyproject.toml
	deploy/env.sh uv lock --upgrade
	deploy/env.sh uv $(EXPORT) --no-dev --output-file requirements.lock
	deploy/env.sh uv $(EXPORT) --output-file requirements-dev.lock
	@rm -f uv.lock

clean: ## remove all that these commands made
	rm -rf .venv .tools .rasa models results build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: quick the second time, and again when a lock file has changed. The larger set contains the smaller one.
.venv/installed: requirements.lock deploy/env.sh
	@if [ .venv/installed-dev -nt requirements.lock ] && [ .venv/installed-dev -nt requirements-dev.lock ] \
		&& [ .venv/installed-dev -nt deploy/env.sh ]; then :; \
	else rm -f .venv/installed-dev && deploy/env.sh sync requirements.lock; fi
	@touch $@

.venv/installed-dev: requirements-dev.lock deploy/env.sh
	@deploy/env.sh sync requirements-dev.lock
	@touch .venv/installed $@
