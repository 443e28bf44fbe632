#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A sparse file of more than 4 GiB: sizes are 64 bits wide throughout (the verifier, which looks at every output
# of `sign`, reads it all), the output stays sparse, a change in the last covered byte is noticed, and the original comes back.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
size=$((4 * 1024 * 1024 * 1024 + 4097))
truncate -s "$size" image || { echo 'skipped: no file of 4 GiB can be made here'; exit 77; }
printf 'end' | dd of=image bs=1 seek=$((size - 3)) conv=notrunc status=none

succeeds sign_unproven image -o image.signed
[ "$(stat -c %s image.signed)" -gt "$size" ] || fail 'the signed file is too short'
[ "$(stat -c %b image.signed)" -lt 4096 ] || fail "the output is not sparse: $(stat -c %b image.signed) blocks"
"$SIGN" info image.signed | grep -qx "covered           $size bytes" || fail "$("$SIGN" info image.signed)"
if command -v fsverity >/dev/null; then
  oracle=$(fsverity digest --compact image)
  expect 0 "content   sha256:$oracle image
fs-verity sha256:$oracle image" "$SIGN" digest image
fi
flip image.signed $((size - 1))
cases=$((cases + 1))
"$SIGN" unsign image.signed -o image.back 2>/dev/null && fail 'a change in the last covered byte is not noticed'
flip image.signed $((size - 1))
succeeds "$SIGN" unsign image.signed -o image.signed
[ "$(stat -c %s image.signed)" -eq "$size" ] || fail 'the original does not come back'
[ "$(tail -c 8192 image.signed | sha256sum)" = "$(tail -c 8192 image | sha256sum)" ] || fail 'the end of the original does not come back'

# One byte more than 2 GiB, which is negative in an int: all of it is covered, not the few bytes that a wrong cast leaves.
rm -f image image.signed image.back
truncate -s $((2147483648 + 1)) half && printf x | dd of=half bs=1 seek=2147483648 conv=notrunc status=none
succeeds sign_unproven --detached half -o half.proofmark
"$SIGN" info half.proofmark | grep -qx 'covered           2147483649 bytes' || fail "$("$SIGN" info half.proofmark)"
flip half 2147483648
cases=$((cases + 1))
verify_unproven half >said && fail 'a change in the last byte behind 2 GiB is not noticed'
grep -q 'NOT TRUSTED: 702' said || fail "$(cat said)"
finish
