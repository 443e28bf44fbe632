# SPDX-License-Identifier: Apache-2.0
#
# Shared by the boot tests: makes systems (a tree, its bundle, an ext4 image of both), an initramfs with proofmark-init, and
# boots the pinned kernel with them under QEMU. Sourced with the architecture as $1; CTest sets SIGN, TREE, DEVICE_BUILDS
# and SOURCE. Always -accel tcg: what a machine offers as /dev/kvm may not start a distribution's kernel.
# shellcheck shell=bash disable=SC2054,SC2154 # commas belong to QEMU; `guest` and `guest_words` are set by guest.sh
arch=${1:?usage: TEST amd64|arm64}
: "${SIGN:?set by ctest}" "${TREE:?set by ctest}" "${DEVICE_BUILDS:?set by ctest}" "${SOURCE:?set by ctest}"
PATH=$PATH:/usr/sbin:/sbin
# shellcheck source=tests/e2e/guest/guest.sh
. "$SOURCE/tests/e2e/guest/guest.sh"
bin="$DEVICE_BUILDS/$arch/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0
disks=()
partition_mib=8

skip() { echo "skipped: $*"; exit 77; }
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }
finish() { echo "$checks checks, $failures failures"; exit $((failures > 0)); }

need_boot() {
  local tool qemu
  case $arch in
    amd64) qemu='qemu-system-x86_64' ;;
    arm64) qemu='qemu-system-aarch64' ;;
  esac
  for tool in "$qemu" mkfs.ext4 debugfs sfdisk; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
  done
  [ -x "$bin/proofmark-init-test" ] || skip "no device build of $arch (cmake --build --preset $arch --target proofmark_device_tests)"
  guest_kernel "$arch" >/dev/null || skip 'the pinned kernel cannot be fetched'
}

# make_init_archive PROGRAM OUT [bare]: PROGRAM as /init, and $work/modules when a test has put modules there; bare: nothing else, not even a console for the kernel to open.
make_init_archive() {
  rm -rf "$work/initroot"
  mkdir "$work/initroot"
  cp "$1" "$work/initroot/init"
  [ ! -d "$work/modules" ] || cp -r "$work/modules" "$work/initroot/"
  perl "$guest_folder/cpio.pl" "$work/initroot" ${3:+"$3"} >"$2" || fail 'no initramfs'
}

