#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Real programs of every kind: they behave the same after signing, readelf and eu-elflint find nothing new in them, signing
# is deterministic, and what is taken off is the original. (Shapes that no linker makes are in unit.signer.signing.)
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
clang=$(command -v clang-19) || { echo 'skipped: clang-19 is not installed'; exit 77; }

cat >program.c <<'C'
#include <stdio.h>
int main(int argc, char** argv) {
  printf("%s %d\n", "hello from", argc + (argv[0] != 0));
  return 7;
}
C
cat >library.c <<'C'
int answer(void) { return 42; }
C
cat >user.c <<'C'
int answer(void);
int main(void) { return answer(); }
C
printf '#!/bin/sh\necho script\nexit 3\n' >script && chmod 755 script

cc() { "$clang" -O1 -fuse-ld=lld-19 -Wno-unused-command-line-argument -g1 "$@" || fail "cannot build: $*"; }
cc -o dynamic-pie program.c
cc -no-pie -o dynamic program.c
cc -static -o static program.c
cc -static-pie -o static-pie program.c
cc -shared -fPIC -Wl,-soname,libanswer.so -o libanswer.so library.c
cc -o user user.c -L. -lanswer -Wl,-rpath,"$work"
cc -c -o object.o program.c
"$clang" -O1 -c -ffunction-sections -o library.o library.c && ld.lld-19 -r -o module.ko object.o library.o
llvm-objcopy-19 --strip-sections dynamic-pie no-sections
cc -o payload program.c && printf 'appended payload' >>payload
cc -o stripped program.c && strip stripped
"$clang" --target=aarch64-linux-gnu -O1 -c -o arm64.o library.c
if command -v aarch64-linux-gnu-gcc >/dev/null; then aarch64-linux-gnu-gcc -static -o arm64-static program.c; fi
if command -v gcc >/dev/null; then gcc -o gcc-pie program.c; fi
# Whole programs of other languages, and what packers and patchers make of one.
if command -v gron >/dev/null; then cp "$(command -v gron)" go-program; fi
if command -v hyperfine >/dev/null; then cp "$(command -v hyperfine)" rust-program; fi
if command -v upx >/dev/null; then cp "$(command -v gron || echo static)" upx && upx -q -q upx >/dev/null 2>&1; fi
if command -v patchelf >/dev/null; then cp dynamic-pie patched && patchelf --set-rpath "$work/$(printf 'long%.0s' {1..60})" patched; fi
# Self-extracting: a program, or a script, that finds an archive behind itself.
cp static self-extracting && tar -c program.c >>self-extracting
{ printf '#!/bin/sh\ntail -n +4 "$0" | head -c 10240 | tar -t\nexit 3\n'; tar -c program.c; } >extractor && chmod 755 extractor
# The kernel's own module signature, PKCS#7 and a trailer.
{ cat object.o; head -c 700 /dev/urandom; printf '\0\0\2\0\0\0\0\0\0\0\2\274~Module signature appended~\n'; } >signed.ko

# elflint FILE: what eu-elflint says, without the file's own name.
elflint() { eu-elflint --gnu-ld "$1" 2>&1 | sed "s|$1|FILE|g"; }

# What a program does: its output and its exit code.
behaviour() {
  local output status
  case $1 in
    *arm64-static*) output=$(qemu-aarch64-static "./$1" a b 2>&1) ;;
    go-program | rust-program | upx) output=$("./$1" --version 2>&1) ;;
    *) output=$("./$1" a b 2>&1) ;;
  esac
  status=$?
  echo "$output, exit $status"
}

is_elf() { [ "$(head -c 4 "$1" | tail -c 3 | tr -d '\0')" = ELF ]; }

check() {
  local file=$1
  cp "$file" "$file.before"
  succeeds sign_unproven --name test "$file" -o "$file.signed"
  succeeds sign_unproven --name test "$file" -o "$file.again"
  same "$file.signed" "$file.again"
  succeeds verify_unproven "$file.signed"
  succeeds "$SIGN" unsign "$file.signed" -o "$file.back"
  same "$file.before" "$file.back"
  [ "$(stat -c %a "$file")" = "$(stat -c %a "$file.signed")" ] || fail "$file: another mode after signing"
  if is_elf "$file"; then
    [ "$(elflint "$file")" = "$(elflint "$file.signed")" ] || fail "$file: eu-elflint finds something new: $(diff <(elflint "$file") <(elflint "$file.signed"))"
    [ -z "$(readelf -aW "$file.signed" 2>&1 >/dev/null | grep -vxF "$(readelf -aW "$file" 2>&1 >/dev/null)")" ] ||
      fail "$file: readelf warns: $(readelf -aW "$file.signed" 2>&1 >/dev/null)"
  fi
}

