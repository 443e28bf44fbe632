#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# proofmark-init on media whose files fs-verity guards: the kernel's digest decides, without reading; what is damaged on the
# disk afterwards is found by whoever reads it, and in the first program already at boot. usage: verity.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
need_boot
init=$bin/proofmark-init-test

# verity_tree NAME: a signed system that reads its own files.
verity_tree() {
  new_tree "$1"
  cp "$bin/proofmark-test-verity" "$work/$1/sbin/init"
  sign_tree "$1"
}

# damage PARTITION FILE BLOCK: flips a byte of this block of the file, below the file system.
damage() {
  local start=$((($1 - 1) * 8 + 1)) block
  dd if="$work/disk" of="$work/partition" bs=1M skip="$start" count=8 status=none
  block=$(debugfs -R "bmap $2 $3" "$work/partition" 2>/dev/null)
  ((block > 0)) || fail "no block $3 of $2"
  flip "$work/disk" $((start * 1048576 + block * 4096 + 1000))
}

# Slot 0: guarded, but not with what was signed. Slot 1: the first program damaged. Slot 2: a library damaged. Slot 3: the
# same damage without fs-verity.
verity_tree other
flip "$work/other/lib/libsample.so" 9000
add_disk other
verity_tree first
add_disk first
verity_tree library
add_disk library
boot 60 "$bin/proofmark-test-verity"
sees 'guest: fs-verity on 15 files'
damage 2 /sbin/init 3
damage 3 /lib/libsample.so 2

boot_again 60 "$init"
sees 'slot 0: refused: lib/libsample.so: the content is not what was signed (PM-E1114)'
sees 'slot 1: refused: sbin/init: it cannot be read (PM-E1113)'
sees 'slot 2: accepted: 13 files, security version 7'
sees 'guest: /lib/libsample.so: Input/output error'
sees 'FILE CORRUPTED! pos=8192'

# Without fs-verity the same damage is found by reading, at boot.
disks=()
verity_tree plain
add_disk plain
make_disk "$work/disk"
damage 1 /lib/libsample.so 2
boot_again 60 "$init"
sees 'slot 0: refused: lib/libsample.so: the content is not what was signed (PM-E1114)'
misses 'guest: '
finish
