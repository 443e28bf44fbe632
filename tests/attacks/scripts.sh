#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Scripts: a genuine script is executed by an interpreter that the board allows and that is genuine itself; nothing else is, and
# no other interpreter ever runs. usage: scripts.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
run_natively "$0" "$@"
launch=$bin/proofmark-exec-full
# Compiled into the launcher: this path, without options and with "-e".
interpreter=$(cd "$device" && pwd)/verify/device_tests/interpreter
trap 'rm -rf "$work" "$interpreter"' EXIT
chmod 755 "$work"

sign "$bin/proofmark-test-probe" "$interpreter"
# script FIRST-LINE OUT [OPTION...]: signed as a script.
script() {
  local line=$1 out=$2
  shift 2
  printf '%s\necho body\n' "$line" >"$work/text"
  sign --machine 0 --kind 1 "$@" "$work/text" "$out"
}
script "#!$interpreter" "$work/script"
expect 42 "argument $interpreter" "$launch" "$work/script" one
expect 42 'argument /proc/self/fd/' "$launch" "$work/script" one
expect 42 'argument one' "$launch" "$work/script" one
expect 42 'argument --check' "$launch" "$work/script" --check
expect 0 '' "$launch" --check "$work/script"
script "#! $interpreter -e " "$work/option"
expect 42 'argument -e' "$launch" "$work/option"

# no NUMBER FILE: refused.
no() { expect "${3:-1}" "($1)" "$launch" "$2"; }
# A launcher of programs only takes no script.
expect 1 '(PM-E603)' "$bin/proofmark-exec-test" "$work/script"
# Another interpreter, other options, a path that leads to the right one, an interpreter of interpreters.
ln -s "$interpreter" "$work/link"
for line in '#!/bin/sh' "#!$interpreter -c" "#!$interpreter -e -e" "#!$interpreter"$'\t-e' "#!$interpreter-e" "#!$work/link" "#!/usr/bin/env $interpreter" '#!interpreter' '#!' '#! '; do
  script "$line" "$work/bad"
  no PM-E841 "$work/bad"
done
for line in '' 'echo' " #!$interpreter" "#!$interpreter$(printf 'x%.0s' {1..400})"; do
  script "$line" "$work/bad"
  no PM-E840 "$work/bad"
done
printf '#!%s' "$interpreter" >"$work/text"
sign --machine 0 --kind 1 "$work/text" "$work/bad"
no PM-E840 "$work/bad"
# Data is no script, though the same key signed it and it looks like one; nor is a script of another board, or an old one.
script "#!$interpreter" "$work/bad" --kind 4
no PM-E602 "$work/bad"
script "#!$interpreter" "$work/bad" --board other
no PM-E604 "$work/bad"
script "#!$interpreter" "$work/bad" --security-version 4
no PM-E605 "$work/bad"
# A program of machine code must not pass for a script, which has nothing to prove.
sign --machine 0 --unproven "$bin/proofmark-test-probe" "$work/bad"
no PM-E840 "$work/bad"
cp "$work/script" "$work/bad"
printf 'X' | dd of="$work/bad" bs=1 seek="$((${#interpreter} + 4))" conv=notrunc status=none
no PM-E702 "$work/bad"
expect 3 '(PM-E831)' bash -c 'exec "$0" "$1" $(seq 20000)' "$launch" "$work/script"

# The interpreter is checked like any program, and a script is none.
with() { # with FILE NUMBER [EXIT]: the interpreter is another file for a moment
  mv "$interpreter" "$work/kept"
  [ "$1" = none ] || cp "$1" "$interpreter"
  no "$2" "$work/script" "${3:-1}"
  rm -f "$interpreter"
  mv "$work/kept" "$interpreter"
}
expect 42 'argument one' "$launch" "$work/script" one
with none PM-E801 3
with /bin/true PM-E204
with "$bin/proofmark-test-probe" PM-E204
with "$work/option" PM-E603
sign --security-version 4 "$bin/proofmark-test-probe" "$work/old"
with "$work/old" PM-E605
sign --unproven "$bin/proofmark-test-probe" "$work/unproven"
with "$work/unproven" PM-E606
expect 1 "$interpreter (PM-E606)" bash -c 'cp "$1" "$2"; exec "$3" "$4"' swap "$work/unproven" "$interpreter" "$launch" "$work/script"
sign "$bin/proofmark-test-probe" "$interpreter"

# What the script's mark grants is what holds; the mark itself does not reach the interpreter.
script "#!$interpreter" "$work/named" --environment GATEWAY_CONFIG
expect 42 'environment GATEWAY_CONFIG=a' env GATEWAY_CONFIG=a "$launch" "$work/named"
expect 42 'no-new-privileges 1' "$launch" "$work/script"

# With the shell of this machine, a dynamic program: the script's text is executed, up to its mark, and its arguments arrive.
if [ "$arch" = amd64 ] && [ "$(uname -m)" = x86_64 ] && [ -e /bin/dash ]; then
  list=()
  for file in /lib64/ld-linux-x86-64.so.2 /lib/x86_64-linux-gnu/libc.so.6; do list+=(--dependency "$file=$file"); done
  sign "${list[@]}" /bin/dash "$interpreter"
  # shellcheck disable=SC2016 # for the shell that runs it
  printf '#!%s\necho "ran with $1 in $#"\n' "$interpreter" >"$work/text"
  sign --machine 0 --kind 1 "$work/text" "$work/script"
  expect 0 'ran with one in 2' "$launch" "$work/script" one two
  checks=$((checks + 1))
  [ "$("$launch" "$work/script" one 2>&1)" = 'ran with one in 1' ] || fail "more than the script was executed: $("$launch" "$work/script" one 2>&1)"
  # A mark beside the script, too.
  cp "$work/text" "$work/apart"
  tail -c "+$(($(stat -c %s "$work/text") + 1))" "$work/script" >"$work/apart.proofmark"
  expect 0 'ran with one in 1' "$launch" "$work/apart" one
  [ "$(id -u)" -ne 0 ] || expect 0 'ran with one in 1' setpriv --reuid 65534 --regid 65534 --clear-groups -- "$launch" "$work/script" one
  # The text is exchanged while it is checked and executed.
  cp "$work/script" "$work/genuine"
  printf '#!%s\necho EVIL\n' "$interpreter" >"$work/evil"
  (while :; do for f in evil genuine; do cat "$work/$f" >"$work/script"; done; done) 2>/dev/null &
  swapper=$!
  for ((i = 0; i < 200; ++i)); do
    output=$("$launch" "$work/script" one 2>&1)
    [[ $output == 'ran with one in 1' || $output == *refused:* ]] || fail "while it was exchanged: $output"
  done
  kill "$swapper"
  wait "$swapper" 2>/dev/null
  checks=$((checks + 1))
fi
finish
