#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Budgets of the device verifier: each stripped program has its limit, a launcher of static programs 64 KiB; and the launcher carries the
# marks of its architecture's branch protection. usage: size.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
program=$bin/proofmark-exec-test
# sized PROGRAM LIMIT: the file is no larger.
sized() {
  local size
  size=$(stat -c %s "$bin/$1")
  checks=$((checks + 1))
  [ "$size" -le "$2" ] || fail "$1: $size bytes (limit $2)"
  echo "$1 $arch: $size bytes"
}
sized proofmark-exec-test 65536
sized proofmark-exec-full 73728
for part in test tpm tpm-counter; do sized "proofmark-init-$part" 98304; done
sized proofmark-state-test 16384
llvm-size-19 -A "$program" | awk '$1 ~ /^\.(text|rodata|data|bss)/ {printf "  %-14s %7d\n", $1, $2}'
llvm-readelf-19 -n "$program" >"$work/notes"
case $arch in
  amd64) expect 0 'IBT, SHSTK' cat "$work/notes" ;;
  arm64) expect 0 'BTI, PAC' cat "$work/notes" ;;
esac
expect 0 'DYN' llvm-readelf-19 -h "$program"
checks=$((checks + 1))
llvm-readelf-19 -lW "$program" | grep -qE 'LOAD.* RWE ' && fail 'a segment is writable and executable'
llvm-readelf-19 -lW "$program" | grep -q INTERP && fail 'it has an interpreter'
size=$(stat -c %s "$bin/proofmark-guard-test")
checks=$((checks + 1))
[ "$size" -le 106496 ] || fail "proofmark-guard: $size bytes (limit 106496)"
echo "proofmark-guard $arch: $size bytes stripped"
finish
