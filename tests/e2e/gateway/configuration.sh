#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The signed firmware binds the configuration that it was built with, and no byte of it lies where the program could write.
# usage: configuration.sh PROOFMARK_SIGN BUILD ARCH
set -u
sign=$1 build=$2 arch=$3
firmware=$build/firmware/gateway.qemu-$arch
binding=$build/configuration/site/site.binding.json
[ -e "$firmware/gateway.signed" ] && [ -e "$binding" ] || { echo "skipped: no signed firmware (cmake --build --preset $arch makes it)"; exit 77; }
failures=0
fail() { echo "FAIL: $*"; failures=$((failures + 1)); }

digest=$(sed -n 's/.*"configuration": "\([0-9a-f]*\)".*/\1/p' "$binding")
"$sign" info "$firmware/gateway.signed" | grep -qx "configuration     $digest" || fail "the mark does not bind $digest"

# Wherever the topic stands in the program, it is read-only data.
places=$(grep -obUaP 'proofmark/gateway-01\x00' "$firmware/gateway" | cut -d: -f1)
[ -n "$places" ] || fail 'the topic is not in the program'
for place in $places; do
  llvm-readelf-19 -lW "$firmware/gateway" | awk -v at="$place" '
    $1 == "LOAD" && at >= strtonum($2) && at < strtonum($2) + strtonum($5) { print ($0 ~ / RW / ? "writable" : "read-only") }' |
    grep -qx read-only || fail "the topic at $place is not in read-only data"
done
exit $((failures > 0))
