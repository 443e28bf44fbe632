#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What a device configure refuses, and what it writes down about its tools.
set -euo pipefail
# shellcheck source=tests/e2e/toolchain/lib.sh
source "$(dirname "$0")/lib.sh"

# configure ARCH OPTION...: an empty C project below the real toolchain file.
printf 'cmake_minimum_required(VERSION 3.25)\nproject(empty C CXX)\n' >"$work/CMakeLists.txt"
configure() {
  local arch=$1
  shift
  cmake -G Ninja --toolchain "$tree/toolchains/$arch.cmake" -S "$work" -B "$work/build-$arch" "$@"
}

expect 1 'PROOFMARK_BOARDS: a device build must name its boards (expected a list of boards of arm64, found nothing)' \
  configure arm64
expect 1 "board 'qemu-amd64' is of another architecture (expected arm64, found amd64)" \
  configure arm64 -DPROOFMARK_BOARDS='qemu-arm64;qemu-amd64'
expect 1 "no such board 'toaster'" configure amd64 -DPROOFMARK_BOARDS=toaster
expect 1 "the pinned sysroot 'arm64' is not there hint: run toolchains/fetch.sh" \
  env PROOFMARK_CACHE="$work/nowhere" cmake -G Ninja --toolchain "$tree/toolchains/arm64.cmake" \
  -DPROOFMARK_BOARDS=qemu-arm64 -S "$work" -B "$work/build-nowhere"

expect 0 '' configure arm64 -DPROOFMARK_BOARDS=qemu-arm64
record=$work/build-arm64/toolchain.json
hash_of() { sha256sum <"$(readlink -f "$(command -v "$1")")" | cut -d' ' -f1; }
same 'compiler hash' "$(hash_of clang-19)" "$(jq -r .compiler.sha256 "$record")"
same 'linker hash' "$(hash_of ld.lld-19)" "$(jq -r .linker.sha256 "$record")"
same 'assembler hash' "$(hash_of clang-19)" "$(jq -r .assembler.sha256 "$record")"
same 'ninja hash' "$(hash_of ninja)" "$(jq -r .ninja.sha256 "$record")"
lock_hash=$(sha256sum <"$tree/toolchains/sysroot.lock" | cut -d" " -f1)
same "lock hash" "$lock_hash" "$(jq -r .sysroot_lock_sha256 "$record")"
[[ $(jq -r .compiler.version "$record") == *'clang version 19.'* ]] || give_up 'compiler version is not recorded'

# A build directory of another set of inputs must not go on with its old flags.
mkdir -p "$work/other"
cp -rs "$("$tree/toolchains/fetch.sh" --print-dir sysroot arm64)/../.." "$work/other/tree" 2>/dev/null || true
hash=$(sha256sum <"$tree/toolchains/sysroot.lock" | cut -c1-16)
mkdir -p "$work/other/pinned"
mv "$work/other/tree" "$work/other/pinned/$hash"
expect 1 'configured for other pinned inputs' env PROOFMARK_CACHE="$work/other" cmake -S "$work" -B "$work/build-arm64"
