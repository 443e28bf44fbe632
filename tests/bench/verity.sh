#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What proofmark-init needs for the bundle of a medium with 1,000 files, in a guest: where fs-verity guards the files, and
# where it has to hash them. From the mount of the medium to the line "accepted", by the kernel's clock; the cache is cold
# each time. Median of several boots. The gain is that of the bytes that are not read, so it is measured for small files and for
# files ten times as large. usage: verity.sh [amd64|arm64] [FILES] [BOOTS]
set -eu
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
files=${2:-1000} boots=${3:-5}
export SOURCE=$tree DEVICE_BUILDS=$tree/build TREE=$tree/build/host/bin/proofmark-test-tree SIGN=$tree/build/host/bin/proofmark-test-sign
set -- "${1:-amd64}"
# shellcheck source=tests/e2e/boot/lib.sh
. "$tree/tests/e2e/boot/lib.sh"
cmake --build "$tree/build/$arch" --target proofmark-init-test proofmark-test-verity proofmark-test-guest proofmark-state-test >/dev/null ||
  { echo "bench: error: no device programs of $arch"; exit 3; }
need_boot
init=$bin/proofmark-init-test
head -c 4M /dev/urandom >"$work/noise"
for _ in {1..5}; do cat "$work/noise"; done >"$work/noises"

# make_image FACTOR: sizes as in a root file system, where most files are small and a few hold most of the bytes, times FACTOR.
make_image() {
  local root=$work/root i size
  rm -rf "$root"
  mkdir -p "$root"/{data,dev,lib,proc,sbin,sys}
  cp "$bin/proofmark-test-verity" "$root/sbin/init"
  for ((i = 0; i < files - 1; i++)); do
    [ $((i % 100)) -ne 0 ] || mkdir -p "$root/data/$((i / 100))"
    size=$((i % 200 == 0 ? 2097152 : i % 10 == 0 ? 65536 : 4096 + i % 7919))
    head -c $((size * $1)) "$work/noises" >"$root/data/$((i / 100))/f$i"
  done
  sign_tree root --key rsa3072
  mib=$(($(du -sm "$root" | cut -f1) * 5 / 4 + 16))
  rm -f "$work/image"
  mkfs.ext4 -q -F -b 4096 -O verity -d "$root" "$work/image" "${mib}M" >/dev/null
}

# One partition of the image's size.
make_disk() {
  rm -f "$1"
  truncate -s $((mib + 4))M "$1"
  echo "label: gpt
start=2048, size=$((mib * 2048))" | sfdisk --quiet "$1"
  dd if="$work/image" of="$1" bs=1M seek=1 conv=notrunc,sparse status=none
}

# check_ms: from the mount to the acceptance in one boot.
check_ms() {
  boot_again 120 "$init"
  awk -F'[ ,]' '/^guest: log .*mounted filesystem/ {mounted = $5} /^guest: log .*accepted/ {accepted = $5}
    END {if (accepted == "") exit 1; printf "%.1f\n", (accepted - mounted) / 1000}' "$work/console.txt" ||
    { echo "bench: error: not accepted: $(tail -n 5 "$work/console.txt")" >&2; exit 3; }
}
median_ms() { for ((boot = 0; boot < boots; boot++)); do check_ms; done | sort -n | sed -n "$((boots / 2 + 1))p"; }

for factor in 1 10; do
  make_image "$factor"
  make_disk "$work/disk"
  hashed=$(median_ms)
  boot_again 300 "$bin/proofmark-test-verity"
  grep -q "fs-verity on $((files + 1)) files" "$work/console.txt" || { echo "bench: error: fs-verity is not on"; exit 3; }
  guarded=$(median_ms)
  printf '%d files, %d MiB, %s guest (emulated), median of %d boots\n' "$files" "$(du -sm "$work/root" | cut -f1)" "$arch" "$boots"
  awk -v hashed="$hashed" -v guarded="$guarded" 'BEGIN {
    printf "  %-34s %9.1f ms\n  %-34s %9.1f ms  %6.2f x\n", "with fs-verity", guarded, "hashed", hashed, hashed / guarded}'
done
