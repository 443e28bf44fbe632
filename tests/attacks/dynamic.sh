#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Attacks around what a dynamic program loads: libraries and the dynamic linker are swapped, missing, older, incomplete in the
# mark, or steered from outside. Refused, or exactly the checked files are loaded; nothing else ever is. Programs are built
# against the pinned sysroot, with the glibc of the device. usage: dynamic.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
here=$(cd "$(dirname "$0")" && pwd)
run_natively "$0" "$@"
launch=$bin/proofmark-exec-full
sysroot=$("$here/../../toolchains/fetch.sh" --print-dir sysroot "$arch") || skip 'no sysroot'
case $arch in
  amd64) triplet=x86_64-linux-gnu loader=$sysroot/usr/lib64/ld-linux-x86-64.so.2 ;;
  arm64) triplet=aarch64-linux-gnu loader=$sysroot/usr/lib/ld-linux-aarch64.so.1 ;;
esac
[ -e "$loader" ] || loader=$(find "$sysroot" -name "$(basename "$loader")" | head -n1)
chmod 755 "$work"
mkdir "$work/lib" "$work/evil"

# --- What is loaded: program -> first -> second, all of them -> libc ---------------------------------------------------
cat >"$work/second.c" <<'C'
int second(void) { return VALUE; }
C
cat >"$work/first.c" <<'C'
int second(void);
int first(void) { return second() + 1; }
C
cat >"$work/evil.c" <<'C'
#include <stdio.h>
__attribute__((constructor)) static void run(void) { puts("EVIL"); fflush(stdout); }
int first(void) { return 0; }
int second(void) { return 0; }
C
cat >"$work/program.c" <<'C'
#include <stdio.h>
#include <string.h>
int first(void);
int main(int count, char** arguments) {
  for (int i = 0; i < count; ++i) printf("argument %s\n", arguments[i]);
  char line[4096];
  FILE* maps = fopen("/proc/self/maps", "r");
  while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
    const char* path = strchr(line, '/');
    if (path != NULL && strncmp(path, "/memfd:proofmark", 16) != 0) printf("foreign %s", path);
  }
  return first();
}
C
build() {
  local out=$1
  shift
  clang-19 --target="$triplet" --sysroot="$sysroot" -fuse-ld=lld -O1 -w -o "$out" "$@" || fail "not built: $out"
}
library() {
  local out=$1
  shift
  build "$out" -shared -fPIC "$@"
}
linked() { build "$@" -Wl,--dynamic-linker="$work/lib/ld.so" "$work/program.c" -L"$work/lib" -l:first.so -Wl,-z,relro,-z,now -Wl,--allow-shlib-undefined; }
cp -L "$loader" "$work/lib/ld.so"
cp -L "$sysroot/usr/lib/$triplet/libc.so.6" "$work/lib/libc.so.6"
library "$work/lib/second.so" -DVALUE=41 "$work/second.c" -Wl,-soname,second.so
library "$work/lib/first.so" "$work/first.c" -Wl,-soname,first.so -L"$work/lib" -l:second.so
linked "$work/program"
library "$work/evil/first.so" "$work/evil.c" -Wl,-soname,first.so
library "$work/evil/second.so" "$work/evil.c" -Wl,-soname,second.so
chmod -R a+rX "$work/lib"

list=()
for name in ld.so first.so second.so libc.so.6; do list+=(--dependency "$work/lib/$name=$work/lib/$name"); done
sign "${list[@]}" "$work/program" "$work/good"

# good [COMMAND...]: the genuine program runs with what was checked, and says so.
good() {
  checks=$((checks + 1))
  local output found
  output=$("$@" 2>&1 </dev/null)
  found=$?
  [ "$found" -eq 42 ] || fail "exit $found (expected 42): $*: $output"
  ! grep -q 'EVIL' <<<"$output" || fail "the evil library ran: $*"
  # The emulator and its own files are in the map of an emulated program.
  [ "$arch" = arm64 ] || ! grep 'foreign' <<<"$output" || fail "loaded besides what was checked: $*"
}
no() { # no NUMBER FILE: refused with this number; nothing of it ran
  local number=$1 code=1
  shift
  [ "$number" != PM-E821 ] || code=3
  expect "$code" "($number)" "$launch" "$@"
}
good "$launch" "$work/good"
expect 42 "argument $work/good" "$launch" "$work/good"
expect 42 'argument --list' "$launch" "$work/good" --list
good env LD_PRELOAD="$work/evil/first.so" LD_LIBRARY_PATH="$work/evil" LD_AUDIT="$work/evil/first.so" "$launch" "$work/good"
good bash -c 'cd "$1" && exec "$2" "$3"' directory "$work/evil" "$launch" "$work/good"

