#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# --changed-since: the units that a change concerns, by what they read or looked for, whether or not earlier runs know it;
# every unit, and the reason, where that cannot be told.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a
mkdir -p tree/src tree/first tree/second build
echo '#define A 1' >tree/second/a.h
echo '#define B 1' >tree/second/b.h
printf '#include "a.h"\nint f(void) { return A; }\n' >tree/src/f.c
printf '#include "b.h"\nint g(void) { return B; }\n' >tree/src/g.c
printf '#if __has_include("c.h")\n#include "c.h"\n#endif\nint h(void) { return 1; }\n' >tree/src/h.c
touch tree/CMakeLists.txt tree/README
database "clang-19 -O2 -I$work/tree/first -I$work/tree/second" "$work"/tree/src/{f,g,h}.c
mv compile_commands.json build/
git init -q -b main tree && git -C tree add . && git -C tree commit -qm 1
git -C tree checkout -qb topic

# concerned "UNITS" WHAT [OPTION...]: which are checked, with nothing known and with everything known.
concerned() {
  local expected=$1 what=$2 cache found
  shift 2
  for cache in "--no-cache" "--cache=$work/cache" "--cache=$work/cache"; do
    "$PROOFMARK_ANALYZE" check -p build --board qemu-amd64 --boards-dir "$BOARDS_DIR" --changed-since main "$cache" "$@" \
      --evidence out.json >out 2>err
    found=$(jq -r '[.units[].source | sub(".*/"; "")] | sort | join(" ")' out.json)
    [ "$found" = "$expected" ] || fail "$what ($cache): checks \"$found\" (expected \"$expected\"): $(cat err)"
  done
}
undo() { git -C tree checkout -q . && git -C tree clean -qfd; }

"$PROOFMARK_ANALYZE" check -p build --board qemu-amd64 --boards-dir "$BOARDS_DIR" --cache cache >out 2>err
concerned '' 'nothing changed'
echo '#define A 2' >tree/second/a.h
concerned 'f.c' 'a header'
undo
echo >>tree/src/g.c
concerned 'g.c' 'a source'
git -C tree commit -qam 2
concerned 'g.c' 'a commit'
git -C tree reset -q --hard main
[ ! -e tree/first ] || fail 'the folder is there'
mkdir tree/first; echo '#define A 2' >tree/first/a.h
concerned 'f.c' 'a new folder earlier in the search path'
undo
mkdir tree/first; touch tree/first/x.h
git -C tree add first; git -C tree commit -qm first; git -C tree branch -f main
echo '#define A 2' >tree/first/a.h
concerned 'f.c' 'a new header earlier in the search path'
undo
rm -r tree/first # where it is not there, no names are looked for in it
"$PROOFMARK_ANALYZE" check -p build --board qemu-amd64 --boards-dir "$BOARDS_DIR" --changed-since main --no-cache --evidence out.json >out 2>err
[ "$(jq '.units | length' out.json)" = 3 ] || fail "a folder of the search path that is gone: $(cat err)"
undo
echo >tree/second/c.h
concerned 'h.c' 'a header that __has_include looked for'
undo
echo x >>tree/README
concerned '' 'what no unit reads'
undo
# What others changed since is not of the topic.
git -C tree checkout -q main && echo >>tree/src/f.c && git -C tree commit -qam other && git -C tree checkout -q topic
concerned '' 'a change on main'
# The cache knows what the unit read before it included another header; that is no longer what it reads.
printf '#include "a.h"\n#include "b.h"\nint f(void) { return A; }\n' >tree/src/f.c
git -C tree commit -qam 'on topic' && git -C tree checkout -q main && git -C tree merge -q -X theirs topic -m m && git -C tree checkout -q topic
git -C tree merge -q main
echo '#define B 2' >tree/second/b.h
concerned 'f.c g.c' 'a header that is new to a unit'
undo

# Where it cannot be told.
echo >>tree/CMakeLists.txt
concerned 'f.c g.c h.c' 'the description of the build'
grep -qF 'note: every unit is checked: CMakeLists.txt has changed, so any unit may have other flags' err || fail "no reason: $(cat err)"
undo
echo >tree/gateway_defconfig
concerned 'f.c g.c h.c' 'the configuration of the build'
undo
expect 1 'every unit is checked: no commit that nothing and HEAD have in common' check -p build --board qemu-amd64 \
  --boards-dir "$BOARDS_DIR" --changed-since nothing
rm -rf tree/.git
concerned 'f.c g.c h.c' 'no repository'
grep -q 'note: every unit is checked: ' err || fail "no reason: $(cat err)"
expect 2 'excludes' check -p build --board qemu-amd64 --boards-dir "$BOARDS_DIR" --changed-since main --shard 1/2
finish
