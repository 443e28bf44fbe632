#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The oracle of the protection rules PMS401 to PMS406, PMS415, PMS420 and PMS438: real compilers build their samples, and
# the object, the linked file or the process shows that a failing sample has lost the protection and that a passing one has it.
# usage: oracle_x.sh SAMPLES_DIR
set -u
samples=${1:?usage: oracle_x.sh SAMPLES_DIR}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0 checks=0
object=$work/unit.o

fail() {
  echo "FAILED $*"
  failures=$((failures + 1))
}

# Each says yes when the protection is lost in what was built.
executable_stack_note() { readelf -SW "$object" | grep -qE '\.note\.GNU-stack .* X '; }
executable_stack_linked() {
  "$compiler" -shared "$object" -o "$work/unit.so" 2>"$work/log" || return 2
  readelf -lW "$work/unit.so" | grep -qE 'GNU_STACK .* RWE '
}
no_branch_note() { ! readelf -nW "$object" | grep -qE 'IBT, SHSTK|BTI, PAC'; }
no_branch_note_linked() { # the sample, with an object of the same compiler that has the note
  echo 'int other(void); int other(void) { return 1; }' | "$compiler" "${flags[@]}" -c -x c - -o "$work/other.o" &&
    "$compiler" -nostdlib -shared "$object" "$work/other.o" -o "$work/unit.so" 2>"$work/log" || return 2
  ! readelf -nW "$work/unit.so" | grep -qE 'IBT, SHSTK|BTI, PAC'
}
# An object in a section of code by its name or flags; a function in a section of data.
mixed_section() {
  local sections kind index line
  sections=$(readelf -SW "$object" | sed -E 's/^ *\[ *([0-9]+)\]/\1/')
  while read -r kind index; do
    line=$(grep -E "^$index " <<<"$sections")
    [ "$kind" = FUNC ] && grep -qE ' \.data|W' <<<"$line" && return 0
    [ "$kind" = OBJECT ] && grep -qE ' \.text|[AW]X ' <<<"$line" && return 0
  done < <(readelf -sW "$object" | awk '$4 == "OBJECT" || $4 == "FUNC" { print $4, $7 }')
  return 1
}
start_up_table() { readelf -SW "$object" | grep -qE '\.(pre)?init_array'; }
weak_check() { nm "$object" | grep -qE ' [WV] __stack_chk'; }
# Runs the sample's function, and looks whether the process now has memory that is writable and executable.
writable_code_mapped() {
  cat >"$work/probe.c" <<'END'
#include <stdio.h>
#include <string.h>
__attribute__((weak)) void *make_room(size_t size);
__attribute__((weak)) void *make_code(const void *code, size_t size);
int main(void) {
  char line[256];
  if (!(make_room ? make_room(4096) : make_code("", 1))) return 2;
  FILE *maps = fopen("/proc/self/maps", "r");
  while (maps && fgets(line, sizeof line, maps))
    if (strstr(line, " rwx")) return 0;
  return maps ? 1 : 2;
}
END
  "$compiler" "$work/probe.c" "$object" -o "$work/probe" 2>"$work/log" || return 2
  "$work/probe"
}
constant_guard() { nm "$object" | grep -qE ' [DdRr] __stack_chk_guard'; }

# expect lost|kept PROPERTY COMPILER SAMPLE FLAGS...
expect() {
  local wanted=$1 property=$2 sample=$4 state
  compiler=$3
  shift 4
  flags=(-O2 -fPIC "$@")
  if ! command -v "$compiler" >/dev/null; then
    echo "note: $compiler is not installed, $sample is not judged by it"
    return
  fi
  if ! "$compiler" "${flags[@]}" -c "$samples/$sample" -o "$object" 2>"$work/log"; then
    fail "$compiler does not compile $sample: $(head -1 "$work/log")"
    return
  fi
  "$property"
  case $? in
    0) state=lost ;;
    1) state=kept ;;
    *) state="not linked: $(head -1 "$work/log")" ;;
  esac
  checks=$((checks + 1))
  [ "$state" = "$wanted" ] || fail "$compiler $sample: $property (expected $wanted, found $state)"
}

for cc in gcc clang-19 aarch64-linux-gnu-gcc; do
  expect lost executable_stack_note "$cc" PMS401/fail_asks.S
  expect lost executable_stack_linked "$cc" PMS401/fail_asks.S
  expect kept executable_stack_linked "$cc" PMS401/pass_cured.s
  expect kept executable_stack_linked "$cc" PMS401/pass_option.s -Wa,--noexecstack
  for sample in PMS402/fail_basic.c PMS402/fail_in_function.c; do
    expect lost executable_stack_note "$cc" "$sample"
    expect lost executable_stack_linked "$cc" "$sample"
  done
  expect kept executable_stack_linked "$cc" PMS402/pass_cured.c
  expect kept executable_stack_linked "$cc" PMS402/pass_declared.c
  expect kept executable_stack_linked "$cc" PMS403/pass_cured.c
  expect lost mixed_section "$cc" PMS405/fail_basic.c
  expect lost mixed_section "$cc" PMS405/fail_code_in_data.c
  expect kept mixed_section "$cc" PMS405/pass_cured.c
  expect kept mixed_section "$cc" PMS405/na_own_sections.c
  expect lost start_up_table "$cc" PMS420/fail_basic.c
  expect kept start_up_table "$cc" PMS420/pass_cured.c
  expect lost weak_check "$cc" PMS415/fail_basic.c
  expect lost weak_check "$cc" PMS415/fail_weak_guard.c
  expect kept weak_check "$cc" PMS415/pass_cured.c
  expect lost constant_guard "$cc" PMS438/fail_basic.c
  expect kept constant_guard "$cc" PMS438/pass_cured.c
done
# GNU ld on arm64 does not take a missing note for a wish.
for cc in gcc clang-19; do
  expect lost executable_stack_linked "$cc" PMS401/fail_basic.s
  expect lost writable_code_mapped "$cc" PMS404/fail_basic.c
  expect kept writable_code_mapped "$cc" PMS404/pass_cured.c
  for property in no_branch_note no_branch_note_linked; do
    expect lost "$property" "$cc" PMS406/fail_basic.S -fcf-protection=full
    expect kept "$property" "$cc" PMS406/pass_cured.S -fcf-protection=full
  done
done
for property in no_branch_note no_branch_note_linked; do
  expect lost "$property" aarch64-linux-gnu-gcc PMS406/fail_arm64.S -mbranch-protection=standard
  expect kept "$property" aarch64-linux-gnu-gcc PMS406/pass_arm64.S -mbranch-protection=standard
done
# Clang has neither nested functions nor --execstack; it takes the flags behind a section's name for a part of the name.
for cc in gcc aarch64-linux-gnu-gcc; do
  expect lost executable_stack_linked "$cc" PMS403/fail_basic.c
  expect kept executable_stack_linked "$cc" PMS403/na_only_called.c
  expect lost executable_stack_linked "$cc" PMS402/fail_option.c -Wa,--execstack
done
expect lost mixed_section gcc PMS405/fail_flags_behind_name.c

echo "$checks samples built and looked at, $failures failed"
[ "$failures" = 0 ] && [ "$checks" -gt 0 ]