# new_tree NAME: a fresh copy of the sample system as $work/NAME.
new_tree() {
  local tree=$work/$1
  rm -rf "$tree"
  mkdir -p "$tree"/{bin,dev,etc,lib,proc,sbin,sys}
  chmod 755 "$tree" "$tree"/*
  cp "$bin/proofmark-test-guest" "$tree/sbin/init"
  cp "$bin/proofmark-state-test" "$tree/sbin/proofmark-state"
  echo "$1" >"$tree/etc/system"
  head -c 20000 "$bin/proofmark-test-guest" >"$tree/lib/libsample.so"
  ln -s ../sbin/init "$tree/bin/sh"
}

# sign_tree NAME [OPTION...]: puts the signed bundle into the tree.
sign_tree() {
  local tree=$work/$1
  shift
  rm -f "$tree/root.bundle" "$tree/trust.store"
  "$TREE" "$tree" "$work/table" || fail "no table of $tree"
  "$SIGN" sign --key p256 --board "qemu-$arch" --name root --kind 5 --machine 0 "$@" "$work/table" "$tree/root.bundle" ||
    fail "the test signer failed: $*"
}

# add_disk NAME: the next disk is an ext4 image of the tree.
add_disk() {
  rm -f "$work/$1.img"
  mkfs.ext4 -q -F -b 4096 -O verity -d "$work/$1" "$work/$1.img" "${partition_mib}M" >"$work/mkfs" 2>&1 || fail "no image of $1"
  disks+=("$work/$1.img")
}

flip() { printf '\xa5' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }

# partition_offset NUMBER: where it begins on the disk, in bytes; the first is 1.
partition_offset() { echo $((($1 - 1) * partition_mib * 1048576 + 1048576)); }

# make_disk OUT: one disk, with the images as its partitions; empty where an image is named '-'. (Not one device each: the
# kernel looks for namespaces in parallel and numbers them as it finds them.)
make_disk() {
  local out=$1 count=${#disks[@]} i
  rm -f "$out"
  truncate -s $((count * partition_mib + 4))M "$out"
  { echo 'label: gpt'; for ((i = 0; i < count; ++i)); do echo "start=$(($(partition_offset $((i + 1))) / 512)), size=$((partition_mib * 2048))"; done; } |
    sfdisk --quiet "$out" || fail 'no partition table'
  for ((i = 0; i < count; ++i)); do
    [ "${disks[i]}" = - ] || dd if="${disks[i]}" of="$out" bs=1M seek=$((i * partition_mib + 1)) conv=notrunc,sparse status=none
  done
}

# boot SECONDS PROGRAM [QEMU-OPTION...]: starts the machine with PROGRAM as /init and the disks as partitions 1, 2, ... of
# /dev/nvme0n1; its console ends up in $work/console.txt. QEMU's own exit code says nothing. The variables
#   archive=bare   an initramfs without a console
#   words=...      more words on the kernel's command line
#   medium=...     more options of the drive
#   until=TEXT     the power is cut (SIGKILL) when TEXT is on the console
boot() {
  make_disk "$work/disk"
  boot_again "$@"
}
# The same with the disk as the last boot left it.
boot_again() {
  local seconds=$1 program=$2 guest
  shift 2
  make_init_archive "$program" "$work/initramfs" "${archive:-}"
  guest_command "$arch" "$work/initramfs" "$guest_words" "${words:-}" || fail 'no kernel'
  guest+=(-drive "file=$work/disk,format=raw,if=none,id=disk,cache=writethrough${medium:+,$medium}" -device 'nvme,serial=proofmark,drive=disk')
  if [ -z "${until:-}" ]; then
    timeout "$seconds" "${guest[@]}" -no-reboot "$@" </dev/null >"$work/console" 2>"$work/qemu.err"
  else
    run_until "$seconds" "${guest[@]}" "$@"
  fi
  tr -d '\r' <"$work/console" >"$work/console.txt"
}
run_until() {
  local left=$((20 * $1)) process
  shift
  : >"$work/console"
  "$@" </dev/null >"$work/console" 2>"$work/qemu.err" &
  process=$!
  while ((left-- > 0)) && kill -0 "$process" 2>/dev/null && ! grep -qF -- "$until" "$work/console"; do sleep 0.05; done
  kill -9 "$process" 2>/dev/null || fail "it ended before '$until'"
  wait "$process" 2>/dev/null
}

# write_record FILE OFFSET: what a factory writes, by the table in docs/boot.md and not by our own program.
write_record() {
  printf 'PMSTATE1\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\377\377\377\377\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\377\377\377\377' >"$work/made"
  printf '\2%.0s' {1..16} >>"$work/made"
  sha256sum "$work/made" | perl -ne 'print pack "H64", $_' >"$work/made.digest"
  cat "$work/made.digest" >>"$work/made"
  dd if="$work/made" of="$1" bs=1 seek="$2" conv=notrunc status=none
}
# read_committed FILE OFFSET: the security version in the newer of the two copies, which are both taken for whole.
read_committed() {
  local at sequence version newest=0 committed=none
  for at in "$2" $(($2 + 65536)); do
    read -r sequence _ version < <(od -An -tu4 -j $((at + 8)) -N 12 "$1")
    if ((sequence > newest)); then newest=$sequence committed=$version; fi
  done
  echo "$committed"
}

# sees TEXT / misses TEXT: the console has it, or has not.
sees() {
  checks=$((checks + 1))
  grep -qF -- "$1" "$work/console.txt" || fail "no '$1' on the console: $(tail -n 40 "$work/console.txt" "$work/qemu.err")"
}
misses() {
  checks=$((checks + 1))
  ! grep -qF -- "$1" "$work/console.txt" || fail "'$1' on the console: $(tail -n 40 "$work/console.txt")"
}
