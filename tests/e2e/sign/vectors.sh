#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The committed vectors are what this signer makes, byte for byte, and the verifier accepts each; their programs still run.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"

succeeds "$VECTORS/regenerate.sh" "$SIGN" "$work"
for input in amd64.elf arm64.elf data.bin; do
  for alg in ps256 es256 es384; do
    same "$VECTORS/$input.$alg" "$input.$alg"
    same "$VECTORS/$input.$alg.hex" "$input.$alg.hex"
    succeeds "$SIGN" verify --allow-unproven --min-security-version 7 --trust "$VECTORS/$alg.pub.pem" "$input.$alg"
    succeeds "$SIGN" unsign "$input.$alg" -o back
    same "$VECTORS/$input" back
  done
done
same "$VECTORS/amd64.elf.two" amd64.elf.two
same "$VECTORS/data.bin.proofmark" data.bin.proofmark
succeeds "$SIGN" verify --allow-unproven --threshold 2 --trust "$VECTORS/es256.pub.pem" --trust "$VECTORS/ps256.pub.pem" amd64.elf.two

same "$VECTORS/tree.bundle" tree.bundle
same "$VECTORS/tree.bundle.hex" tree.bundle.hex
succeeds "$SIGN" verify --allow-unproven --min-security-version 7 --trust "$VECTORS/es256.pub.pem" tree.bundle
same "$VECTORS/hss.pub.pem" hss.pub.pem
same "$VECTORS/data.bin.hss" data.bin.hss
succeeds "$SIGN" verify --allow-unproven --min-security-version 7 --trust hss.pub.pem data.bin.hss

for store in first.trust first.trust.inc second.trust second.trust.hex; do same "$VECTORS/$store" $store; done
expect 0 'second.trust: may take the place of version 1: version 2' "$SIGN" trust check first.trust second.trust

expect 42 '' ./amd64.elf.two
if command -v qemu-aarch64-static >/dev/null; then
  expect 42 '' qemu-aarch64-static ./arm64.elf.ps256
else
  echo 'note: qemu-aarch64-static missing, the arm64 vector was not run'
fi
finish
