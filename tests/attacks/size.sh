#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Budgets of the device verifier: the stripped program is at most 64 KiB, starts with few system calls and little memory,
# and carries the marks of its architecture's branch protection. usage: size.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
program=$bin/proofmark-exec-test
size=$(stat -c %s "$program")
checks=$((checks + 1))
[ "$size" -le 65536 ] || fail "$program: $size bytes (limit 65536)"
# The table of sizes tells the truth, give or take what a change elsewhere may cost before somebody looks.
case $arch in amd64) column=3 ;; arm64) column=4 ;; esac
written=$(awk -F'|' -v c="$column" '/^\| `proofmark-exec`, stripped/ {gsub(/[ ,]/, "", $c); print $c}' "$(dirname "$0")/../../verify/README.md")
checks=$((checks + 1))
((written > 0 && (size > written ? size - written : written - size) <= 1024)) ||
  fail "verify/README.md says ${written:-nothing} bytes (expected about $size)"
llvm-size-19 -A "$program" | awk '$1 ~ /^\.(text|rodata|data|bss)/ {printf "  %-14s %7d\n", $1, $2}'
echo "proofmark-exec $arch: $size bytes stripped"
for program_with in test tpm tpm-counter; do
  size=$(stat -c %s "$bin/proofmark-init-$program_with")
  checks=$((checks + 1))
  [ "$size" -le 98304 ] || fail "proofmark-init-$program_with: $size bytes (limit 98304)"
  echo "proofmark-init-$program_with $arch: $size bytes stripped"
done
size=$(stat -c %s "$bin/proofmark-state-test")
checks=$((checks + 1))
[ "$size" -le 16384 ] || fail "proofmark-state: $size bytes (limit 16384)"
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
