#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What it costs to start a checked program instead of starting it: the whole of proofmark-exec (open, hash and copy, RSA-3072
# signature, confinement) beside the same program started plainly, at several sizes. The program is the smallest there is,
# filled up with zeros, so that it takes no time itself. Then a dynamic program of this machine, whose dynamic linker and C library are
# hashed and copied, too.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need hyperfine jq
need_built proofmark-exec-test proofmark-test-tiny

for size in 64K 256K 896K; do
  cp "$bin/proofmark-test-tiny" "$work/program"
  truncate -s "$size" "$work/program"
  for grant in none filter; do
    options=()
    [ "$grant" = none ] || options=(--syscalls "1,231" --capabilities 0)
    "$sign" sign --board qemu-amd64 "${options[@]}" "$work/program" "$work/signed"
    chmod +x "$work/signed"
    hyperfine -N --warmup 20 --runs 400 --style none --export-json "$work/times.json" \
      -n checked "$bin/proofmark-exec-test $work/signed" -n plain "$work/signed" >/dev/null 2>&1
    jq -r --arg what "launch $size, $grant granted" '.results | (.[0].median * 1000) as $checked | (.[1].median * 1000) as $plain |
      "\($what): checked \($checked * 1000 | round / 1000) ms, plain \($plain * 1000 | round / 1000) ms, \(($checked - $plain) * 1000 | round / 1000) ms more, \($checked / $plain * 100 | round / 100) x"' \
      "$work/times.json"
  done
done

full=$bin/proofmark-exec-full linker=/lib64/ld-linux-x86-64.so.2 library=/lib/x86_64-linux-gnu/libc.so.6
[ -x "$full" ] && [ -e "$linker" ] && [ -e "$library" ] || exit 0
"$sign" sign --board qemu-amd64 --dependency "$linker=$linker" --dependency "$library=$library" /bin/true "$work/signed"
chmod +x "$work/signed"
hyperfine -N --warmup 20 --runs 400 --style none --export-json "$work/times.json" \
  -n checked "$full $work/signed" -n plain "$work/signed" >/dev/null 2>&1
jq -r --arg bytes "$(($(stat -Lc %s "$linker") + $(stat -Lc %s "$library")))" '.results | (.[0].median * 1000) as $checked | (.[1].median * 1000) as $plain |
  "launch /bin/true with \($bytes) bytes of libraries: checked \($checked * 1000 | round / 1000) ms, plain \($plain * 1000 | round / 1000) ms, \(($checked - $plain) * 1000 | round / 1000) ms more"' "$work/times.json"
