#!/usr/bin/env bash
# The main jobs on the files beside this one, by the Python extension and by the WASM module in Node: prints what they
# say once, and whether both said it with the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
out=build/demo
mkdir -p "$out"

both() { # both TITLE ARGUMENTS...: 1 is a finding, which is what the demo is about
  local title=$1 code=0
  shift
  printf '\n== %s\n$ paritas %s\n' "$title" "$*"
  for form in "" --json; do
    .venv/bin/paritas "$@" $form >"$out/python" || code=$?
    node dist/cli.js "$@" $form >"$out/node" || [ $? = "$code" ]
    [ "$code" -le 1 ]
    [ -n "$form" ] || cat "$out/python"
    cmp "$out/python" "$out/node"
  done
  echo "-- Python and Node printed the same bytes, as text and as JSON"
}

.venv/bin/python -c 'import paritas; print(f"Paritas {paritas.__version__}: Python runs the {paritas.backend()} backend, Node the WASM module")'
both "Is the answer supported by the document?" verify --response demo/answer.txt --source demo/source.txt
both "Which amendment is about a trial by jury?" search --documents demo/documents.jsonl -k 3 "the right to a trial by jury"
both "How far can the fields of this form be trusted?" ocr demo/form.json --memory 512
both "Do both compute the same, on 10,000 hostile inputs for all features?" selfcheck
printf '\n== One index file for both\n$ paritas index build %s demo/documents.jsonl\n' "$out/amendments.index"
.venv/bin/paritas index build "$out/amendments.index" demo/documents.jsonl
node dist/cli.js index build "$out/node.index" demo/documents.jsonl >"$out/node"
cmp "$out/amendments.index" "$out/node.index"
echo "-- Python and Node wrote the same file"
both "What does the file know of unreasonable searches?" index search "$out/amendments.index" -k 2 --explain --highlight "unreasonable searches"
printf '\nThe page that does the same in a browser, and opens %s: make page\n' "$out/amendments.index"
