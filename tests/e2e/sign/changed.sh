#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Evidence of `check --changed-since` is a quick answer and no proof: the units that it left out stay unproved, and `sign`
# names them. With the evidence of the whole build the same file is signed.
# Environment: SIGN, VECTORS, ANALYZE, ELF.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
command -v clang-19 >/dev/null || { echo 'skipped: no clang-19'; exit 77; }
export GIT_CONFIG_GLOBAL=/dev/null XDG_CACHE_HOME=$work/cache
mkdir -p tree build boards/arch boards/policies
rules=$({ "$ANALYZE" rules; "$ELF" rules; } | awk '{ printf "%s\"%s\": \"off\"", separator, $1; separator = ", " }')
printf '{"name": "lax", "version": 1, "rules": {%s}}' "$rules" >boards/policies/lax.json
echo '{"name": "arch/amd64", "architecture": "amd64", "machine": "x86_64", "triple": "x86_64-linux-gnu", "policy": "lax"}' >boards/arch/amd64.json
echo '{"name": "gateway", "inherits": "arch/amd64"}' >boards/gateway.json

echo 'int net(void); int main(void) { return net(); }' >tree/main.c
echo 'int net(void); int net(void) { return 0; }' >tree/net.c
{
  printf '['
  for name in main net; do
    printf '%s{"directory": "%s/tree", "file": "%s.c", "command": "clang-19 -g -c %s.c"}' "${separator-}" "$work" $name $name
    separator=,
  done
  printf ']'
} >build/compile_commands.json
git init -q tree && git -C tree add . && git -C tree -c user.name=a -c user.email=a@b commit -qm 1
echo '// changed' >>tree/net.c
(cd tree && clang-19 -g -c main.c net.c && clang-19 -static main.o net.o -o ../in.elf) || { echo 'skipped: nothing can be linked'; exit 77; }

check() { "$ANALYZE" check -p build --board gateway --boards-dir boards "$@" >/dev/null; }
succeeds check --evidence whole.json
succeeds check --evidence changed.json --changed-since HEAD
[ "$(jq '.units | length' changed.json)" = 1 ] || fail 'the change concerns more than one unit'
"$ELF" audit in.elf --board gateway --boards-dir boards --evidence audit.json >audit.txt || fail "$(cat audit.txt)"
# The C library is prebuilt: that is not what this is about.
jq '.prebuilt = [] | .verdict = "pass"' audit.json >bare.json
gate() { "$SIGN" sign --boards-dir boards --board gateway --key "$VECTORS/es256.pem" "$@" --evidence bare.json in.elf -o out; }
succeeds gate --evidence whole.json
rm -f out
cases=$((cases + 1))
found=$(gate --evidence changed.json 2>&1)
[ $? = 1 ] || fail "signed: $found"
grep -q 'unit was not analysed for board gateway: .*main\.c' <<<"$found" || fail "the unit is not named: $found"
grep -q 'net\.c' <<<"$found" && fail "a unit that was analysed is named: $found"
[ ! -e out ] || fail 'a refused file was written'
finish
