#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Puts a signed image into flash and starts the machine with the example as its firmware. The console is standard output; the
# flash image is left as FLASH. usage: run.sh PROGRAM SIGNED-IMAGE FLASH [QEMU-OPTION...]
set -euo pipefail
program=${1:?usage: run.sh PROGRAM SIGNED-IMAGE FLASH [QEMU-OPTION...]} image=${2:?no signed image} flash=${3:?no flash image}
shift 3

# Its length, 8 bytes little endian, then from 4096 on the image; the bank is 64 MiB (board.h).
rm -f "$flash"
truncate -s 64M "$flash"
length=$(printf '%016x' "$(stat -c %s "$image")")
for at in 14 12 10 8 6 4 2 0; do printf '%b' "\\x${length:at:2}"; done | dd of="$flash" conv=notrunc status=none
dd if="$image" of="$flash" bs=4096 seek=1 conv=notrunc status=none
exec qemu-system-aarch64 -machine virt -cpu "${CPU:-max,pauth-impdef=on}" -accel tcg -m 128 -nodefaults -no-user-config \
  -display none -serial stdio -no-reboot -kernel "$program" -drive "if=pflash,unit=1,format=raw,readonly=on,file=$flash" "$@" </dev/null
