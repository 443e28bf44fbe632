#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# usage: report.sh SOURCE_TREE amd64|arm64
# The report on the built gateway holds; then its layers are spoiled, one way after the other, and the report names the
# layer, the unit and the function. The page stays small enough to be mailed.
set -u
tree=$1 arch=$2
firmware=$tree/build/$arch/firmware/gateway.qemu-$arch
proofmark=$tree/build/host/bin/proofmark
kMaxPageBytes=2000000
[ -f "$firmware/report.html" ] || { echo "skipped: $firmware/report.html is not built"; exit 77; }
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cases=0

# report CODE TEXT CHECK AUDIT: the report of these layers exits with CODE and says TEXT.
report() {
  local code=$1 text=$2 output status
  output=$("$proofmark" report "$3" "$4" 2>&1)
  status=$?
  [ "$status" -eq "$code" ] || { echo "FAIL: exit code $status, expected $code ($text): $output"; exit 1; }
  grep -qE "$text" <<<"$output" || { echo "FAIL: no '$text' in: $output"; exit 1; }
  cases=$((cases + 1))
}
spoil() { jq "$1" "$firmware/$2.layers.json" >"$work/$2.json"; }
check=$firmware/check.layers.json audit=$firmware/audit.layers.json

report 0 'nothing that the policy insists on was lost' "$check" "$audit"
report 3 'no layers of audit' "$check" "$check"
owes='[.units[].functions[] | select(.expects_canary)][0].symbol'
symbol=$(jq -r "$owes" "$check")
[ "$symbol" != null ] || { echo 'FAIL: no function of the gateway owes a canary'; exit 1; }
spoil "(.functions[] | select(.symbol == \"$symbol\" and .unit != \"\") | .protections[] | select(.property == \"canary\") | .state) = \"missing\"" audit
report 1 "not realised in machine code: $symbol has no canary" "$check" "$work/audit.json"
spoil '(.units[0].protections[] | select(.rule == "PMF003")) |= (.state = "missing" | .requested = "")' check
report 1 'never requested' "$work/check.json" "$audit"
spoil '(.units[0].protections[] | select(.rule == "PMF003")) |= (.state = "missing" | .requested = "-fno-stack-protector")' check
report 1 'overridden on the command line' "$work/check.json" "$audit"
spoil '.units[0].name as $name | del((.evidence.units, .units)[] | select(.name == $name))' check
report 3 'in the ELF file, but never analysed' "$work/check.json" "$audit"
spoil '.evidence.board = "other"' check
report 3 'different boards' "$work/check.json" "$audit"
bytes=$(stat -c %s "$firmware/report.html")
[ "$bytes" -lt "$kMaxPageBytes" ] || { echo "FAIL: report.html has $bytes bytes (limit $kMaxPageBytes)"; exit 1; }
echo "ok: $cases cases, the page has $bytes bytes"
