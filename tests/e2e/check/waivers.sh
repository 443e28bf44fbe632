#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Waivers in comments: what they cover and what not, when they end, what a policy admits, and that each is judged where
# all units that see it are known. Dates are relative to today, in UTC as the tool's.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

day() { date -u -d "$1 days" +%F; }
next=$(day 30)
# A whole waiver of the rules given, 30 days long.
waive() { printf 'proofmark: waive(%s) owner="jane" expires=%s reason="start-up code"' "$1" "$next"; }
weak='__attribute__((no_stack_protector)) void receive(void);'
whole=("${amd64[@]}")

# The unit's lines from the second on.
source_is() { printf '%s\n' 'extern int first;' "$@" >src/weak.c; }
nothing_about_waivers() { ! grep -F '[PMX' out || fail 'nothing is wrong with the waivers'; }
waived() {
  expect 0 ', 1 waived' "${whole[@]}"
  nothing_about_waivers
}
# blocked TEXT: the finding is there, and TEXT.
blocked() {
  expect 1 "$1" "${whole[@]}"
  grep -qF '[PMS201]' out || fail "no finding is left: $(cat out)"
}

database "clang-19 $clang_flags" src/weak.c
source_is "$weak"
blocked ', 0 waived'

# Beside its code, above it, with other comments or another waiver between, before it on the line, as a block.
source_is "$weak // $(waive PMS201)"
waived
waived # kept from the run before
grep -q '1 of 1 unit from the cache' err || fail "nothing was kept: $(cat err)"
source_is "// $(waive PMS201)" "$weak"
waived
source_is "// $(waive PMS201)" '' '/* more' ' * to say */' "$weak"
waived
source_is "/* $(waive 'PMS202, PMS201') */ $weak"
expect 0 'waiver of PMS202 for line 2 by jane covers no finding [PMX002]' "${whole[@]}"
grep -qF '1 waived' out || fail "a second rule keeps the first from being waived: $(cat out)"
source_is '/* proofmark: waive(PMS201)' ' *   owner="jane"' " *   expires=$next reason=\"start-up" ' *   code" */' "$weak"
waived

# Not: another line, another rule, beside other code, a string, the body of a macro, a branch that is switched off.
unused='waiver of PMS201 for line 2 by jane covers no finding [PMX002]'
source_is "extern int before; // $(waive PMS201)" "$weak"
blocked "$unused"
source_is "// $(waive PMS201)" 'extern int between;' "$weak"
blocked 'for line 3 by jane covers no finding'
source_is "$weak // $(waive PMS204)"
blocked 'waiver of PMS204 for line 2 by jane covers no finding'
quoted=$(waive PMS201)
source_is "const char *text = \"// ${quoted//\"/\\\"}\";" "$weak"
blocked ', 0 waived'
nothing_about_waivers
source_is "#define WEAK \\" "  __attribute__((no_stack_protector)) /* $(waive PMS201) */" 'WEAK void receive(void);'
blocked 'for line 3 by jane covers no finding'
source_is "#define TEXT(x) #x" "const char *text = TEXT(// $(waive PMS201)" ');' "$weak"
blocked 'for line 3 by jane covers no finding'
source_is '#if 0' "// $(waive PMS201)" '#endif' "$weak"
blocked ', 0 waived'
nothing_about_waivers
source_is "$weak" "// $(waive PMS201)"
blocked 'src/weak.c:3:1: error: this waiver covers nothing: no code follows it [PMX003]'

# #line neither brings a finding to a waiver nor takes one away.
source_is "// $(waive PMS201)" 'extern int here;' '#line 3' "$weak"
blocked 'src/weak.c:2: warning: waiver of PMS201 for line 3'
source_is '#line 70 "other.c"' "// $(waive PMS201)" "$weak"
waived

# Until the last day, and not after it.
lasts() { source_is "// proofmark: waive(PMS201) owner=jane expires=$(day "$1") reason=why" "$weak"; }
lasts +1
waived
lasts 0
waived
lasts -1
blocked "src/weak.c:2: error: waiver of PMS201 for line 3 by jane expired on $(day -1) [PMX001]"

# Whatever is not whole covers nothing.
wrong() { # FIELDS "MESSAGE"
  source_is "// proofmark: waive(PMS201) $1" "$weak"
  blocked "src/weak.c:2:1: error: this waiver covers nothing: $2 [PMX003]"
}
wrong "owner=\"\" expires=$next reason=\"why\"" '"owner" is empty'
wrong "owner=\"jane\" expires=$next reason=\"\"" '"reason" is empty'
wrong "owner=\"jane\" expires=$next" '"reason" is missing'
wrong "owner=\"jane\" owner=\"joe\" expires=$next reason=\"why\"" '"owner" is there twice'
wrong "owner=\"jane\" expires=$next reason=\"why\" until=\"x\"" 'unknown field "until" (expected owner, expires or reason)'
wrong $'owner="jane" expires='"$next"$' reason="\xE2\x80\xAEyhw"' '"reason" holds a character that reorders or hides text (U+202E)'
source_is "// $(waive PMX003)" "$weak"
blocked "this waiver covers nothing: PMX003: a finding about a waiver can't be waived [PMX003]"

