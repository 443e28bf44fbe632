#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# proofmark trust from the first store to a rotation: what factories do, and what must not pass. Each attack on the way has
# its refusal here with the real signer; those that need a forged payload are in unit.verify.store.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
trust() { "$SIGN" trust "$@"; }
for name in root1 root2 root3 release spare bundles; do
  succeeds "$SIGN" keygen --test --alg es256 -o $name.pem
done
id_of() { "$SIGN" keyinfo "$1.pem" | sed -n 's/^key id *//p'; }
cp "$VECTORS/amd64.elf" in.elf
cp "$VECTORS/data.bin" data.bin

# The first store: two of three roots, a key for programs of one board, one for bundles.
expect 0 'draft: version 1, a draft: proofmark trust sign makes it a store' \
  trust create --root root1.pem --root root2.pem --root root3.pem --threshold 2 -o draft
succeeds trust add-key draft release.pem --role program --board gateway-1 -o draft
succeeds trust add-key draft bundles.pem --role bundle --role configuration -o draft
succeeds trust set draft --minimum gateway-1=5 -o draft
expect 1 'proofmark: error: draft: is a draft that nobody has signed
hint: proofmark trust sign, with the root keys' trust compile draft -o trust.cpp
expect 0 'one: version 1, signed by 1 of 2 of its own roots' trust sign draft --key root1.pem -o one
expect 1 'proofmark: error: one: NOT TRUSTED: 1006: too few of the root keys trusted so far signed the trust store' trust compile one -o trust.cpp
# The same root again is still one root.
expect 0 'one: version 1, signed by 1 of 2 of its own roots' trust sign one --key root1.pem -o one
expect 0 'first: version 1, signed by 2 of 2 of its own roots' trust sign one --key root2.pem -o first
expect 1 "proofmark: error: draft: key $(id_of release) is no root key of this store
hint: --previous OLD names the store whose roots hand over" trust sign draft --key release.pem -o x
cases=$((cases + 1))
trust show first | grep -qx "key              $(id_of release) es256 256: program, gateway-1, TEST KEY" || fail "$(trust show first)"
trust show first | grep -qx 'board            gateway-1: security version 5 and above' || fail "$(trust show first)"
trust show --format json first | grep -q '"minimum_security_version": 5' || fail "$(trust show --format json first)"

# sign refuses what no device would count.
sign() { "$SIGN" sign --allow-unproven --trust "${store:-first}" "$@" 2>&1 | grep -v warning; return "${PIPESTATUS[0]}"; }
mkdir -p boards/policies && echo '{"name": "p", "rules": {}}' >boards/policies/p.json
for board in gateway-1 gateway-2; do echo "{\"name\": \"$board\", \"policy\": \"p\"}" >boards/$board.json; done
sign_for() { local board=$1; shift; sign --boards-dir boards --board "$board" "$@"; }
hint='hint: proofmark trust show first lists who may sign what'
succeeds sign_for gateway-1 --key release.pem --security-version 5 in.elf -o signed
expect 1 "proofmark: error: in.elf: not signed: board gateway-1 refuses this security version (expected at least 5, found 4)
$hint" sign_for gateway-1 --key release.pem --security-version 4 in.elf -o x
expect 1 "proofmark: error: in.elf: not signed: key $(id_of release) may not sign for board gateway-2 (expected gateway-1)
$hint" sign_for gateway-2 --key release.pem --security-version 5 in.elf -o x
expect 1 "proofmark: error: in.elf: not signed: key $(id_of release) may not sign for every board (expected gateway-1)
$hint" sign --key release.pem --security-version 5 in.elf -o x
expect 1 "proofmark: error: data.bin: not signed: key $(id_of release) may not sign this (expected the role configuration, found program)
$hint" sign --key release.pem data.bin -o x
expect 1 "proofmark: error: in.elf: not signed: key $(id_of root1) may not sign this (expected the role program, found root)
$hint" sign_for gateway-1 --key root1.pem --security-version 5 in.elf -o x
expect 1 "proofmark: error: in.elf: not signed: key $(id_of spare) is not in the trust store
$hint" sign --key spare.pem in.elf -o x
# What was revoked is not signed again, by anybody, and no signature is added to it.
succeeds sign_for gateway-1 --key release.pem --security-version 5 --reserve 1 in.elf -o signed.one
succeeds trust revoke first --content signed --content signed.one -o later
succeeds trust sign later --previous first --key root1.pem --key root2.pem -o later
revoked="proofmark: error: in.elf: not signed: content $("$SIGN" info --format json signed | sed -n 's/ *"digest": "\(.*\)",/\1/p') is revoked
hint: no device accepts this file any more, whoever signs it"
store=later
expect 1 "$revoked" sign_for gateway-1 --key release.pem --security-version 5 in.elf -o x
expect 1 "$(sed "s/in.elf/signed.one/; s/content [0-9a-f]*/content $("$SIGN" info --format json signed.one | sed -n 's/ *"digest": "\(.*\)",/\1/p')/" <<<"$revoked")" \
  sign --add --key release.pem signed.one -o x
