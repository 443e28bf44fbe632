#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# sweep.sh sample|all: every ELF file below /usr with its functions examined, and damaged copies of some. None may crash
# the audit, hang it or go unanswered: each is judged, or a message says why not.
# Environment: PROOFMARK_ELF, BOARDS_DIR.
set -u
work=$(mktemp -d "${TMPDIR:-/tmp}/proofmark-sweep.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }

# The files that begin like ELF, by one process: grep reads four bytes of each.
elf_files() {
  find /usr/bin /usr/lib /usr/sbin /usr/libexec /usr/*-linux-gnu "$@" -type f -size +0 -print0 2>/dev/null | LC_ALL=C sort -zu |
    xargs -0 perl -e 'for (@ARGV) { open(F, "<", $_) or next; read(F, $b, 4); print "$_\n" if $b eq "\x7fELF"; close F }'
}

# judged SECONDS FILE...: all are answered in time, with an exit code that is an answer.
judged() {
  local limit=$1 code answered refused
  shift
  timeout "$limit" "$PROOFMARK_ELF" audit --functions on -j 2 --format json -o "$work/json" "$@" 2>"$work/err"
  code=$?
  [ "$code" -le 3 ] && [ "$code" -ne 2 ] || { fail "exit code $code for $# files, from $1 on: $(tail -n 2 "$work/err")"; return; }
  answered=$(jq '.files | length' "$work/json")
  refused=$(grep -c '^proofmark: error: ' "$work/err")
  [ $((answered + refused)) -eq $# ] || fail "$answered judged and $refused refused of $#, from $1 on"
  total=$((total + $#)) refusals=$((refusals + refused))
}

# Cut, or overwritten at places that the file's number picks.
damage() {
  local file=$1 number=$2 size at
  size=$(stat -c %s "$file")
  head -c $((size * (number % 9 + 1) / 10)) "$file" >"$work/cut.$number"
  cp "$file" "$work/hit.$number" && chmod u+w "$work/hit.$number"
  for at in 16 40 $((64 + number % 400)) $((size / 3)) $((size / 2 + number)) $((size - 100 - number % 200)); do
    [ "$at" -gt 0 ] && printf '\xff\xff\xff\x7f\xff' | dd of="$work/hit.$number" bs=1 seek="$at" conv=notrunc status=none
  done
}

total=0 refusals=0
case ${1:-sample} in
  all)
    mapfile -t files < <(elf_files)
    batch=100 damaged=150 ;;
  *)
    mapfile -t files < <(elf_files -size -2000k | awk 'NR % 23 == 0' | head -n 150)
    batch=50 damaged=30 ;;
esac
[ "${#files[@]}" -ge 10 ] || { echo 'skipped: fewer than ten ELF files on this machine'; exit 77; }
for ((first = 0; first < ${#files[@]}; first += batch)); do
  judged 600 "${files[@]:first:batch}"
done
intact=$total
step=$((${#files[@]} / damaged + 1))
for ((index = 0; index < ${#files[@]}; index += step)); do
  [ "$(stat -c %s "${files[index]}")" -gt 4000000 ] && continue
  damage "${files[index]}" "$index"
  judged 60 "$work/cut.$index" "$work/hit.$index"
  rm -f "$work"/cut.* "$work"/hit.*
done
echo "$intact files and $((total - intact)) damaged ones, $refusals refused with a message"
[ "$failures" -eq 0 ]
