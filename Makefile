# What one does with the repository. `make demo` needs Python 3.11 or later and nothing else.

PORT ?= 8000
PYTHON ?= python3
ENV := .venv/bin/python
DEMO := DJANGO_SETTINGS_MODULE=config.settings_demo PORT=$(PORT) $(ENV) manage.py
# One process a core; each has its own copy of one migrated database.
TEST := $(ENV) -m pytest -q -n auto --dist worksteal
# The tests that speak to a database, which are run once more on TEST_DATABASE_URL but for the slow ones; those of the
# embedded server have their own.
DATABASE_TESTS := tests/integration tests/contracts --ignore-glob '*/test_embedded_*'

# The machine's npm where there is one, else the one that requirements.lock brings.
export PATH := $(PATH):$(CURDIR)/.venv/bin
# Whoever asks Python to keep no compiled files would wait for the compiler in every one of some hundred processes.
unexport PYTHONDONTWRITEBYTECODE
NPM_FROM_THE_LOCK := $(if $(shell command -v npm),,.venv/.installed)

.PHONY: demo demo-reset test oracle quick check bench bench-keys bench-sealed bench-log format lock setup frontend diagram matrix screenshot

demo: setup
	@exec env $(DEMO) demo --port $(PORT) --with-parent

demo-reset: .venv/.installed
	@exec env $(DEMO) demo_reset

test: setup
	env -u TEST_DATABASE_URL $(TEST) --ignore tests/oracle
	@if [ -n "$$TEST_DATABASE_URL" ]; then \
		echo "Again on the server that TEST_DATABASE_URL names:"; $(TEST) -m "not slow" $(DATABASE_TESTS); \
	fi

oracle: setup
	KILL_ROUNDS=20 $(TEST) tests/oracle tests/integration/audit_tree/test_killed.py

quick: setup
	$(TEST) -m "not slow and not journey"

check: .venv/.installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(ENV) manage.py makemigrations --check --dry-run --settings config.settings_test

bench: setup
	$(ENV) -m tests.bench

bench-keys: setup
	$(ENV) -m tests.bench.rewrapping

bench-sealed: setup .bench-peers/.installed
	$(ENV) -m tests.bench.sealing

# What a project would pick instead, beside the environment and not in it.
.bench-peers/.installed: tests/bench/peers.lock | .venv/.installed
	@$(ENV) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --upgrade --target $(@D) -r $<
	@touch $@

bench-log: setup
	$(ENV) -m tests.bench.log_search
	$(ENV) -m tests.bench.log_verify
	$(ENV) -m tests.bench.log_append

format: .venv/.installed
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

lock: .venv/.installed
	.venv/bin/uv pip compile pyproject.toml --all-extras --group dev --universal --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --upgrade --output-file requirements.lock
	echo uv | .venv/bin/uv pip compile - --universal --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --no-annotate --upgrade --output-file requirements-uv.lock
	printf 'django-fernet-encrypted-fields\ndjango-encrypted-model-fields\n' | .venv/bin/uv pip compile - --no-deps \
		--universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate --upgrade \
		--output-file tests/bench/peers.lock

diagram: .venv/.installed
	$(ENV) -c 'from pathlib import Path; from cases.workflow import diagram; page = Path("docs/stages.md"); \
		head = page.read_text().partition("### ")[0]; page.write_text(head + diagram())'

matrix: setup
	WRITE_MATRIX=1 $(TEST) -n 0 tests/contracts/test_url_matrix.py

screenshot: setup
	WRITE_SCREENSHOT=1 $(TEST) -n 0 tests/journeys/test_demo.py

frontend: frontend/dist/.built

# The two halves have nothing to do with each other, so a newcomer need not wait for one after the other.
setup:
	@$(MAKE) --silent --no-print-directory --jobs=2 .venv/.installed frontend

.venv/.installed: requirements.lock requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 eller senare behövs. Välj en annan: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@[ -x $(ENV) ] || $(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Installera python3-venv och försök igen." >&2; exit 1; }
	@echo "Installerar Python-paketen …"
	@$(ENV) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@# uv is quicker; pip knows the machine's own package index where uv does not.
	@.venv/bin/uv pip install --quiet --python $(ENV) --require-hashes -r requirements.lock || \
		$(ENV) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

frontend/node_modules/.installed: frontend/package.json frontend/package-lock.json | $(NPM_FROM_THE_LOCK)
	@echo "Installerar stilmallarnas paket …"
	@cd frontend && npm ci --ignore-scripts --silent
	@touch $@

frontend/dist/.built: frontend/node_modules/.installed frontend/build.mjs frontend/brand.css frontend/mark.svg \
		$(wildcard frontend/js/*) $(wildcard frontend/scss/*) $(wildcard frontend/scss/*/*)
	@echo "Bygger stilmallarna …"
	@cd frontend && npm run --silent build
	@touch $@
