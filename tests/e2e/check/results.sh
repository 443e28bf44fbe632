#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Results of units are kept: what has not changed is not analysed again, in this checkout or another, for this board or
# another; what has changed is; and no damaged entry is believed. Evidence never tells whether a result was kept.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

# project DIR: two sources with a header, built in DIR/build. The second has a finding.
project() {
  mkdir -p "$1/src" "$1/first" "$1/second" "$1/build"
  echo '#define LENGTH 4' >"$1/second/length.h"
  printf '#include "length.h"\nint a(int i) { return i < LENGTH ? i : 0; }\n' >"$1/src/a.c"
  printf '#include "length.h"\n#if __has_include("extra.h")\nint extra;\n#endif\nint b(int i);\n%s\n' \
    'int b(int i) { int v[LENGTH] = {1, 2, 3, 4}; if (i == LENGTH) return v[i]; return 0; }' >"$1/src/b.c"
  git init -q "$1"
  entries "$1" "$1/build"
}
# entries DIR BUILD [FLAG]: BUILD's compile database of the project in DIR.
entries() {
  local file separator=''
  mkdir -p "$2"
  {
    printf '['
    for file in a b; do
      printf '%s{"directory": "%s", "file": "%s", "arguments": ["clang-19", "-O2", "-I%s/first", "-I%s/second", %s"-c", "%s", "-o", "%s.o"]}' \
        "$separator" "$2" "$1/src/$file.c" "$1" "$1" "${3:+\"$3\", }" "$1/src/$file.c" "$file"
      separator=,
    done
    printf ']'
  } >"$2/compile_commands.json"
}
policy() { # PMS101-LEVEL PMF003-LEVEL
  printf '{"name": "p", "version": 1, "description": "d", "rules": {"PMS101": "%s", "PMF003": "%s"}}' "$1" "$2" >policy.json
}
# run WHAT KEPT ANALYSES BUILD [OPTION...]: checks, and compares how many units came from the cache.
run() {
  local what=$1 kept=$2 analyses=$3 build=$4
  shift 4
  "$PROOFMARK_ANALYZE" check -p "$build" --policy policy.json -j 2 --evidence out.json "${@:---cache=cache}" >out 2>err
  [ $? -le 1 ] || fail "$what: $(cat out err)"
  grep -q "proofmark: $kept of 2 units from the cache, $analyses analys" err || fail "$what: expected $kept kept and $analyses analysed: $(cat err)"
}

mkdir one two
project "$work/one/project"
policy must should
one=$work/one/project/build

run 'an empty cache' 0 2 "$one"
cp out.json cold.json
grep -q '"rule": "PMS10' cold.json || fail "the sample has no finding: $(cat out)"
[ "$(stat -c %a cache)" = 700 ] || fail 'the cache can be read by others'
run 'nothing changed' 2 0 "$one"
cmp cold.json out.json || fail 'the evidence tells that the results were kept'

# Nothing is forked and no compiler is asked for what is known.
if command -v strace >/dev/null && strace -o trace -e trace=execve true 2>/dev/null; then
  strace -f -o trace -e trace=execve,fork,vfork,clone,clone3 "$PROOFMARK_ANALYZE" check -p "$one" --policy policy.json --cache cache >out 2>err
  [ "$(grep -cE '(execve|fork|clone3?)\(' trace)" = 1 ] || fail "what is known starts processes: $(head -n 5 trace)"
fi

