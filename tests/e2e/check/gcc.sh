#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What GCC itself finds: only when asked for, whatever the unit does to its warnings, in files of the project, once where
# another rule says the same. A GCC that is not heard is a finding, and what it says cannot harm. Kept results know
# whether and which GCC was asked.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
command -v gcc >/dev/null || { echo 'skipped: no gcc'; exit 77; }

mkdir -p own system bin
cat >own/index.h <<'C'
unsigned *numbers(unsigned long size) __attribute__((alloc_size(1)));
static inline unsigned upper(unsigned i) { return numbers(32)[(i & 7) + 8]; }
C
sed 's/upper/lower/' own/index.h >system/lower.h
cat >one.c <<'C'
#include <index.h>
#include <lower.h>
#include <stdlib.h>
unsigned *sum(unsigned char *data) {
  unsigned all = upper(data[0]) + lower(data[1]);
  unsigned *kept = malloc(sizeof *kept);
  *kept = all;

  return kept;
}
int both(int *p) {
  free(p);
  return *p;
}
C
use() { database "$1 $common_flags -Iown -isystem system" one.c; }

# run CODE "TEXT" PARAMETERS ARGUMENTS...: checks under a policy where GCC's findings are errors.
run() {
  local code=$1 words=$2
  printf '{"name":"p","version":1,"rules":{"PMF014":"off","PMG003":"must","PMG011":"must"},"parameters":{%s}}' "$3" >p.json
  shift 3
  expect "$code" "$words" check -p . --policy p.json --boards-dir "$BOARDS_DIR" "$@"
}
said() { [ "$(grep -c "$1" out)" = "$2" ] || fail "$3: $(grep "$1" out)"; }

use 'gcc -w -Werror -Wno-array-bounds -flto'
run 1 'PMS106' '' --no-cache
said 'analyzer-possible-null' 0 'GCC was asked though nobody wanted it'
run 1 '-Wanalyzer-possible-null' '' --no-cache --gcc-diagnostics
said 'one.c:7:.*\[-Wanalyzer-possible-null-dereference\]' 1 'not one unchecked allocation'
grep -q 'PMG011 CWE-690' out || fail 'no CWE id'
grep -q 'one.c:6:.*could return NULL' out || fail "the path is not told: $(grep -A9 possible-null out)"
said 'index.h:2:.*\[-Warray-bounds\]' 1 'the header of the project'
said 'lower.h:2' 0 'the header of the system is judged'
said 'one.c:13:' 1 'PMS106 and PMG006 both speak of one line'
run 1 '-Wanalyzer-possible-null' '"PMG":{"run":true}' --no-cache
run 3 'parameters of "PMG", run: neither true nor false' '"PMG":{"run":1}'
[ -z "$(find . -newer p.json -name '*.o' -o -name '*.su' -o -name '*.gcno')" ] || fail 'GCC wrote files'

if command -v aarch64-linux-gnu-gcc >/dev/null; then
  database "aarch64-linux-gnu-gcc $arm64_flags -Iown -isystem system" one.c
  run 1 '-Wanalyzer-possible-null' '' --no-cache --gcc-diagnostics
fi
database "clang-19 $clang_flags -Iown -isystem system" one.c
run 1 '' '' --no-cache --gcc-diagnostics
said 'Wanalyzer' 0 'a unit of Clang was given to GCC'

# Nothing may be started, so nothing can be heard.
use gcc
run 1 '' '' --no-cache --record-toolchain toolchain.json
run 2 '--gcc-diagnostics' '' --gcc-diagnostics --no-exec --toolchain toolchain.json
run 3 'the policy asks what GCC itself finds' '"PMG":{"run":true}' --no-exec --toolchain toolchain.json

