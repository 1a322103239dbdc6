# The verbs of the project. `make demo` and `make test` set up all that they need in .venv and .cache.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
CORE := $(VENV)/.core
STAMP := $(VENV)/.installed

.PHONY: demo test check format bench docs editor clean setup

$(CORE): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -q -c constraints.txt -e .
	touch $@

$(STAMP): $(CORE)
	$(PIP) install -q -c constraints.txt -e '.[server,validate,plot,train,test,dev]'
	touch $@

setup: $(STAMP)

demo: $(CORE)
	$(BIN)/kg demo

test: check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(STAMP)
	$(BIN)/ruff check kg tests bench docs
	$(BIN)/ruff format --check kg tests bench docs
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix kg tests bench docs
	$(BIN)/ruff format kg tests bench docs

# The figures of this machine; each prints what it measured and beside what.
bench: $(STAMP)
	$(BIN)/python bench/startup.py

# The pages of docs/ that are made from the program; a test fails where they are old.
docs: $(STAMP)
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/make_queries.py

# The SPARQL editor of the query page, from npm into the package (and so into a wheel); without it the page has a plain field.
EDITOR := @triply/yasqe@4.2.28
editor:
	mkdir -p .cache/editor
	cd .cache/editor && npm pack --silent $(EDITOR)
	tar xzf .cache/editor/triply-yasqe-*.tgz -C kg/server/static --strip-components=2 package/build/yasqe.min.js package/build/yasqe.min.css

clean:
	rm -rf $(VENV) .cache build dist *.egg-info graph demo-graph
