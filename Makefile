# Needs Python 3.11 or newer, make and the package index. Everything goes into .venv beside this file.
PYTHON ?= python3
URL ?=

.PHONY: setup crawl test bench clean

setup: .venv/.installed

.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "newscrawl needs Python 3.11 or newer; this is " + sys.version.split()[0] + " (choose another with make PYTHON=...)")'
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "installing newscrawl and its test tools into .venv ..."
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

crawl: setup
	@.venv/bin/python examples/crawl.py '$(URL)'

test: setup
	@.venv/bin/python -m pytest

bench: setup
	@.venv/bin/python -m benchmarks

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache
