#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From the reset to a register: proofmark-init checks a signed root file system, its first program brings up the network and
# starts the signed sample gateway through proofmark-exec, and mbpoll on the host reads the heat meter beside the gateway, whose
# counters only rise as fast as they do because the gateway polls it. usage: gateway.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
need_boot
command -v mbpoll >/dev/null || skip 'mbpoll is not installed'
firmware=$DEVICE_BUILDS/$arch/firmware/gateway.qemu-$arch/gateway.signed
launcher=$bin/proofmark-exec.qemu-$arch
[ -x "$firmware" ] && [ -x "$launcher" ] || skip "no signed gateway (cmake --build --preset $arch makes it)"

new_tree gateway
tree=$work/gateway
cp "$bin/proofmark-test-gateway-system" "$tree/sbin/init"
cp "$bin/proofmark-test-meter" "$tree/bin/meter"
cp "$firmware" "$tree/bin/gateway"
cp "$launcher" "$tree/bin/proofmark-exec"
mkdir -m 755 "$tree/lib/modules"
modules=$(dirname "$(guest_kernel "$arch")")/../usr/lib/modules
for module in failover net_failover virtio_net; do
  find "$modules" -name "$module.ko.xz" -exec cp {} "$tree/lib/modules/" \;
done
sign_tree gateway
add_disk gateway
disks+=(- - -)
make_disk "$work/disk"
write_record "$work/disk" "$(partition_offset 4)"

# read_register PORT NUMBER: empty while nothing answers.
read_register() {
  timeout 3 mbpoll -m tcp -p "$1" -0 -r "$2" -c 1 -1 -q 127.0.0.1 2>/dev/null | sed -n 's/^\[[0-9]*\]:[[:space:]]*\([0-9]*\).*/\1/p'
}
# wait_for SECONDS TEXT: on the console of a machine that still runs.
wait_for() {
  local left=$((10 * $1))
  while ((left-- > 0)) && kill -0 "$machine" 2>/dev/null; do
    grep -qF -- "$2" "$work/console" && return
    sleep 0.1
  done
  return 1
}
# start_machine: on a free port of the loopback interface, which the machine's port 1502 stands behind.
start_machine() {
  local guest
  port=$((20000 + RANDOM % 20000))
  make_init_archive "$bin/proofmark-init-state" "$work/initramfs"
  guest_command "$arch" "$work/initramfs" "$guest_words" || fail 'no kernel'
  guest+=(-drive "file=$work/disk,format=raw,if=none,id=disk,cache=writethrough" -device 'nvme,serial=proofmark,drive=disk'
    -netdev "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:$port-10.0.2.15:1502" -device virtio-net-pci,netdev=net)
  "${guest[@]}" -no-reboot </dev/null >"$work/console" 2>"$work/qemu.err" &
  machine=$!
}
trap 'kill -9 "${machine:-}" 2>/dev/null; rm -rf "$work"' EXIT

for attempt in 1 2 3; do
  start_machine
  wait_for 60 'system: the gateway runs, the system is committed' && break
  grep -q 'Could not set up host forwarding' "$work/qemu.err" || break
done
pressure=$(read_register "$port" 2)
before=$(read_register "$port" 7)
sleep 3
after=$(read_register "$port" 7)
kill -9 "$machine"
wait "$machine" 2>/dev/null
tr -d '\r' <"$work/console" >"$work/console.txt"

sees 'slot 0: accepted: '
sees 'system: the gateway runs, the system is committed'
misses 'system: ends'
checks=$((checks + 2))
[ "$pressure" = 321 ] || fail "mbpoll read '$pressure' (expected 321): $(tail -n 20 "$work/console.txt" "$work/qemu.err")"
# Two of the requests in between are mbpoll's; the gateway asks four times a second.
((${after:-0} - ${before:-0} >= 6)) || fail "the gateway does not poll: $before, then $after: $(tail -n 20 "$work/console.txt")"
echo "attempt $attempt: register 7 went from $before to $after in 3 s"
# What was committed is on the disk: the same security version as in the bundle, at its documented place.
checks=$((checks + 1))
committed=$(read_committed "$work/disk" "$(partition_offset 4)")
[ "$committed" = 7 ] || fail "version '$committed' is committed (expected 7)"
finish
