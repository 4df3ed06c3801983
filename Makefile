# From a fresh clone: make report, make test, make lab.
# Needs make and Python >= 3.11 with venv. Another Python: make report PYTHON=python3.13

BENCHMARK_OPTIONS ?=
FAULTS ?= 100
FAULTS_SEED ?= 1
FAULTS_COMMANDS ?=
FUZZ_SECONDS ?= 600
WEIGHTS_OPTIONS ?=
MUTANTS ?= 200
MUTANTS_SEED ?= 1
MUTANTS_TESTS ?= tests/quantity tests/estimates tests/verdicts tests/matching tests/law
MUTANTS_OPTIONS ?=

.DEFAULT_GOAL := help
include tools/suite.mk

.PHONY: help test gates docs picture weights fuzz faults mutants format benchmark compiled lock clean

help:
	@echo 'make report   build the report from the data: site/index.html'
	@echo 'make test     check style, types, report, stored notebooks, and run the tests'
	@echo 'make lab      open JupyterLab on the notebooks (options: LAB_OPTIONS="--no-browser --port 8899")'
	@echo 'make gates    install the programs that test the pages and the workflow files (needs npm; two need Java 17)'
	@echo 'make docs     make the pages of docs/ that come from the program: method, commands, fields, words, python'
	@echo 'make picture  take the picture of the report for README.md, of the site that make report built (needs Chromium)'
	@echo 'make weights  learn the weights of the tests that no fixed words bind (WEIGHTS_OPTIONS=--report: only measure)'
	@echo 'make fuzz     look for inputs that break the reader (FUZZ_SECONDS=600)'
	@echo 'make faults   kill each command that writes at random moments: nothing is lost or doubled (FAULTS=100 FAULTS_COMMANDS=scan)'
	@echo 'make mutants  make small errors in the code that judges; tells which no test catches (MUTANTS=200 MUTANTS_SEED=1)'
	@echo 'make format   format the code'
	@echo 'make benchmark  compare the reader with others: speed and accuracy (BENCHMARK_OPTIONS="--quick")'
	@echo 'make compiled   compile the reader with a C compiler, into .compiled (optional: twice as fast)'
	@echo 'make lock     for maintainers: update the versions in requirements.lock and tools/learn.lock (needs uv)'
	@echo 'make clean    remove everything that the other targets made'

# Tests wait for kernels and browsers a third of their time: one more worker than processors keeps these busy.
TESTERS ?= $$(( $(JOBS) + 1 ))

# Every step runs, whatever came before it, and the exit code is that of the whole.
test: setup
	@failed=''; began=$$(date +%s); \
	step() { \
	  name=$$1; shift; start=$$(date +%s); \
	  printf '\n=== %s\n' "$$name"; \
	  if "$$@"; then result='passed'; else result='FAILED'; failed="$$failed, $$name"; fi; \
	  printf '=== %s %s (%s s)\n' "$$name" "$$result" "$$(($$(date +%s) - start))"; \
	}; \
	step 'style' $(BIN)/ruff check --no-cache --output-format concise .; \
	step 'types' $(BIN)/mypy; \
	step 'report' $(BIN)/tallybook report --anew --out '$(SITE)' --jobs $(JOBS); \
	step 'notebooks against their stored outputs' $(BIN)/pytest -n $(JOBS) --dist loadscope \
	  --nbval --nbval-current-env --nbval-sanitize-with tests/sanitize.cfg notebooks/; \
	step 'tests and gates' $(BIN)/pytest -n $(TESTERS) --dist loadscope --no-loadscope-reorder \
	  --max-worker-restart 1 --site '$(SITE)' --slowest-files 20 tests/; \
	took=$$(($$(date +%s) - began)); \
	if [ -n "$$failed" ]; then printf '\nFAILED: %s (%s s)\n' "$${failed#, }" "$$took"; exit 1; fi; \
	printf '\nAll passed (%s s).\n' "$$took"

