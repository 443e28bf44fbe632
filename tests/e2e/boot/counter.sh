#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The rollback counter in a TPM, over real boots: without it no slot starts, it goes up in the boot after a commit, it holds
# when the record is wiped, and the running system cannot set it back. Made by the command lines of docs/measured-boot.md.
# usage: counter.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/e2e/boot/tpm_lib.sh
. "$(dirname "$0")/tpm_lib.sh"
need_tpm
command -v tpm2_nvdefine >/dev/null || skip 'tpm2_nvdefine is not installed'
init=$bin/proofmark-init-tpm-counter

# provision: what a factory does, as the document says it.
provision() {
  sed -n '/^    tpm2_nvdefine/,/^    tpm2_changeauth/p' "$SOURCE/docs/measured-boot.md" >"$work/provision.sh"
  checks=$((checks + 1))
  [ "$(grep -c tpm2_ "$work/provision.sh")" -eq 3 ] || fail 'docs/measured-boot.md does not say how to make a counter'
  ask_tpm bash -e "$work/provision.sh" >"$work/provision.out" 2>&1 || fail "it cannot be made: $(cat "$work/provision.out")"
}
# counter: its value, in hexadecimal digits.
counter() { ask_tpm tpm2_nvread 0x01500200 2>/dev/null | xxd -p; }
# new_record: a fresh one on the fourth partition.
new_record() { write_record "$work/disk" $((3 * 8 * 1048576 + 1048576)); }

new_system seven es256 7
new_system six es256 6
new_system rescue ps256 6
for name in seven six rescue; do add_disk "$name"; done
disks=("$work/seven.img" - "$work/rescue.img" -)
make_disk "$work/disk"
new_record

again=boot_again
boot_with_tpm 60 "$init"
sees 'tpm: refused: /dev/tpmrm0: the TPM'"'"'s counter is not there, or not one that can be locked (PM-E1148)'
sees 'state: refused: /dev/nvme0n1p4: the TPM'"'"'s counter is not there, or not one that can be locked (PM-E1148)'
sees 'guest: system rescue'
misses 'slot 0: '

# A system that works: its version is in the counter from the next boot on, which checks it again.
provision
boot_with_tpm 60 "$init"
sees 'guest: system seven'
is 0000000000000000 "$(counter)" 'the counter after the first boot'
boot_with_tpm 60 "$init"
sees 'guest: system seven'
sees 'guest: set back 0148'
is 0000000700000001 "$(counter)" 'the counter after the second boot'

# An older system, with the record wiped as whoever has the disk can.
disks=("$work/six.img" - "$work/rescue.img" -)
make_disk "$work/disk"
new_record
boot_with_tpm 60 "$init"
sees 'slot 0: refused: root.bundle: older than the newest system that worked here (PM-E1119)'
sees 'guest: system rescue'
is 0000000700000001 "$(counter)" 'the counter after the attack'
finish
