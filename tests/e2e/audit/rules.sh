#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# rules.sh amd64|arm64: each rule of the audit on real files. A sound build passes all, a build with one thing wrong
# fails that rule, and the cure that the rule's page gives as flags makes it pass again.
# Environment: PROOFMARK_ELF, BOARDS_DIR, RULE_PAGES.
# shellcheck source=tests/e2e/audit/build.sh
. "$(dirname "$0")/build.sh"

# The flags that a page gives under "Cure": the first indented line there that starts with a dash.
cure_of() { sed -n '/^## Cure/,$ s/^    \(-.*\)/\1/p' "$RULE_PAGES/$1.md" | head -n 1; }

# expect_failure RULE "OTHERS" BUILD-ARGUMENTS...: RULE fails, and of the other rules only OTHERS may. The cure is then
# added to both compilation and link: last flag wins.
expect_failure() {
  local rule=$1 others=$2 name="$board-$1" cure flag cures=()
  shift 2
  seen+=" $rule"
  build "$name" "$@" || { fail "$board $rule: the sample does not build"; return; }
  audit_for_board "$name"
  [ "$(status "$name" "$rule")" = fail ] || fail "$board $rule: not found in the bad sample: $(detail "$name" "$rule")"
  local failed
  for failed in $(failed_rules "$name"); do
    [[ " $rule $others " == *" $failed "* ]] || fail "$board $rule: also fails $failed: $(detail "$name" "$failed")"
  done
  cure=$(cure_of "$rule")
  [ -n "$cure" ] || return
  for flag in ${cure//SOURCE/$here}; do
    case $flag in
      -static-pie) cures+=("mode=$flag") ;;
      -Wl,*) cures+=("ld=$flag") ;;
      *) cures+=("cc=$flag") ;;
    esac
  done
  build "$name-cured" "$@" "${cures[@]}" || { fail "$board $rule: the cured sample does not build"; return; }
  audit_for_board "$name-cured"
  [ "$(status "$name-cured" "$rule")" = pass ] || fail "$board $rule: $cure does not cure: $(detail "$name-cured" "$rule")"
}

sound_build_passes() {
  build sound || { fail "$board: the sound sample does not build"; return; }
  audit_for_board sound
  [ "$code" -eq 0 ] || fail "$board: sound build, exit code $code: $(cat "$work/sound.err")"
  [ -z "$(failed_rules sound)" ] || fail "$board: sound build fails $(failed_rules sound): $(jq -c .findings "$work/sound.json")"
}

# RELRO leaves out what lazy binding writes, and without a build-id there is no way to the symbols, so none to the functions.
rules_cured_by_a_flag() {
  expect_failure PME001 PME009 mode=-pie
  expect_failure PME003 '' ld=-Wl,-rpath,/opt/lib
  expect_failure PME004 '' ld=-Wl,-z,norelro
  expect_failure PME005 PME004 ld=-Wl,-z,lazy
  expect_failure PME006 '' ld=-Wl,-z,execstack
  expect_failure PME009 '' cc=-fno-stack-protector
  expect_failure PME011 'PME009 PME013 PME018 PME021' ld=-Wl,--build-id=none
  expect_failure PME012 '' cc=-DLEAK paths=whole
}

other_rules() {
  "$compiler" -shared -nostdlib -fPIC -o "$work/libneeded.so" "$here/library.c" -Wl,-soname,libneeded.so ||
    fail "$board: the library does not build"
  expect_failure PME002 'PME001 PME009' mode=-pie cc=-DLIBRARY "ld=$work/libneeded.so"
  expect_failure PME007 'PME004 PME006' ld=-Wl,-N
  expect_failure PME008 'PME010 PME015' "add=$here/textrel.s" ld=-Wl,-z,notext
  expect_failure PME010 PME018 "cc=$no_branch_protection"
  [[ "$(detail "$board-PME010" PME010)" == *"lost by $board-PME010.o" ]] ||
    fail "$board PME010: the culprit is not named: $(detail "$board-PME010" PME010)"
  expect_failure PME013 PME012 keep=symbols
  expect_failure PME015 '' "add=$here/library.c"
  rules_about_functions
  objects_say_what_stack_they_need
  prebuilt_is_accepted_by_place_or_content
  members_that_lost_the_mark_are_named
  wrong_machine_fails
  archive_of_another_build_fails
  map_of_another_link_fails
}

