#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every byte of a small signed ELF file flipped, every length cut: on the device library of the architecture, and for the
# machine the tests run on also in all eight bits and with the other two libraries. usage: flips.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device

sign --segments "$bin/proofmark-test-tiny" "$work/tiny.signed"
expect 0 '0 accepted' run "$bin/proofmark-test-flip" "$work/tiny.signed"
for key in rsa4096 p256 p384 hss; do
  sign --key $key --all-fields "$bin/proofmark-test-tiny" "$work/$key.signed"
  expect 0 accepted run "$bin/proofmark-test-flip" --check-only "$work/$key.signed"
done
if [ "$arch" = amd64 ]; then
  printf 'key: value\n' >"$work/data"
  sign --key p256 "$work/data" "$work/data.signed"
  expect 0 '0 accepted' "${FLIP_HOST:?}" --all-bits "$work/tiny.signed"
  expect 0 '0 accepted' "${FLIP_MINIMAL:?}" --all-bits "$work/tiny.signed"
  expect 0 '0 accepted' "$FLIP_HOST" "$work/data.signed"
  sign --key hss "$work/data" "$work/hss-data.signed"
  expect 0 '0 accepted' "$FLIP_HOST" "$work/hss-data.signed"
fi
finish
