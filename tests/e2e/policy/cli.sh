#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `policy list`, `show` and `diff`: exact tables, exit codes, and that every program refuses a policy with a misspelt rule,
# also one of another program's rules. Rules that the test policies do not name are left out of the golden table, so that
# a new rule does not change it, and runs of blanks, since its name could widen a column; that all are listed is counted.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/*.json "$work"
cd "$work" || exit 1
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# expect CODE "TEXT" PROGRAM ARGUMENTS...
expect() {
  local code=$1 text=$2 found
  shift 2
  "$@" >out 2>err
  found=$?
  [ "$found" = "$code" ] || fail "${*:2}: exit code $found (expected $code): $(head -n 3 out err)"
  [ -z "$text" ] || grep -qF -- "$text" out err || fail "${*:2}: no \"$text\" in: $(head -n 8 out err)"
}

golden() { diff "$here/golden/$1" - || fail "$1 differs"; }

policy=("$PROOFMARK_ANALYZE" policy --boards-dir "$BOARDS_DIR")

# Each shipped policy is listed, can be shown, and names every rule.
expect 0 'openssf-2026-06   OpenSSF Compiler Options' "${policy[@]}" list
[ "$(wc -l <out)" = "$(($(ls "$BOARDS_DIR"/policies/*.json | wc -l) - 1))" ] || fail "list: $(cat out)"
while read -r name _; do
  expect 0 "policy $name, sha256 $(sha256sum "$BOARDS_DIR/policies/$name.json" | cut -d' ' -f1)" "${policy[@]}" show "$name"
  grep -q ' default$' out && fail "$name leaves a rule its default: $(grep ' default$' out)"
  expect 0 'ask the same' "${policy[@]}" diff "$name" "$BOARDS_DIR/policies/$name.json"
done <<<"$("${policy[@]}" list)"
expect 0 '' "${policy[@]}" show openssf-2026-06
grep -qE '^PME010  branch-protection +advisory  x86_64$' out || fail 'show: no condition'
grep -A1 '^PME010' out | grep -qE '^ +must      otherwise$' || fail 'show: no level for all else'

# Golden tables.
expect 0 '' "${policy[@]}" show before.json
grep -v ' default$' out | sed '1s/sha256 [0-9a-f]*/sha256 .../' | tr -s ' ' | golden show.txt
listed=$(grep -cE '^PM[A-Z][0-9]{3} ' out)
existing=$({ "$PROOFMARK_ANALYZE" rules; "$PROOFMARK_ELF" rules; } | wc -l)
[ "$listed" = $((existing + $(grep -cE '^PMX' out))) ] || fail "show: $listed rules (expected $existing and those of waivers)"
expect 1 '' "${policy[@]}" diff before.json after.json
golden diff.txt <out
expect 1 '' "${policy[@]}" diff after.json before.json
golden diff-back.txt <out

# A change that only renames is none.
sed 's/"name": "before"/"name": "renamed"/; s/"description".*/"description": "other",/' before.json >renamed.json
expect 0 'before and renamed ask the same' "${policy[@]}" diff before.json renamed.json

# JSON, with the same exit codes.
if command -v jq >/dev/null; then
  expect 0 '' "${policy[@]}" show before.json --format json
  jq -e '(.rules[] | select(.id == "PMF011") | .named and .name == "strict-flex-arrays"
      and .levels == [{"level": "off", "when": {"compiler": "gcc", "below": 13}}, {"level": "must"}])
    and .enforced_warnings == ["format", "format-security"] and (.prebuilt | length) == 3' out >/dev/null || fail "$(cat out)"
  expect 1 '' "${policy[@]}" diff before.json after.json --format json
  jq -e '.same == false and [.rules[] | .id + " " + .change] == ["PMF001 laxer", "PMF004 stricter", "PMF010 mixed"]' out \
    >/dev/null || fail "$(cat out)"
  expect 0 '' "${policy[@]}" diff before.json before.json --format json
  jq -e '.same' out >/dev/null || fail "$(cat out)"
fi

# Usage and errors.
expect 2 'hint: proofmark-analyze --help' "${policy[@]}"
expect 2 'hint: proofmark-analyze --help' "${policy[@]}" show
expect 2 '' "${policy[@]}" diff before.json
expect 3 'hint: known policies: debian, oe-core' "${policy[@]}" show opnessf
expect 3 'nowhere.json: can'"'"'t open' "${policy[@]}" diff before.json nowhere.json

# A misspelt rule or parameter is refused by both programs, whosever rule it is.
echo '[]' >compile_commands.json
for wrong in 's/PMF001/PMF801/' 's/PME004/PME804/' 's/"minimum": 2/"minimum": "2"/' 's/"minimum"/"minimun"/' 's/"gcc"/"icc"/'; do
  sed "$wrong" before.json >wrong.json
  cmp -s before.json wrong.json && fail "$wrong changes nothing"
  expect 3 'wrong.json: ' "${policy[@]}" show wrong.json
  expect 3 'wrong.json: ' "$PROOFMARK_ANALYZE" check -p . --policy wrong.json
  expect 3 'wrong.json: ' "$PROOFMARK_ELF" audit /bin/true --policy wrong.json
done
[ "$failures" = 0 ] && echo ok
exit $((failures != 0))
