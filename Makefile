# The two commands: `make reports` and `make test`. Everything else is for those who want more.
PYTHON ?= python3
STUDY ?= study.toml
REPORTS ?= reports
BIN := .venv/bin

.PHONY: reports test coverage pictures lab bench docs lock clean torture

reports: .venv/ready
	$(BIN)/studylib build $(STUDY) --reports $(REPORTS)

test: .venv/ready .venv/scale
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/pytest -n auto --dist loadfile

# What really happens to machines: builds killed a hundred times, twelve sizes of a full disk (as
# root: it mounts them), ten starts at once, the default study proved. Takes an hour.
torture: .venv/ready .venv/scale
	$(BIN)/pytest -m torture

# Lines and branches that no test reaches in its own process; with ../shared and Chromium there.
coverage: .venv/ready .venv/scale
	$(BIN)/pytest -n auto --dist loadfile --cov=studylib --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=99

# Every page of the default study as a reader sees it: each language, desktop and phone, light and
# dark, and paper (PDF). Somebody has to look at them; CI keeps those of each push.
pictures: .venv/ready
	STUDYLIB_PICTURES=$(CURDIR)/pictures $(BIN)/pytest tests/test_every_page.py -k looked_at

# At the project, so that study files, data and README are in reach.  Settings of JupyterLab go
# into ARGS: `make lab ARGS=--allow-root` in a container, ARGS="--no-browser --port 9999" elsewhere.
lab: .venv/ready
	$(BIN)/jupyter lab --ServerApp.root_dir=. $(ARGS)

# The pages of docs/ that say what the code says; a test holds them equal.
docs: .venv/ready
	$(BIN)/python docs/update.py

bench: .venv/ready
	$(BIN)/python -m benchmarks

# Set-up is done once, and again when the lock file or the project changes.  The lock names every
# package, so pip has nothing to resolve (--no-deps): older ones would look for a newer release of
# a package that another wants with an extra, and stop. `pip check` says if the lock lacks one.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "This study needs Python 3.11 or newer, and this is " + sys.version.split()[0] + ". Say which to use: make PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check --quiet --disable-pip-version-check
	touch .venv/ready

# What only `studylib farm`, extracts on Spark and their tests need; a page needs none of it.
.venv/scale: .venv/ready requirements-scale.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --require-hashes --requirement requirements-scale.lock
	$(BIN)/python -m pip check --quiet --disable-pip-version-check
	touch .venv/scale

# Needs `uv`; the locks carry hashes and no address.  That of the extra `scale` has it alone, in
# versions that go with the other.
lock:
	uv pip compile pyproject.toml --extra build --extra test --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements.lock
	$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["scale"], sep="\n")' | uv pip compile - --constraint requirements.lock --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --output-file requirements-scale.lock

clean:
	rm -rf .venv data/processed/* reports/*
