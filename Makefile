# Two commands: `make site` builds the demo town's site, `make test` checks everything. Both make what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site test serve screenshots accessibility lock clean

site: $(VENV)/.site
	@$(BIN)/kawaraban validate
	@$(BIN)/kawaraban build --strict

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile

serve: $(VENV)/.site
	$(BIN)/kawaraban serve

# Both look at the demo town in Chromium and write into docs/: the pictures, and the accessibility statement.
screenshots: $(VENV)/.test
	$(BIN)/python benchmarks/screenshots.py

accessibility: $(VENV)/.test
	$(BIN)/python benchmarks/accessibility.py

# The stamps say which lock an environment was made of; a newer lock is installed into it again.
$(VENV)/.site: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.site
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# One lock with markers serves every supported Python and system; both hold the hash of every file.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .kawaraban site
