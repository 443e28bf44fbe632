#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The reader of bundles as a device has it: every defect of a table has its number there too, and a bundle is read only
# when its mark is good, for this board, this use and this time. usage: bundle.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
reader=$bin/proofmark-test-bundle
mkdir "$work/tables"
"${TABLES:?set by ctest}" "$work/tables" || fail 'the tables were not written'

# Ends with "no further entry", after all ten.
expect 0 '915 10 dev/' run "$reader" "$work/tables/sound"
for file in "$work"/tables/9*; do
  name=${file##*/}
  expect 0 "${name%%-*} " run "$reader" "$file"
done
checks=$((checks - 1))
[ "$checks" -ge 60 ] || fail "only $checks defects"

table=$work/tables/sound
sign_bundle() { "$SIGN" sign --board gateway-7 --kind 5 "$@" "$work/bundle" || fail "the test signer failed: $*"; }
sign_bundle "$table" && expect 0 '915 10 dev/' run "$reader" --signed "$work/bundle"
expect 0 '204 0' run "$reader" --signed "$table"
sign_bundle --board other "$table" && expect 0 '604 0' run "$reader" --signed "$work/bundle"
sign_bundle --kind 4 "$table" && expect 0 '602 0' run "$reader" --signed "$work/bundle"
sign_bundle --security-version 4 "$table" && expect 0 '605 0' run "$reader" --signed "$work/bundle"
sign_bundle --unproven "$table" && expect 0 '606 0' run "$reader" --signed "$work/bundle"
sign_bundle "$work/tables/910-swapped" && expect 0 '910 3' run "$reader" --signed "$work/bundle"

# One byte of the table changed after signing.
sign_bundle "$table"
printf '\xed' | dd of="$work/bundle" bs=1 seek=60 conv=notrunc status=none
expect 0 '702 0' run "$reader" --signed "$work/bundle"
finish
