#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# proofmark-exec from end to end: what a checked program receives, and what is refused around the check. arm64 programs
# run under user emulation through arm64_run.sh. usage: run.sh amd64|arm64
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/attacks/lib.sh
. "$here/../../attacks/lib.sh"
need_device
run_natively "$0" "$@"
probe=$bin/proofmark-test-probe
launch=$bin/proofmark-exec-test
# Where arm64 programs are executable, they are run as they are: the emulator must not see the outer command line.
run() { "$@"; }

sign "$probe" "$work/probe"
expect 42 'argument one' run "$launch" "$work/probe" one two
expect 42 'argument --check' run "$launch" -- "$work/probe" --check
expect 42 'no-new-privileges 1' run "$launch" "$work/probe"
expect 0 '' run "$launch" --check "$work/probe"
expect 42 "argument $work/probe" run "$launch" --subject gateway "$work/probe"

# absent TEXT COMMAND...: the command ends with 42 and its output does not have TEXT.
absent() {
  local text=$1 output
  shift
  checks=$((checks + 1))
  output=$("$@" 2>&1)
  [ $? -eq 42 ] || fail "the probe did not run: $*: $output"
  ! grep -qF -- "$text" <<<"$output" || fail "'$text' in the output of $*"
}

# Environment: the safe set and what the mark names; never LD_*, though this mark names LD_PRELOAD.
sign --environment GATEWAY_CONFIG "$probe" "$work/named"
expect 42 'environment PATH=' run "$launch" "$work/probe"
expect 42 'environment GATEWAY_CONFIG=a=b' env GATEWAY_CONFIG=a=b "$launch" "$work/named"
absent GATEWAY_CONFIG env GATEWAY_CONFIG=a "$launch" "$work/probe"
absent LD_PRELOAD env LD_PRELOAD= "$launch" "$work/named"
absent SECRET env SECRET=1 "$launch" "$work/named"
absent PATHOLOGY env PATHOLOGY=1 "$launch" "$work/probe"

# Inherited descriptors are closed. (The emulator keeps descriptors of its own.)
if [ "$arch" = amd64 ]; then
  absent 'descriptor ' bash -c 'exec 3</dev/null 17</dev/null; exec "$0" "$1"' "$launch" "$work/probe"
fi

# One flipped byte: refused, and nothing ran.
cp "$work/probe" "$work/bad"
printf '\xff' | dd of="$work/bad" bs=1 seek=300000 conv=notrunc status=none
expect 1 '(PM-E702)' run "$launch" "$work/bad"
sign --segments "$probe" "$work/bad"
printf '\xff' | dd of="$work/bad" bs=1 seek=300000 conv=notrunc status=none
expect 1 'in segment 0 (' run "$launch" "$work/bad"

# The mark in a file of its own, which covers the program as it is.
size=$(stat -c %s "$probe")
cp "$probe" "$work/apart"
tail -c "+$((size + 1))" "$work/probe" >"$work/apart.proofmark"
expect 42 "argument $work/apart" run "$launch" "$work/apart"
printf '\xff' | dd of="$work/apart" bs=1 seek=300000 conv=notrunc status=none
expect 1 '(PM-E702)' run "$launch" "$work/apart"
mv "$work/apart.proofmark" "$work/other.proofmark"
expect 1 '(PM-E204)' run "$launch" "$work/apart"
mkdir "$work/apart.proofmark"
expect 1 '(PM-E204)' run "$launch" "$work/apart"
long=$(printf 'x%.0s' {1..5000})
expect 3 "(PM-E801)" run "$launch" "$long"

# Genuine, but not to be started by this program.
printf '#!/bin/sh\necho ran\n' >"$work/script"
case $arch in amd64) machine=62 ;; arm64) machine=183 ;; esac
sign --machine "$machine" "$work/script" "$work/bad"
expect 1 '(PM-E806)' run "$launch" "$work/bad"
sign --interpreter "$probe" "$work/bad"
expect 1 '(PM-E807)' run "$launch" "$work/bad"
sign --dependency "libc.so.6=$probe" "$probe" "$work/bad"
expect 1 '(PM-E808)' run "$launch" "$work/bad"

# The system cannot give what is needed. Emulated programs meet the emulator's limits first.
if [ "$arch" = amd64 ]; then
  expect 3 '(PM-E803)' bash -c 'ulimit -n 4; exec "$0" "$1"' "$launch" "$work/probe"
  expect 3 '(PM-E804)' bash -c 'trap "" XFSZ; ulimit -f 0; exec "$0" "$1"' "$launch" "$work/probe"
fi

# With a registry of its own, and empty, the kernel does not know how to start an arm64 program.
if [ "$arch" = arm64 ] && [ "$(uname -m)" = x86_64 ]; then
  expect 3 '(PM-E812)' unshare --user --map-root-user --mount bash -c '
    mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc && exec qemu-aarch64-static "$0" "$1"' "$launch" "$work/probe"
fi

# Command line.
expect 2 'no file given' run "$launch"
expect 2 'unknown option --chek' run "$launch" --chek "$work/probe"
expect 0 'usage: proofmark-exec' run "$launch" --help
expect 0 "for board qemu-$arch" run "$launch" --version
(cd "$work" && cp "$probe" "$(printf 'a\033[2J')")
expect 1 'a?[2J: not signed' run "$launch" --check "$work/$(printf 'a\033[2J')"
finish
