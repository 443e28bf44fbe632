#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Builds the device halves of the tests in an existing device build directory. usage: device_build.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
[ -f "$device/CMakeCache.txt" ] || skip "$device is not configured (cmake --preset $arch)"
cmake --build "$device" --target proofmark_device_tests
