#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The command line of the report: exit codes, messages, output files, and that no damaged layers file brings it down.
set -u
report=$PROOFMARK_REPORT data=$REPORT_DATA
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cases=0

# expect CODE TEXT ARGUMENTS...: exits with CODE and says TEXT.
expect() {
  local code=$1 text=$2 output status
  shift 2
  output=$("$report" "$@" 2>&1)
  status=$?
  [ "$status" -eq "$code" ] || { echo "FAIL: exit code $status, expected $code ($*): $output"; exit 1; }
  grep -qF -- "$text" <<<"$output" || { echo "FAIL: no '$text' in: $output"; exit 1; }
  cases=$((cases + 1))
}
check=$data/check.layers.json audit=$data/audit.layers.json

expect 0 '--source-root' report --help
expect 2 'LAYERS is required' report
expect 2 'pdf not in' report --format pdf "$check"
expect 2 '--colour' report --colour "$check"
expect 3 'cannot tell: not everything is covered' report "$check" "$audit"
expect 3 'no-such.json' report "$work/no-such.json"
expect 3 'not a layers file' report "$data/picture.json"
expect 3 'not a layers file' report "$data/../../../../boards/schema.json"
expect 3 "can't" report --format json -o "$work/no/such/folder/report.json" "$check" "$audit"
expect 3 'the layers tell of two ELF files' report "$audit" "$audit"
expect 3 'proofmark: error:' report --waivers "$check" "$check" "$audit"
expect 3 '' report -o "$work/report.txt" "$check" "$audit"
grep -q 'weakened in source' "$work/report.txt" || { echo 'FAIL: nothing in report.txt'; exit 1; }

# Cut anywhere, or with a byte changed, a layers file is read or refused; a signal would be an exit code above 3.
size=$(stat -c %s "$check")
for ((at = 1; at < size; at += size / 150)); do
  head -c "$at" "$check" >"$work/cut.json"
  { head -c "$((at - 1))" "$check"; printf '"'; tail -c "+$((at + 1))" "$check"; } >"$work/changed.json"
  for file in cut changed; do
    "$report" report --format html -o "$work/page" "$work/$file.json" "$audit" 2>/dev/null
    status=$?
    [ "$status" -eq 3 ] || { echo "FAIL: exit code $status for a $file file at byte $at"; exit 1; }
    cases=$((cases + 1))
  done
done
echo "ok: $cases cases"
