#!/usr/bin/env bash
# Builds libnsft_torch.so into the folder given as $1 and prints one line that says what to install when it cannot.
# Called by TorchSharp.csproj; parallel callers wait for each other.
set -u
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/build}
fail() { echo "$1"; exit 1; }

command -v cmake > /dev/null || fail "libnsft_torch: cmake is missing; ./nsft installs it (apt-get install cmake)"
command -v "${CXX:-g++}" > /dev/null || fail "libnsft_torch: a C++ compiler is missing; ./nsft installs it (apt-get install g++)"
if [ -n "${LIBTORCH:-}" ]; then
  [ -f "$LIBTORCH/include/ATen/ATen.h" ] || fail "libnsft_torch: LIBTORCH=$LIBTORCH has no include/ATen/ATen.h; give the folder that holds torch's include and lib"
else
  [ -f /usr/include/ATen/ATen.h ] || [ -f /usr/local/include/ATen/ATen.h ] || fail "libnsft_torch: libtorch is missing; ./nsft installs it (apt-get install libtorch-dev libopenblas0-pthread), or set LIBTORCH to a torch folder"
fi

mkdir -p "$out"
exec 9> "$out/.lock"
if command -v flock > /dev/null; then flock 9; fi
log=$out/build.log
if cmake -S "$here" -B "$out" -DCMAKE_BUILD_TYPE=Release -DLIBTORCH="${LIBTORCH:-}" > "$log" 2>&1 \
  && cmake --build "$out" --parallel 2 >> "$log" 2>&1; then
  touch "$out/libnsft_torch.so"
  exit 0
fi
fail "libnsft_torch: the build failed: $(grep -m1 -iE '(error|not found)' "$log" | tr -d '\r') (log: $log)"
