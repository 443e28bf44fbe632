#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# House style that a script can see: licence line, file size, formatting, no machine's paths, no registry hosts.
set -u
# shellcheck source=tests/meta/lib.sh
. "$(dirname "$0")/lib.sh"

kMaxLines=400

code_files() { tree_files | grep -E '(\.(c|cc|cpp|h|hpp|S|sh|cmake)|CMakeLists\.txt)$|^\.ci/run$'; }

while read -r file; do
  head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || fail "$file: no SPDX line in the first three lines"
  lines=$(wc -l <"$file")
  [ "$lines" -le "$kMaxLines" ] || fail "$file: $lines lines (limit $kMaxLines)"
done < <(code_files | grep -vE '^tests/(rules|vectors|e2e/check|fuzz/corpus)/')

# Text that ties the tree to one machine or one registry. Policies are exempt: they list the paths that firmware must not hold.
while read -r file; do
  grep -nIE '(deb\.debian\.org|registry\.npmjs\.org|security\.debian\.org|/work/(main|shared)|/root/)' "$file" /dev/null |
    while read -r hit; do echo "$hit"; done
done < <(tree_files | grep -vE '^(tests/meta/(style|self_test)\.sh|boards/policies/.*\.json)$') >"${TMPDIR:-/tmp}/style-hits.$$"
while read -r hit; do fail "names a host or a machine's path: $hit"; done <"${TMPDIR:-/tmp}/style-hits.$$"
rm -f "${TMPDIR:-/tmp}/style-hits.$$"

# Conditional compilation is rare: architecture differences are files chosen by CMake.
conditionals=$(sources | grep -E '^(verify|signer|analyzers)/' | xargs -r grep -hE '^[[:space:]]*#[[:space:]]*(if|ifdef|ifndef)\b' | wc -l)
lines=$(sources | grep -E '^(verify|signer|analyzers)/' | xargs -r cat | wc -l)
[ "$lines" -eq 0 ] || [ $((conditionals * 1000 / lines)) -le 5 ] ||
  fail "$conditionals #if in $lines lines (limit 5 per 1,000)"

if command -v clang-format-19 >/dev/null; then
  sources | grep -vE '^tests/(rules|vectors|e2e/check|fuzz/corpus)/' | xargs -r clang-format-19 --dry-run -Werror 2>&1 |
    sed -nE 's/^([^ :]+):[0-9]+:[0-9]+: error.*/\1/p' | sort -u >"${TMPDIR:-/tmp}/format-hits.$$"
  while read -r file; do fail "$file: not formatted (clang-format-19 -i)"; done <"${TMPDIR:-/tmp}/format-hits.$$"
  rm -f "${TMPDIR:-/tmp}/format-hits.$$"
else
  echo 'note: clang-format-19 missing, formatting not checked'
fi
finish