# --- The mark's list ---------------------------------------------------------------------------------------------------
sign "$work/program" "$work/bad"
no PM-E807 "$work/bad"
sign "${list[@]}" "$bin/proofmark-test-probe" "$work/bad"
no PM-E808 "$work/bad"
sign "${list[@]:0:4}" "${list[@]:6}" "$work/program" "$work/bad"
no PM-E824 "$work/bad"
expect 1 "$work/lib/first.so (PM-E824)" "$launch" "$work/bad"
sign "${list[@]:0:2}" "${list[@]:4}" "$work/program" "$work/bad"
no PM-E824 "$work/bad"
sign "${list[@]:0:4}" --dependency "lib/second.so=$work/lib/second.so" "${list[@]:6}" "$work/program" "$work/bad"
(cd "$work" && no PM-E820 "$work/bad" && exit "$failures") || failures=$?
sign "${list[@]:2}" "${list[@]:0:2}" "$work/program" "$work/bad"
no PM-E827 "$work/bad"

# --- The files ---------------------------------------------------------------------------------------------------------
# with FILE REPLACEMENT NUMBER: the file is another one for a moment.
with() {
  mv "$work/lib/$1" "$work/kept"
  [ "$2" = none ] || cp -a "$2" "$work/lib/$1"
  no "$3" "$work/good"
  rm -rf "${work:?}/lib/$1"
  mv "$work/kept" "$work/lib/$1"
}
with second.so none PM-E821
with second.so "$work/evil" PM-E821
mkfifo "$work/fifo"
with second.so "$work/fifo" PM-E821
with second.so "$work/evil/second.so" PM-E822
with first.so "$work/evil/first.so" PM-E822
ln -s "$work/evil/second.so" "$work/link"
with second.so "$work/link" PM-E822
cp "$work/lib/ld.so" "$work/patched"
printf '\x90' | dd of="$work/patched" bs=1 seek=5000 conv=notrunc status=none
with ld.so "$work/patched" PM-E822
# Older, and genuine: its own mark does not help.
library "$work/older.so" -DVALUE=40 "$work/second.c" -Wl,-soname,second.so
sign --kind 2 "$work/older.so" "$work/older.so.signed"
with second.so "$work/older.so.signed" PM-E822
# A link to the genuine file is the genuine file.
mv "$work/lib/second.so" "$work/elsewhere.so" && ln -s "$work/elsewhere.so" "$work/lib/second.so"
good "$launch" "$work/good"
mv "$work/elsewhere.so" "$work/lib/second.so"

# --- What a list cannot hold, though its digests are right --------------------------------------------------------------
# odd NUMBER OPTION...: second.so built with these options is listed and refused.
odd() {
  local number=$1
  shift
  library "$work/odd.so" -DVALUE=41 "$work/second.c" "$@"
  sign "${list[@]:0:4}" --dependency "$work/odd.so=$work/odd.so" "${list[@]:6}" "$work/program" "$work/bad"
  no "$number" "$work/bad"
}
odd PM-E823
# shellcheck disable=SC2016 # the dynamic linker expands it
odd PM-E823 -Wl,-soname,'$ORIGIN'
odd PM-E823 -Wl,-soname,lib/second.so
odd PM-E825 -Wl,-soname,second.so -Wl,--enable-new-dtags,-rpath,"$work/evil"
odd PM-E825 -Wl,-soname,second.so -Wl,--disable-new-dtags,-rpath,"$work/evil"
odd PM-E825 -Wl,-soname,second.so -Wl,--filter="$work/evil/second.so"
odd PM-E825 -Wl,-soname,second.so -Wl,--auxiliary="$work/evil/second.so"
odd PM-E824 -Wl,-soname,second.so -Wl,--no-as-needed "$work/evil/first.so" -L"$work/evil" -l:first.so -Wl,-soname,second.so,--no-as-needed "$sysroot/usr/lib/$triplet/libm.so.6"
if [ "$arch" = amd64 ]; then
  for option in --audit --depaudit; do
    gcc -w -shared -fPIC -DVALUE=41 -o "$work/odd.so" "$work/second.c" -Wl,-soname,second.so "-Wl,$option=$work/evil/second.so"
    sign "${list[@]:0:4}" --dependency "$work/odd.so=$work/odd.so" "${list[@]:6}" "$work/program" "$work/bad"
    no PM-E825 "$work/bad"
  done
