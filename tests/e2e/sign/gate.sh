#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The gate on the command line: with complete evidence the mark says proven; whatever is missing is named and nothing is
# written. (Each single shortfall is in unit.signer.gate.)
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/e2e/sign/evidence.sh
. "$(dirname "$0")/evidence.sh"
cp "$VECTORS/amd64.elf" in.elf
artifact=$(sha256sum in.elf | cut -d' ' -f1)
check_evidence /src/net.c >check.json
audit_evidence true "$artifact" >audit.json
gate() { "$SIGN" sign --boards-dir boards --board gateway-1 --key "$VECTORS/es256.pem" "$@" in.elf -o out; }

succeeds gate --evidence check.json --evidence audit.json
expect 0 "out: trusted: in.elf, executable, security version 0, proven, signed by 3305708d563700ae (TEST KEY)" \
  "$SIGN" verify --board gateway-1 --trust "$VECTORS/es256.pub.pem" out
expect 1 "out: NOT TRUSTED: 604: signed for another board; the mark is for gateway-1" \
  "$SIGN" verify --board gateway-2 --trust "$VECTORS/es256.pub.pem" out
cases=$((cases + 1))
"$SIGN" info out | grep -qx "proof             proven, 2 of 2 units analysed, 0 findings, 2 waivers" || fail "$("$SIGN" info out)"
"$SIGN" info out | grep -qx "properties        pie relro path-sensitive" || fail "$("$SIGN" info out)"
"$SIGN" info out | grep -qx "policy            $policy" || fail "$("$SIGN" info out)"

rm out
hint="hint: cure what is named above, or sign with --allow-unproven, which devices refuse unless their trust allows it"
check_evidence /src/other.c >check.json
audit_evidence false "$artifact" >audit.json
expect 1 "proofmark: error: in.elf: audit.json: prebuilt archive without a waiver: libc.a
proofmark: error: in.elf: unit was not analysed for board gateway-1: /src/net.c
proofmark: error: in.elf: not signed: not proved (2 reasons)
$hint" gate --evidence check.json --evidence audit.json
audit_evidence true "$(printf '0%.0s' {1..64})" >audit.json
expect 1 "proofmark: error: in.elf: no audit of this file for board gateway-1 (expected artifact $artifact)
proofmark: error: in.elf: not signed: not proved (1 reason)
$hint" gate --evidence check.json --evidence audit.json
echo '{"name": "gate", "rules": {"PMF003": "must"}}' >boards/policies/gate.json
check_evidence /src/net.c >check.json
audit_evidence true "$artifact" >audit.json
new_policy=$(sha256sum boards/policies/gate.json | cut -d' ' -f1)
expect 1 "proofmark: error: in.elf: check.json: judged by another policy (expected gate $new_policy, found gate $policy)
proofmark: error: in.elf: audit.json: judged by another policy (expected gate $new_policy, found gate $policy)
proofmark: error: in.elf: not signed: not proved (2 reasons)
$hint" gate --evidence check.json --evidence audit.json
expect 1 "proofmark: error: in.elf: no board was named, so no policy applies
proofmark: error: in.elf: not signed: not proved (1 reason)
$hint" "$SIGN" sign --key "$VECTORS/es256.pem" in.elf -o out
echo '{"proofmark_evidence": 1' >check.json
expect 3 "proofmark: error: check.json: bad evidence: not JSON" gate --evidence check.json --evidence audit.json
expect 3 "proofmark: error: none.json: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read" gate --evidence none.json
[ ! -e out ] || fail 'a refused file was written'

finish
