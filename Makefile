# make run    the bot and a chat window to try it in; without Node.js a chat in the terminal
# make test   the tests
# make help   the other commands

# The first Python that is new enough; another one: make run PYTHON=/path/to/python3
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
NPM := $(shell command -v npm 2>/dev/null)
NPM_CI = npm ci --loglevel=error

.PHONY: help run chat test check e2e install lock

help:
	@echo 'make run      run the bot and the Playground, a chat window like Teams (PORT=3978 by default)'
	@echo 'make chat     talk with the assistant in this terminal'
	@echo 'make test     run the tests'
	@echo 'make check    run the linter, the formatter and the type checker'
	@echo 'make e2e      drive the bot through the Playground in a browser; needs Node.js and Chromium'
	@echo 'make install  only make $(VENV) and install what is needed'
	@echo 'make lock     bring requirements.txt up to date with pyproject.toml'

.DEFAULT_GOAL := help

run: install $(if $(NPM),playground/node_modules/.installed)
	@$(BIN)/python playground/run.py $(if $(PORT),--port $(PORT))

chat: install
	@$(BIN)/python app.py chat

test: install
	@$(BIN)/python -m pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

e2e: install playground/node_modules/.installed e2e/node_modules/.installed
	@node --test --test-reporter=spec e2e/*.test.mjs

install: $(VENV)/.installed

# The stamp is written last: an installation that was interrupted is done again.
$(VENV)/.installed: requirements.txt
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed and was not found (or name one: make PYTHON=...).' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo '$(PYTHON) is not Python 3.11 or newer.' >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo '$(PYTHON) cannot make environments; on Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	@echo 'Installing what the bot needs in $(VENV), once; this takes a minute.'
	@'$(PYTHON)' -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# Trying the bot does not hang on this: without it "make run" is a chat in the terminal.
playground/node_modules/.installed: playground/package-lock.json
	@echo 'Installing the Playground, once.'
	@cd playground && $(NPM_CI) && touch node_modules/.installed || echo 'The Playground could not be installed.' >&2

e2e/node_modules/.installed: e2e/package-lock.json
	@cd e2e && $(NPM_CI) && touch node_modules/.installed

lock: $(VENV)/.installed
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --upgrade --quiet -o requirements.txt
