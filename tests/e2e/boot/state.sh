#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What a device remembers from boot to boot, with real kernels on one disk: tries are counted, the other slot takes over, what
# reported success is in force, older systems and trust stores are refused, the power is cut while the record is written, and
# each ending ends the machine. usage: state.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
need_boot
init=$bin/proofmark-init-state
state=proofmark-state-test

# put PARTITION TREE: the tree's image takes the place of a partition, as an update would.
put() { dd if="$work/$2.img" of="$work/disk" bs=1M seek=$((($1 - 1) * partition_mib + 1)) conv=notrunc status=none; }
image() { add_disk "$1"; unset 'disks[-1]'; }

# system NAME STORE|'' [SIGN-OPTION...]: an image with that version of the trust store.
system() {
  local name=$1 store=$2
  shift 2
  new_tree "$name"
  sign_tree "$name" "$@"
  [ -z "$store" ] || "$SIGN" store "$store" "$work/$name/trust.store"
  image "$name"
}
system seven 2 --security-version 7
system six 2 --security-version 6
system rescue '' --key p384 --security-version 5
system no-store '' --security-version 8
system old-store 1 --security-version 8
disks=("$work/seven.img" "$work/six.img" "$work/rescue.img" -)

# A device whose record nobody made, or somebody wiped: only the recovery, from which one is made.
words='guest=show,commit,create,create,show,commit' boot 60 "$init"
sees 'proofmark-init: state: refused: /dev/nvme0n1p4: the record of what worked here is lost: no copy of it is whole (PM-E1123)'
sees 'recovery: accepted: 13 files, security version 5'
sees 'proofmark-state: error: /dev/nvme0n1p4: no copy of the record is whole'
sees 'guest: create ended with 0'
sees 'proofmark-state: error: /dev/nvme0n1p4: there is a record already'
sees 'tries left: 2 2'
sees 'proofmark-state: error: /dev/nvme0n1p4: nothing to commit: no slot'
misses 'slot 0: '

# Two boots that report nothing, then the other slot, which does.
words='guest=show' boot_again 60 "$init"
sees 'slot 0: accepted: 13 files, security version 7'
sees 'committed: system 0, trust store 0'
sees 'running: slot 0, system 7, trust store 2'
sees 'tries left: 1 2'
boot_again 60 "$init"
sees 'guest: system seven'
words='guest=show,commit,show,try-9,try-0' boot_again 60 "$init"
sees 'slot 0: refused: its tries are used up: it was started and never reported success (PM-E1121)'
sees 'slot 1: accepted: 13 files, security version 6'
sees 'refused since the last commit, first: slot 0 (PM-E1121)'
sees 'committed: system 6, trust store 2'
sees 'tries left: 0 2'
sees 'refused since the last commit, first: none'
sees 'guest: try ended with 2'
sees 'guest: try ended with 0'
words='guest=commit,commit,show' boot_again 60 "$init"
sees 'guest: system seven'
misses 'slot 1'
sees 'committed: system 7, trust store 2'

# What is older than that has no way back, however good its signature.
flip "$work/disk" $(($(partition_offset 1) + $(grep -abo 'guest: %s is process' "$work/seven.img" | head -n 1 | cut -d: -f1)))
words='guest=show' boot_again 60 "$init"
sees 'slot 0: refused: sbin/init: the content is not what was signed (PM-E1114)'
sees 'slot 1: refused: root.bundle: older than the newest system that worked here (PM-E1119)'
sees 'guest: system rescue'
sees 'running: recovery'
sees 'refused since the last commit, first: slot 0 (PM-E1114)'
put 1 no-store
put 2 old-store
boot_again 60 "$init"
sees 'slot 0: refused: trust.store: its trust store is gone, or older than the newest that was in force here (PM-E1120)'
sees 'slot 1: refused: trust.store: the trust store is older than the one trusted so far (PM-E1009)'
sees 'guest: system rescue'

# The power goes while the system writes the record, again and again; it is whole at every next boot, and its numbers grow.
put 1 seven
last=0
for cut in 3 14; do
  until="write $((last + 40 + cut))" words='guest=show,try-1,show,commit,always' boot_again 90 "$init"
  first=$(sed -n 's/^record: .*, write //p' "$work/console.txt" | head -n 1)
  checks=$((checks + 1))
  [ "${first:-0}" -gt "$last" ] || fail "write $first after $last: $(tail -n 20 "$work/console.txt")"
  last=$(sed -n 's/^record: .*, write //p' "$work/console.txt" | tail -n 1)
  sees 'committed: system 7, trust store 2'
done
# And right after the first process has handed over.
words='guest=commit' boot_again 60 "$init"
until='guest: system' boot_again 60 "$init"
words='guest=show' boot_again 60 "$init"
sees 'guest: system seven'
sees 'tries left: 0 2'

# Nothing left: the machine really starts again. Tries that were used up came back, so it is not lost.
for partition in 2 3; do dd if=/dev/zero of="$work/disk" bs=1M seek=$(((partition - 1) * partition_mib + 1)) count=1 conv=notrunc status=none; done
until='slot 0: accepted' boot_again 90 "$init"
sees 'slot 0: refused: its tries are used up'
sees 'proofmark-init: nothing to start: rebooting'
sees 'slot 0: accepted: 13 files, security version 7'

# A record whose medium is not there, and one whose medium takes no more writes: no slot is started, the recovery is.
disks=("$work/seven.img" - "$work/rescue.img")
boot 60 "$init"
sees 'proofmark-init: state: refused: /dev/nvme0n1p4: the record of what worked here cannot be read (PM-E1122)'
sees 'guest: system rescue'
disks+=(-)
make_disk "$work/disk"
write_record "$work/disk" "$(partition_offset 4)"
medium=readonly=on boot_again 60 "$init"
sees 'slot 0: refused: the record of what is tried cannot be written (PM-E1124)'
sees 'guest: system rescue'

# A board whose record is a file, that takes a lost one for a new device, and stands still when nothing can be started.
mkdir "$work/filed"
truncate -s 68K "$work/filed/record"
image filed
disks=(- - - "$work/filed.img")
until='System halted' boot 60 "$bin/proofmark-init-halt"
sees 'proofmark-init: state: no record, starting anew as the board says'
sees 'proofmark-init: nothing to start: halted'
dd if="$work/disk" of="$work/filed.img" bs=1M skip=$((3 * partition_mib + 1)) count="$partition_mib" status=none
e2fsck -fy "$work/filed.img" >"$work/fsck" 2>&1 # nobody unmounted it: what fsync() promised is in the journal
debugfs -R "dump /record $work/filed.record" "$work/filed.img" 2>/dev/null
checks=$((checks + 1))
[ "$(read_committed "$work/filed.record" 0)" = 0 ] || fail "no record in the file: $(od -c "$work/filed.record" | head)"

# The program by itself: what it says about files, and that it is small.
if [ "$arch" = amd64 ] && [ "$(uname -m)" = x86_64 ]; then
  says() { checks=$((checks + 1)); "$bin/$state" "${@:2}" >"$work/out" 2>&1; [ $? -eq "$1" ] || fail "$state ${*:2}: $(cat "$work/out")"; }
  truncate -s 50 "$work/short"
  truncate -s 1M "$work/record"
  says 3 show --path "$work/none"
  says 3 show --path "$work/short"
  says 1 show --path "$work/record"
  says 0 create --path "$work/record"
  says 0 show --path "$work/record"
  says 1 commit --path "$work/record"
  says 2 try --path "$work/record"
  says 2 lose --path "$work/record"
  says 2
fi
finish
