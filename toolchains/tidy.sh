#!/usr/bin/env bash
# clang-tidy over the files of the core that changed since it last found nothing; needs build/clang.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f build/clang/compile_commands.json ] || cmake --preset clang >/dev/null
stamps=build/tidy
mkdir -p "$stamps"
newest_header=$(find core .clang-tidy -name '*.hpp' -o -name .clang-tidy | xargs ls -t | head -n 1)
todo=()
for file in $(git ls-files 'core/src/*.cpp'); do
  stamp=$stamps/${file//\//_}
  [ "$stamp" -nt "$file" ] && [ "$stamp" -nt "$newest_header" ] || todo+=("$file")
done
printf '%s\n' "${todo[@]+"${todo[@]}"}" | sed '/^$/d' | xargs -r -P 2 -I{} sh -c \
  'clang-tidy --quiet -p build/clang "$1" 2>/dev/null && touch "$2/$(echo "$1" | tr / _)"' tidy {} "$stamps"