# make_archive PATH [FLAG]...: an archive with one object, compiled without debug information.
make_archive() {
  mkdir -p "$(dirname "$1")"
  compile "$here/library.c" "$work/member.o" -g0 "${@:2}" && rm -f "$1" && ar rc "$1" "$work/member.o"
}

# refusal SYSROOT POLICY ARCHIVE: what PME015 says of a program with this archive; empty when it passes.
refusal() {
  build prebuilt "ld=-Wl,--whole-archive,$3" || { echo 'does not build'; return; }
  audit prebuilt --policy "$2" --debug-dir "$work/debug" --map "$work/prebuilt.map" --sysroot "$1"
  [ "$(status prebuilt PME015)" = pass ] || detail prebuilt PME015
}

# The name libc.a alone opens nothing: the file must lie in the sysroot, links resolved, or have the accepted digest.
prebuilt_is_accepted_by_place_or_content() {
  local sysroot=$work/$board.sysroot policy=$work/policy.json shipped=$BOARDS_DIR/policies/openssf-2026-06.json
  make_archive "$sysroot/lib/libc.a" || { fail "$board: no archive"; return; }
  mkdir -p "$work/foreign" && cp "$sysroot/lib/libc.a" "$work/foreign/libc.a"
  mkdir -p "$sysroot/link" && ln -sf "$work/foreign/libc.a" "$sysroot/link/libc.a"
  ln -sfn "$sysroot/lib" "$work/inside"
  [ -z "$(refusal "$sysroot" "$shipped" "$sysroot/lib/libc.a")" ] || fail "$board: $(detail prebuilt PME015)"
  [ -z "$(refusal "$sysroot" "$shipped" "$work/inside/libc.a")" ] || fail "$board: $(detail prebuilt PME015)"
  local path
  for path in "$work/foreign/libc.a" "$sysroot/../foreign/libc.a" "$sysroot/link/libc.a"; do
    [[ "$(refusal "$sysroot" "$shipped" "$path")" == *'is not the pinned one'* ]] || fail "$board: accepts $path"
  done
  [[ "$(refusal "$work/none" "$shipped" "$sysroot/lib/libc.a")" == *'which is not there'* ]] || fail "$board: no sysroot"
  jq --arg digest "$(sha256sum <"$work/foreign/libc.a" | cut -d' ' -f1)" \
    '.prebuilt = [.prebuilt[0] | del(.within) | .sha256 = $digest]' "$shipped" >"$policy"
  [ -z "$(refusal "$sysroot" "$policy" "$work/foreign/libc.a")" ] || fail "$board: $(detail prebuilt PME015)"
  make_archive "$work/foreign/libc.a" -DANOTHER=1 -O0
  [[ "$(refusal "$sysroot" "$policy" "$work/foreign/libc.a")" == *'expected SHA-256'* ]] || fail "$board: accepts another digest"
}

members_that_lost_the_mark_are_named() {
  make_archive "$work/libplain.a" "$no_branch_protection"
  build blamed "ld=-Wl,--whole-archive,$work/libplain.a" || { fail "$board: blamed does not build"; return; }
  audit_for_board blamed
  [[ "$(detail blamed PME010)" == *'lost by libplain.a (1 of 1 objects: member.o)' ]] ||
    fail "$board PME010: the member is not named: $(detail blamed PME010)"
}

# names RULE FUNCTION: the finding names the function.
names() { [[ "$(detail "$board-$1" "$1")" == *"$2"* ]] || fail "$board $1: $2 is not named: $(detail "$board-$1" "$1")"; }

rules_about_functions() {
  expect_failure PME016 '' cc=-DUNCHECKED
  names PME016 'report ('
  expect_failure PME017 '' cc=-DLARGE
  names PME017 'large ('
  expect_failure PME018 '' "cc=-DUNPROTECTED=$unprotected"
  names PME018 'unprotected ('
  [ "$(status "$board-PME018" PME010)" = pass ] || fail "$board PME018: the note is gone, too"
  expect_failure PME021 '' "cc=-DNEWER=\"$newer\""
  names PME021 'newer ('
  newer_code_can_be_allowed
  build variable cc=-DVARIABLE cc=-fstack-clash-protection || fail "$board: no variable array"
  audit_for_board variable
  seen+=' PME020'
  case $board in
    qemu-arm64)
      [ "$(failed_rules variable)" = PME020 ] || fail "$board PME020: fails '$(failed_rules variable)'"
      [[ "$(detail variable PME020)" == *'variable ('* ]] || fail "$board PME020: $(detail variable PME020)" ;;
    *) [ "$(status variable PME020)" = not-applicable ] || fail "$board: PME020 applies" ;;
  esac
}

