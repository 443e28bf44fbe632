#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The policy for IMA in a kernel that obeys it: what the bundle names runs, also with a library; what nobody signed, what has the
# signature of another file, what fs-verity does not guard, and a library of that kind do not.
# shellcheck source=tests/e2e/guest/guest.sh
. "$(dirname "$0")/../guest/guest.sh"
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/e2e/companion/lib.sh
. "$(dirname "$0")/lib.sh"
for tool in qemu-system-x86_64 mkfs.ext4 gcc fsverity openssl setfattr; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
guest_kernel amd64 >/dev/null || { echo 'skipped: the pinned kernel cannot be fetched'; exit 77; }

PATH=$PATH:/usr/sbin:/sbin
mkdir -p disk/other ram/t
make_programs
succeeds bundle disk/tree -o disk/bundle
for name in stranger forged unguarded; do program disk/other/$name -static; done
mkdir disk/other/lib && cp disk/tree/lib/libc.so.6 disk/other/lib/ && printf 'x' >>disk/other/lib/libc.so.6
mkfs.ext4 -q -F -b 4096 -O verity -d disk disk.img 64M || fail 'no image'
succeeds "$SIGN" companion ima disk/bundle -o ram/t/policy --key "$VECTORS/es256.pem" --signatures ram/t/signatures \
  --allow-unproven --trust "$VECTORS/es256.pub.pem"
openssl req -x509 -new -key "$VECTORS/es256.pem" -subj /CN=ima -days 2 -outform DER -out ram/t/certificate 2>/dev/null
gcc -static "$here/load_ima.c" -o ram/t/load_ima || fail 'load_ima does not compile'
with_libraries ram "$SIGN" "$(command -v fsverity)" "$(command -v setfattr)" /bin/bash /bin/mount
cp "$VECTORS/es256.pub.pem" ram/t/
cat >ram/test <<'TEST'
#!/bin/bash
export PATH=/bin
mount -t securityfs none /sys/kernel/security
mount -t ext4 /dev/nvme0n1 /mnt
proofmark-sign install /mnt/tree /mnt/bundle --allow-unproven --trust /t/es256.pub.pem
for file in stranger forged lib/libc.so.6; do fsverity enable /mnt/other/$file; done
cd /mnt/tree && setfattr --restore=/t/signatures
while read -r line; do
  case $line in
    '# file: '*) name=${line#\# file: } ;;
    security.ima=*) [ "$name" != bin/listed ] || for file in forged unguarded; do setfattr -n security.ima -v "${line#*=}" /mnt/other/$file; done ;;
  esac
done </t/signatures
/mnt/other/stranger # before the policy it runs
/t/load_ima /t/certificate /t/policy || exit 1
for file in tree/bin/listed tree/bin/dynamic other/stranger other/forged other/unguarded; do
  /mnt/$file || echo "$file: ended with $?"
done
LD_LIBRARY_PATH=/mnt/other/lib /mnt/tree/bin/dynamic || echo "other library: ended with $?"
/bin/mount || echo "initramfs: ended with $?"
while read -r line; do echo "measured $line"; done </sys/kernel/security/ima/ascii_runtime_measurements
TEST
chmod +x ram/test
make_initramfs ram initramfs || fail 'no initramfs'
GUEST_APPEND='ima_appraise=enforce' run_guest amd64 initramfs disk.img >/dev/null || fail "the guest: $(cat console)"

# line TEXT: the console has it, as a whole line.
line() { cases=$((cases + 1)); grep -qxF -- "$1" console || fail "no line '$1' on the console"; }
line 'policy: loaded'
line 'listed: runs'
line 'dynamic: runs'
line 'other library: ended with 127'
for name in stranger forged unguarded; do line "other/$name: ended with 126"; done
line 'initramfs: ended with 126'
cases=$((cases + 3))
[ "$(grep -cx 'stranger: runs' console)" = 1 ] || fail 'stranger ran under the policy, or never'
[ "$(grep -c ': runs$' console)" = 3 ] || fail "not three programs ran"
grep -q "^measured .* verity:sha256:$(fsverity digest --compact disk/tree/bin/listed) /mnt/tree/bin/listed" console ||
  fail "the digest was not measured: $(grep ^measured console)"
finish
