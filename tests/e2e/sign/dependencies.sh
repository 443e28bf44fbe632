#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `sign --dependencies`: the list of what a program loads, found in the root file system of the device by our own rule, and what
# the rule refuses. ldd is the second opinion.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
[ "$(uname -m)" = x86_64 ] || { echo 'skipped: builds programs for amd64'; exit 77; }
linker=/lib64/ld-linux-x86-64.so.2
[ -e "$linker" ] || { echo "skipped: no $linker"; exit 77; }

usual=/lib/x86_64-linux-gnu
mkdir -p "root/lib64" "root$usual" root/opt/gateway root/usr/lib
cp "$linker" "root$linker"
library() { # library NAME PLACE [OPTION...]
  local name=$1 place=$2
  shift 2
  echo "int ${name}_is_here = 1;" | gcc -shared -nostdlib -fPIC -x c - -x none -o "root$place/lib$name.so.1" "-Wl,-soname,lib$name.so.1" "$@"
}
library deep "$usual"
library second "$usual" -Wl,--no-as-needed "root$usual/libdeep.so.1"
library first "$usual" -Wl,--no-as-needed "root$usual/libdeep.so.1"
program() { # program OUT [OPTION...]
  local out=$1
  shift
  echo 'int main(void) { return 0; }' | gcc -nostdlib -fPIE -pie -Wl,-e,main -x c - -x none -o "$out" -Wl,-rpath-link,"root$usual" -Wl,--no-as-needed,-z,now "$@"
}
program app "root$usual/libsecond.so.1" "root$usual/libfirst.so.1"
names() { "$SIGN" info --format json "$1" | jq -r '.dependencies[].name' | tr '\n' ' '; }
sign_app() { sign_unproven --dependencies root "$@" app -o app.signed; }

# Breadth first, each once, the dynamic linker before them; the digests are those of fs-verity.
succeeds sign_app
says 0 "$linker $usual/libsecond.so.1 $usual/libfirst.so.1 $usual/libdeep.so.1 " names app.signed
succeeds verify_unproven app.signed
if command -v fsverity >/dev/null; then
  for file in "$linker" "$usual/libdeep.so.1"; do
    digest=$(fsverity digest "root$file" | sed 's/^sha256:\([0-9a-f]*\).*/\1/')
    says 0 "$digest" bash -c '"$0" info --format json app.signed | jq -r ".dependencies[] | select(.name == \"$1\").digest"' "$SIGN" "$file"
  done
fi

# Directories of the device come before the usual ones; links do not lead out of its root; files for other machines are passed over.
library first /opt/gateway
succeeds sign_app --library-dir /opt/gateway
says 0 "$linker $usual/libsecond.so.1 /opt/gateway/libfirst.so.1 $usual/libdeep.so.1 " names app.signed
mv "root$usual/libdeep.so.1" root/opt/gateway/kept && ln -s /opt/gateway/kept "root$usual/libdeep.so.1"
succeeds sign_app
cp "$VECTORS/arm64.elf" root/opt/gateway/libsecond.so.1
succeeds sign_app --library-dir /opt/gateway
says 0 "$usual/libsecond.so.1" names app.signed
library plugin root/../usr/lib 2>/dev/null || library plugin /usr/lib
succeeds sign_app --also-loads libplugin.so.1
says 0 'libplugin.so.1' names app.signed

# refused TEXT [OPTION...]: no list, no output.
refused() {
  local text=$1
  shift
  rm -f app.signed
  says 1 "$text" sign_app "$@"
  [ ! -e app.signed ] || fail "an output for $text"
}
rm "root$usual/libdeep.so.1"
refused "proofmark: error: root$usual/libsecond.so.1: needs libdeep.so.1, which is not in $usual, /usr/lib/x86_64-linux-gnu, /lib64"
mv root/opt/gateway/kept "root$usual/libdeep.so.1"
refused 'needs libnone.so.1, which is not in' --also-loads libnone.so.1
refused 'needs "../libdeep.so.1", which is no plain name of a library' --also-loads ../libdeep.so.1
cp "root$usual/libfirst.so.1" root/opt/gateway/libdeep.so.1
refused 'goes by another name (DT_SONAME) than it is asked for (expected libdeep.so.1, found libfirst.so.1)' --library-dir /opt/gateway
rm root/opt/gateway/libdeep.so.1
for option in --enable-new-dtags --disable-new-dtags; do
  library deep "$usual" "-Wl,$option,-rpath,/tmp"
  refused 'PATH, which has the dynamic linker look for files by itself'
done
library deep "$usual" -Wl,--filter=libother.so
refused 'has DT_FILTER, which'
library deep "$usual"
mv "root$linker" kept
refused "its dynamic linker is not there: root$linker"
mv kept "root$linker"
says 2 'a library directory is no absolute path: opt' sign_app --library-dir opt
says 1 'has no dynamic linker, so it loads nothing' sign_unproven --dependencies root "$VECTORS/amd64.elf" -o none
says 3 'nowhere: cannot be opened' sign_unproven --dependencies nowhere app -o none
program runpath "root$usual/libfirst.so.1" -Wl,-rpath,/tmp
says 1 'runpath: has DT_RUNPATH, which' sign_unproven --dependencies root runpath -o none

# Scripts: executable, for no machine.
printf '#!/bin/sh -e\necho here\nexit\n' >script
succeeds sign_unproven --script script -o script.signed
says 0 '["executable",0]' bash -c '"$0" info --format json script.signed | jq -c "[.subject.kind, .subject.machine]"' "$SIGN"
succeeds verify_unproven script.signed
succeeds sign_unproven --script --detached script -o script.proofmark
for text in '' 'echo' '#!' '#!sh' '#!/bin/sh'; do
  printf '%s' "$text" >none
  says 1 'none: is no script (expected a first line of "#!" and the path of an interpreter)' sign_unproven --script none -o out
done
says 1 'is no script' sign_unproven --script app -o out

# A program of this machine: the same files as the dynamic linker of this machine finds.
for tool in bash perl; do
  path=$(command -v "$tool") || continue
  succeeds sign_unproven --dependencies / "$path" -o tool.signed
  ours=$(names tool.signed | tr ' ' '\n' | xargs -n1 readlink -f | sort)
  theirs=$(ldd "$path" | grep -oE '/[^ ]+' | xargs -n1 readlink -f | sort)
  [ -n "$ours" ] && [ "$ours" = "$theirs" ] || fail "$tool: $(diff <(echo "$ours") <(echo "$theirs"))"
done
finish
