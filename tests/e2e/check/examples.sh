#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The two cases for which the project exists, word for word: an implicit declaration is an error although the command
# line asks for no warning at all, and a stack overflow is CWE-121 and blocks. With Clang for amd64 and, where it is
# installed, GCC for arm64.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

# same_as GOLDEN: the last output, compared with golden/GOLDEN.
same_as() {
  diff -u "$here/golden/$1" out || fail "the output differs from golden/$1"
}

line="src/modbus/encoder.c:42:5: error: implicit declaration of function 'crc16_modbus' [-Werror=implicit-function-declaration]"

database "clang-19 $clang_flags" src/modbus/encoder.c src/network/handler.c src/sound.c
expect 1 '[CWE-121]' "${amd64[@]}"
grep -qxF "$line" out || fail "the line of the implicit declaration is not as promised"
same_as clang.txt
database "clang-19 $clang_flags -w -Wno-implicit-function-declaration" src/modbus/encoder.c
expect 1 "$line" "${amd64[@]}"
database "clang-19 $clang_flags" src/sound.c
expect 0 '0 errors' "${amd64[@]}"

if command -v aarch64-linux-gnu-gcc >/dev/null; then
  # GCC's own flags, which Clang does not know, must not cost the unit.
  database "aarch64-linux-gnu-gcc $arm64_flags -fconserve-stack -mabi=lp64" \
    src/modbus/encoder.c src/network/handler.c src/sound.c
  expect 1 '[CWE-121]' "${arm64[@]}"
  grep -qxF "$line" out || fail "GCC: the line of the implicit declaration is not as promised"
  grep -q 'PMT001' out && fail 'GCC: a unit was not analysed'
else
  echo 'note: aarch64-linux-gnu-gcc is not installed, its commands are not tested'
fi
finish
