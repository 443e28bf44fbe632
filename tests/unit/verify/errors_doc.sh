#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# docs/errors.md, verdict.h and the texts are the same list; and every refusal is provoked by some test.
# usage: errors_doc.sh SOURCE_TREE
set -u
tree=${1:?usage: errors_doc.sh SOURCE_TREE}
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

header=$(sed -nE 's/^ *(PM_(REFUSED[A-Z_]*|DECODED_UNVERIFIED)) = ([0-9]+),.*/\3 \1/p' "$tree/verify/include/proofmark/verdict.h")
document=$(sed -nE 's/^\| ([0-9]+) \| `([A-Z_]+)` \|.*/\1 \2/p' "$tree/docs/errors.md")
[ -n "$header" ] || fail 'no verdict found in verdict.h'
difference=$(diff <(echo "$header") <(echo "$document")) || fail "verdict.h (<) and docs/errors.md (>) differ: $difference"
[ -z "$(cut -d' ' -f1 <<<"$header" | sort | uniq -d)" ] || fail 'a number is used twice'

# Refusals that no test can provoke, each with its reason.
declare -A unprovoked=(
  [PM_REFUSED]='a stage would have to be skipped while the program runs'
  [PM_REFUSED_EXEC_SEAL]='the kernel does not refuse seals on a memory file that allows them'
  [PM_REFUSED_EXEC_DESCRIPTORS]='close_range() does not fail on valid arguments'
  [PM_REFUSED_GUARD_TYPE]='the kernel executes regular files only, and asks about no other'
  [PM_REFUSED_EXEC_MAP]='it takes a security module that forbids to map memory files, or no memory left at this very moment'
  [PM_REFUSED_BOOT_MEMORY]='a guest that is out of memory at this very moment cannot be had reliably'
  [PM_REFUSED_EXEC_PRIVILEGES]='the kernel does not refuse these prctl() calls'
)
while read -r number name; do
  grep -q "{$name, \"" "$tree/verify/src/verdict.cpp" "$tree/verify/linux/dynamic.cpp" "$tree/verify/linux/init/report.cpp" \
    "$tree/verify/linux/guard/decision.cpp" || fail "$name has no text"
  grep -qrE "\b$name\b|PM-E$number\b" "$tree/tests/unit/verify" "$tree/tests/attacks" "$tree/tests/e2e" \
    --include='*.cpp' --include='*.sh' --exclude=errors_doc.sh && continue
  [ -n "${unprovoked[$name]:-}" ] || fail "$name ($number) is provoked by no test"
done <<<"$header"
[ "$failures" -eq 0 ] && echo "ok: $(wc -l <<<"$header") verdicts"
exit $((failures > 0))
