#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# --baseline: known findings do not fail the run, wherever their lines move; new ones, raised ones and those that `sign`
# must see do.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

database "clang-19 $clang_flags" src/sound.c src/network/handler.c
expect 1 '' "${amd64[@]}" --write-baseline known.json --evidence known.evidence
expect 1 '' "${amd64[@]}" --format sarif -o known.sarif

# Lines above moved, the finding did not change.
sed -i '1i /* two more */\n/* lines */' src/network/handler.c
for file in known.json known.evidence known.sarif; do
  expect 0 'error: (known) ' "${amd64[@]}" --baseline "$file"
done
expect 0 '0 errors, 0 warnings, 0 notes, 0 waived, 1 known in 2 units' "${amd64[@]}" --baseline known.json --evidence now.evidence
grep -q '"verdict": "fail"' now.evidence || fail 'the evidence passes because of a baseline'
expect 1 '' merge now.evidence
expect 0 '1 known' merge now.evidence --baseline known.json
expect 0 '"baselineState": "unchanged"' "${amd64[@]}" --baseline known.json --format sarif
expect 0 '::notice file=src/network/handler.c,line=18,' "${amd64[@]}" --baseline known.json --format github

# A second finding is new, and fails.
database "clang-19 $clang_flags" src/sound.c src/network/handler.c src/modbus/encoder.c
expect 1 '1 error, 0 warnings, 0 notes, 0 waived, 1 known' "${amd64[@]}" --baseline known.json

# What is cured is gone.
database "clang-19 $clang_flags" src/sound.c
expect 0 '0 waived, 1 gone in 1 unit' "${amd64[@]}" --baseline known.json
expect 0 '"baselineState": "absent"' "${amd64[@]}" --baseline known.json --format sarif

# A baseline that a careless policy wrote does not excuse what the policy insists on since.
database "clang-19 $clang_flags" src/network/handler.c
sed 's/"must"/"should"/' known.json >lenient.json
expect 1 '1 error' "${amd64[@]}" --baseline lenient.json

# Nor what could not be analysed, nor an expired waiver.
database "clang-19 $clang_flags" src/unparsable.c
expect 3 '' "${amd64[@]}" --format json -o broken.json
expect 3 'error: this unit could not be analysed' "${amd64[@]}" --baseline broken.json

expect 3 'none.json' "${amd64[@]}" --baseline none.json
echo '{"findings": []}' >foreign.json
expect 3 'foreign.json: not a baseline' "${amd64[@]}" --baseline foreign.json
finish
