#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Separate debug information is bound to the program that it was split off: by its build-id when signing, by its digest when
# verifying. Three tools that split are tried, and a debugger that uses the result.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
clang=$(command -v clang-19) || { echo 'skipped: clang-19 is not installed'; exit 77; }
printf 'int answer(int x) {\n  return x + 41;\n}\nint main(void) { return answer(1); }\n' >program.c
build() { "$clang" -g -O0 -fuse-ld=lld-19 -Wl,--build-id=sha1 -o "$@" program.c; }
build whole || exit 1
build other -DOTHER -O1 -fno-inline || exit 1
build nameless -Wl,--build-id=none || exit 1
id=$(readelf -nW whole | sed -n 's/.*Build ID: //p')
other_id=$(readelf -nW other | sed -n 's/.*Build ID: //p')
hint="hint: take the one that was split off the same build"

# split TOOL: writes program and program.debug.
split() {
  rm -f program program.debug
  case $1 in
    binutils) objcopy --only-keep-debug whole program.debug && objcopy --strip-debug whole program ;;
    llvm) llvm-objcopy-19 --only-keep-debug whole program.debug && llvm-objcopy-19 --strip-debug whole program ;;
    elfutils) eu-strip -g -f program.debug -o program whole ;;
  esac
}

for tool in binutils llvm elfutils; do
  split "$tool" || { echo "note: $tool cannot split here"; continue; }
  digest=$(sha256sum program.debug | cut -d' ' -f1)
  succeeds sign_unproven --debug program.debug program -o program.signed
  cases=$((cases + 1))
  "$SIGN" info program.signed | grep -qx "symbols           $digest" || fail "$tool: the debug archive is not bound"
  accepted=$(verify_unproven program.signed)
  expect 0 "$accepted
program.debug: the debug archive of program.signed" verify_unproven --debug program.debug program.signed

  # Another build's, a changed one, none at all.
  expect 1 "proofmark: error: other: is not the debug archive of this file (expected build-id $id, found $other_id)
$hint" sign_unproven --debug other program -o refused
  expect 1 "$accepted
proofmark: error: other: is not the debug archive of this file (expected build-id $id, found $other_id)
$hint" verify_unproven --debug other program.signed
  cp program.debug changed && flip changed $(($(stat -c %s changed) / 2))
  expect 1 "$accepted
proofmark: error: changed: is not the debug archive that was signed (expected $digest, found $(sha256sum changed | cut -d' ' -f1))" \
    verify_unproven --debug changed program.signed
  succeeds sign_unproven program -o unbound
  expect 1 "${accepted/program.signed/unbound}
proofmark: error: program.debug: not bound: the mark of unbound names no debug archive
hint: sign with --debug" verify_unproven --debug program.debug unbound

  # The debugger finds lines through the archive, in the signed program as in the unsigned.
  if command -v gdb >/dev/null; then
    objcopy -R .gnu_debuglink program plain && objcopy --add-gnu-debuglink=program.debug plain linked
    sign_unproven linked -o linked.signed >/dev/null 2>&1
    gdb -nx -batch -ex 'break answer' -ex run -ex 'print x' ./linked.signed >said 2>&1
    cases=$((cases + 1))
    grep -q 'program.c:2' said && grep -qx '\$1 = 1' said || fail "$tool: gdb: $(cat said)"
  fi
done
expect 1 "proofmark: error: program.debug: cannot be bound: the program has no build-id
hint: link it with -Wl,--build-id" sign_unproven --debug program.debug nameless -o refused
expect 1 "proofmark: error: program.c: is not the debug archive of this file (expected an ELF file)
hint: objcopy --only-keep-debug and eu-strip -f write one" sign_unproven --debug program.c program -o refused
expect 3 'proofmark: error: none: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read' sign_unproven --debug none program -o refused
expect 2 'proofmark: error: --debug belongs to one file (expected 1, found 2)' verify_unproven --debug program.debug program.signed unbound
[ ! -e refused ] || fail 'a refused file was written'
finish
