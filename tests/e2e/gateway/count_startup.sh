#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The start-up budget of the sample firmware: at most 15 system calls between execve and the first socket of the field
# bus, that is, until the gateway does what it is for. Thirteen of them are glibc's, before main().
set -euo pipefail
[[ $# -eq 1 ]] || { echo "usage: count_startup.sh FIRMWARE" >&2; exit 2; }
budget=15
[[ -x $1 ]] || { echo "skipped: $1 is not there (cmake --build --preset amd64 makes it)"; exit 77; }
command -v strace >/dev/null || { echo "skipped: strace is not installed"; exit 77; }
[[ $(uname -m) == x86_64 ]] || { echo "skipped: this machine cannot run amd64 programs natively"; exit 77; }

trace=$(mktemp)
trap 'rm -f "$trace"' EXIT
strace -o "$trace" "$1" --cycles 1 --modbus-port 1 --mqtt-port 1 2>/dev/null || true
grep -q '^socket(' "$trace" || { echo "skipped: strace cannot trace here"; exit 77; }
count=$(sed -n '2,/^socket(/p' "$trace" | grep -vc '^socket(')
echo "start-up: $count system calls (budget $budget)"
[[ $count -le $budget ]] || { sed -n '1,/^socket(/p' "$trace"; exit 1; }
