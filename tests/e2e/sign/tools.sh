#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What other tools do to a signed program. It loads, debugs and dumps as before; a tool that writes it leaves a program that
# still runs and a file that is told from one that was never signed, or gives it back as it was.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
clang=$(command -v clang-19) || { echo 'skipped: clang-19 is not installed'; exit 77; }
printf '#include <stdio.h>\nint answer(int x) {\n  return x + 41;\n}\nint main(void) {\n  printf("%%d\\n", answer(1));\n  return 7;\n}\n' >program.c
"$clang" -g -O0 -fuse-ld=lld-19 -o program program.c || exit 1
succeeds sign_unproven program -o signed
changed='not signed (no mark at the end of the file); changed after signing: it holds a mark, but not at its end (strip and patch before signing)'
never='not signed (no mark at the end of the file); never signed: it holds no mark'

# verdict FILE: what verify says of it, without its name.
verdict() { verify_unproven "$1" 2>&1 | sed "s/^$1: //"; }

# after TOOL VERDICT COMMAND...: the command, which works on the file `it`, leaves a program that runs, and this verdict.
after() {
  local tool=$1 expected=$2 said
  shift 2
  cases=$((cases + 1))
  command -v "$1" >/dev/null || { echo "note: $1 is not installed"; return; }
  cp signed it
  said=$("$@" 2>&1) || fail "$tool fails on a signed file: $said"
  [ "$(./it)" = 42 ] || fail "$tool leaves a program that does not run"
  [ "$(verdict it)" = "$expected" ] || fail "$tool: $(verdict it) (expected $expected)"
  case $expected in
    *'changed after'*)
      rm -f again
      sign_unproven it -o again >said 2>&1
      [ $? -ne 0 ] && grep -qE 'was changed after signing|does not fit the file|truncated' said || fail "$tool: signing again: $(cat said)"
      sign_unproven --replace it -o again >said 2>&1
      [ $? -ne 0 ] && grep -qE 'changed after signing|does not fit the file|truncated' said || fail "$tool: --replace: $(cat said)"
      "$SIGN" unsign it -o again >said 2>&1
      [ $? -eq 1 ] && grep -q 'changed after signing' said || fail "$tool: unsign: $(cat said)"
      [ ! -e again ] || fail "$tool: something was written"
      ;;
  esac
}
refused204="NOT TRUSTED: 204: $changed"
lost204="NOT TRUSTED: 204: $never"
good=$(verdict signed)
for option in -s -g --strip-unneeded; do after "strip $option" "$refused204" strip "$option" it; done
after objcopy "$refused204" objcopy it it
after 'objcopy --set-section-flags' "$refused204" objcopy --set-section-flags .comment=alloc it it
after 'objcopy -R .proofmark' "$lost204" objcopy -R .proofmark it it
after llvm-objcopy "$refused204" llvm-objcopy-19 it it
# These drop sections that no segment loads and that they do not know, ours with them: nothing is left that could tell.
after llvm-strip "$lost204" llvm-strip-19 it
after 'llvm-objcopy --strip-sections' "$lost204" llvm-objcopy-19 --strip-sections it it
after eu-strip "$lost204" eu-strip it
after 'patchelf --set-rpath' "$refused204" patchelf --set-rpath /a/rather/long/path/to/make/room/for it
after 'patchelf without a change' "$good" patchelf --print-interpreter it
after 'an appended payload' "$refused204" bash -c 'head -c 5000 /dev/urandom >>it'
after 'a cut' "$refused204" truncate -s -1 it
after touch "$good" touch it
after cp "$good" cp --sparse=always signed it

# Tools that read find what they found before.
for tool in 'nm' 'objdump -d --no-show-raw-insn' 'readelf -sW' 'readelf -lW' 'readelf -nW' 'addr2line -e'; do
  cases=$((cases + 1))
  if [ "$tool" = 'addr2line -e' ]; then
    address=$(nm program | awk '$3 == "answer" {print $1}')
    [ "$(addr2line -e signed "$address")" = "$(addr2line -e program "$address")" ] || fail "$tool: another line"
    continue
  fi
  # shellcheck disable=SC2086 # a tool and its options
  [ "$($tool signed 2>&1 | sed 's/signed/program/; s/starting at offset.*//')" = \
    "$($tool program 2>&1 | sed 's/starting at offset.*//')" ] || fail "$tool: another answer: $(diff <($tool signed 2>&1) <($tool program 2>&1))"
done
cases=$((cases + 1))
objcopy -O binary -j .text signed text.signed && objcopy -O binary -j .text program text && cmp text text.signed || fail 'objcopy -j .text: other bytes'
objcopy -O binary --set-section-flags .proofmark=alloc -j .proofmark signed mark && cmp mark <(tail -c "$(stat -c %s mark)" signed) ||
  fail 'objcopy -j .proofmark does not give the mark'
[ "$(file -b signed 2>/dev/null | sed 's/, .*//')" = "$(file -b program 2>/dev/null | sed 's/, .*//')" ] || fail 'file: another kind'
if command -v gdb >/dev/null; then
  cp program plain
  for file in plain signed; do
    gdb -nx -batch -ex 'break answer' -ex run -ex 'print x' -ex 'info line main' -ex continue "./$file" 2>&1 |
      grep -vE 'process|Using|debuginfod|Download' | sed "s/$file/FILE/g" >"gdb.$file"
  done
  cases=$((cases + 1))
  grep -q 'program.c:3\|answer (x=1)' gdb.plain || fail "gdb does not work here: $(cat gdb.plain)"
  cmp gdb.plain gdb.signed || fail "gdb behaves differently: $(diff gdb.plain gdb.signed)"
fi
finish