# A driver that is a GCC, until it is asked what it finds.
impostor() { # COMMANDS: what it does then
  printf '#!/bin/sh\ncase "$*" in *-fdiagnostics-format=json*) %s;; esac\nexec gcc "$@"\n' "$1" >bin/gcc
  chmod +x bin/gcc
}
impostor ':'
use "$work/bin/gcc"
run 1 '-Wanalyzer-possible-null' '' --no-cache --gcc-diagnostics
# shellcheck disable=SC2016 # for the impostor's shell
for answer in 'exit 4' 'kill -9 $$' 'echo "[{" >&2; exit 0' 'echo "{}" >&2; exit 0' 'exit 0' 'head -c 70000000 /dev/zero >&2'; do
  impostor "$answer"
  run 1 'PMT006' '' --no-cache --gcc-diagnostics
done
impostor 'echo "[1,{\"path\":7},{\"option\":\"-Wrestrict\"},{\"message\":\"odd\",\"option\":\"-Wrestrict\",\"locations\":[{\"caret\":{\"file\":\"one.c\",\"line\":-4}}]}]" >&2; exit 0'
run 1 '-Wrestrict' '' --no-cache --gcc-diagnostics
said 'PMT006' 0 'odd JSON is JSON'
echo 'int first(const int *_Nonnull p) { return *p; }' >two.c
database "gcc $common_flags" two.c
run 1 'did not say what it finds: error in' '' --no-cache --gcc-diagnostics
for kept in 0 1; do # what is in the text will be there again
  run 1 'did not say what it finds: error in' '' --cache refused --gcc-diagnostics
  grep -q "proofmark: $kept of 1 unit from the cache" err || fail "a refusal of GCC: $(cat err)"
done

# A leak that both see, at two lines: once, as ours. Where GCC's counts for more, or ours is off, both or GCC's.
cat >leak.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
unsigned digest(const unsigned char *data, const char *name);
unsigned digest(const unsigned char *data, const char *name) {
  unsigned char *copy = malloc(64);
  unsigned sum = 0;
  if (copy == NULL) return 0;
  memcpy(copy, data, 64);
  for (int i = 0; i < 64; ++i) sum += copy[i];
  if (sum == 0) {
    return 1;
  }
  free(copy);
  FILE *log = fopen(name, "r");
  if (log == NULL) return 0;
  int c = fgetc(log);
  if (c == EOF)
    return 2;
  fclose(log);
  return sum;
}
C
database "gcc $common_flags" leak.c
printf '{"name":"p","version":1,"rules":{"PMF014":"off"}}' >p.json
expect 1 'PMS108' check -p . --policy p.json --boards-dir "$BOARDS_DIR" --no-cache --gcc-diagnostics
said 'PMS108\] \[CWE-401' 1 'the leak of memory'
said 'PMS118\] \[CWE-775' 1 'the leak of the stream'
said 'analyzer-malloc-leak' 0 'the leak of memory is told twice'
said 'analyzer-file-leak' 0 'the leak of the stream is told twice'
printf '{"name":"p","version":1,"rules":{"PMF014":"off","PMG013":"must"}}' >p.json
expect 1 'analyzer-malloc-leak' check -p . --policy p.json --boards-dir "$BOARDS_DIR" --no-cache --gcc-diagnostics
printf '{"name":"p","version":1,"rules":{"PMF014":"off","PMS118":"off"}}' >p.json
expect 1 'analyzer-file-leak' check -p . --policy p.json --boards-dir "$BOARDS_DIR" --no-cache --gcc-diagnostics

# A kept result is for runs that ask the same of the same compiler.
cached() { # KEPT WHAT ARGUMENTS...
  local kept=$1 what=$2
  shift 2
  run 1 '' '' --cache kept --flag-cache none "$@"
  grep -q "proofmark: $kept of 1 unit from the cache" err || fail "$what: $(cat err)"
}
impostor ':'
use "$work/bin/gcc"
cached 0 'an empty cache'
cached 0 'kept without GCC, wanted with' --gcc-diagnostics
said 'Wanalyzer-possible-null' 1 'the result is that without GCC'
cached 1 'nothing has changed' --gcc-diagnostics
said 'Wanalyzer-possible-null' 1 'the finding was not kept'
impostor 'exit 4'
cached 0 'another compiler of the same name' --gcc-diagnostics
said 'PMT006' 1 'a GCC that fails passes'
cached 0 'what was not heard was kept' --gcc-diagnostics
finish
