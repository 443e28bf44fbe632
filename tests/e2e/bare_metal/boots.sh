#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The verifier without an operating system: the bare-metal example starts a signed image under QEMU, and starts nothing else.
# usage: boots.sh SOURCE
set -u
source=${1:?usage: boots.sh SOURCE}
: "${SIGN:?set by ctest}" "${SIGNER:?set by ctest}" "${DEVICE_BUILDS:?set by ctest}"
bin=$DEVICE_BUILDS/arm64/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0 failures=0
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }

command -v qemu-system-aarch64 >/dev/null || { echo 'skipped: qemu-system-aarch64 is not installed'; exit 77; }
[ -x "$bin/proofmark-bare-metal-test" ] ||
  { echo 'skipped: no device build of arm64 (cmake --build --preset arm64 --target proofmark_device_tests)'; exit 77; }

# boot IMAGE: the console of a machine with this image in flash ends up in $work/console.
boot() {
  timeout 60 "$source/verify/examples/bare-metal/run.sh" "$bin/proofmark-bare-metal-test" "$1" "$work/flash" "${@:2}" \
    2>"$work/errors" | tr -d '\r' >"$work/console"
}

# starts IMAGE LINE / refuses IMAGE NUMBER: what the console must be, to the last line.
starts() {
  checks=$((checks + 1))
  boot "$1"
  [ "$(cat "$work/console")" = "$2"$'\npayload: running' ] || fail "$1: expected '$2' and a start: $(cat "$work/console" "$work/errors")"
}
refuses() {
  checks=$((checks + 1))
  boot "$1"
  { [ "$(wc -l <"$work/console")" = 1 ] && grep -qE "^proofmark: refused: .* \(PM-E($2)\)\$" "$work/console"; } ||
    fail "$1: expected a refusal with PM-E$2 and nothing else: $(cat "$work/console" "$work/errors")"
}
sign() { "$SIGN" sign --board qemu-arm64 --name payload --kind 4 --machine 0 --security-version 7 "$@" || fail "the test signer failed: $*"; }
flip() { printf '\xa5' | dd of="$1" bs=1 seek="$2" conv=notrunc status=none; }

# 200 KB, so that it is read in several pieces and the last is not full.
payload=$work/payload.bin
{ cat "$bin/proofmark-bare-metal-payload.bin"; head -c 200000 /dev/urandom; } >"$payload"
size=$(stat -c %s "$payload")
for key in rsa3072 p256 p384 hss; do
  sign --key $key "$payload" "$work/$key"
  starts "$work/$key" "proofmark: accepted: payload, security version 7 ($size bytes, armv8-ce)"
done
CPU=cortex-a53 starts "$work/rsa3072" "proofmark: accepted: payload, security version 7 ($size bytes, armv8-ce)"

for offset in 0 100000 $((size - 1)); do
  cp "$work/rsa3072" "$work/content.$offset" && flip "$work/content.$offset" "$offset"
  refuses "$work/content.$offset" 702
done
whole=$(stat -c %s "$work/rsa3072")
for offset in $((size + 300)) $((whole - 60)); do
  cp "$work/rsa3072" "$work/mark.$offset" && flip "$work/mark.$offset" "$offset"
  refuses "$work/mark.$offset" '3[0-9][0-9]|4[0-9][0-9]'
done
head -c $((whole - 4096)) "$work/rsa3072" >"$work/short"
refuses "$work/short" 204
{ cat "$work/rsa3072"; echo; } >"$work/long"
refuses "$work/long" 204
refuses "$payload" 204
: >"$work/empty"
refuses "$work/empty" 202
truncate -s 33M "$work/huge"
refuses "$work/huge" 201

sign --key p256 --name other "$payload" "$work/other"
refuses "$work/other" 601
sign --key p256 --board qemu-amd64 "$payload" "$work/board"
refuses "$work/board" 604
sign --key p256 --security-version 4 "$payload" "$work/old"
refuses "$work/old" 605
"$SIGNER" keygen --test -o "$work/key.pem" >/dev/null || fail 'no key'
"$SIGNER" sign --key "$work/key.pem" --board qemu-arm64 --name payload --security-version 7 --allow-unproven "$payload" \
  -o "$work/stranger" >/dev/null || fail 'the signer failed'
refuses "$work/stranger" 401

echo "$checks checks, $failures failures"
exit $((failures > 0))
