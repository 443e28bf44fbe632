#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# After an edit only the functions that can see it are explored again; whatever is taken from an earlier run comes out
# at its new place, as if it had been explored: evidence with and without kept results is the same, byte for byte.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

mkdir project
cat >project/unit.c <<'C'
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#define LENGTH 8
static int table[LENGTH];
static int shared(int *p) { return p == 0 ? 0 : *p; }
static int first(void) { return 1; }
int lone(int i) { return i + first(); }
int reaches_null(int i) {
  int *p = 0;
  if (shared(p) == i) return 0;
  return *p;
}
int reaches_null_too(int i) {
  int *p = i > LENGTH ? table : 0;
  assert(i != 5);
  return *p + shared(&i);
}
static int by_table(int i) { char *p = 0; if (i == 77) return *p; return i; }
static int (*const kTable[])(int) = {by_table};
int calls_table(int i) { return kTable[0](i); }
int *leaks(size_t n) {
  int *p = malloc(n * sizeof *p);
  if (n > 100) return 0;
  return p;
}
int *last(int *p) {
  memset(p, 0, 4);
  return p;
}
C
cp project/unit.c original.c
printf '[{"directory": "%s", "file": "unit.c", "arguments": ["clang-19", "-O2", "-c", "unit.c", "-o", "unit.o"]}]' \
  "$work/project" >project/compile_commands.json
echo '{"name": "p", "version": 1, "rules": {"PMS105": "must", "PMS108": "must"}}' >policy.json

# check OPTION...: writes the evidence, and in `explored` how many functions were explored ("all" when none was kept).
check() {
  local evidence=$1
  shift
  "$PROOFMARK_ANALYZE" check -p project --policy policy.json --evidence "$evidence" "$@" >out 2>err
  [ $? -le 1 ] || fail "check: $(cat out err)"
  explored=$(sed -nE 's/.* functions from the cache, ([0-9]+) explored/\1/p' err)
  explored=${explored:-all}
}
# edit WHAT EXPLORED SED: from the original, whose results are kept.
edit() {
  rm -rf cache
  cp original.c project/unit.c
  check before.json --cache cache
  sed -E "$3" original.c >project/unit.c
  ! cmp -s original.c project/unit.c || fail "$1: nothing was edited"
  check kept.json --cache cache
  [ "$explored" = "$2" ] || fail "$1: expected $2 functions explored, found $explored: $(cat err)"
  check fresh.json --no-cache
  cmp kept.json fresh.json || fail "$1: the evidence differs: $(diff kept.json fresh.json | head)"
}

check before.json --no-cache
for rule in PMS105 PMS108; do grep -q "\"rule\": \"$rule\"" before.json || fail "the sample has no $rule: $(cat out)"; done

edit 'a comment above all' 0 '1s/^/\/* one\n two *\/\n/'
edit 'blanks in a line' 0 's/int \*p = 0;/int  *p =   0;/'
edit 'a function that nothing calls' 1 's/(int lone.*)return/\1i++; return/'
edit 'lines within a function that nothing calls' 1 's/(int lone.*)return/\1\n\n;return/'
edit 'a function that one other calls' 1 's/return 1;/return 2;/'
edit 'a function that two others call' 2 's/p == 0 \? 0/p == 0 ? 1/'
edit 'a function in a table, and who calls through it' 2 's/i == 77/i == 78/'
edit 'a new function that nothing calls' 1 's/^int lone/int fresh(int i) { return i; }\n&/'
edit 'a new variable' all 's/^static int table/static int other;\n&/'
edit 'a macro' all 's/^#define LENGTH 8/#define LENGTH 9/'
edit 'a macro that no code uses, but a checker might' all 's/^#define LENGTH 8/#define EOF 3\n&/'
edit 'the table' all 's/= \{by_table\}/= {lone}/'
edit 'a pragma' all 's/^static int table/#pragma pack(1)\n&/'
edit 'a function behind a declaration' 1 '/^int lone/{h;d};/^static int \(\*const/{G}'

# Kept results that were tampered with are not believed.
rm -rf cache
cp original.c project/unit.c
check before.json --cache cache
entry=$(find cache/functions -type f)
[ "$(wc -l <<<"$entry")" = 1 ] || fail "expected one entry, found: $entry"
sed -i 's/dereference of null/dereference of none/' "$entry"
sed -i '1s/^/\n/' project/unit.c
check kept.json --cache cache
[ "$explored" = all ] || fail 'a changed entry was believed'
check fresh.json --no-cache
cmp kept.json fresh.json || fail 'a changed entry shows'

# Without leave to write, what is kept is used and nothing is added.
find cache -type f -exec sha256sum {} + | sort >sums
sed -i -E 's/i \+ first/i - first/' project/unit.c
check kept.json --cache cache --cache-readonly
[ "$explored" = 1 ] || fail "read only: expected 1 function explored, found $explored"
find cache -type f -exec sha256sum {} + | sort | cmp - sums || fail 'a read-only cache was written to'

# Another analysis does not take them over.
check kept.json --cache cache
echo '{"name": "p", "version": 1, "rules": {"PMS105": "should", "PMS108": "must"}}' >policy.json
check kept.json --cache cache
check fresh.json --no-cache
cmp kept.json fresh.json || fail 'another policy gets results of the first'
finish
