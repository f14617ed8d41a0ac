# The table of contents. Every step is idempotent, says what it does and asks nothing.
PYTHON ?= /usr/bin/python3
VENV := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: setup build native wasm test demo page bench format lint clean

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

test: build
	ctest --preset release
	$(VENV)/python -m pytest tests/python
	node --test tests/node/

format:
	git ls-files '*.cpp' '*.hpp' '*.h' '*.c' | xargs clang-format -i
	$(VENV)/ruff format -q . && $(VENV)/ruff check -q --fix .
	npx prettier --write --log-level warn web/src tests/node

lint:
	git ls-files '*.cpp' '*.hpp' '*.h' '*.c' | xargs clang-format --dry-run --Werror
	$(VENV)/ruff format --check -q . && $(VENV)/ruff check -q .
	$(VENV)/mypy
	npx tsc -p web --noEmit && npx prettier --check web/src tests/node

clean:
	rm -rf build dist
