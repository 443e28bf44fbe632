#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What proofmark-guard adds to an execution: the same program from a guarded and from an unguarded file system of the same kind
# in one run, at two sizes; and, in a guest whose kernel has fs-verity, what is left of that when the acceptance is remembered.
# The program is the smallest there is, filled up with zeros. Everything is in namespaces of its own.
set -eu
if [ "$(id -u)" -eq 0 ] && [ -z "${INSIDE_GUARD_BENCH:-}" ]; then
  INSIDE_GUARD_BENCH=1 exec timeout -k 5 400 unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0"
fi
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need hyperfine jq
need_built proofmark-guard-test proofmark-test-tiny
[ "$(id -u)" -eq 0 ] || { echo 'bench: the guard needs root; left out'; exit 0; }
trap 'umount -R -l "$work" 2>/dev/null; rm -rf "$work"' EXIT

mount -t tmpfs tmpfs "$work"
for place in guarded plain; do
  mkdir -p "$work/tmpfs/$place" "$work/ext4/$place"
  mount -t tmpfs tmpfs "$work/tmpfs/$place"
  truncate -s 64M "$work/$place.img" && mkfs.ext4 -q "$work/$place.img" && mount -o loop "$work/$place.img" "$work/ext4/$place"
done
for size in 64K 896K; do
  cp "$bin/proofmark-test-tiny" "$work/program"
  truncate -s "$size" "$work/program"
  "$sign" sign --board qemu-amd64 "$work/program" "$work/signed" && chmod +x "$work/signed"
  for folder in "$work"/{tmpfs,ext4}/{guarded,plain}; do cp "$work/signed" "$folder/$size"; done
done
"$bin/proofmark-guard-test" --mount "$work/tmpfs/guarded" --mount "$work/ext4/guarded" --log "$work/log" &
until grep -qs started "$work/log"; do sleep 0.05; done

for kind in tmpfs ext4; do
  for size in 64K 896K; do
    hyperfine -N --warmup 20 --runs 400 --style none --export-json "$work/times.json" \
      -n guarded "$work/$kind/guarded/$size" -n plain "$work/$kind/plain/$size" >/dev/null 2>&1
    jq -r --arg what "guard $kind $size" '.results | (.[0].median * 1000) as $guarded | (.[1].median * 1000) as $plain |
      "\($what): guarded \($guarded * 1000 | round / 1000) ms, plain \($plain * 1000 | round / 1000) ms, \(($guarded - $plain) * 1000 | round / 1000) ms more, \($guarded / $plain * 100 | round / 100) x"' \
      "$work/times.json"
  done
done
SIGN=$sign TREE=$tree/build/host/bin/proofmark-test-tree DEVICE_BUILDS=$tree/build SOURCE=$tree \
  "$tree/tests/e2e/guard/guest.sh" amd64 | sed -n 's/^guest: time/guard in a guest, emulated:/p'
