#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# One unit is one command with one output: the Ninja example of docs/cache.md, run as it is printed there, says what one
# check of all units says, and runs again what has changed.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
page=$here/../../../docs/cache.md
cp "$BOARDS_DIR/policies/openssf-2026-06.json" policy.json
echo '#define N 4' >n.h
printf '#include "n.h"\nint a(int i) { return i < N ? i : 0; }\n' >a.c
printf 'int b(int i);\n%s\n' 'int b(int i) { int v[4] = {1, 2, 3, 4}; if (i == 4) return v[i]; return 0; }' >b.c
database "clang-19 $clang_flags" a.c b.c
sed -n '/^```ninja$/,/^```$/{/^```/d;p}' "$page" >build.ninja
[ "$(wc -l <build.ninja)" -ge 12 ] || fail "no example in $page"
mkdir bin
printf '#!/bin/sh\nexec %s "$@"\n' "$PROOFMARK_ANALYZE" >bin/proofmark
chmod +x bin/proofmark
export PATH=$work/bin:$PATH
# The example's merge fails on findings, as it should; its output is there.
ninja >out 2>&1 && fail 'findings do not fail the build'
grep -q 'CHECK a.c' out && grep -q 'CHECK b.c' out || fail "not every unit is a command: $(cat out)"
ninja >out 2>&1
grep -q CHECK out && fail "nothing changed, but: $(cat out)"
"$PROOFMARK_ANALYZE" check -p compile_commands.json --policy policy.json --evidence whole.json --no-cache >out 2>err
"$PROOFMARK_ANALYZE" merge a.json b.json --evidence joined.json >out 2>err
cmp whole.json joined.json || fail 'the parts say something else'
sleep 1; echo '#define N 5' >n.h
ninja >out 2>&1
grep -q 'CHECK a.c' out || fail "a header changed, but: $(cat out)"
grep -q 'CHECK b.c' out && fail "b.c does not read the header, but: $(cat out)"
finish
