# The table of contents. Every step is idempotent, says what it does and asks nothing.
PYTHON ?= /usr/bin/python3
VENV := .venv/bin
DIGEST_CASES := 1000000
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: setup build native wasm test test-cpp test-python test-node test-browser test-consumers generate demo page page-files fuzz bench format lint clean

setup:
	PYTHON=$(PYTHON) toolchains/setup.sh

build: native wasm

native: setup
	cmake --preset release -DPython_EXECUTABLE=$(CURDIR)/$(VENV)/python
	cmake --build --preset release
	cmake --install build/release --component python --prefix build/site
	toolchains/link_site.sh

wasm: setup
	cmake --preset wasm
	cmake --build --preset wasm
	npx tsc -p web
	cmake --install build/wasm --component web --prefix dist
	node toolchains/size.mjs dist/*.wasm

demo: build
	demo/run.sh

page: wasm page-files
	node web/demo/serve.mjs 8080

# The page into build/page; it shows the digest of the native build where there is one.
page-files:
	npx vite build --config web/demo/vite.config.ts --logLevel warn

test: build
	rm -rf build/seen build/digests && mkdir -p build/digests
	$(MAKE) test-cpp test-python test-node test-browser test-consumers
	$(VENV)/python -m pytest tests/meta

# GCC, Clang and the sanitizers: the vectors, and the digest of 10^6 cases on every SIMD target.
test-cpp: native
	ctest --preset release
	cmake --preset clang && cmake --build --preset clang && ctest --preset clang
	cmake --preset asan && cmake --build --preset asan && ctest --preset asan

test-python: native
	$(VENV)/python -m pytest tests/python

# What failed is said once more at the end, below thousands of lines of what did not.
test-node: wasm
	node --import ./tests/node/seen.mjs --test --test-reporter=tap --test-reporter-destination=stdout \
	  --test-reporter=spec --test-reporter-destination=build/test-node.txt tests/node/ \
	  || { sed -n '/failing tests:/,$$p' build/test-node.txt; exit 1; }
	node tests/node/digest.mjs $(DIGEST_CASES)

test-browser: build
	node tests/browser/run.mjs $(DIGEST_CASES)
	$(MAKE) page-files
	node tests/browser/demo.mjs
	node tests/browser/scan.mjs
	node tests/browser/demo_code.mjs
	node tests/browser/demo_bad.mjs
	node --test --test-force-exit --test-concurrency=2 tests/browser/workbench/

test-consumers: build
	PYTHON=$(VENV)/python tests/consumers/c.sh
	$(VENV)/python -m pytest tests/consumers

# Any bytes into every parser under the sanitizers, SECONDS for each.
SECONDS ?= 60
fuzz: setup
	cmake --preset fuzz && cmake --build --preset fuzz
	tests/fuzz/run.sh $(SECONDS)

# All of bench/, or `make bench JOBS="import bm25"`.
bench: build
	bench/run.sh $(JOBS)

# Committed files that a script writes: tables, lists, stubs. tests/meta says when one is stale.
generate: native
	grep -rl -e --check tools --include='*.py' | xargs grep -L PARITAS_DATA | sort | xargs -n 1 $(VENV)/python

format:
	git ls-files '*.cpp' '*.hpp' '*.h' '*.c' | xargs clang-format -i
	$(VENV)/ruff format -q . && $(VENV)/ruff check -q --fix .
	npx prettier --write --log-level warn web/src web/demo tests/node tests/browser tests/consumers

lint: setup
	git ls-files '*.cpp' '*.hpp' '*.h' '*.c' | xargs clang-format --dry-run --Werror
	$(VENV)/ruff format --check -q . && $(VENV)/ruff check -q .
	$(VENV)/mypy
	toolchains/tidy.sh
	$(PYTHON) tools/unicode/make_tables.py --check
	npx tsc -p web --noEmit && npx tsc -p web/demo && npx prettier --check web/src web/demo tests/node tests/browser tests/consumers

clean:
	rm -rf build dist