store=first
[ ! -e x ] || fail 'a refused file was written'

# verify obeys the store.
verify() { "$SIGN" verify --allow-unproven --trust first "$@"; }
succeeds verify --board gateway-1 signed
expect 1 'signed: NOT TRUSTED: 409: signed by a key that may not sign for this board' verify --board gateway-2 signed
"$SIGN" sign --allow-unproven --key bundles.pem in.elf -o other >/dev/null 2>&1
expect 1 'other: NOT TRUSTED: 408: signed by a key that may not sign such files' verify other
"$SIGN" sign --allow-unproven --key release.pem --security-version 4 in.elf -o old >/dev/null 2>&1
expect 1 'old: NOT TRUSTED: 605: the security version is older than this device accepts; the mark says 4' verify --board gateway-1 old
expect 2 'proofmark: error: first: a trust store stands alone (expected one --trust)' verify --trust release.pem signed

# Rotation: root1 and the release key are taken back, root3 takes over with a new one.
succeeds "$SIGN" keygen --test --alg es384 -o root4.pem
succeeds trust add-key first root4.pem --role root -o draft2
succeeds trust revoke draft2 --key root1.pem --key "$(id_of release)" -o draft2
expect 1 "proofmark: error: root1.pem: the key is revoked in this store" trust add-key draft2 root1.pem --role root -o x
succeeds trust add-key draft2 spare.pem --role program --board gateway-1 -o draft2
succeeds trust revoke draft2 --content signed -o draft2
expect 0 'second: version 2, signed by 1 of 2 of its own roots and 2 of 2 of the previous ones' \
  trust sign draft2 --previous first --key root1.pem --key root2.pem -o second
