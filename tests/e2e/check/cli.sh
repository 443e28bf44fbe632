#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The command line: exit codes, messages, SARIF, evidence, dependency file, waivers, merge, rules and explain.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

database "clang-19 $clang_flags" src/sound.c src/unparsable.c src/network/handler.c

expect 0 'Usage: proofmark-analyze' --help
[ -s err ] && fail '--help writes to standard error'
expect 0 'proofmark-analyze ' --version
expect 2 'hint: proofmark-analyze --help' check
expect 2 'hint:' check -p .
expect 2 'hint:' "${amd64[@]}" --policy x
expect 2 'yaml' "${amd64[@]}" --format yaml
expect 3 'known boards: qemu-amd64' check -p . --board nothing --boards-dir "$BOARDS_DIR"
expect 3 'none/compile_commands.json' check -p none/compile_commands.json --board qemu-amd64 --boards-dir "$BOARDS_DIR"
expect 3 'src/modbus/crc16.h: not in' "${amd64[@]}" src/modbus/crc16.h
echo '[{"file": 3}]' >bad.json
expect 3 'entry 0 is malformed (expected a string "file")' check -p bad.json --board qemu-amd64 --boards-dir "$BOARDS_DIR"

# A unit that cannot be parsed is never silent, and the answer is "could not tell".
expect 3 'this unit could not be analysed: ' "${amd64[@]}" src/unparsable.c --evidence broken.json
grep -q '"status": "failed"' broken.json || fail 'the evidence does not say that the unit failed'

# Evidence, dependencies.
expect 0 '0 errors' "${amd64[@]}" src/sound.c --evidence sound.json --depfile sound.d
for text in '"verdict": "pass"' '"status": "analysed"' '"canary"' '"path-sensitive"' '"warnings-as-errors"'; do
  grep -qF -- "$text" sound.json || fail "the evidence has no $text"
done
grep -q '^sound.json:' sound.d || fail 'the target of the dependency file is not the evidence'
for name in src/sound.c src/modbus/crc16.h stddef.h compile_commands.json openssf-2026-06.json; do
  grep -q "/$name" sound.d || fail "$name is no dependency"
done

# SARIF does not change the exit code.
expect 1 '' "${amd64[@]}" src/network/handler.c --format sarif -o report.sarif --evidence handler.json
if command -v jq >/dev/null; then
  jq -e '.version == "2.1.0" and (.runs[0].results[0].ruleId == "PMS101")
    and (.runs[0].results[0].locations[0].physicalLocation.region.startLine == 16)
    and ([.runs[0].tool.driver.rules[].id] | index("PMF003"))' report.sarif >/dev/null || fail 'SARIF is not as expected'
fi

# Merge.
expect 1 'in 2 units' merge sound.json handler.json --evidence both.json
grep -q '"verdict": "fail"' both.json || fail 'merged evidence passes although one part fails'
expect 0 'in 1 unit ' merge sound.json
expect 3 '' merge sound.json broken.json
sed 's/qemu-amd64/qemu-arm64/' sound.json >other.json
expect 3 'board' merge handler.json other.json
expect 2 '' merge

# Layers: what was asked for and what came of it, for every rule; the evidence is in them.
database "clang-19 $clang_flags -fno-stack-protector" src/sound.c
expect 1 '' "${amd64[@]}" --layers lost.layers
database "clang-19 $clang_flags" src/sound.c src/unparsable.c src/network/handler.c
expect 1 '' "${amd64[@]}" src/network/handler.c --layers handler.layers
expect 0 '' "${amd64[@]}" src/sound.c --layers sound.layers
expect 1 'in 2 units' merge sound.layers handler.layers --layers both.layers --evidence both.json
expect 3 'not a layers file' merge sound.layers handler.json --layers both.layers
if command -v jq >/dev/null; then
  jq -e '.units[0].protections[] | select(.rule == "PMF003") | .property == "canary" and .state == "missing" and
    .requested == "-fstack-protector-strong -fno-stack-protector" and .effective == "none"' lost.layers >/dev/null ||
    fail 'the layers do not say how the canary was lost'
  jq -e '(.units | length) == 2 and (.evidence.units | length) == 2 and (.units[0].compiler | startswith("Clang 19")) and
    ([.units[].protections[].state] | unique | index("held"))' both.layers >/dev/null || fail 'the layers do not join'
fi

# Waivers.
printf '{"waivers": [{"rule": "PMS101", "place": "src/network/handler.c", "reason": "test", "owner": "me", "expires": "%s"}]}' \
  2999-12-31 >waivers.json
expect 0 '1 waived' "${amd64[@]}" src/network/handler.c --waivers waivers.json
sed -i 's/2999/2001/' waivers.json
expect 1 'PMX001' "${amd64[@]}" src/network/handler.c --waivers waivers.json

# Rules.
expect 0 'PMF003  stack-protector-strong' rules
expect 0 '# PMF003 stack-protector-strong' explain pmf003
expect 0 '# PMF003 stack-protector-strong' explain stack-protector-strong
expect 2 'no such rule' explain ../../etc/passwd

# A policy cannot ask for a warning that nobody checks.
sed 's/"format-security"/"no-such-warning"/' "$BOARDS_DIR/policies/openssf-2026-06.json" >policy.json
expect 3 '"no-such-warning", which is no warning' check -p . --policy policy.json
finish
