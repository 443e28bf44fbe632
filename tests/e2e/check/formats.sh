#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The formats of CI systems from `check` and `merge`: what each holds, and that none changes the exit code.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

# one_finding FORMAT FILTER: the check fails as in text, and jq finds what the filter says.
one_finding() {
  expect 1 '' "${amd64[@]}" --format "$1" -o "out.$1"
  command -v jq >/dev/null || return 0
  jq -e "$2" "out.$1" >/dev/null || fail "$1 is not as expected: $(head -c 2000 "out.$1")"
}

database "clang-19 $clang_flags" src/sound.c src/network/handler.c
expect 1 '' "${amd64[@]}" --evidence check.json
one_finding gitlab '.[0] | .check_name == "PMS101" and .severity == "blocker" and .location.path == "src/network/handler.c"
  and .location.lines.begin == 16 and (.fingerprint | length == 64)'
one_finding json '.proofmark_findings == 1 and .complete and .counts.findings == 1 and (.subjects | length == 2)
  and .findings[0].rule == "PMS101" and (.findings[0].id | endswith(":1"))'
one_finding sarif '.runs[0].results[0].partialFingerprints.primaryLocationLineHash | endswith(":1")'

expect 1 '' "${amd64[@]}" --format html -o out.html
grep -q '<mark>' out.html || fail 'the page shows no line of the source'
expect 1 '<testsuite name="proofmark-analyze qemu-amd64" tests="2" failures="1" errors="0" skipped="0">' "${amd64[@]}" --format junit
grep -qF '<testcase classname="qemu-amd64" name="src/sound.c" time="0"/>' out || fail 'JUnit does not name the sound unit'

export GITHUB_STEP_SUMMARY=$work/summary.md
echo 'of another step' >"$GITHUB_STEP_SUMMARY"
expect 1 '::error file=src/network/handler.c,line=16,col=' "${amd64[@]}" --format github
unset GITHUB_STEP_SUMMARY
grep -q '^of another step$' summary.md || fail 'the summary of another step is gone'
grep -qF '| error | PMS101 | src/network/handler.c&#58;16 |' summary.md || fail "summary: $(cat summary.md)"
GITHUB_STEP_SUMMARY=$work/none/summary.md expect 3 'none/summary.md: can' "${amd64[@]}" --format github

# The same findings again from the evidence, without another analysis.
for format in gitlab json sarif html; do
  expect 1 '' merge check.json --format "$format" -o merged
  cmp -s merged "out.$format" || fail "merge writes another $format than check"
done

# A unit that cannot be analysed is an error in JUnit, and SARIF says that the run did not succeed.
database "clang-19 $clang_flags" src/sound.c src/unparsable.c
expect 3 '<error type="PMT001"' "${amd64[@]}" --format junit
expect 3 '"executionSuccessful": false' "${amd64[@]}" --format sarif

# Paths are relative to --root.
database "clang-19 $clang_flags" src/network/handler.c
expect 1 'file=network/handler.c,' "${amd64[@]}" --format github --root src
finish
