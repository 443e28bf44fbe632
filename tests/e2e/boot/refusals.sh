#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Real boots of systems that were tampered with: each is refused with its number and its file, nothing of it runs, and the
# next medium is tried. One boot shows up to twelve refusals, and what comes after them. usage: refusals.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
need_boot
init=$bin/proofmark-init-test
number=0
expected=()

# bad TEXT: the tree "bad" becomes the next disk; init must say TEXT about it.
bad() {
  rm -rf "$work/bad$number" "$work/bad$number.img"
  mv "$work/bad" "$work/bad$number"
  add_disk "bad$number"
  expected+=("slot $number: refused: $1")
  number=$((number + 1))
}
fresh() { new_tree bad; sign_tree bad "$@"; }

fresh; flip "$work/bad/sbin/init" 300000;       bad 'sbin/init: the content is not what was signed (PM-E1114)'
fresh; flip "$work/bad/lib/libsample.so" 9000;  bad 'lib/libsample.so: the content is not what was signed (PM-E1114)'
fresh; flip "$work/bad/root.bundle" 100;        bad 'root.bundle: the content is not what was signed (PM-E702)'
fresh; cp "$work/table" "$work/bad/root.bundle"; bad 'root.bundle: not signed (no mark at the end of the file) (PM-E204)'
fresh; rm "$work/bad/root.bundle";              bad 'root.bundle: the bundle is not there or no regular file (PM-E1103)'
fresh --board other;                            bad 'root.bundle: signed for another board (PM-E604)'
fresh --security-version 4;                     bad 'root.bundle: the security version is older than this device accepts (PM-E605)'
# A program that is signed, with a mark of its own, in the place of another: the bundle says which one belongs there.
fresh; "$SIGN" sign --board "qemu-$arch" "$bin/proofmark-test-guest" "$work/bad/sbin/init"
bad 'sbin/init: not the size or device number that was signed (PM-E1110)'
fresh; echo x >"$work/bad/etc/extra";           bad 'etc/extra: it was not signed with the system (PM-E1115)'
fresh; rm "$work/bad/lib/libsample.so";         bad 'lib/libsample.so: the bundle lists it, the medium does not have it (PM-E1106)'
fresh; "$SIGN" store 2 "$work/bad/trust.store"; flip "$work/bad/trust.store" 600
bad 'trust.store: a signature is wrong: the mark was changed after signing (PM-E404)'
fresh; "$SIGN" store 2 "$work/bad/trust.store" p256
bad 'root.bundle: signed by a key that is revoked (PM-E407)'
[ "$number" -eq 12 ] || fail "$number disks for twelve slots"
new_tree recovery
sign_tree recovery --key p384
add_disk recovery

boot 120 "$init"
for text in "${expected[@]}"; do sees "$text"; done
sees 'recovery: accepted: 13 files, security version 7'
sees 'guest: /sbin/init is process 1, 2 arguments, 3 descriptors, all /dev/console'
sees 'guest: system recovery'
misses 'guest: system bad'

# The other attributes, and a good system behind them; its newer trust store was signed by the root.
disks=() number=0 expected=()
fresh; chmod 4755 "$work/bad/sbin/init";             bad 'sbin/init: not the permissions that were signed (PM-E1109)'
fresh; ln -sfn ../lib/libsample.so "$work/bad/bin/sh"; bad 'bin/sh: the link does not lead where it was signed to lead (PM-E1111)'
fresh; rm "$work/bad/etc/system"; mkfifo "$work/bad/etc/system"; bad 'etc/system: not the type of file that was signed (PM-E1107)'
fresh; bad 'sbin/init: not the owner and group that were signed (PM-E1108)'
debugfs -w -R 'set_inode_field /sbin/init uid 77' "$work/bad3.img" 2>/dev/null
fresh; bad 'sbin/init: not the file capabilities that were signed (PM-E1112)'
printf '\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >"$work/capability"
debugfs -w -R "ea_set -f $work/capability /sbin/init security.capability" "$work/bad4.img" 2>/dev/null
new_tree bad; rm "$work/bad/sbin/init"; sign_tree bad; bad 'sbin/init: the first program is not in the bundle, or no executable file (PM-E1116)'
fresh; mkdir "$work/bad/trust.store"; bad 'trust.store: the trust store cannot be read (PM-E1105)'
new_tree good
sign_tree good
"$SIGN" store 2 "$work/good/trust.store"
add_disk good

archive=bare boot 120 "$init"
sees 'guest: /sbin/init is process 1, 2 arguments, 3 descriptors, all /dev/console'
for text in "${expected[@]}"; do sees "$text"; done
sees "slot $number: accepted: 13 files, security version 7"
sees 'guest: system good'
sees 'guest: environment PATH=/usr/sbin:/usr/bin:/sbin:/bin'
misses 'guest: system bad'
misses 'guest: environment console'

# A recovery that only a key for bundles signed, no medium at all, and the end that the board asks for.
disks=(- - - - - - - - - - - -)
new_tree other
sign_tree other
add_disk other
boot 120 "$init"
sees 'slot 11: refused: /dev/nvme0n1p12: the medium is not there or cannot be mounted (PM-E1102)'
sees 'recovery: refused: root.bundle: signed by a key that may not sign such files (PM-E408)'
sees 'proofmark-init: nothing to start: powering off'
sees 'reboot: Power down'
misses 'guest: '

# After the check: a first program that the kernel cannot start by its descriptor, and a root without room for the mounts.
disks=()
new_tree bad; printf '#!/bin/sh\n' >"$work/bad/sbin/init"; sign_tree bad; add_disk bad
boot 120 "$init"
sees 'slot 0: refused: sbin/init: the kernel did not start it (PM-E1118)'
misses 'slot 1'
disks=()
new_tree bad; rmdir "$work/bad/sys"; sign_tree bad; add_disk bad
boot 120 "$init"
sees 'slot 0: refused: sbin/init: the root cannot be switched (PM-E1117)'
misses 'slot 1'

# A mount that fails, as the first process of a namespace that may not mount sysfs.
if [ "$arch" = amd64 ] && [ "$(uname -m)" = x86_64 ]; then
  # What the kernel keeps over a reset, /dev/pmsg0, is a file here: the pinned kernels are built without it.
  mkdir -p "$work/jail/dev" && cp "$init" "$work/jail/init" && : >"$work/jail/dev/pmsg0"
  timeout 20 unshare --user --map-root-user --pid --fork --mount chroot "$work/jail" /init >"$work/console.txt" 2>"$work/qemu.err"
  sees 'mount: refused: /sys: a file system of the board cannot be mounted (PM-E1101)'
  cp "$work/jail/dev/pmsg0" "$work/console.txt"
  sees 'proofmark-init: mount: refused: /sys: a file system of the board cannot be mounted (PM-E1101)'
  checks=$((checks + 1))
  "$init" >"$work/console.txt"; [ $? -eq 2 ] || fail 'it runs as another process than the first'
  sees "for board qemu-$arch: runs as the first process only"
fi
finish