for file in dynamic-pie dynamic static static-pie libanswer.so user object.o module.ko no-sections payload stripped arm64.o \
  arm64-static gcc-pie script go-program rust-program upx patched self-extracting extractor signed.ko; do
  [ -e "$file" ] || { echo "note: $file could not be made here"; continue; }
  check "$file"
done
for file in dynamic-pie dynamic static static-pie user no-sections payload stripped arm64-static gcc-pie script go-program \
  rust-program upx patched self-extracting extractor; do
  [ -e "$file" ] || continue
  cases=$((cases + 1))
  cp "$file" saved && before=$(behaviour "$file") && cp "$file.signed" "$file"
  [ "$(behaviour "$file")" = "$before" ] || fail "$file: behaves differently once signed: $(behaviour "$file") (expected $before)"
  cp saved "$file"
done
# A script that runs to its last line would run into the mark: said at signing, and cured by a detached mark.
printf '#!/bin/sh\necho open end\n' >open-end && chmod 755 open-end
expect 0 "proofmark: warning: open-end: no board was named, so no policy applies
proofmark: warning: open-end: a script that does not end in exit runs into its mark; use --detached, or end it with exit
$(sign_unproven open-end -o open-end.signed 2>/dev/null)" sign_unproven open-end -o open-end.signed
succeeds sign_unproven --detached open-end -o open-end.proofmark
succeeds verify_unproven open-end
expect 0 'open end' ./open-end

# A signed library is loaded as before.
cp libanswer.so.signed libanswer.so && expect 42 '' ./user

: >empty && check empty
head -c 10000 /dev/zero >zeros && check zeros
printf '\320\015\376\355\0\0\1\0' >tree.dtb && head -c 5000 /dev/urandom >>tree.dtb && check tree.dtb
{ printf 'MZ\0\0'; head -c 70000 /dev/urandom; printf '\x7fELF'; } >kernel && check kernel

printf '{"brokers": ["mqtt://a"]}\n' >config.json && check config.json
[ "$(head -n 1 config.json.signed)" = "$(cat config.json)" ] || fail 'a text does not begin as before'

# Every kind can have its mark beside it, and then is not touched; a mark is no file that has one. (Only of an empty file
# are the two the same.)
for file in dynamic-pie libanswer.so.before object.o no-sections go-program signed.ko script tree.dtb kernel config.json; do
  [ -e "$file" ] || continue
  cp "$file" subject && rm -f subject.proofmark
  succeeds sign_unproven --detached subject -o subject.proofmark
  same "$file" subject
  succeeds verify_unproven subject
  expect 1 "proofmark: error: subject: never signed: it holds no mark" "$SIGN" unsign subject -o x
  expect 1 "proofmark: error: subject.proofmark: is a detached mark; there is nothing to take it off from
hint: the file that it stands beside is as it was; remove the mark file" "$SIGN" unsign subject.proofmark -o x
  expect 1 "subject.proofmark: NOT TRUSTED: 209: content, mark and trailer do not add up to the size of the file; a detached mark vouches for the file that it stands beside: verify that file" \
    verify_unproven subject.proofmark
  echo >>subject
  cases=$((cases + 1))
  verify_unproven subject >said 2>&1
  [ $? -eq 1 ] && grep -qE 'NOT TRUSTED: (7|5|2)' said || fail "$file: a change behind a detached mark: $(cat said)"
done

# Stripping after signing takes the mark from its place; never having had one is another thing.
cp dynamic-pie.signed late && strip late
expect 1 "late: NOT TRUSTED: 204: not signed (no mark at the end of the file); changed after signing: it holds a mark, but not at its end (strip and patch before signing)" \
  verify_unproven late
expect 1 "dynamic-pie: NOT TRUSTED: 204: not signed (no mark at the end of the file); never signed: it holds no mark" verify_unproven dynamic-pie
expect 1 "proofmark: error: late: has a .proofmark section: it was changed after signing
hint: sign the file as it was built; strip and patch before signing" sign_unproven late -o x
cp dynamic-pie.signed grown && echo more >>grown
expect 1 "proofmark: error: grown: changed after signing: it holds a mark, but not at its end (strip and patch before signing)" "$SIGN" info grown
finish
