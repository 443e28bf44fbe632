#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the guard lets run and what it refuses, each refusal with its number; and what the kernel does not ask about, as
# docs/guard.md says it. usage: decisions.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/guard/lib.sh
. "$(dirname "$0")/lib.sh"
mem=$work/mem disk=$work/disk over=$work/over
mount_ext4 "$disk" || skip 'no ext4 in a file can be mounted'
mkdir "$disk/x" && mount_overlay "$disk/x/over" && over=$disk/x/over || skip 'no overlayfs'

# changed NAME OFFSET: a good file with one other byte.
changed() {
  cp "$work/good" "$1" && printf '\xa5' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
for place in "$mem" "$disk" "$over"; do cp "$work/good" "$work/bad" "$place"; done
cp "$work/good" "$work/elsewhere"
changed "$mem/changed" 200
sign --board other "$bin/proofmark-test-tiny" "$mem/board" && chmod 755 "$mem/board"
sign --security-version 4 "$bin/proofmark-test-tiny" "$mem/old" && chmod 755 "$mem/old"
sign --kind 2 "$bin/proofmark-test-tiny" "$mem/library" && chmod 755 "$mem/library"
printf '#!/bin/sh\necho script\nexit 0\n' >"$work/script"
sign --kind 4 --machine 0 "$work/script" "$mem/script" && chmod 755 "$mem/script"

start_guard "$bin/proofmark-guard-test" --mount "$mem" --mount "$disk" --mount "$over"
for place in "$mem" "$disk"; do
  runs "$place/good"
  denied "$place/bad" PM-E204
done
denied "$over/good" PM-E1204
denied "$over/bad" PM-E204
denied "$mem/changed" PM-E702
denied "$mem/board" PM-E604
denied "$mem/old" PM-E605
denied "$mem/library" PM-E602
denied "$mem/script" PM-E1206
runs "$work/bad" # a file system that is not guarded
# Another name, another mount of the same file system.
ln "$mem/bad" "$mem/hard" && ln -s "$mem/bad" "$work/soft" && mkdir "$work/bind" && mount --bind "$mem" "$work/bind"
denied "$mem/hard" PM-E204
denied "$work/soft" PM-E204
denied "$work/bind/bad" PM-E204
runs "$work/bind/good"

# Somebody can write: by a descriptor, or only by a mapping any more.
exec 9>>"$mem/good"
denied "$mem/good" PM-E1202
exec 9>&-
runs "$mem/good"
for place in "$mem" "$disk"; do
  "$bin/proofmark-test-execs" map "$place/good" >"$work/mapped" &
  for _ in $(seq 100); do grep -q mapped "$work/mapped" && break; sleep 0.05; done
  denied "$place/good" PM-E1202
  kill $! && wait $! 2>/dev/null
  runs "$place/good"
done

# Other ways to execute than by name. An interpreter that asks gets the guard's answer, where the kernel has the question.
execs=$bin/proofmark-test-execs
for way in descriptor thread; do
  expect 0 tiny "$execs" "$way" "$mem/good"
  expect 1 '' "$execs" "$way" "$mem/bad"
done
if [ "$("$execs" ask "$mem/good")" = 0 ]; then
  expect 0 1 "$execs" ask "$mem/bad"
fi

# What the kernel does not ask about: programs in memory files, libraries, what an interpreter reads, what a dynamic linker
# is told to start.
expect 0 tiny "$execs" memory "$mem/bad"
expect 0 loaded "$execs" load "$mem/bad"
expect 0 script sh "$mem/script"
stop_guard
runs "$mem/bad" # nothing is guarded any more

# A board that accepts what it may accept.
start_guard "$bin/proofmark-guard-lenient" --mount "$mem" --mount "$over"
runs "$over/good"
denied "$over/bad" PM-E204
runs "$mem/library"
runs "$mem/script" script
printf '#!/bin/sh\necho script\n' >"$mem/unsigned.sh" && chmod 755 "$mem/unsigned.sh"
denied "$mem/unsigned.sh" PM-E202
stop_guard

# A file system that cannot be written to needs no lease.
if command -v mksquashfs >/dev/null; then
  mkdir "$work/packed" "$work/packed.files" && cp "$work/good" "$work/bad" "$work/packed.files"
  mksquashfs "$work/packed.files" "$work/packed.img" -quiet -no-progress >/dev/null && mount -o loop "$work/packed.img" "$work/packed"
  start_guard "$bin/proofmark-guard-test" --mount "$work/packed"
  runs "$work/packed/good"
  denied "$work/packed/bad" PM-E204
  stop_guard
fi

# A bundle: what it names is what it says, the rest needs a mark. A newer trust store counts.
mkdir "$root/bin" "$root/free"
cp "$work/bad" "$root/bin/listed" && cp "$work/bad" "$root/bin/other"
"$TREE" "$root" "$work/table" || fail 'no table'
"$SIGN" sign --key p256 --board "qemu-$arch" --name root --kind 5 --machine 0 "$work/table" "$root/root.bundle" || fail 'no bundle'
start_guard "$bin/proofmark-guard-bundle" --mount "$root"
runs "$root/bin/listed"
cp "$work/bad" "$root/free/bad" && cp "$work/good" "$root/free/good"
denied "$root/free/bad" PM-E204
runs "$root/free/good"
cp "$work/good" "$root/bin/other"
denied "$root/bin/other" PM-E1205
mv "$root/bin/listed" "$root/bin/moved"
denied "$root/bin/moved" PM-E204
stop_guard
"$SIGN" store 2 "$root/trust.store" p256
expect 3 '(PM-E407)' "$bin/proofmark-guard-bundle" --mount "$root"
flip_at() { printf '\xa5' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }
flip_at "$root/trust.store" 600
expect 3 '(PM-E404)' "$bin/proofmark-guard-bundle" --mount "$root"
rm "$root/trust.store" "$root/root.bundle"
expect 3 '(PM-E1103)' "$bin/proofmark-guard-bundle" --mount "$root"
finish