fi
cp "$bin/../../$([ "$arch" = amd64 ] && echo arm64 || echo amd64)/bin/proofmark-exec-test" "$work/odd.so"
sign "${list[@]:0:4}" --dependency "$work/odd.so=$work/odd.so" "${list[@]:6}" "$work/program" "$work/bad"
no PM-E823 "$work/bad"
linked "$work/runpath" -Wl,-rpath,"$work/evil"
sign "${list[@]}" "$work/runpath" "$work/bad"
no PM-E825 "$work/bad"

# --- The dynamic linker as the program, with a file of the attacker's ----------------------------------------------------
sign "$work/lib/ld.so" "$work/bad"
for other in "$launch" "$bin/proofmark-exec-test"; do expect 1 '(PM-E813)' "$other" "$work/bad" "$work/program"; done
sign "${list[@]}" "$work/lib/first.so" "$work/bad"
no PM-E813 "$work/bad"
expect 1 '(PM-E807)' "$bin/proofmark-exec-test" "$work/good"

# --- The surroundings --------------------------------------------------------------------------------------------------
expect 3 '(PM-E829)' bash -c 'ulimit -v 8000000; exec "$@"' limited "$launch" "$work/good"
expect 3 '(PM-E829)' bash -c 'ulimit -d 8000000; exec "$@"' limited "$launch" "$work/good"
expect 3 '(PM-E831)' bash -c 'exec "$0" "$1" $(seq 20000)' "$launch" "$work/good"
in_namespace() { if [ "$(id -u)" -eq 0 ]; then unshare --mount "$@"; else unshare --user --map-root-user --mount "$@"; fi; }
mkdir "$work/etc" && echo "$work/evil/first.so" >"$work/etc/ld.so.preload"
expect 1 '(PM-E826)' in_namespace bash -c 'mount --bind "$1" /etc && exec "$2" "$3"' preload "$work/etc" "$launch" "$work/good"
if [ "$arch" = amd64 ]; then
  expect 3 '(PM-E828)' in_namespace bash -c 'mount --bind "$1" /proc && exec "$2" "$3"' proc "$work/etc" "$launch" "$work/good"
  [ "$(id -u)" -ne 0 ] || good setpriv --reuid 65534 --regid 65534 --clear-groups -- "$launch" "$work/good"
fi

# --- Swapped while it is checked and started ---------------------------------------------------------------------------
rounds=100
[ "$arch" = amd64 ] || rounds=15
cp "$work/lib/second.so" "$work/genuine.so"
# swap HOW: second.so is exchanged as fast as another process can.
swap() {
  local how=$1 output found i ran=0 refused=0
  (
    while :; do
      case $how in
        rename) for f in evil/second.so genuine.so; do cp "$work/$f" "$work/next" && mv "$work/next" "$work/lib/second.so"; done ;;
        overwrite) for f in evil/second.so genuine.so; do cat "$work/$f" >"$work/lib/second.so"; done ;;
      esac
    done
  ) 2>/dev/null &
  local swapper=$!
  for ((i = 0; i < rounds; ++i)); do
    output=$("$launch" "$work/good" 2>&1 </dev/null)
    found=$?
    case $found in
      42) ran=$((ran + 1)) ;;
      1 | 3) refused=$((refused + 1)) && [[ $output == *refused:* ]] || fail "$how: $output" ;;
      *) fail "$how: exit $found: $output" ;;
    esac
    [[ $output != *EVIL* ]] || fail "$how: the evil library ran"
  done
  kill "$swapper"
  wait "$swapper" 2>/dev/null
  cp "$work/genuine.so" "$work/lib/second.so"
  checks=$((checks + 1))
  echo "$how: the genuine program ran $ran times, refused $refused times"
}
for how in rename overwrite; do swap "$how"; done
finish
