#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the check costs at boot: the same kernel and root file system of some hundred files under QEMU, once with proofmark-init and
# once with an init that mounts the same and checks nothing, in turn. Times are the guest's own, from its kernel's start to the
# first program of the root, and those of all of QEMU up to the end. Emulated, so only the ratio and the order of magnitude
# mean something: an emulated SHA-256 instruction costs many times a real one.
# usage: boot.sh [amd64|arm64 [FILES [RUNS]]]
set -u
set -- "${1:-amd64}" "${2:-300}" "${3:-7}"
tree=$(cd "$(dirname "$0")/../.." && pwd)
export SIGN=$tree/build/host/bin/proofmark-test-sign TREE=$tree/build/host/bin/proofmark-test-tree
export DEVICE_BUILDS=$tree/build SOURCE=$tree
# shellcheck source=tests/e2e/boot/lib.sh
. "$tree/tests/e2e/boot/lib.sh"
need_boot
files=$2 runs=$3 partition_mib=64

new_tree many
mkdir "$work/many/usr"
head -c 2M /dev/urandom >"$work/noise"
for ((i = 0; i < files; i++)); do
  head -c "$((i % 100 == 0 ? 2097152 : i % 10 == 0 ? 65536 : 4096 + i % 7919))" "$work/noise" >"$work/many/usr/f$i"
done
bytes=$(du -sb "$work/many" | cut -f1)
sign_tree many
add_disk many
disks+=(- - -)
make_disk "$work/disk"
write_record "$work/disk" "$(partition_offset 4)"
cp "$work/disk" "$work/disk.new"

# one_boot NAME PROGRAM: "GUEST-MS QEMU-MS" at the end of the file NAME.
one_boot() {
  local start guest_ms
  cp "$work/disk.new" "$work/disk" # the same record each time
  start=$(date +%s%N)
  boot_again 120 "$2"
  guest_ms=$(sed -n 's/^guest: runs since \([0-9]*\) ms$/\1/p' "$work/console.txt")
  [ -n "$guest_ms" ] || { echo "bench: error: $1 does not start"; tail -n 5 "$work/console.txt"; exit 3; }
  echo "$guest_ms $((($(date +%s%N) - start) / 1000000))" >>"$work/$1"
}
median() { cut -d' ' -f"$2" "$work/$1" | sort -n | sed -n "$(((runs + 1) / 2))p"; }

for ((i = 0; i < runs; i++)); do
  one_boot checked "$bin/proofmark-init-state"
  one_boot plain "$bin/proofmark-test-plain-init"
done
printf '%s: %d files, %d MiB, %d boots each, medians\n' "$arch" "$files" "$((bytes / 1048576))" "$runs"
for column in 1 2; do
  what=('' 'kernel to first program' 'all of QEMU')
  awk -v what="${what[column]}" -v checked="$(median checked "$column")" -v plain="$(median plain "$column")" 'BEGIN {
    printf "  %-26s with proofmark-init %6d ms, without %6d ms: %5.2f x\n", what, checked, plain, checked / plain }'
done
