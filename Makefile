# Everything this repository can do. `make` alone lists it.

# The first Python that is new enough; `make run PYTHON=/path/to/python3.12` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
PY := .venv/bin/python
# Every top-level Python package there is. Types are checked in the product; tests are run instead.
PACKAGES := $(patsubst %/__init__.py,%,$(wildcard */__init__.py))
EPHEMERAL := $(PY) -m infra.launch exec --ephemeral --

# More words for pytest: make test ARGS="-k kiosk -x"
ARGS ?=
# Which tests `make test` and `make verify` choose.
TEST_MARKS ?= not slow
VERIFY_MARKS ?= slow

# Settings must be readable for the type checker; nothing is connected to.
READABLE_SETTINGS := DATABASE_URL=postgresql://types BROKER_URL=redis://types SECRET_KEY=types DATABASE_OWNER_URL=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test verify check format lint types layers migrations templates documents files bench shots

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## install what running needs (also done by the others by themselves)
	@test -n "$(PYTHON)" || { echo "Perennial needs Python 3.11 or later and found none on the PATH. Install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -m infra.launch.install base

setup-dev: ## install what developing needs
	@test -n "$(PYTHON)" || { echo "Perennial needs Python 3.11 or later and found none on the PATH. Install one, or name it: make setup-dev PYTHON=/path/to/python3" >&2; exit 2; }
	@$(PYTHON) -m infra.launch.install dev

run: setup ## start everything on this machine, with demo practices (PORT=8000 DATA=var)
	@exec $(PY) -m infra.launch run

test: setup-dev ## run the tests, without the slow ones (ARGS="-k kiosk")
	$(PY) -m pytest -n 2 --dist loadfile -m "$(TEST_MARKS)" $(ARGS)

verify: setup-dev ## run the slow tests: whole launches, real inputs, load
	$(PY) -m pytest -n 2 --dist loadfile -m "$(VERIFY_MARKS)" $(ARGS) || { code=$$?; test $$code -eq 5 && echo "No test is marked slow."; test $$code -eq 5; }

check: format lint types layers migrations templates documents files ## check form, types, layers, migrations, templates, documents

format: setup-dev
	$(PY) -m ruff format --check .

lint: setup-dev
	$(PY) -m ruff check .
	git ls-files '*.py' | xargs .venv/bin/django-upgrade --target-version 5.2 --check

types: setup-dev
	$(READABLE_SETTINGS) $(PY) -m mypy $(filter-out tests,$(PACKAGES))

layers: setup-dev
	$(READABLE_SETTINGS) .venv/bin/lint-imports

migrations: setup-dev
	$(EPHEMERAL) $(PY) manage.py makemigrations --check --dry-run

templates: setup-dev
	.venv/bin/djlint frontend api --lint --quiet

documents: setup-dev
	$(PY) -m pytest -q tests/launch/test_documents.py

files: setup-dev
	.venv/bin/hadolint infra/docker/Dockerfile
	.venv/bin/yamllint --strict infra/docker .yamllint.yaml
	bash -n .ci/run

bench: setup-dev ## measure the budgets of architecture.md on throw-away servers
	$(EPHEMERAL) $(PY) -m tests.bench $(ARGS)

shots: setup-dev ## take pictures of every page into shots/
	$(EPHEMERAL) $(PY) -m tests.browser.shots $(ARGS)
