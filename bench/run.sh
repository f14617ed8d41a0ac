#!/usr/bin/env bash
# Runs every bench/<job>/run.py and run.mjs, or those of the jobs named, after installing the peers of
# bench/requirements.txt into .venv. What they print is what README and docs may quote.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -s bench/requirements.txt ] && ! cmp -s bench/requirements.txt .venv/bench-requirements.txt; then
  echo "bench: installing the peers of bench/requirements.txt"
  .venv/bin/python -m pip install -q --disable-pip-version-check -r bench/requirements.txt
  cp bench/requirements.txt .venv/bench-requirements.txt
fi
if [ -f bench/package.json ] && ! cmp -s bench/package.json bench/node_modules/.installed.json; then
  echo "bench: installing the peers of bench/package.json"
  (cd bench && npm install --no-audit --no-fund && cp package.json node_modules/.installed.json)
fi
[ $# -gt 0 ] || set -- bench/*/
for job in "$@"; do
  job=bench/$(basename "$job")
  for script in "$job"/run.py "$job"/run.mjs; do
    [ -f "$script" ] || continue
    printf '\n== %s\n' "$script"
    case $script in
      *.py) .venv/bin/python "$script" ;;
      *.mjs) node "$script" ;;
    esac
  done
done
