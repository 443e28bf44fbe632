#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# usage: refuses.sh SOURCE_TREE amd64|arm64
# Nothing is signed that was not proved: takes the evidence of the built gateway and spoils it, one way after the other.
# And a configure without a board, with an unknown one, or with one of the other architecture is an error.
set -u
tree=$1 arch=$2
build=$tree/build/$arch
firmware=$build/firmware/gateway.qemu-$arch
proofmark=$tree/build/host/bin/proofmark
[ -f "$firmware/gateway.signed" ] || { echo "skipped: $firmware/gateway.signed is not built"; exit 77; }
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cases=0

# try_sign CODE TEXT OPTIONS...: signing exits with CODE, says TEXT and leaves no output unless CODE is 0.
try_sign() {
  local code=$1 text=$2 output status
  shift 2
  rm -f "$work/out"
  output=$("$proofmark" sign --key "$build/keys/test-key.pem" --board "qemu-$arch" "$@" "$firmware/gateway" -o "$work/out" 2>&1)
  status=$?
  [ "$status" -eq "$code" ] || { echo "FAIL: exit code $status, expected $code ($text): $output"; exit 1; }
  grep -qE "$text" <<<"$output" || { echo "FAIL: no '$text' in: $output"; exit 1; }
  [ "$code" -eq 0 ] || [ ! -e "$work/out" ] || { echo "FAIL: refused, but wrote the output"; exit 1; }
  cases=$((cases + 1))
}
spoil() { jq "$1" "$firmware/$2.evidence.json" >"$work/$2.json"; }
check=$firmware/check.evidence.json audit=$firmware/audit.evidence.json

try_sign 0 '' --evidence "$check" --evidence "$audit"
try_sign 1 'evidence' # none at all
try_sign 1 'audit' --evidence "$check"
try_sign 1 'main\.c' --evidence "$audit"
spoil 'del(.units[] | select(.name | endswith("encoder.c")))' check
try_sign 1 'encoder\.c' --evidence "$work/check.json" --evidence "$audit"
spoil '.verdict = "fail"' check
try_sign 1 'fail' --evidence "$work/check.json" --evidence "$audit"
spoil '.policy.sha256 = ("0" * 64)' check
try_sign 1 'policy' --evidence "$work/check.json" --evidence "$audit"
spoil '.board = "other"' check
try_sign 1 'board' --evidence "$work/check.json" --evidence "$audit"
spoil '.artifact.sha256 = ("0" * 64)' audit
try_sign 1 'audit' --evidence "$check" --evidence "$work/audit.json"
spoil '.prebuilt[0].waived = false' audit
try_sign 1 'prebuilt|archive' --evidence "$check" --evidence "$work/audit.json"
echo '{' >"$work/audit.json"
try_sign 3 'audit.json' --evidence "$check" --evidence "$work/audit.json"

# configure TEXT OPTIONS...: the configure fails and says TEXT.
configure() {
  local text=$1 output
  shift
  if output=$(cmake -S "$tree" -B "$work/build" -G Ninja --toolchain "$tree/toolchains/$arch.cmake" \
      -DPROOFMARK_HOST_TOOLS="$tree/build/host" "$@" 2>&1); then
    echo "FAIL: configured with $*"; exit 1
  fi
  tr -s ' \n' ' ' <<<"$output" | grep -qE "$text" || { echo "FAIL: no '$text' in: $output"; exit 1; }
  rm -rf "$work/build"
  cases=$((cases + 1))
}
other=$([ "$arch" = amd64 ] && echo arm64 || echo amd64)
configure 'must name its boards'
configure "no such board 'nonesuch' \(known boards: .*qemu-amd64" -DPROOFMARK_BOARDS=nonesuch
configure "another architecture \(expected $arch, found $other\)" -DPROOFMARK_BOARDS="qemu-$other"
echo "ok: $cases cases"