expect 1 'proofmark: error: second: NOT TRUSTED: 1015: too few of the trust store'"'"'s own root keys signed it' trust check first second
expect 0 'second: version 2, signed by 2 of 2 of its own roots and 2 of 2 of the previous ones' trust sign second --previous first --key root4.pem -o second
expect 0 'second: may take the place of version 1: version 2' trust check first second
expect 1 'proofmark: error: first: NOT TRUSTED: 1006: too few of the root keys trusted so far signed the trust store' trust check second first
# The new roots alone; a revoked root; a store of the same version that says something else.
succeeds trust sign draft2 --key root3.pem --key root4.pem -o new-roots-only
expect 1 'proofmark: error: new-roots-only: NOT TRUSTED: 1006: too few of the root keys trusted so far signed the trust store' trust check first new-roots-only
succeeds trust set second --minimum gateway-1=6 -o draft3
expect 1 "proofmark: error: draft3: key $(id_of root1) is no root key of this store nor of the previous one
hint: --previous OLD names the store whose roots hand over" trust sign draft3 --previous second --key root1.pem -o x
succeeds trust sign draft3 --previous second --key root2.pem --key root4.pem -o third
expect 0 'second: may take the place of version 1: version 2
third: may take the place of version 2: version 3' trust check first second third
expect 1 'proofmark: error: third: NOT TRUSTED: 1006: too few of the root keys trusted so far signed the trust store' trust check first third
succeeds trust sign draft2 --previous first --key root1.pem --key root2.pem --key root3.pem -o fork
succeeds trust set first --minimum gateway-1=9 -o again
succeeds trust sign again --key root1.pem --key root2.pem --key root3.pem -o again
succeeds trust check first fork
succeeds trust check first again
expect 1 'proofmark: error: again: another store of the same version (expected a version above 2)' trust check fork again
# What was revoked does not come back.
expect 1 'signed: NOT TRUSTED: 407: signed by a key that is revoked' "$SIGN" verify --allow-unproven --trust second --board gateway-1 signed
"$SIGN" sign --allow-unproven --key spare.pem --security-version 5 --boards-dir boards --board gateway-1 in.elf -o resigned 2>/dev/null >&2
expect 1 'resigned: NOT TRUSTED: 608: this very file is revoked' "$SIGN" verify --allow-unproven --trust second --board gateway-1 resigned
expect 1 "proofmark: error: in.elf: not signed: key $(id_of release) is revoked
hint: proofmark trust show second lists who may sign what" bash -c '"$SIGN" sign --allow-unproven --trust second --key release.pem in.elf -o x 2>&1 | grep -v warning; exit "${PIPESTATUS[0]}"'

# Thresholds that cannot hold, minimums that shrink, boards and roles that are none.
expect 1 'proofmark: error: x: the threshold of the role program cannot hold (expected 1 to 1 keys, found 2)
hint: proofmark trust set --threshold ROLE=NUMBER changes a threshold' trust set first --threshold program=2 -o x
expect 1 'proofmark: error: first: the minimum of gateway-1 only grows (expected at least 5, found 4)' trust set first --minimum gateway-1=4 -o x
expect 2 'proofmark: error: "signer" is not a role (expected root, program, bundle, configuration, recovery)' trust add-key first spare.pem --role signer -o x
expect 2 'proofmark: error: "*" is not a board name (1 to 32 printable characters)' trust add-key first spare.pem --role program --board '*' -o x
expect 1 'proofmark: error: x: the threshold of the role root cannot hold (expected 1 to 1 keys, found 2)
hint: proofmark trust set --threshold ROLE=NUMBER changes a threshold' trust create --root root1.pem --threshold 2 -o x

# Damage, and files of another kind.
cp first bad && flip bad 200
expect 3 'proofmark: error: signed: not a trust store (docs/format.md section 13)' trust show signed
cases=$((cases + 1))
trust check first bad >/dev/null 2>&1 && fail 'a damaged store was accepted'
head -c 100 first >bad
expect 3 'proofmark: error: bad: not a trust store (docs/format.md section 13)' trust show bad
cat first <(printf '\0') >bad
expect 3 'proofmark: error: bad: not a trust store (docs/format.md section 13)' trust show bad

# The compiled form builds as C and as C++ and says what the store says.
succeeds trust compile second -o trust.cpp
include=$VECTORS/../../verify/include
if command -v clang-19 >/dev/null; then
  succeeds clang-19 -std=c11 -xc -Wall -Wextra -Werror -I"$include" -c trust.cpp -o trust-c.o
  succeeds clang-19 -std=c++20 -Wall -Wextra -Wconversion -Werror -I"$include" -c trust.cpp -o trust.o
fi
# A certificate gives its key; nothing else of it becomes trust.
if command -v openssl >/dev/null; then
  openssl req -x509 -new -key <(sed 1d spare.pem) -subj /CN=factory -days 1 -out cert.pem 2>/dev/null
  cases=$((cases + 1))
  trust import cert.pem -o imported.pem >import.txt || fail 'trust import'
  grep -qx "key id     $(id_of spare)" import.txt || fail "$(cat import.txt)"
  grep -qx 'subject    CN=factory' import.txt || fail "$(cat import.txt)"
  succeeds trust add-key first imported.pem --role program -o x
fi
finish
