#!/usr/bin/env bash
# Installs the C library into build/stage and uses it as strangers would: pkg-config, CMake, ctypes, the symbols it shows.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
version=$(cat VERSION)
stage=$PWD/build/stage
work=$PWD/build/consumers/c

rm -rf "$stage" "$work"
mkdir -p "$work"
cmake --install build/release --component c --prefix "$stage" >"$work/install.log"
library=$(find "$stage" -name libparitas.so)
libdir=$(dirname "$library")
echo "== installed: $(find "$stage" -type f -o -type l | wc -l) files, $(basename "$(readlink -f "$library")")"

echo "== a C program, by pkg-config"
export PKG_CONFIG_PATH=$libdir/pkgconfig
flags=$(pkg-config --cflags --libs "paritas = $version")
# shellcheck disable=SC2086
cc -std=c11 -pedantic -Wall -Wextra -Werror "-DPARITAS_EXPECTED_VERSION=\"$version\"" tests/consumers/c/consumer.c \
  $flags -Wl,-rpath,"$libdir" -o "$work/pkg_config"
"$work/pkg_config"

echo "== a CMake project in C and C++, by find_package"
cmake -S tests/consumers/cmake -B "$work/cmake" -DCMAKE_PREFIX_PATH="$stage" -DCMAKE_BUILD_TYPE=Release >"$work/cmake.log"
cmake --build "$work/cmake" >>"$work/cmake.log"
"$work/cmake/from_c"
"$work/cmake/from_cpp"

echo "== a call through ctypes"
"$python" tests/consumers/c/call.py "$library" "$version"

echo "== the symbols of the library"
shown=$(nm -D --defined-only "$library" | awk '{print $3}' | sort)
declared=$(grep -oE '\b(paritas|williams)_[a-z0-9_]+\(' "$stage/include/paritas.h" | tr -d '(' | sort -u)
if [ "$shown" != "$declared" ]; then
  echo "the library and paritas.h differ:"
  diff <(echo "$declared") <(echo "$shown")
  exit 1
fi
soname=$(objdump -p "$library" | awk '$1 == "SONAME" {print $2}')
[ "$soname" = "libparitas.so.${version%%.*}" ] || { echo "the soname is $soname"; exit 1; }
echo "ok     $(echo "$shown" | wc -l) functions and nothing else, soname $soname"