newer_code_can_be_allowed() {
  local boards=$work/boards
  rm -rf "$boards" && cp -r "$BOARDS_DIR" "$boards"
  jq '.parameters.PME021.allow += [{"symbol": "new*", "reason": "it asks first"}]' \
    "$BOARDS_DIR/policies/openssf-2026-06.json" >"$boards/policies/openssf-2026-06.json"
  BOARDS_DIR=$boards audit "$board-PME021" --board "$board" --debug-dir "$work/debug" --map "$work/$board-PME021.map"
  [ "$(status "$board-PME021" PME021)" = pass ] || fail "$board PME021: not allowed: $(detail "$board-PME021" PME021)"
  jq '.isa = "made-up"' "$BOARDS_DIR/$board.json" >"$boards/$board.json"
  BOARDS_DIR=$boards audit "$board-PME021" --board "$board" --debug-dir "$work/debug" --map "$work/$board-PME021.map"
  [[ "$(detail "$board-PME021" PME021)" == *'unknown instruction set "made-up"'* ]] || fail "$board: a made-up isa passes"
}

# object TEXT: PME019's answer on an object assembled from TEXT.
object() {
  printf '%s\n' "$1" >"$work/stack.s"
  "$compiler" -c "$work/stack.s" -o "$work/stack" && audit stack && status stack PME019
}

objects_say_what_stack_they_need() {
  seen+=' PME019'
  [ "$(object '.text')" = fail ] || fail "$board PME019: passes without mark"
  [ "$(object '.section .note.GNU-stack,"x",%progbits')" = fail ] || fail "$board PME019: passes with an executable stack"
  [ "$(object '.section .note.GNU-stack,"",%progbits')" = pass ] || fail "$board PME019: $(detail stack PME019)"
}

wrong_machine_fails() {
  local other=qemu-arm64
  [ "$board" = qemu-arm64 ] && other=qemu-amd64
  seen+=' PME014'
  audit sound --board "$other" --debug-dir "$work/debug" --map "$work/sound.map"
  [ "$(failed_rules sound)" = PME014 ] || fail "$board: audited for $other, fails '$(failed_rules sound)'"
}

archive_of_another_build_fails() {
  build other cc=-DLEAK
  mkdir -p "$work/wrong/$(dirname "$(archive sound)")"
  cp "$work/debug/$(archive other)" "$work/wrong/$(archive sound)"
  audit sound --board "$board" --debug-dir "$work/wrong" --map "$work/sound.map"
  [[ "$(detail sound PME013)" == *'wrong build-id'* ]] || fail "$board: wrong archive: $(detail sound PME013)"
}

archive() { readelf -n "$work/$1.elf" | sed -nE 's/.*Build ID: (..)(.*)/.build-id\/\1\/\2.debug/p'; }

map_of_another_link_fails() {
  audit sound --board "$board" --debug-dir "$work/debug" --map "$work/other.map"
  [[ "$(detail sound PME015)" == *'not of this file'* ]] || fail "$board: map of another link: $(detail sound PME015)"
}

# A rule without a failing sample, or a page without a rule, is a defect of the suite.
every_rule_was_seen() {
  local rule
  for rule in $("$PROOFMARK_ELF" rules | cut -d' ' -f1); do
    [[ "$seen " == *" $rule "* ]] || fail "$rule has no failing sample"
    grep -qxF "$("$PROOFMARK_ELF" rules | sed -nE "s/^$rule +[a-z-]+ +[a-z]+ +//p")" "$RULE_PAGES/$rule.md" ||
      fail "$rule: the page does not have the rule's summary"
  done
}

# What the policy leaves out, a new version of a tool decides.
policy_names_every_rule() {
  local page rule policy="$BOARDS_DIR/policies/openssf-2026-06.json"
  for page in "$RULE_PAGES"/PM*.md; do
    rule=$(basename "$page" .md)
    jq -e --arg rule "$rule" '.rules[$rule]' "$policy" >/dev/null || fail "$policy does not name $rule"
  done
}

seen=''
use_toolchain "$1" || { echo "skipped: $compiler is not installed"; exit 77; }
sound_build_passes
rules_cured_by_a_flag
other_rules
every_rule_was_seen
policy_names_every_rule
finish
