# What every suite of tallybook has in common: make setup, make report, make lab. Included by its Makefile.
# Needs Python >= 3.11 with venv. Another Python: make report PYTHON=python3.13

PYTHON ?= python3
JOBS ?= 2
SITE ?= site
CASE ?=
LAB_OPTIONS ?=

BIN := .venv/bin

# A PYTHONPATH of another project must not shadow the locked packages.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: setup report lab

setup:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "tallybook needs Python 3.11 or newer, and there is no '$(PYTHON)' here: install it (Debian, Ubuntu: apt install python3 python3-venv) or name yours: make PYTHON=..." >&2; \
	  exit 1; }
	@$(PYTHON) -I tools/bootstrap.py

# One case alone, to be looked at at once: make report CASE=town
# python -m: the first line of an installed program cannot hold every name that a folder may have.
report: setup
	@$(BIN)/python -m tallybook report $(if $(CASE),'$(CASE)',--out '$(SITE)') --jobs $(JOBS)

lab: setup
	@$(BIN)/python -m jupyterlab --notebook-dir=notebooks $(LAB_OPTIONS)
