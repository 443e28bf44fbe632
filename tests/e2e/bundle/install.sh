#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# install, in a guest whose kernel has fs-verity: it guards every regular file, twice is like once, and what was cut off goes on, the kernel's digest is that of
# the bundle, and what was guarded cannot be written any more.
# shellcheck source=tests/e2e/guest/guest.sh
. "$(dirname "$0")/../guest/guest.sh"
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/lib.sh"
for tool in qemu-system-x86_64 mkfs.ext4 gcc fsverity; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
guest_kernel amd64 >/dev/null || { echo 'skipped: the pinned kernel cannot be fetched'; exit 77; }

PATH=$PATH:/usr/sbin:/sbin
mkdir -p disk/tree/{bin,etc} ram/t
printf 'program' >disk/tree/bin/app && ln disk/tree/bin/app disk/tree/bin/app-again && ln -s app disk/tree/bin/sh
head -c 1000000 /dev/urandom >disk/tree/etc/big && : >disk/tree/etc/empty
succeeds bundle disk/tree -o disk/bundle
mkfs.ext4 -q -F -b 4096 -O verity -d disk disk.img 64M || fail 'no image'
with_libraries ram "$SIGN" "$(command -v fsverity)" /bin/bash /bin/mount
cp "$VECTORS/es256.pub.pem" ram/t/
cat >ram/test <<'TEST'
#!/bin/bash
set -e
export PATH=/bin
mount -t ext4 /dev/nvme0n1 /mnt
trust='--allow-unproven --trust /t/es256.pub.pem'
# A file that somebody writes to ends it half-way; the next run goes on where it ended.
exec 9>>/mnt/tree/etc/big
if proofmark-sign install /mnt/tree /mnt/bundle $trust; then echo 'busy and done'; exit 8; fi
exec 9>&-
proofmark-sign install /mnt/tree /mnt/bundle $trust
proofmark-sign install /mnt/tree /mnt/bundle $trust
fsverity measure /mnt/tree/etc/big
proofmark-sign verify --root /mnt/tree /mnt/bundle --quick $trust
if (echo x >>/mnt/tree/bin/app) 2>/dev/null; then echo 'still writable'; exit 9; fi
TEST
chmod +x ram/test
make_initramfs ram initramfs || fail 'no initramfs'
says 0 'guards 4 files, 2 of them since now' run_guest amd64 initramfs disk.img
says 0 'etc/big: fs-verity cannot be enabled: Text file busy' cat console
says 0 'guards 4 files, 0 of them since now' cat console
says 0 "$(fsverity digest disk/tree/etc/big | cut -d' ' -f1)" cat console
says 0 'as the bundle says: 8 entries' cat console
finish
