#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The gate of bundles: a tree whose ELF files were all proved makes a proven bundle that says of them what holds of each, and one
# file that was not makes none.
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/e2e/sign/evidence.sh
. "$(dirname "$0")/../sign/evidence.sh"
key=$VECTORS/es256.pem

# prove IN OUT OPTION...: signs with evidence for IN.
prove() {
  local in=$1 out=$2
  shift 2
  check_evidence /src/net.c >check.json
  audit_evidence true "$(sha256sum "$in" | cut -d' ' -f1)" >audit.json
  succeeds "$SIGN" sign --boards-dir boards --board gateway-1 --key "$key" --evidence check.json --evidence audit.json "$@" "$in" -o "$out"
}
proven() { "$SIGN" bundle --boards-dir boards --board gateway-1 --trust "$VECTORS/es256.pub.pem" --key "$key" tree -o bundle "$@"; }
refuses() { # TEXT: and nothing is written
  rm -f bundle
  says 1 "$1" proven
  [ ! -e bundle ] || fail "written in spite of: $1"
}

mkdir -p tree/bin tree/etc tree/lib
printf 'not ELF' >tree/etc/hosts
prove "$VECTORS/amd64.elf" tree/bin/app
cp "$VECTORS/amd64.elf" tree/lib/beside && prove tree/lib/beside tree/lib/beside.proofmark --detached
says 0 ', proven, content' proven
says 0 'as the bundle says' "$SIGN" verify --board gateway-1 --trust "$VECTORS/es256.pub.pem" --root tree bundle
says 0 'proof             proven, 4 of 4 units analysed, 0 findings, 4 waivers' "$SIGN" info bundle
says 0 'properties        pie relro path-sensitive' "$SIGN" info bundle
says 0 "policy            $policy" "$SIGN" info bundle
says 1 'NOT TRUSTED: 604' "$SIGN" verify --board gateway-2 --trust "$VECTORS/es256.pub.pem" bundle

cp "$VECTORS/amd64.elf" tree/bin/plain
refuses 'bin/plain: ELF file without a mark'
says 0 ', UNPROVEN, content' proven --allow-unproven
sign_unproven tree/bin/plain -o tree/bin/plain >/dev/null 2>&1
refuses 'bin/plain: its mark is refused for board gateway-1: '
prove "$VECTORS/amd64.elf" tree/bin/plain --key "$VECTORS/es384.pem"
says 0 ', proven, content' proven
cp tree/bin/app tree/bin/plain && flip tree/bin/plain 100
refuses 'bin/plain: its mark is refused for board gateway-1: '
rm tree/bin/plain
says 1 'no trusted key was named' "$SIGN" bundle --boards-dir boards --board gateway-1 --key "$key" tree -o none
echo '{"name": "gate", "rules": {"PMF003": "must"}}' >boards/policies/gate.json
refuses 'bin/app: proved by another policy than that of board gateway-1'
rm -r tree/bin tree/lib
refuses 'there is no ELF file in it, so nothing was proved'

# What a killed signer leaves behind goes on no device.
touch tree/etc/.proofmark-0123456789abcdef
says 3 'tree/etc/.proofmark-0123456789abcdef: is the unfinished output of a signer that was killed' proven --allow-unproven
mv tree/etc/.proofmark-0123456789abcdef tree/etc/.proofmark-notes
says 0 ', UNPROVEN, content' proven --allow-unproven
finish
