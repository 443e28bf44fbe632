#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The table in verify/README.md says what is built, give or take what a change elsewhere may cost before somebody looks; and what
# a verification holds in memory is within its budget. Limits of size: size.sh. usage: table.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
case $arch in amd64) column=3 ;; arm64) column=4 ;; esac
page=$(dirname "$0")/../../verify/README.md

# says ROW SIZE: the row of the table that begins with ROW has SIZE, in bytes or KiB, give or take 5 %.
says() {
  local row=$1 size=$2 written
  written=$(awk -F'|' -v c="$column" -v row="$row" 'index($2, row) == 2 {gsub(/[ ,]|KiB/, "", $c); print $c; exit}' "$page")
  checks=$((checks + 1))
  ((written > 0 && (size > written ? size - written : written - size) * 20 <= written)) ||
    fail "verify/README.md says ${written:-nothing} of $row (expected about $size)"
  echo "$row: $size"
}

size_of() { stat -c %s "$bin/$1"; }
says '`proofmark-exec`, stripped' "$(size_of proofmark-exec-test)"
says '`proofmark-exec` with `DYNAMIC`' "$(size_of proofmark-exec-full)"
says '`proofmark-init`, stripped' "$(size_of proofmark-init-test)"
says 'the same with a TPM' "$(size_of proofmark-init-tpm-counter)"
says '`proofmark-state`, stripped' "$(size_of proofmark-state-test)"
says '`proofmark-guard`, stripped' "$(size_of proofmark-guard-test)"
if [ "$arch" = arm64 ]; then
  size=$(llvm-size-19 -A "$bin/proofmark-bare-metal-test" | awk '$1 ~ /^\.(text|rodata|data|got|note)$/ {n += $2} END {print n}')
  says '`examples/bare-metal`' "$size"
  checks=$((checks + 1))
  [ "$size" -le 65536 ] || fail "examples/bare-metal: $size bytes (limit 65536)"
fi

# The largest resident memory of a verification, in KiB, read while the program is held at its end.
if [ "$arch/$(uname -m)" = amd64/x86_64 ] && command -v strace >/dev/null; then
  cp "$bin/proofmark-test-tiny" "$work/large" && truncate -s 16M "$work/large" && sign "$work/large" "$work/signed"
  strace -qq -o /dev/null -e trace=exit_group -e inject=exit_group:delay_enter=20000000 "$bin/proofmark-exec-test" --check "$work/signed" &
  tracer=$! stopped=0 resident=0
  for _ in $(seq 200); do
    sleep 0.05
    status=$(cat "/proc/$(pgrep -P $tracer)/status" 2>/dev/null)
    case $status in *State:*'tracing stop'*) stopped=$((stopped + 1)) ;; *) stopped=0 ;; esac
    [ "$stopped" -lt 4 ] || { resident=$(awk '/^VmHWM/ {print $2}' <<<"$status"); break; }
  done
  kill "$tracer" && wait "$tracer"
  says 'resident memory of `proofmark-exec --check`' "$resident"
  checks=$((checks + 1))
  [ "$resident" -le 1024 ] || fail "proofmark-exec: $resident KiB resident (limit 1024)"
fi
finish
