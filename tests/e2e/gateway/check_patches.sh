#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# The two mistakes of the demonstration are what they claim to be, whatever has changed around them: the first fails at
# encoder.c:42:5 because of an undeclared function, the second compiles without a warning and overflows the stack.
set -euo pipefail
[[ $# -eq 2 ]] || { echo "usage: check_patches.sh GATEWAY_SOURCE SITE" >&2; exit 2; }
source=$1 site=$2
for tool in clang-19 patch; do
  command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "FAILED: $*" >&2
  cat "$work/messages" >&2
  exit 1
}

# fresh_copy PATCH: the sources with one mistake in them, as the current directory.
fresh_copy() {
  rm -rf "$work/copy" && mkdir "$work/copy"
  cp -r "$source/src" "$work/copy/"
  cd "$work/copy"
  patch -s -p1 --fuzz=0 <"$source/demo/patches/$1"
}

compile() { clang-19 -std=gnu11 -O2 -Isrc -I"$site" "$@" >"$work/messages" 2>&1; }

fresh_copy 0001-forget-the-crc16-header.patch
! compile -c src/modbus/encoder.c -o "$work/object" || fail "encoder.c compiles"
[[ $(grep -c 'error:' "$work/messages") -eq 1 ]] || fail "encoder.c has other errors too"
grep -q "^src/modbus/encoder.c:42:5: error: .*'crc16_modbus'.*implicit-function-declaration" "$work/messages" ||
  fail "the error is not at src/modbus/encoder.c:42:5"

fresh_copy 0002-overflow-the-command-buffer.patch
compile -Wall -Wextra -Wconversion -Wformat=2 -Werror -c src/network/handler.c -o "$work/object" ||
  fail "handler.c warns"
compile --analyze -Xclang -analyzer-checker=alpha.unix.cstring.OutOfBounds -Xclang -analyzer-output=text \
  src/network/handler.c || fail "the analyzer failed"
grep -q '^src/network/handler.c:.*overflows the destination buffer' "$work/messages" || fail "no overflow in handler.c"

# The other direction: without the mistake the same analysis is silent.
cd "$source"
compile --analyze -Xclang -analyzer-checker=alpha.unix.cstring.OutOfBounds -Xclang -analyzer-output=text \
  src/network/handler.c || fail "the analyzer failed"
[[ ! -s $work/messages ]] || fail "the unbroken handler.c is not clean"
echo "ok: both mistakes are where they should be"
