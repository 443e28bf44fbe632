#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Attacks around the start of a genuine program: what lies at its path is exchanged while it is checked or runs, the caller
# prepares environment, arguments and descriptors, the copy in memory is written to. Refused, or the genuine program runs;
# nothing else ever does. usage: launch.sh amd64 (user emulation shows the emulator's descriptors and files instead)
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
[ "$arch" = "$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')" ] || skip 'needs the kernel itself, not user emulation'
launch=$bin/proofmark-exec-test
sign "$bin/proofmark-test-probe" "$work/probe"
sign "$bin/proofmark-test-confined" "$work/good"

# An evil program of the same length, and one that only looks like it.
size=$(stat -c %s "$work/good")
printf '#!/bin/sh\necho EVIL\n' >"$work/evil"
chmod +x "$work/evil"
truncate -s "$size" "$work/evil"

# exchange HOW: another process swaps what lies at the path, as fast as it can, while the path is started 300 times.
exchange() {
  local how=$1 output found i
  cp "$work/good" "$work/victim"
  chmod +x "$work/victim"
  (
    while :; do
      case $how in
        rename) cp "$work/evil" "$work/next" && mv "$work/next" "$work/victim"; cp "$work/good" "$work/next" && mv "$work/next" "$work/victim" ;;
        symlink) ln -sf evil "$work/link" && mv "$work/link" "$work/victim"; ln -sf good "$work/link" && mv "$work/link" "$work/victim" ;;
        overwrite) cat "$work/evil" >"$work/victim"; cat "$work/good" >"$work/victim" ;;
      esac
    done
  ) 2>/dev/null &
  local swapper=$!
  local ran=0 refused=0
  for ((i = 0; i < 300; ++i)); do
    output=$("$launch" "$work/victim" 2>&1 </dev/null)
    found=$?
    case $found in
      42) ran=$((ran + 1)) && [ "$output" = confined ] || fail "$how: $output" ;;
      1 | 3) refused=$((refused + 1)) && [[ $output == *refused:* ]] || fail "$how: $output" ;;
      *) fail "$how: exit $found: $output" ;;
    esac
    [[ $output != *EVIL* ]] || fail "$how: the evil program ran"
  done
  kill "$swapper"
  wait "$swapper" 2>/dev/null
  rm -f "$work/victim" "$work/link" "$work/next"
  checks=$((checks + 1))
  echo "$how: the genuine program ran $ran times, refused $refused times"
}
for how in rename symlink overwrite; do exchange "$how"; done

# What steers a loader or a library does not arrive; an empty argument 0, none at all, and too much of everything.
for name in LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT GLIBC_TUNABLES GCONV_PATH MALLOC_PERTURB_ LOCPATH BASH_ENV; do
  checks=$((checks + 1))
  output=$(env "$name=$work/evil" "$launch" "$work/probe")
  [ $? -eq 42 ] || fail "$name: did not run"
  ! grep -q "environment $name" <<<"$output" || fail "$name reached the program"
done
expect 42 'confined' bash -c 'exec -a "" "$0" "$1"' "$launch" "$work/good"
many=$(printf 'x%.0s' {1..100000})
expect 42 'confined' env A="$many" B="$many" "$launch" "$work/good" "" "$many" "$many"
expect 42 'confined' env - "$launch" "$work/good"
expect 2 'no file given' perl -e 'use strict; my $p = shift; exec {$p} "" or die' "$launch"

# The copy in memory: sealed against writing, growing, shrinking and further seals, whatever descriptor one gets of it.
checks=$((checks + 1))
seals=$("$launch" "$work/probe" | sed -n 's/^seals //p')
(((0x${seals:-0} & 0xf) == 0xf)) || fail "seals of the running program: ${seals:-none}"

# Descriptors of the caller: a number beyond any limit, and one that the copy would get.
expect 42 'confined' bash -c 'exec 3<"$2" 4<"$2" 5>>"$3" 255<"$2"; exec "$0" "$1"' "$launch" "$work/good" "$work/evil" "$work/probe"
finish
