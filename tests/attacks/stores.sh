#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Trust stores on the device library of the architecture: the compiled form of first.trust, the committed stores that may and
# may not take its place, and every byte of one changed. usage: stores.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
vectors=$(cd "$(dirname "$0")/../vectors" && pwd)
store() { run "$bin/proofmark-test-store" "$@"; }

expect 0 'version 1, 2 keys' store "$vectors/first.trust"
expect 0 'version 2, 2 keys' store "$vectors/second.trust"
expect 0 'version 2, 2 keys' store "$vectors/first.trust" "$vectors/second.trust"
# Back again: the first store's root is not one of the second's.
expect 1 '(PM-E1006)' store "$vectors/second.trust" "$vectors/first.trust"
# A signed file is no store, and neither is a store with anything behind it or missing.
expect 1 '(PM-E1004)' store "$vectors/data.bin.es256"
{ cat "$vectors/second.trust" && printf '\0'; } >"$work/padded" && expect 1 '(PM-E1005)' store "$work/padded"
head -c -1 "$vectors/second.trust" >"$work/cut" && expect 1 '(PM-E3' store "$work/cut"
head -c 65537 /dev/zero >"$work/large" && expect 1 '(PM-E1002)' store "$work/large"
: >"$work/empty" && expect 1 '(PM-E1002)' store "$work/empty"
# Each changed byte costs an ECDSA verification, which takes long under emulation.
step=1 && [ "$arch" = arm64 ] && step=16
expect 0 ' 0 accepted' store --flip $step "$vectors/second.trust"
finish
