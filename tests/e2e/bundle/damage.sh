#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What happens to a block that changes on the medium after `install`: reading it fails, a program that needs it is killed, the
# kernel names the file and the place, and `verify --root` says which block of which file it is.
# shellcheck source=tests/e2e/guest/guest.sh
. "$(dirname "$0")/../guest/guest.sh"
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/lib.sh"
for tool in qemu-system-x86_64 mkfs.ext4 debugfs gcc; do
  PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
guest_kernel amd64 >/dev/null || { echo 'skipped: the pinned kernel cannot be fetched'; exit 77; }

PATH=$PATH:/usr/sbin:/sbin
mkdir -p disk/tree/{bin,etc} ram/t
head -c 1000000 /dev/urandom >disk/tree/etc/big && head -c 9000 /dev/urandom >disk/tree/etc/whole
# A program whose data fills many blocks; it looks at each of them.
gcc -static -O1 -x c - -o disk/tree/bin/app <<END || fail 'the program does not compile'
#include <stdio.h>
__asm__(".section .rodata\n.globl table\ntable: .incbin \"$work/disk/tree/etc/big\"\n.previous");
extern const volatile unsigned char table[1000000];
int main(void) {
  unsigned sum = 0;
  for (unsigned i = 0; i < 1000000; i += 512) sum += table[i];
  return printf("app: runs %s\\n", sum != 0 ? "whole" : "") < 0;
}
END
succeeds bundle disk/tree -o disk/bundle
mkfs.ext4 -q -F -b 4096 -O verity -d disk disk.img 64M || fail 'no image'
place() { debugfs -R "bmap /tree/$1 $2" disk.img 2>/dev/null; } # of a block on the medium
app_block=$(($(stat -c %s disk/tree/bin/app) / 2 / 4096)) # amid the data
with_libraries ram "$SIGN" /bin/bash /bin/mount /bin/umount /bin/dd /bin/cat
cp "$VECTORS/es256.pub.pem" ram/t/
cat >ram/test <<TEST
#!/bin/bash
export PATH=/bin
trust='--allow-unproven --trust /t/es256.pub.pem'
mount -t ext4 /dev/nvme0n1 /mnt
proofmark-sign install /mnt/tree /mnt/bundle \$trust
/mnt/tree/bin/app && umount /mnt || exit 9
for block in $(place etc/big 7) $(place etc/big 244) $(place bin/app "$app_block"); do
  printf changed | dd of=/dev/nvme0n1 bs=4096 seek=\$block conv=notrunc status=none
done
mount -t ext4 /dev/nvme0n1 /mnt
cat /mnt/tree/etc/big >/dev/null
/mnt/tree/bin/app
echo "app: ended with \$?"
proofmark-sign verify --root /mnt/tree /mnt/bundle \$trust
echo "verify: \$?"
proofmark-sign verify --root /mnt/tree /mnt/bundle --quick \$trust
echo "quick: \$?"
TEST
chmod +x ram/test
make_initramfs ram initramfs || fail 'no initramfs'
run_guest amd64 initramfs disk.img >/dev/null || fail "the guest: $(cat console)"
console() { cases=$((cases + 1)); grep -qE -- "$1" console || { fail "no '$1' on the console"; cat console; }; }
console '^app: runs whole$'
console '^cat: /mnt/tree/etc/big: Input/output error'
console '^app: ended with 135$' # SIGBUS
console '/mnt/tree/etc/big: content: found block 7 \(4096 bytes at 28672\) that cannot be read, and 1 more$'
console "/mnt/tree/bin/app: content: found block $app_block \\(4096 bytes at $((app_block * 4096))\\) that cannot be read\$"
console '/mnt/tree: NOT TRUSTED: 2 differences$'
console '^verify: 1$'
console 'fs-verity \(nvme0n1, inode [0-9]+\): FILE CORRUPTED! pos=28672, '
console '^quick: 0$' # asks for the digest, and reads nothing
finish
