# shellcheck shell=bash disable=SC2054,SC2154 # commas belong to QEMU; `work` is set by whoever sources this
# SPDX-License-Identifier: Apache-2.0
#
# Boots Debian's kernel in QEMU, for what the kernel of the build machine does not have. Emulated always: /dev/kvm may exist and
# still not boot a stock kernel. Sourced; needs `work`.
guest_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# guest_kernel amd64|arm64: prints the path of the pinned kernel; fetches it when it is not there.
guest_kernel() {
  local fetch=$guest_folder/../../../toolchains/fetch.sh lock=$guest_folder/kernel.lock
  "$fetch" --lock "$lock" --check >/dev/null 2>&1 || "$fetch" --lock "$lock" >&2 || return 1
  ls "$("$fetch" --lock "$lock" --print-dir sysroot "$1")"/boot/vmlinuz-*
}

# with_libraries ROOT PROGRAM...: copies programs to ROOT/bin, with the libraries that they load. Without debug information,
# because all of it lies in the memory of the guest.
with_libraries() {
  local root=$1 library
  shift
  mkdir -p "$root/bin" && cp "$@" "$root/bin/"
  (cd "$root/bin" && strip --strip-debug -- "${@##*/}")
  ldd "$@" 2>/dev/null | grep -oE '/[^ ]+\.so[^ ]*' | sort -u | while read -r library; do
    mkdir -p "$root/$(dirname "$library")" && cp -L "$library" "$root/$library"
  done
}

# make_initramfs ROOT OUT: ROOT/test is what the guest runs; PID 1 mounts /proc, /sys and /dev before.
make_initramfs() {
  gcc -static -O1 -o "$1/init" "$guest_folder/init.c" && perl "$guest_folder/cpio.pl" "$1" >"$2"
}

# guest_command amd64|arm64 INITRAMFS WORD...: sets the array `guest` to the command that boots the pinned kernel with these words
# on its command line; the console is its standard output.
guest_command() {
  local arch=$1 initramfs=$2 kernel
  shift 2
  kernel=$(guest_kernel "$arch") || return 3
  case $arch in
    amd64) guest=(qemu-system-x86_64 -machine q35 -cpu 'max,-cx16' -append "console=ttyS0 $*") ;;
    arm64) guest=(qemu-system-aarch64 -machine virt -cpu 'max,pauth-impdef=on' -append "console=ttyAMA0 $*") ;;
  esac
  guest+=(-accel tcg -m 256 -nodefaults -no-user-config -display none -serial stdio -kernel "$kernel" -initrd "$initramfs")
}
guest_words='quiet panic=-1 cryptomgr.notests mitigations=off tsc=reliable no_timer_check'

# run_guest amd64|arm64 INITRAMFS [DISK]: the console on standard output; succeeds when /test did. A panic ends QEMU with 0,
# so only the line of PID 1 counts. GUEST_APPEND: more words for its command line.
run_guest() {
  local arch=$1 initramfs=$2 disk=${3:-} console=$work/console guest
  guest_command "$arch" "$initramfs" "$guest_words ${GUEST_APPEND:-}" || return
  [ -z "$disk" ] || guest+=(-drive "file=$disk,if=none,id=disk,format=raw" -device nvme,drive=disk,serial=1)
  timeout "${GUEST_TIMEOUT:-120}" "${guest[@]}" -no-reboot </dev/null 2>&1 | tr -d '\r' | tee "$console"
  grep -qx 'guest: exit 0' "$console"
}
