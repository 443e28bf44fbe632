#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every byte of an ELF file that the real signer has signed flipped, in all eight bits, and every length cut.
# usage: signer.sh PROOFMARK_SIGN KEY FLIP BOARDS_DIR
set -u
sign=$1 key=$2 flip=$3 boards=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'int main(void) { return 0; }\n' >"$work/small.c"
clang-19 -Os -nostdlib -static -fuse-ld=lld-19 -Wl,-e,main,-z,noseparate-code,--no-rosegment,-z,max-page-size=4096 \
  -o "$work/small" "$work/small.c" || exit 3
"$sign" sign --key "$key" --board qemu-amd64 --boards-dir "$boards" --allow-unproven "$work/small" -o "$work/signed" ||
  exit 3
"$flip" --all-bits "$work/signed"
