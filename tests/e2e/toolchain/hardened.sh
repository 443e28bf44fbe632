#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What proofmark_harden() promises, seen in real programs of both architectures: they link statically and run, carry
# the marks their architecture can have, keep no path of this machine, and errors are errors.
set -euo pipefail
# shellcheck source=tests/e2e/toolchain/lib.sh
source "$(dirname "$0")/lib.sh"
source_dir=$(dirname "$0")/hardened
cp -r "$source_dir" "$work/project"

# Notes, headers and symbols as readelf prints them, blanks squeezed.
has() { [[ $(llvm-readelf-19 "$2" "$3" | tr -s ' ') == *"$1"* ]] || give_up "$3: expected '$1' in readelf $2"; }
lacks() { [[ $(llvm-readelf-19 "$2" "$3") != *"$1"* ]] || give_up "$3: did not expect '$1' in readelf $2"; }

# run ARCH PROGRAM: on a CPU model that enforces BTI where there is one.
run() {
  if [[ $1 == amd64 && $(uname -m) == x86_64 ]]; then "$2"; else "$(emulator "$1")" -cpu max "$2"; fi
}

emulator() {
  local machine=aarch64
  [[ $1 == arm64 ]] || machine=x86_64
  command -v qemu-$machine-static || command -v qemu-$machine || { echo "SKIP: no emulator for $1"; exit 77; }
}

check_program() {
  has 'Type: DYN' -h "$1"
  lacks NEEDED -d "$1"
  lacks INTERP -l "$1"
  lacks RWE -l "$1"
  lacks TEXTREL -d "$1"
  has GNU_RELRO -l "$1"
  has 'BIND_NOW' -d "$1"
  has NT_GNU_BUILD_ID -n "$1"
  ! grep -aqF "$work" "$1" || give_up "$1: holds the build path $work"
  ! grep -aqF "$cache" "$1" || give_up "$1: holds the cache path $cache"
}

cache=$(dirname "$(dirname "$("$tree/toolchains/fetch.sh" --print-dir sysroot amd64)")")
for arch in amd64 arm64; do
  build=$work/$arch
  expect 0 '' cmake -G Ninja --toolchain "$tree/toolchains/$arch.cmake" -DPROOFMARK_BOARDS=qemu-$arch \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DPROOFMARK_TREE="$tree" -S "$work/project" -B "$build"
  expect 0 '' cmake --build "$build"
  for program in c_program throwing quiet freestanding; do
    expect 0 '' run $arch "$build/$program"
    check_program "$build/$program"
  done
  expect 1 'implicit-function-declaration' cmake --build "$build" --target undeclared
done

for program in c_program quiet freestanding; do has 'BTI, PAC' -n "$work/arm64/$program"; done
has 'IBT, SHSTK' -n "$work/amd64/freestanding"
has __strcpy_chk -s "$work/amd64/c_program"
has __stack_chk_fail -s "$work/arm64/c_program"

# The same sources in another directory give the same bytes.
for arch in amd64 arm64; do
  cp -r "$work/project" "$work/elsewhere-$arch"
  expect 0 '' cmake -G Ninja --toolchain "$tree/toolchains/$arch.cmake" -DPROOFMARK_BOARDS=qemu-$arch \
    -DCMAKE_BUILD_TYPE=RelWithDebInfo -DPROOFMARK_TREE="$tree" -S "$work/elsewhere-$arch" -B "$work/elsewhere-$arch/b"
  expect 0 '' cmake --build "$work/elsewhere-$arch/b"
  cmp "$work/$arch/c_program" "$work/elsewhere-$arch/b/c_program" || give_up "$arch: the build path changes the program"
done
