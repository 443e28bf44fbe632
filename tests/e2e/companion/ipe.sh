#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The policy for IPE in a kernel that obeys it: what the bundle names runs, also with a library; another program, a program that
# fs-verity does not guard, and another library do not. The kernel takes the policy because it is signed by a key of the
# firmware's `db`, which needs OVMF.
# shellcheck source=tests/e2e/guest/guest.sh
. "$(dirname "$0")/../guest/guest.sh"
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/e2e/companion/lib.sh
. "$(dirname "$0")/lib.sh"
for tool in qemu-system-x86_64 mkfs.ext4 gcc fsverity openssl perl; do
  PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
ovmf=${OVMF:-/usr/share/OVMF}
[ -r "$ovmf/OVMF_CODE_4M.fd" ] || { echo 'skipped: ovmf is not installed'; exit 77; }
guest_kernel amd64 >/dev/null || { echo 'skipped: the pinned kernel cannot be fetched'; exit 77; }

PATH=$PATH:/usr/sbin:/sbin
mkdir -p disk/other/lib ram/t
make_programs
succeeds bundle disk/tree -o disk/bundle --name rootfs --security-version 3
program disk/other/stranger -static
cp disk/tree/bin/listed disk/other/unguarded
cp disk/tree/lib/libc.so.6 disk/other/lib/ && printf 'x' >>disk/other/lib/libc.so.6
mkfs.ext4 -q -F -b 4096 -O verity -d disk disk.img 64M >/dev/null || fail 'no image'

# policy OUT [SED-SCRIPT]: the policy, perhaps changed, signed as the kernel wants it.
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -subj /CN=ipe -days 2 -out cert.pem 2>/dev/null
openssl x509 -in cert.pem -outform DER -out cert.der
succeeds "$SIGN" companion ipe disk/bundle -o policy --allow-unproven --trust "$VECTORS/es256.pub.pem"
policy() {
  sed "${2:-}" policy >text
  openssl smime -sign -in text -signer cert.pem -inkey key.pem -noattr -nodetach -nosmimecap -outform der -out "$1" || fail 'no signature'
}
policy ram/t/policy
policy ram/t/older 's/policy_version=0.0.3/policy_version=0.0.2/'
perl "$here/db_variable.pl" "$ovmf/OVMF_VARS_4M.fd" cert.der variables || fail 'no variables'

with_libraries ram "$SIGN" "$(command -v fsverity)" /bin/bash /bin/mount /bin/cat
cp "$VECTORS/es256.pub.pem" ram/t/
cat >ram/test <<'TEST'
#!/bin/bash
export PATH=/bin
ipe=/sys/kernel/security/ipe
mount -t securityfs none /sys/kernel/security
mount -t ext4 /dev/nvme0n1 /mnt
proofmark-sign install /mnt/tree /mnt/bundle --allow-unproven --trust /t/es256.pub.pem
for file in stranger lib/libc.so.6; do fsverity enable /mnt/other/$file; done
/mnt/other/stranger # before the policy it runs
cat /t/policy >$ipe/new_policy && echo 1 >$ipe/policies/rootfs/active && echo 'policy: active' || exit 1
echo "version $(cat $ipe/policies/rootfs/version)"
cat /t/older >$ipe/policies/rootfs/update || echo 'older: refused'
for file in tree/bin/listed tree/bin/dynamic other/stranger other/unguarded; do
  /mnt/$file || echo "$file: ended with $?"
done
LD_LIBRARY_PATH=/mnt/other/lib /mnt/tree/bin/dynamic || echo "other library: ended with $?"
TEST
chmod +x ram/test
make_initramfs ram initramfs || fail 'no initramfs'
guest_command amd64 initramfs "$guest_words" || fail 'no kernel'
# shellcheck disable=SC2154,SC2054 # set by guest_command; commas belong to QEMU
timeout 120 "${guest[@]}" -no-reboot -drive file=disk.img,if=none,id=disk,format=raw -device nvme,drive=disk,serial=1 \
  -drive "if=pflash,unit=0,format=raw,readonly=on,file=$ovmf/OVMF_CODE_4M.fd" -drive if=pflash,unit=1,format=raw,file=variables \
  </dev/null 2>&1 | tr -d '\r' >console

line() { cases=$((cases + 1)); grep -qxF -- "$1" console || fail "no line '$1' on the console"; }
line 'policy: active'
line 'version 0.0.3'
line 'older: refused'
line 'listed: runs'
line 'dynamic: runs'
line 'other/stranger: ended with 126'
line 'other/unguarded: ended with 126'
line 'other library: ended with 127'
cases=$((cases + 1))
[ "$(grep -c ': runs$' console)" = 3 ] || fail 'not three programs ran'
[ "$failures" = 0 ] || cat console
finish
