# SPDX-License-Identifier: Apache-2.0
#
# Shared by the boot tests: makes systems (a tree, its bundle, an ext4 image of both), an initramfs with proofmark-init, and
# boots the pinned kernel with them under QEMU. Sourced with the architecture as $1; CTest sets SIGN, TREE, DEVICE_BUILDS
# and SOURCE. Always -accel tcg: what a machine offers as /dev/kvm may not start a distribution's kernel.
# shellcheck shell=bash
arch=${1:?usage: TEST amd64|arm64}
: "${SIGN:?set by ctest}" "${TREE:?set by ctest}" "${DEVICE_BUILDS:?set by ctest}" "${SOURCE:?set by ctest}"
PATH=$PATH:/usr/sbin:/sbin
bin="$DEVICE_BUILDS/$arch/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0
disks=()

skip() { echo "skipped: $*"; exit 77; }
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }
finish() { echo "$checks checks, $failures failures"; exit $((failures > 0)); }

need_boot() {
  local tool root
  case $arch in
    amd64) qemu='qemu-system-x86_64' ;;
    arm64) qemu='qemu-system-aarch64' ;;
  esac
  for tool in "$qemu" mkfs.ext4 debugfs sfdisk; do
    command -v "$tool" >/dev/null || skip "$tool is not installed"
  done
  [ -x "$bin/proofmark-init-test" ] || skip "no device build of $arch (cmake --build --preset $arch --target proofmark_device_tests)"
  root=$("$SOURCE/toolchains/fetch.sh" --lock "$SOURCE/tests/e2e/guest/kernel.lock" --print-dir sysroot "$arch" 2>/dev/null) ||
    skip "the kernel is not there (toolchains/fetch.sh --lock tests/e2e/guest/kernel.lock)"
  kernel=$(echo "$root"/boot/vmlinuz-*)
}

# cpio_entry NAME MODE FILE|'' : one entry of a newc archive, deterministic, without the cpio program.
cpio_entry() {
  local name=$1 mode=$2 file=$3 size=0
  [ -z "$file" ] || size=$(stat -c %s "$file")
  printf '070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%s\0' \
    0 "$mode" 0 0 1 0 "$size" 0 0 0 0 $((${#name} + 1)) 0 "$name"
  pad $((110 + ${#name} + 1))
  [ -z "$file" ] || { cat "$file"; pad "$size"; }
}
pad() { head -c $(((4 - $1 % 4) % 4)) /dev/zero; }

# make_initramfs PROGRAM OUT
make_initramfs() {
  { cpio_entry init $((0100755)) "$1"; cpio_entry 'TRAILER!!!' 0 ''; } >"$2"
}

# new_tree NAME: a fresh copy of the sample system as $work/NAME.
new_tree() {
  local tree=$work/$1
  rm -rf "$tree"
  mkdir -p "$tree"/{bin,dev,etc,lib,proc,sbin,sys}
  chmod 755 "$tree" "$tree"/*
  cp "$bin/proofmark-test-guest" "$tree/sbin/init"
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
  mkfs.ext4 -q -F -b 4096 -O verity -d "$work/$1" "$work/$1.img" 8M 2>"$work/mkfs" || fail "no image of $1"
  disks+=("$work/$1.img")
}

flip() { printf '\xa5' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }

# make_disk OUT: one disk, with the images as its partitions; empty where an image is named '-'. (Not one device each: the
# kernel looks for namespaces in parallel and numbers them as it finds them.)
make_disk() {
  local out=$1 count=${#disks[@]} i
  rm -f "$out"
  truncate -s $((count * 8 + 4))M "$out"
  { echo 'label: gpt'; for ((i = 0; i < count; ++i)); do echo "start=$((i * 16384 + 2048)), size=16384"; done; } |
    sfdisk --quiet "$out" || fail 'no partition table'
  for ((i = 0; i < count; ++i)); do
    [ "${disks[i]}" = - ] || dd if="${disks[i]}" of="$out" bs=1M seek=$((i * 8 + 1)) conv=notrunc,sparse status=none
  done
}

# boot SECONDS PROGRAM [QEMU-OPTION...]: starts the machine with PROGRAM as /init and the disks as partitions 1, 2, ... of
# /dev/nvme0n1; its console ends up in $work/console. QEMU's own exit code says nothing.
boot() {
  local seconds=$1 program=$2 options
  shift 2
  make_initramfs "$program" "$work/initramfs"
  make_disk "$work/disk"
  options=(-drive "file=$work/disk,format=raw,if=none,id=disk" -device 'nvme,serial=proofmark,drive=disk')
  case $arch in
    amd64) options+=(-machine q35 -cpu "max,-cx16" -append "console=ttyS0 quiet panic=-1 cryptomgr.notests mitigations=off tsc=reliable no_timer_check") ;;
    arm64) options+=(-machine virt -cpu "max,pauth-impdef=on" -append "console=ttyAMA0 quiet panic=-1 cryptomgr.notests mitigations=off") ;;
  esac
  timeout "$seconds" "$qemu" -accel tcg -m 256 -nodefaults -no-user-config -display none -serial stdio -no-reboot \
    -kernel "$kernel" -initrd "$work/initramfs" "${options[@]}" "$@" </dev/null >"$work/console" 2>"$work/qemu.err"
  tr -d '\r' <"$work/console" >"$work/console.txt"
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
