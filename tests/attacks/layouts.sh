#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Layouts that the kernel runs although a careless signer would not have covered what runs, and numbers that no honest file
# has, against the real signer: what is ambiguous is refused, everything else is covered to the last bit.
# usage: layouts.sh PROOFMARK_SIGN KEY FLIP BOARDS_DIR
set -u
sign=$1 key=$2 flip=$3 boards=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 3
[ "$(uname -m)" = x86_64 ] || { echo 'skipped: the layouts are made for x86-64'; exit 77; }
checks=0 failures=0
fail() {
  failures=$((failures + 1))
  echo "FAIL: $*"
}

printf '.globl _start\n_start: mov $60, %%eax\n mov $42, %%edi\n syscall\n.data\n.quad 1\n' >small.s
link() { clang-19 -nostdlib -static -fuse-ld=lld-19 -Wl,--build-id=none -s "$@" small.s || exit 3; }
link -Wl,-z,noseparate-code,--no-rosegment -o one
link -o several

# put FILE OFFSET BYTES VALUE: a little-endian number.
put() {
  local i value=$4
  for ((i = 0; i < $3; i++)); do
    printf "\\x$(printf '%02x' $((value & 255)))"
    value=$((value >> 8))
  done | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
get() { od -An -tu"$3" -j"$2" -N"$3" "$1" | tr -d ' '; }
strike() { "$sign" sign --key "$key" --board qemu-amd64 --boards-dir "$boards" --allow-unproven "$@" 2>&1; }

# header FILE TYPE NUMBER: offset of the NUMBERth program header of this type.
header() {
  local offset seen=0 i
  for ((i = 0; i < $(get "$1" 56 2); i++)); do
    offset=$((64 + 56 * i))
    [ "$(get "$1" $offset 4)" -eq "$2" ] || continue
    [ "$seen" -eq "$3" ] && echo $offset && return
    seen=$((seen + 1))
  done
}
load=$(header several 1 0) next=$(header several 1 1)

# ambiguous WHAT TEXT: the file `it` is refused with these words, and as data it is only bytes.
ambiguous() {
  local said
  checks=$((checks + 1))
  said=$(strike it -o out)
  { [ $? -eq 3 ] && grep -qF "proofmark: error: it: $2" <<<"$said"; } || fail "$1: $said"
  [ ! -e out ] || fail "$1: written"
  strike --data it -o out >/dev/null || fail "$1: not even as data"
  "$sign" unsign out -o back && cmp it back || fail "$1: does not come back"
  rm -f out
}
cp several it && put it $((next + 16)) 8 "$(get several $((load + 16)) 8)"
ambiguous 'two segments at one address' 'segments overlap in memory'
cp several it && put it $((load + 32)) 8 $((1 << 20)) && put it $((load + 40)) 8 $((1 << 20))
ambiguous 'a segment beyond the end' 'truncated: segment'
cp several it && put it $((load + 40)) 8 1
ambiguous 'a segment that loses bytes in memory' 'segment 1 is smaller in memory than in the file'
cp several it && put it $((next + 16)) 8 -4
ambiguous 'a segment around the end of memory' 'segment 2 wraps around the address space'
cp several it && put it 56 2 $((0xffff))
ambiguous 'a count that is elsewhere' 'odd number of program headers in section 0 (expected at least 65535, found 0)'
cp several it && put it 60 2 $((0xffff))
ambiguous 'more sections than there are' 'truncated: the section header table leaves the file'
cp several it && put it 60 2 0 && put it $(($(get it 40 8) + 32)) 8 $((1 << 40))
ambiguous 'a million million sections' 'too many sections (expected at most 1048576, found 1099511627776)'
cp several it && put it 32 8 -8
ambiguous 'program headers near 2^64' 'truncated: the program header table leaves the file'
cp several it && put it 40 8 8
ambiguous 'section headers in the ELF header' 'the section header table overlaps the ELF header'

# covered WHAT STATUS: `it` runs with this exit code, signed or not, comes back, and no bit of it can change unnoticed.
covered() {
  local status
  checks=$((checks + 1))
  ./it
  status=$?
  [ "$status" -eq "$2" ] || fail "$1: exit code $status (expected $2)"
  strike --name it it -o out >said || { fail "$1: $(cat said)"; return; }
  chmod 755 out && ./out
  status=$?
  [ "$status" -eq "$2" ] || fail "$1: exit code $status once signed (expected $2)"
  "$sign" unsign out -o back && cmp it back || fail "$1: does not come back"
  "$flip" --all-bits out >said || fail "$1: $(tail -3 said)"
}
# Code behind the last byte of a segment, in its last page, runs.
size=$(stat -c %s one)
[ "$size" -lt 4000 ] || fail "the program is too large: $size"
cp one it && printf '\xb8\x3c\0\0\0\xbf\x2b\0\0\0\x0f\x05' >>it
base=$(get it $(($(header it 1 0) + 16)) 8)
put it 24 8 $((base + size))
covered 'an entry behind its segment' 43
# Sections do not matter to the kernel: their table may be anywhere, or be lost.
cp one it && put it 40 8 0 && put it 60 2 0 && put it 62 2 0
covered 'no sections' 42
cp one it && put it $(($(header it 1685382481 0) + 4)) 4 7
covered 'an executable stack' 42
cp one it && head -c 40 /dev/urandom >>it && printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >>it
covered 'an archive behind the program' 42

# A file that ends as if it were signed is not taken for one that was, nor signed over.
pretend() { # LENGTH COVERED: a trailer
  printf 'PROOFMK\x1a\1\0\0\0\0\0\0\0' >trailer && put trailer 16 8 "$1" && put trailer 24 8 "$2"
}
says() {
  local said
  checks=$((checks + 1))
  said=$("${@:3}" 2>&1)
  { [ $? -eq "$1" ] && grep -qF "$2" <<<"$said"; } || fail "${*:3}: $said"
}
cp one it && head -c 64 /dev/urandom >>it && pretend 64 "$size" && cat trailer >>it
says 1 'is signed already' strike it -o out2
says 3 'the mark is not a version 1 mark' strike --replace it -o out2
says 3 'the mark is not a version 1 mark' "$sign" unsign it -o out2
says 3 'the mark is not a version 1 mark' "$sign" info it
for lengths in "0 $size" "-1 $size" "64 -1" "$((size + 1)) 0" "65537 $size"; do
  # shellcheck disable=SC2086 # two numbers
  cp one it && pretend $lengths && cat trailer >>it
  says 1 'ends in a mark that does not fit the file' strike it -o out2
  says 1 'ends in a mark that does not fit the file' "$sign" unsign it -o out2
done
# The mark of another file of the same length, and one that was signed and signed again around it.
cp one it && strike --data it -o signed >/dev/null && head -c "$size" /dev/zero >other && tail -c +$((size + 1)) signed >>other
says 1 'changed after signing' "$sign" unsign other -o out2
says 1 'changed after signing' strike --replace other -o out2
[ ! -e out2 ] || fail 'a refused file was written'
echo "$checks checks, $failures failures"
exit $((failures > 0))
