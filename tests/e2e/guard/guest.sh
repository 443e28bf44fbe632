#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The guard in a real kernel, on both architectures: fs-verity instead of leases, a queue that is far too short for what is
# asked, and a guard that restarts the machine when it fails. usage: guest.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/../boot/lib.sh"
need_boot
sign() { "$SIGN" sign --board "qemu-$arch" "$@" || fail "the test signer failed: $*"; }
tree=$work/tree
mkdir "$tree"
for pair in small:64K large:896K; do
  cp "$bin/proofmark-test-tiny" "$work/program" && truncate -s "${pair#*:}" "$work/program"
  sign "$work/program" "$tree/${pair%:*}"
  cp "$tree/${pair%:*}" "$tree/guarded-${pair%:*}"
done
cp "$bin/proofmark-test-tiny" "$tree/bad" && cp "$tree/bad" "$tree/guarded-bad"
cp "$bin/proofmark-guard-test" "$tree/guard"
cp "$bin/proofmark-guard-reboot" "$tree/guard-reboot"
cp "$bin/proofmark-test-execs" "$tree/execs"
chmod 755 "$tree"/*
add_disk tree
boot 200 "$bin/proofmark-test-guarded"
sees 'guest: small: ran'
sees 'guest: bad: Operation not permitted'
sees 'guest: guarded-small: ran'
sees 'guest: guarded-bad: Operation not permitted'
sees '"event":"refused","number":"PM-E204","why":"not signed (no mark at the end of the file)","path":"/mnt/guarded-bad"'
sees '32 ran, 32 denied'
sees 'guest: workers end'
sees 'reboot: Restarting system'
misses 'guest: goes on'
misses 'guest: no fs-verity'
misses 'failed'
grep '^guest: time' "$work/console.txt"
finish
