#!/usr/bin/env bash
# Runs every libFuzzer target for some seconds: tests/fuzz/run.sh SECONDS. Inputs that it grows stay in build/fuzz/corpus.
set -euo pipefail
cd "$(dirname "$0")/../.."
for source in tests/fuzz/*_fuzz.cpp; do
  name=$(basename "$source" .cpp)
  mkdir -p "build/fuzz/corpus/$name"
  echo "== $name"
  seeds=tests/fuzz/corpus/$name # inputs to begin with, where there are any; new ones go to build
  "build/fuzz/tests/fuzz/$name" -max_total_time="${1:-60}" -timeout=10 -max_len=4096 -print_final_stats=0 -verbosity=0 \
    -artifact_prefix="build/fuzz/$name-" "build/fuzz/corpus/$name" $([ ! -d "$seeds" ] || echo "$seeds")
done