# What the policy does not admit, by comment or by file.
source_is "// $(waive PMS201)" "$weak"
with_terms() { jq ".parameters.waivers = $1" "$BOARDS_DIR/policies/openssf-2026-06.json" >terms.json; }
if command -v jq >/dev/null; then
  whole=(check -p . --policy terms.json)
  with_terms '{"forbid": ["PMS1", "PMS201"]}'
  blocked 'is not admitted: the policy forbids to waive PMS201 [PMX003]'
  expect 1 '' "${whole[@]}" --evidence forbidden.json
  with_terms '{"max-days": 29}'
  blocked "is not admitted: it ends on $next, and the policy admits no more than 29 days from today [PMX003]"
  with_terms '{"max-days": 30}'
  waived
  with_terms '{"in-source": false}'
  blocked 'is not admitted: the policy admits no waivers in the source [PMX003]'
  with_terms '{"forbid": ["PMS9"]}'
  expect 3 'terms.json: parameters of "waivers", forbid: "PMS9" is no rule and begins none' "${whole[@]}"
  # A file of waivers that only the join is given is held to the same terms.
  printf '{"waivers": [{"rule": "PMS201", "place": "**", "reason": "r", "owner": "o", "expires": "%s"}]}' "$next" >all.json
  expect 1 'waiver of PMS201 for ** by o is not admitted: the policy forbids to waive PMS201' merge forbidden.json --waivers all.json
  whole=("${amd64[@]}")
fi

# A header's waivers: several units see them, and one is enough that one of them is of use. A single unit does not say
# that a waiver is unused, the whole build and the join do.
printf '%s\n' '#ifdef WEAK' "// $(waive PMS201)" "$weak" '#endif' 'extern int shared;' "// $(waive PMS201)" 'extern int other;' >src/both.h
for unit in one two; do printf '#include "both.h"\nextern int %s;\n' $unit >src/$unit.c; done
sed -i '1i #define WEAK' src/two.c
database "clang-19 $clang_flags" src/one.c src/two.c
unused='src/both.h:6: warning: waiver of PMS201 for line 7 by jane covers no finding [PMX002]'
only_one() { # that is unused, and nothing else is wrong
  [ "$(grep -c 'covers no finding' out)" = 1 ] || fail "expected one unused waiver: $(cat out)"
}
expect 0 '1 waived in 2 units' "${whole[@]}" --evidence whole.json
grep -qF "$unused" out || fail "unused, but not said so: $(cat out)"
only_one
expect 0 ', 0 waived' "${whole[@]}" src/one.c --evidence one.json
nothing_about_waivers
expect 0 ', 1 waived' "${whole[@]}" src/two.c --evidence two.json
nothing_about_waivers
expect 0 "$unused" merge one.json two.json --evidence both.json
only_one
cmp -s whole.json both.json || fail "the parts do not add up: $(diff whole.json both.json)"
for part in 1 2; do
  expect 0 '' "${whole[@]}" --shard $part/2 --evidence part$part.json
  nothing_about_waivers
done
expect 0 "$unused" merge part1.json part2.json
only_one
# Two builds that each found the waiver unused or used are judged anew.
database "clang-19 $clang_flags" src/one.c
expect 0 "$unused" "${whole[@]}" --evidence one.json
expect 0 "$unused" merge one.json two.json
only_one
if command -v jq >/dev/null; then
  jq -e --arg next "$next" '(.source_waivers | map([.rule, .owner, .reason, .expires, .line, .covers, .used])) ==
      [["PMS201", "jane", "start-up code", $next, 2, 3, true], ["PMS201", "jane", "start-up code", $next, 6, 7, false]]
    and .waived == {"by_owner": {"jane": 1}, "by_rule": {"PMS201": 1}} and .counts.waived == 1' both.json >/dev/null ||
    fail "the evidence does not list the waivers: $(jq .source_waivers both.json)"
  jq '.waived.by_owner.jane = 0' both.json >edited.json
  expect 3 '"waived" contradicts the findings' merge edited.json
fi

# A system header waives nothing and breaks nothing.
mkdir sys
printf '%s\n' "// proofmark: waive()" "// $(waive PMS201)" "$weak" >sys/sys.h
printf '#include <sys.h>\nextern int use;\n' >src/one.c
database "clang-19 $clang_flags -isystem sys" src/one.c
expect 0 ', 0 waived' "${whole[@]}" --evidence system.json
nothing_about_waivers
grep -q source_waivers system.json && fail 'a system header holds a waiver'

# SARIF: suppressed, with the reason.
source_is "// $(waive PMS201)" "$weak"
database "clang-19 $clang_flags" src/weak.c
expect 0 'start-up code (owner jane)' "${whole[@]}" --format sarif
[ "$(grep -c '"kind": "inSource"' out)" = 1 ] || fail 'SARIF does not say that a comment waives'
source_is "$weak"
printf '{"waivers":[{"rule":"PMS201","place":"src/weak.c","reason":"start-up code","owner":"jane","expires":"%s"}]}' "$next" >w.json
expect 0 'start-up code (owner jane)' "${whole[@]}" --format sarif --waivers w.json
[ "$(grep -c '"kind": "external"' out)" = 1 ] || fail 'SARIF says that a comment waives'
expect 0 '# PMX003 waiver-refused' explain pmx003
finish
