# The two commands: `make reports` and `make test`. Everything else is for those who want more.
PYTHON ?= python3
STUDY ?= study.toml
REPORTS ?= reports
BIN := .venv/bin

.PHONY: reports test lab bench lint lock clean

reports: .venv/ready
	$(BIN)/studylib build $(STUDY) --reports $(REPORTS)

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

lab: .venv/ready
	$(BIN)/jupyter lab notebooks

bench: .venv/ready
	$(BIN)/python -m benchmarks

# Set-up is done once, and again when the lock file or the project changes.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "This study needs Python 3.11 or newer, and this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch .venv/ready

# Needs `uv`; the lock carries hashes and no address.
lock:
	uv pip compile pyproject.toml --extra build --extra test --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements.lock

clean:
	rm -rf .venv data/processed/* reports/*
