#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The published vectors of HSS/LMS on the device library, whole and damaged. usage: hss.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
# Emulated hashing is slow: there not every byte and length is tried.
every=1
[ "$(uname -m)" = x86_64 ] && [ "$arch" = arm64 ] && every=101
expect 0 ' 0 failures' run "$bin/proofmark-test-hss" --every "$every" "$(dirname "$0")"/../vectors/hss/*.txt
finish
