#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# proofmark-exec on a file system with fs-verity, in a guest whose kernel has it: the guarded file itself is executed, without a
# copy, and with a detached mark without reading it; where the kernel would start it with other rights than a copy has, a
# copy is; a damaged medium is found. Prints what the ways cost, as ratios. usage: verity.sh amd64
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/attacks/lib.sh
. "$here/../../attacks/lib.sh"
# shellcheck source=tests/e2e/guest/guest.sh
. "$here/../guest/guest.sh"
need_device
PATH=$PATH:/usr/sbin:/sbin
for tool in qemu-system-x86_64 mkfs.ext4 gcc fsverity; do command -v "$tool" >/dev/null || skip "$tool is not installed"; done
guest_kernel amd64 >/dev/null || skip 'the pinned kernel cannot be fetched'

# detach FILE SIGNED: the mark of SIGNED, which covers FILE as it is, becomes FILE.proofmark.
detach() { tail -c "+$(($(stat -c %s "$1") + 1))" "$2" >"$1.proofmark"; }

disk=$work/disk ram=$work/ram
mkdir -p "$disk" "$ram/t"
probe=$bin/proofmark-test-probe
sign "$probe" "$disk/embedded"
cp "$probe" "$disk/detached" && detach "$disk/detached" "$disk/embedded"
cp "$disk/embedded" "$disk/plain"
cp "$disk/embedded" "$disk/setuid"
cp "$disk/embedded" "$disk/unexecutable"
cp "$probe" "$disk/other" && cp "$disk/detached.proofmark" "$disk/other.proofmark"
printf '\xff' | dd of="$disk/other" bs=1 seek=300000 conv=notrunc status=none
# A program with a block of which it makes no use, and which can be told apart on the disk.
cp "$bin/proofmark-test-tiny" "$disk/damaged"
truncate -s 896K "$disk/damaged"
cp "$disk/damaged" "$disk/large"
printf 'the block that will be damaged' | dd of="$disk/damaged" bs=4096 seek=100 conv=notrunc status=none
for name in damaged large; do
  cp "$disk/$name" "$disk/$name-detached"
  sign "$disk/$name" "$disk/$name"
  detach "$disk/$name-detached" "$disk/$name"
done
cp "$disk/large" "$disk/large-copied"
# A dynamic program, twice: its dynamic linker and its C library guarded, and not.
cat >"$work/maps.c" <<'C'
#include <stdio.h>
int main(void) {
  char line[512];
  FILE* maps = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, maps) != NULL) fputs(line, stdout);
  return 42;
}
C
for folder in guarded copied; do
  mkdir "$disk/$folder"
  cp -L /lib64/ld-linux-x86-64.so.2 "$disk/$folder/ld.so" && cp -L /lib/x86_64-linux-gnu/libc.so.6 "$disk/$folder/"
  gcc -O1 -Wl,-z,now "-Wl,--dynamic-linker=/mnt/$folder/ld.so" -o "$disk/$folder/maps" "$work/maps.c" || fail 'not built'
  sign --dependency "/mnt/$folder/ld.so=$disk/$folder/ld.so" --dependency "/mnt/$folder/libc.so.6=$disk/$folder/libc.so.6" \
    "$disk/$folder/maps" "$disk/$folder/maps"
  chmod 755 "$disk/$folder"/*
done
chmod 755 "$disk"/* && chmod u+s "$disk/setuid" && chmod 644 "$disk/unexecutable"
mkfs.ext4 -q -F -b 4096 -O verity -d "$disk" "$work/disk.img" 64M || fail 'no image'
offsets=$(grep -abo 'the block that will be damaged' "$work/disk.img" | cut -d: -f1)

with_libraries "$ram" "$(command -v fsverity)" /bin/{bash,mount,umount,dd,chmod} >/dev/null
cp "$bin/proofmark-exec-test" "$ram/bin/launch"
cp "$bin/proofmark-exec-full" "$ram/bin/launch-full"
cat >"$ram/test" <<TEST
#!/bin/bash
export PATH=/bin TIMEFORMAT=%R
mount -t ext4 /dev/nvme0n1 /mnt && cd /mnt || exit 9
for file in embedded detached setuid unexecutable other damaged damaged-detached large large-detached; do fsverity enable \$file; done
for file in embedded detached plain setuid unexecutable other; do
  echo "start \$file"
  launch --verbose ./\$file x </dev/null 2>&1 | while read -r line; do
    case \$line in executes* | proofmark-exec:* | seals*) echo "\$file: \$line" ;; esac
  done
  echo "\$file: exit \${PIPESTATUS[0]}"
done
echo "cost not checked: \$( { time for ((i = 0; i < 60; ++i)); do ./large-copied >/dev/null; done; } 2>&1)"
for file in large large-detached large-copied; do
  launch ./\$file >/dev/null
  echo "cost \$file: \$( { time for ((i = 0; i < 60; ++i)); do launch ./\$file >/dev/null; done; } 2>&1)"
done
for file in guarded/{maps,ld.so,libc.so.6}; do fsverity enable \$file; done
for folder in guarded copied; do
  launch-full \$folder/maps >/tmp/maps; echo "\$folder: exit \$?"
  while read -r line; do echo "\$folder maps \${line##* }"; done </tmp/maps
  echo "cost \$folder: \$( { time for ((i = 0; i < 20; ++i)); do launch-full \$folder/maps >/tmp/maps; done; } 2>&1)"
done
cd / && umount /mnt
for offset in $(tr '\n' ' ' <<<"$offsets"); do printf X | dd of=/dev/nvme0n1 bs=1 seek=\$offset conv=notrunc status=none; done
mount -t ext4 -o ro /dev/nvme0n1 /mnt && cd /mnt || exit 9
launch ./damaged 2>&1; echo "damaged: exit \$?"
launch ./damaged-detached 2>&1; echo "damaged-detached: exit \$?"
exit 0
TEST
chmod +x "$ram/test"
make_initramfs "$ram" "$work/initramfs" || fail 'no initramfs'
expect 0 'guest: exit 0' run_guest amd64 "$work/initramfs" "$work/disk.img"
says() { expect 0 "$1" cat "$work/console"; }
for file in embedded detached; do
  says "$file: proofmark-exec: executes the file, which fs-verity guards"
  says "$file: exit 42"
done
# The file that runs has no seals, because it is no memory file.
says 'embedded: seals ffffffff'
for file in plain setuid unexecutable; do
  says "$file: proofmark-exec: executes a sealed copy"
  says "$file: exit 42"
done
says 'other: exit 1'
expect 0 '(PM-E702)' grep '^other:' "$work/console"
# Hashing meets the damaged block. Where nothing is read but what runs, the kernel refuses that block when it is used.
expect 0 '(PM-E701)' grep '^proofmark-exec: refused: ./damaged:' "$work/console"
says 'damaged: exit 3'
says 'damaged-detached: exit 0'
for name in maps ld.so libc.so.6; do says "guarded maps /mnt/guarded/$name"; done
says 'guarded: exit 42'
says 'copied: exit 42'
checks=$((checks + 2))
! grep -E '^guarded maps .*memfd' "$work/console" || fail 'a copy of what fs-verity guards'
! grep -E '^copied maps /' "$work/console" | grep -v memfd || fail 'a file that nothing guards is mapped'
grep '^cost' "$work/console"
finish