# What a unit depends on: its source, headers, headers that are not there, flags, and what the policy says of its rules.
sleep 0.01; touch one/project/src/*.c one/project/second/*.h
run 'new times' 2 0 "$one"
printf '// a comment\n' >>one/project/src/a.c
run 'one source' 1 1 "$one"
echo '#define LENGTH 3' >one/project/first/length.h
run 'a header earlier in the search path' 0 2 "$one"
rm one/project/first/length.h
run 'gone again' 2 0 "$one"
echo >one/project/second/extra.h
run 'what __has_include looked for' 1 1 "$one"
rm one/project/second/extra.h
echo '#define LENGTH 5' >one/project/second/length.h
run 'a header' 0 2 "$one"
echo '#define LENGTH 4' >one/project/second/length.h
run 'the header as it was' 2 0 "$one"
entries "$work/one/project" "$one" -DNEW
run 'a definition' 0 2 "$one"
entries "$work/one/project" "$one" -g
run 'debug information' 2 0 "$one"
policy must must
run 'a rule on flags' 2 0 "$one"
policy should must
run 'a rule on the source' 0 2 "$one"
policy must should

# Another checkout, another build directory, other boards: one analysis for all, and every path is the reader's own.
rm -rf one/project cache
project "$work/one/project"
project "$work/two/project"
run 'the first checkout' 0 2 "$one"
run 'another checkout' 2 0 "$work/two/project/build"
cp out.json there.json
run 'fresh in that checkout' 0 2 "$work/two/project/build" --cache=fresh
cmp there.json out.json || fail "another checkout's result says something else: $(diff there.json out.json | head -n 5)"
grep -q "$work/one" there.json && fail 'a path of the other checkout is left'
rm -rf one/project/.git two/project/.git
run 'a release' 0 2 "$one" --cache=release
run 'another release' 2 0 "$work/two/project/build" --cache=release
for board in 1 2 3 4 5 6 7 8; do
  entries "$work/one/project" "$work/boards/$board" "-ffile-prefix-map=$work/boards/$board=."
  kept=2 analyses=0
  [ $board != 1 ] || kept=0 analyses=2
  run "board $board" $kept $analyses "$work/boards/$board" --cache=boards.cache
done
# In one run, too: the same unit for two targets.
jq '. + .' "$one/compile_commands.json" >"$work/two/compile_commands.json"
"$PROOFMARK_ANALYZE" check -p two --policy policy.json --cache twice >out 2>err
grep -q '0 of 4 units from the cache, 2 analyses' err || fail "the same unit twice: $(cat err)"

# Damaged, foreign and swapped entries: seen, said, replaced, never believed.
for damage in 'truncate -s 0' 'truncate -s 100' 'sed -i s/analysed/analysee/' 'sed -i s/proofmark-cache/proofmark-cachf/' 'chmod 666' 'sed -i s/%S/%Q/'; do
  find cache -type f | while read -r entry; do $damage "$entry"; done
  run "$damage" 0 2 "$one"
  [ "$damage" = 'truncate -s 0' ] || grep -q 'of the cache were damaged or not ours' err || fail "$damage: nothing said"
  cmp -s cold.json out.json || fail "$damage: other evidence"
  run "after $damage" 2 0 "$one"
done
mapfile -t results < <(find cache/result -type f | sort)
cp "${results[0]}" swapped; cp "${results[1]}" "${results[0]}"; cp swapped "${results[1]}"
run 'swapped entries' 0 2 "$one"
chmod 777 cache
"$PROOFMARK_ANALYZE" check -p "$one" --policy policy.json --cache cache >out 2>err
grep -q 'warning: the cache is not used' err || fail "a cache that everybody can write to: $(cat err)"
chmod 700 cache

# A unit that a compiler must refuse is kept as one, until what it looked for is there; one that crashed is tried again.
failing() { # WHAT KEPT ANALYSES
  "$PROOFMARK_ANALYZE" check -p "$one" --policy policy.json --cache cache >out 2>err
  [ $? = 3 ] || fail "$1: could be told"
  grep -q 'this unit could not be analysed' out || fail "$1: $(cat out)"
  grep -q "proofmark: $2 of 2 units from the cache, $3 analys" err || fail "$1: expected $2 kept and $3 analysed: $(cat err)"
}
printf '#include "late.h"\nint a;\n' >one/project/src/a.c
failing 'a header that is missing' 1 1
cp out refused
failing 'the same again' 2 0
cmp out refused || fail 'a kept refusal says something else'
echo >one/project/first/late.h
run 'a header that has come' 1 1 "$one"
printf 'int broken(\n' >one/project/src/a.c
failing 'no C' 1 1
failing 'no C again' 2 0
printf '#pragma clang __debug crash\n' >one/project/src/a.c
failing 'a crash' 1 1
failing 'a crash again' 1 1
printf '#include "length.h"\nint a(int i) { return i < LENGTH ? i : 0; }\n' >one/project/src/a.c

# Options.
"$PROOFMARK_ANALYZE" check -p "$one" --policy policy.json --no-cache >out 2>err
grep -q 'from the cache' err && fail '--no-cache uses the cache'
"$PROOFMARK_ANALYZE" check -p "$one" --policy policy.json --cache empty --cache-readonly >out 2>err
[ "$(find empty -type f | wc -l)" = 0 ] || fail '--cache-readonly writes'
expect 2 '' check -p "$one" --policy policy.json --cache a --no-cache
expect 0 'entries' cache show --cache cache
expect 0 'entries removed' cache trim --max-size 1k --cache cache
expect 0 ': 0 entries' cache clear --cache cache
expect 3 'no such cache' cache show --cache none

# A run that is killed keeps what was done.
rm -rf cache
for i in $(seq 20); do cp one/project/src/b.c "one/project/src/c$i.c"; done
jq --arg dir "$work/one/project" '[.[0] as $unit | range(1; 21) | . as $i | $unit | .file = "\($dir)/src/c\($i).c" | .arguments |= map(sub("/a\\.c$"; "/c\($i).c"))]' \
  "$one/compile_commands.json" >many.json
"$PROOFMARK_ANALYZE" check -p many.json --policy policy.json --cache cache >out 2>err &
run_id=$!
for _ in $(seq 200); do [ "$(find cache/manifest -type f 2>/dev/null | wc -l)" -lt 3 ] || break; sleep 0.02; done
kill -9 $run_id
wait $run_id 2>/dev/null
"$PROOFMARK_ANALYZE" check -p many.json --policy policy.json --cache cache >out 2>err
kept=$(sed -n 's/^proofmark: \([0-9]*\) of 20 units from the cache.*/\1/p' err)
[ "${kept:-0}" -ge 3 ] || fail "a killed run kept ${kept:-nothing}: $(cat err)"
finish
