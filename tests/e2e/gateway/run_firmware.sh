#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs the firmware that a device build has made through run_gateway.sh, under QEMU user emulation where the machine is
# of another architecture.
set -euo pipefail
[[ $# -ge 3 ]] || { echo "usage: run_firmware.sh ARCH BUILD RUNNER [OPTION...]" >&2; exit 2; }
arch=$1 build=$2 runner=$3
shift 3

firmware="$build/firmware/gateway.qemu-$arch/gateway.elf"
[[ -x $firmware ]] || { echo "skipped: $firmware is not there (cmake --build --preset $arch makes it)"; exit 77; }
declare -A machines=([amd64]=x86_64 [arm64]=aarch64)
emulator=()
expectations=()
if [[ $(uname -m) != "${machines[$arch]}" ]]; then
  emulator=("qemu-${machines[$arch]}-static")
  expectations=(--unlimited)
  command -v "${emulator[0]}" >/dev/null || { echo "skipped: ${emulator[0]} is not installed"; exit 77; }
fi
exec "$runner" "$@" "${expectations[@]}" -- "${emulator[@]}" "$firmware"
