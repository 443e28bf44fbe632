#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Attack classes that concern a whole file, against proofmark-exec itself. Those inside a mark (algorithm confusion,
# duplicate keys, digests of length zero, non-canonical CBOR) are in tests/unit/verify. usage: classes.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
tiny=$bin/proofmark-test-tiny
sign "$tiny" "$work/good"
size=$(stat -c %s "$work/good")
expect 0 '' run "$bin/proofmark-exec-test" --check "$work/good"

# trailer OFFSET HEX...: overwrites bytes of the trailer of a copy.
trailer() {
  local offset=$1
  shift
  cp "$work/good" "$work/bad"
  printf '%b' "$(printf '\\x%s' "$@")" |
    dd of="$work/bad" bs=1 seek=$((size - 32 + offset)) conv=notrunc status=none
}

# The mark stripped off, and what other tools leave behind.
refused 204 "$tiny"
head -c $((size - 32)) "$work/good" >"$work/bad" && refused 204 "$work/bad"
head -c 31 "$work/good" >"$work/bad" && refused 202 "$work/bad"
: >"$work/bad" && refused 202 "$work/bad"
cp "$work/good" "$work/bad" && echo >>"$work/bad" && refused 204 "$work/bad"

# Lengths near 2^64, so that a sum would wrap around; and lengths that fit each other but not the file.
trailer 16 ff ff ff ff ff ff ff ff && refused 207 "$work/bad"
trailer 16 00 f8 ff ff ff ff ff ff && refused 207 "$work/bad"
trailer 16 00 00 01 00 00 00 00 00 && refused 208 "$work/bad"
trailer 24 ff ff ff ff ff ff ff ff && refused 209 "$work/bad"
trailer 24 00 00 00 00 01 00 00 00 && refused 209 "$work/bad"
trailer 8 02 00 00 00 && refused 205 "$work/bad"
trailer 12 01 && refused 206 "$work/bad"

# 4 GiB and more, sparse: hashed lengths must not lose their upper half, and nothing may be copied before the signature.
cp "$work/good" "$work/bad" && truncate -s $((4294967296 + size)) "$work/bad" && refused 204 "$work/bad"
truncate -s 4294967296 "$work/bad" && cat "$work/good" >>"$work/bad" && refused 209 "$work/bad"
truncate -s 4294967296 "$work/huge" && tail -c 2080 "$work/good" >>"$work/huge" && refused 209 "$work/huge"

# The mark of one file moved to another of the same length.
head -c $((size - 2080)) /dev/zero >"$work/bad" && tail -c 2080 "$work/good" >>"$work/bad"
refused 702 "$work/bad"

# Not a file at all: no waiting, no reading.
mkfifo "$work/fifo" && expect 1 '(PM-E802)' timeout 5 "$(command -v bash)" -c \
  '. "$0" "$1"; run "$bin/proofmark-exec-test" "$2"' "$(dirname "$0")/lib.sh" "$arch" "$work/fifo"
expect 1 '(PM-E802)' run "$bin/proofmark-exec-test" "$work"
expect 1 '(PM-E802)' run "$bin/proofmark-exec-test" /dev/zero
expect 3 '(PM-E801)' run "$bin/proofmark-exec-test" "$work/absent"

# Genuine, but for another board, machine, use, name, time, or without the proof.
sign --board other "$tiny" "$work/bad" && refused 604 "$work/bad"
sign --machine 8 "$tiny" "$work/bad" && refused 603 "$work/bad"
sign --kind 4 "$tiny" "$work/bad" && refused 602 "$work/bad"
refused 601 "$work/good" --subject init
sign --security-version 4 "$tiny" "$work/bad" && refused 605 "$work/bad"
sign --unproven "$tiny" "$work/bad" && refused 606 "$work/bad"
sign --properties 4 "$tiny" "$work/bad" && refused 607 "$work/bad"

# A release knows no TEST keys, whatever they sign.
expect 3 '(PM-E107)' run "$bin/proofmark-exec-release" --check "$work/good"
finish
