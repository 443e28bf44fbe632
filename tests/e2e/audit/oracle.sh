#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The machine's own programs and libraries, judged by the audit and by readelf: both must see the same facts. Also that
# none of them, whatever it is, makes the audit crash.
# Environment: PROOFMARK_ELF, BOARDS_DIR.
# shellcheck source=tests/e2e/audit/build.sh
. "$(dirname "$0")/build.sh"
kFiles=40

mapfile -t files < <(find /usr/bin /usr/lib/x86_64-linux-gnu /usr/aarch64-linux-gnu/lib -maxdepth 1 -type f -size +4k -size -800k 2>/dev/null |
  LC_ALL=C sort | awk 'NR % 23 == 0' | while read -r file; do
    head -c 4 "$file" 2>/dev/null | grep -q ELF && readelf -h "$file" 2>/dev/null | grep -qE 'Type: +(EXEC|DYN)' && echo "$file"
  done | head -n "$kFiles")
[ "${#files[@]}" -ge 10 ] || { echo 'skipped: fewer than ten ELF files on this machine'; exit 77; }

"$PROOFMARK_ELF" audit --format json -o "$work/all.json" "${files[@]}" 2>"$work/err"
code=$?
[ "$code" -eq 1 ] || fail "exit code $code for ${#files[@]} files (expected 1): $(head -n 3 "$work/err")"

# ours FILE RULE: pass, fail or not-applicable.
jq -r '.files[] | .file as $f | .rules[] | [$f, .id, .status] | @tsv' "$work/all.json" >"$work/answers"
ours() { awk -F'\t' -v f="$1" -v r="$2" '$1 == f && $2 == r { print $3 }' "$work/answers"; }

# compare FILE RULE EXPECTED
compare() {
  local found
  found=$(ours "$1" "$2")
  [ "$found" = "$3" ] || fail "$1: $2 is $found, readelf says $3"
}

# says PATTERN TEXT-FILE: fail when a line matches, else pass.
fails_on() { if grep -qE "$1" "$2"; then echo fail; else echo pass; fi; }
passes_on() { if grep -qE "$1" "$2"; then echo pass; else echo fail; fi; }

for file in "${files[@]}"; do
  readelf -dW "$file" >"$work/dynamic" 2>/dev/null
  readelf -lW "$file" >"$work/segments" 2>/dev/null
  readelf -nW "$file" >"$work/notes" 2>/dev/null
  compare "$file" PME002 "$(fails_on '\(NEEDED\)' "$work/dynamic")"
  compare "$file" PME003 "$(fails_on '\((RPATH|RUNPATH)\)' "$work/dynamic")"
  grep -q DYNAMIC "$work/segments" &&
    compare "$file" PME005 "$(passes_on 'BIND_NOW|Flags:.* NOW' "$work/dynamic")"
  compare "$file" PME006 "$(passes_on 'GNU_STACK .* RW  0x' "$work/segments")"
  compare "$file" PME007 "$(fails_on '^ +LOAD .* RWE ' "$work/segments")"
  compare "$file" PME008 "$(fails_on 'TEXTREL' "$work/dynamic")"
  grep -q GNU_RELRO "$work/segments" || compare "$file" PME004 fail
  compare "$file" PME010 "$(passes_on 'x86 feature:.*IBT.*SHSTK|AArch64 feature:.*BTI.*PAC' "$work/notes")"
  compare "$file" PME011 "$(passes_on 'Build ID: [0-9a-f]{32}' "$work/notes")"
done
echo "${#files[@]} files compared"
finish
