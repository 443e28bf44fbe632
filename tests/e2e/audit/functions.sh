#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# functions.sh: what the audit reads from the code that each installed compiler emits, with protections and without. The
# compilers are the oracle: what they were asked for must be found, and nothing else.
# Environment: PROOFMARK_ELF.
set -u
here=$(cd "$(dirname "$0")" && pwd)
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/proofmark-functions.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0 compared=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

# audit FILE: one line "function property state" for each, in $work/states.
audit() {
  "$PROOFMARK_ELF" audit "$1" --layers "$work/layers.json" >/dev/null 2>"$work/err"
  [ $? -le 1 ] || fail "$1: $(cat "$work/err")"
  jq -r '.functions[] | .symbol as $f | .protections[] | [$f, .property, .state] | join(" ")' "$work/layers.json" >"$work/states"
}

# expect WHAT FUNCTION CANARY CLASH BRANCH
expect() {
  local name property expected found
  for property in canary stack-clash branch-protection; do
    case $property in canary) expected=$3 ;; stack-clash) expected=$4 ;; *) expected=$5 ;; esac
    found=$(sed -n "s/^$2 $property //p" "$work/states")
    [ "$found" = "$expected" ] || fail "$1: $2: $property is $found (expected $expected)"
    compared=$((compared + 1))
  done
}

protected() {
  local what="$* protected"
  "$@" -O2 -g -fstack-protector-strong -fstack-clash-protection "$branch_on" -c "$here/functions.c" -o "$work/o.o" || { fail "$what"; return; }
  audit "$work/o.o"
  expect "$what" plain not-applicable not-applicable held
  expect "$what" array held not-applicable held
  expect "$what" large held "$probes" held
  expect "$what" variable "$variable_canary" "$probes" held
  expect "$what" spared not-applicable not-applicable missing
  expect "$what" local held not-applicable "$local_branch"
  expect "$what" called not-applicable not-applicable held
}

unprotected() {
  local what="$* unprotected"
  "$@" -O2 -g -fno-stack-protector -fno-stack-clash-protection "$branch_off" -c "$here/functions.c" -o "$work/o.o" || { fail "$what"; return; }
  audit "$work/o.o"
  expect "$what" plain not-applicable not-applicable missing
  expect "$what" array missing not-applicable missing
  expect "$what" large missing missing missing
  expect "$what" spared not-applicable not-applicable missing
  found=$(sed -n 's/^variable stack-clash //p' "$work/states")
  [ "$found" = missing ] || fail "$what: variable: stack-clash is $found (expected missing)"
}

probes=held
for compiler in gcc clang-19 clang-14; do
  [ "$(uname -m)" = x86_64 ] && command -v "$compiler" >/dev/null || continue
  branch_on=-fcf-protection=full branch_off=-fcf-protection=none variable_canary=held
  local_branch=not-applicable # nobody takes its address
  protected "$compiler"
  unprotected "$compiler"
done
branch_on=-mbranch-protection=standard branch_off=-mbranch-protection=none local_branch=held
for compiler in clang-19 clang-14; do
  command -v "$compiler" >/dev/null || continue
  variable_canary=held probes=held
  [ "$compiler" = clang-14 ] && probes=missing # it has the option for amd64 only
  protected "$compiler" --target=aarch64-linux-gnu
  unprotected "$compiler" --target=aarch64-linux-gnu
done
if command -v aarch64-linux-gnu-gcc >/dev/null; then
  # The compiler's own assembly tells whether it has CVE-2023-4039: the canary of a variable array above x29.
  variable_canary=held probes=held
  aarch64-linux-gnu-gcc -O2 -fstack-protector-strong -S "$here/functions.c" -o - | grep -qE 'str[[:space:]]x[0-9]+, \[x29, (1[6-9]|[2-9][0-9])\]' &&
    variable_canary=missing
  protected aarch64-linux-gnu-gcc
  unprotected aarch64-linux-gnu-gcc
fi
[ "$compared" -gt 0 ] || { echo 'skipped: no compiler is installed'; exit 77; }
echo "$compared answers compared"
[ "$failures" -eq 0 ]