# tools/gates/package-lock.json has a digest of each and names no host: npm asks the registry that it is set up for.
gates:
	@command -v npm >/dev/null 2>&1 || { echo "make gates needs npm (Debian, Ubuntu: apt install npm)." >&2; exit 1; }
	@npm ci --prefix tools/gates --ignore-scripts --no-audit --no-fund --loglevel error

docs: setup
	@$(BIN)/python -m tests.law.method
	@$(BIN)/python tools/reference.py
	@$(BIN)/python tools/conversions.py

picture: setup
	@$(BIN)/python tools/picture.py --site '$(SITE)'

# scikit-learn is needed for nothing else, so that it has an environment of its own; the rest is that of .venv.
weights: setup
	@.venv-learn/bin/python -c 'import sklearn' 2>/dev/null || { \
	  rm -rf .venv-learn && $(PYTHON) -m venv .venv-learn && \
	  .venv-learn/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    --only-binary :all: -r tools/learn.lock; \
	} || { \
	  rm -rf .venv-learn; \
	  echo "make weights needs scikit-learn, which could not be installed (see above)." >&2; \
	  exit 1; }
	@PYTHONPATH="src:$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
	  PYTHONDONTWRITEBYTECODE=1 .venv-learn/bin/python tools/learn_weights.py $(WEIGHTS_OPTIONS)

# Atheris has wheels for few platforms, so that it has an environment of its own. Nothing else is in it:
# the reader needs no package.
fuzz:
	@.venv-fuzz/bin/python -c 'import atheris' 2>/dev/null || { \
	  rm -rf .venv-fuzz && $(PYTHON) -m venv .venv-fuzz && \
	  .venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	    --only-binary :all: -r tests/fuzz/fuzz.lock; \
	} || { \
	  rm -rf .venv-fuzz; \
	  echo "make fuzz needs atheris, which could not be installed (see above). It comes for Linux on x86-64 and Python 3.11 to 3.14." >&2; \
	  exit 1; }
	@rm -rf .fuzz/findings; mkdir -p .fuzz/corpus
	@echo 'Looking for $(FUZZ_SECONDS) s; findings are printed as they come.'
	@PYTHONPATH=src PYTHONDONTWRITEBYTECODE=1 .venv-fuzz/bin/python tests/fuzz/fuzz_reading.py \
	  -max_total_time=$(FUZZ_SECONDS) -max_len=1000 -len_control=20 -timeout=180 \
	  -artifact_prefix=.fuzz/ -verbosity=0 -print_final_stats=1 \
	  .fuzz/corpus tests/fuzz/corpus
	@if [ -d .fuzz/findings ]; then echo 'make fuzz found texts (above, and in .fuzz/findings/).' >&2; exit 1; fi

faults: setup
	@$(BIN)/python tests/faults/run.py --moments $(FAULTS) --seed $(FAULTS_SEED) $(FAULTS_COMMANDS)

# A run that was stopped goes on where it was; MUTANTS_OPTIONS=--survivors tries only what the last run let through.
mutants: setup
	@$(BIN)/python tests/mutants/run.py --count $(MUTANTS) --seed $(MUTANTS_SEED) --jobs $(JOBS) \
	  $(MUTANTS_OPTIONS) $(MUTANTS_TESTS)

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# The other readers get an environment of their own, .venv-peers, on first use.
benchmark: setup
	@$(BIN)/python benchmarks/reading.py $(BENCHMARK_OPTIONS)

# Optional: everything runs without it, and without a compiler.
compiled: setup
	@$(BIN)/python tools/compile_reader.py

# --universal: one lock for Linux, macOS and Windows, and for every Python from 3.11 on.
lock:
	@command -v uv >/dev/null 2>&1 || { echo "make lock needs uv on the PATH." >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --all-extras \
	  --no-annotate pyproject.toml -o requirements.lock
	echo 'scikit-learn>=1.7' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --constraints requirements.lock - -o tools/learn.lock

clean:
	rm -rf .venv .venv-fuzz .venv-learn .fuzz .compiled .compiling-* .cache/mutants '$(SITE)' .pytest_cache .mypy_cache .ruff_cache .hypothesis
