#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by the audit tests: builds samples as a firmware build would (compile, link with map, split symbols), with one
# thing made wrong. Two toolchains: clang-19 with lld for amd64, aarch64-linux-gnu-gcc with GNU ld for arm64.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
objcopy=$(command -v llvm-objcopy-19) || { echo 'skipped: llvm-objcopy-19 is not installed'; exit 77; }
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/proofmark-audit.XXXXXX")
trap 'rm -rf "$work"' EXIT
failures=0

fail() { echo "FAIL: $*"; failures=$((failures + 1)); }
finish() {
  [ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
  echo 'all passed'
}

# use_toolchain amd64|arm64: sets board, compiler and the flags of a sound build; 1 when it is not installed.
use_toolchain() {
  local common="-O2 -g -ffreestanding -fPIE -fstack-protector-strong"
  local link="-nostdlib -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code -Wl,--build-id=sha1"
  case $1 in
    amd64)
      board=qemu-amd64 compiler=clang-19
      compile_flags="$common -fcf-protection=full" link_flags="-fuse-ld=lld-19 $link"
      no_branch_protection=-fcf-protection=none unprotected='__attribute__((nocf_check))' newer='aesenc %xmm0, %xmm1' ;;
    arm64)
      board=qemu-arm64 compiler=aarch64-linux-gnu-gcc
      compile_flags="$common -mbranch-protection=standard" link_flags="$link"
      no_branch_protection=-mbranch-protection=none unprotected='__attribute__((target("branch-protection=none")))'
      newer='.arch_extension crypto; sha256h q0, q1, v2.4s' ;;
  esac
  command -v "$compiler" >/dev/null || return 1
  compile "$here/runtime.c" "$work/$board.runtime.o"
}

# compile SOURCE OBJECT [FLAG]...
compile() {
  # shellcheck disable=SC2086
  "$compiler" $compile_flags -DNO_CANARY= "${@:3}" -c "$1" -o "$2"
}

# build NAME [cc=FLAG]... [ld=FLAG]... [add=FILE]... [mode=-pie] [keep=symbols] [paths=whole]: makes $work/NAME, its map
# and its symbol archive. add=FILE links one more source, compiled without debug information.
build() {
  local name=$1 cc=() ld=() objects=("$work/$board.runtime.o" "$work/$1.o") mode=-static-pie keep='' argument object
  local paths="-ffile-prefix-map=$here=."
  shift
  for argument in "$@"; do
    case $argument in
      cc=*) cc+=("${argument#cc=}") ;;
      ld=*) ld+=("${argument#ld=}") ;;
      mode=*) mode=${argument#mode=} ;;
      paths=whole) paths=-DWHOLE_PATHS ;;
      keep=*) keep=${argument#keep=} ;;
      add=*)
        object="$work/$name.$(basename "${argument#add=}").o"
        compile "${argument#add=}" "$object" -g0 || return 1
        objects+=("$object") ;;
    esac
  done
  compile "$here/sample.c" "$work/$name.o" "$paths" "${cc[@]}" || return 1
  # shellcheck disable=SC2086
  "$compiler" $link_flags "$mode" -Wl,-Map="$work/$name.map" "${objects[@]}" -o "$work/$name.elf" "${ld[@]}" || return 1
  split "$name" "$keep"
}

# split NAME KEEP: $work/NAME without symbols, these in $work/debug; KEEP=symbols leaves them in the shipped file too.
split() {
  local id debug
  id=$(readelf -n "$work/$1.elf" | sed -n 's/.*Build ID: //p')
  debug="$work/debug/.build-id/${id:0:2}/${id:2}.debug"
  if [ -n "$id" ]; then
    mkdir -p "$(dirname "$debug")"
    "$objcopy" --only-keep-debug "$work/$1.elf" "$debug" || return 1
  fi
  if [ "$2" = symbols ]; then cp "$work/$1.elf" "$work/$1"; else "$objcopy" --strip-all "$work/$1.elf" "$work/$1"; fi
}

# audit NAME [OPTION]...: the JSON answer; the exit code is kept in $code.
audit() {
  local name=$1
  shift
  "$PROOFMARK_ELF" audit "$work/$name" --boards-dir "$BOARDS_DIR" --format json "$@" >"$work/$name.json" 2>"$work/$name.err"
  code=$?
}

# audit_for_board NAME [OPTION]...: as the pipeline asks.
audit_for_board() { audit "$1" --board "$board" --debug-dir "$work/debug" --map "$work/$1.map" --forbid-path "$here" "${@:2}"; }

status() { jq -r --arg id "$2" '.files[0].rules[] | select(.id == $id) | .status' "$work/$1.json"; }
failed_rules() { jq -r '[.files[0].rules[] | select(.status == "fail") | .id] | join(" ")' "$work/$1.json"; }
detail() { jq -r --arg id "$2" '.files[0].rules[] | select(.id == $id) | .detail' "$work/$1.json"; }
