#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# usage: lost_link_flag.sh SOURCE_TREE amd64|arm64
# A firmware whose own link step loses "-z now" is not proved: the build ends at the check, which names the word that took
# it back. Both kinds of generator tell their link steps.
set -u
tree=$1 arch=$2
command -v clang-19 >/dev/null || { echo 'skipped: clang-19 is not installed'; exit 77; }
sysroot=$("$tree/toolchains/fetch.sh" --print-dir sysroot "$arch" 2>/dev/null) && [ -d "$sysroot" ] ||
  { echo "skipped: the $arch sysroot is not there (toolchains/fetch.sh)"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
fail() { echo "FAIL: $*"; exit 1; }

echo 'int main(void) { return 0; }' >main.c
cat >CMakeLists.txt <<END
cmake_minimum_required(VERSION 3.25)
project(links C CXX)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
list(APPEND CMAKE_MODULE_PATH "$tree/cmake")
include(ProofmarkFirmware)
proofmark_firmware(pump BOARD qemu-$arch SOURCES main.c)
target_link_options(pump.qemu-$arch.elf PRIVATE \${LOST})
END
board=pump.qemu-$arch

# build GENERATOR LOST: configures and builds the whole pipeline; its output is in log.
build() {
  rm -rf build
  cmake -S . -B build -G "$1" --toolchain "$tree/toolchains/$arch.cmake" -DPROOFMARK_BOARDS="qemu-$arch" \
    -DPROOFMARK_HOST_TOOLS="$tree/build/host" -DLOST="$2" >log 2>&1 || fail "configure with $1: $(tail -n 3 log)"
  cmake --build build --target "$board" >log 2>&1
}

for generator in Ninja 'Unix Makefiles'; do
  build "$generator" '' || fail "$generator: a sound link is refused: $(grep -E 'error|hint' log)"
  grep -q '"PMF022"' "build/firmware/$board/check.layers.json" || fail "$generator: the link step was not judged"
  build "$generator" LINKER:-z,lazy && fail "$generator: a lost -z now is not found"
  grep -q "pump.elf: error: link-bind-now: requested -z now, effective lazy: later -z lazy wins \[PMF022\]" log ||
    fail "$generator: no word about the lost flag: $(grep -E 'error|hint' log)"
  [ ! -e "build/firmware/$board/pump.signed" ] || fail "$generator: it is signed all the same"
done
echo 'ok: both generators'
