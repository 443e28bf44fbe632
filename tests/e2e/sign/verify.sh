#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# verify: what is accepted, what is refused with which number, and what the refusal can tell.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
trust=(--trust "$VECTORS/es256.pub.pem")
cp "$VECTORS/amd64.elf.es256" good
cp "$VECTORS/amd64.elf" bare
id=3305708d563700ae

expect 0 "good: trusted: amd64.elf, executable, security version 7, UNPROVEN, signed by $id (TEST KEY)" verify_unproven good
expect 0 "good: trusted: amd64.elf, executable, security version 7, UNPROVEN, signed by $id (TEST KEY)" \
  verify_unproven --board qemu-amd64 --min-security-version 7 good
expect 1 'good: NOT TRUSTED: 606: signed without proof' "$SIGN" verify "${trust[@]}" good
expect 1 'good: NOT TRUSTED: 605: the security version is older than this device accepts; the mark says 7' verify_unproven --min-security-version 8 good
expect 1 'good: NOT TRUSTED: 401: no trusted key has signed' "$SIGN" verify --allow-unproven --trust "$VECTORS/es384.pub.pem" good
expect 1 'bare: NOT TRUSTED: 204: not signed (no mark at the end of the file); never signed: it holds no mark' verify_unproven bare
expect 3 'proofmark: error: none: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read' verify_unproven none
expect 3 "proofmark: error: good: not a public key in PEM (expected -----BEGIN PUBLIC KEY-----)
hint: mbedTLS says: PEM - No PEM header or footer found" "$SIGN" verify --trust good good

# Several files: the worst answer counts, and a clear no more than a file that could not be read.
cases=$((cases + 1))
verify_unproven good none bare >/dev/null 2>&1
[ $? -eq 1 ] || fail 'a refused file among others must give exit code 1'
verify_unproven good none >/dev/null 2>&1
[ $? -eq 3 ] || fail 'an unreadable file among good ones must give exit code 3'

# Damage: the refusal names the segment where the per-segment digests can tell.
size=$(stat -c %s good)
read -r text length < <(readelf -lW bare | awk '$1 == "LOAD" && / R E / {print $2, $5; exit}')
cp good changed && flip changed $((text + 1))
expect 1 "changed: NOT TRUSTED: 702: the content is not what was signed; segment 1 changed: $((length)) bytes at $((text))" verify_unproven changed
cp good changed && flip changed 8700
expect 1 'changed: NOT TRUSTED: 702: the content is not what was signed; every segment is as signed: the change is in the headers or in a part that is not loaded' \
  verify_unproven changed
cp good changed && flip changed $((size - 100))
cases=$((cases + 1))
verify_unproven changed >/dev/null 2>&1 && fail 'a changed mark is accepted'
head -c $((size - 1)) good >changed
expect 1 'changed: NOT TRUSTED: 204: not signed (no mark at the end of the file); changed after signing: it holds a mark, but not at its end (strip and patch before signing)' \
  verify_unproven changed

# Detached marks, and what makes them the rest of a signed file.
cp "$VECTORS/data.bin" . && cp "$VECTORS/data.bin.proofmark" .
expect 0 "data.bin: trusted: data.bin, data, security version 7, UNPROVEN, signed by $id (TEST KEY)" verify_unproven data.bin
cat data.bin data.bin.proofmark >joined
same joined "$VECTORS/data.bin.es256"
flip data.bin 3
expect 1 'data.bin: NOT TRUSTED: 702: the content is not what was signed' verify_unproven data.bin
succeeds "$SIGN" info data.bin.proofmark

# info says first that it checked nothing; digest agrees with the mark and notices when it does not.
cases=$((cases + 1))
"$SIGN" info good | sed -n 2p | grep -qx 'checked           NO: signature not checked; proofmark verify does that' || fail 'info does not say that it checked nothing'
"$SIGN" info --format json good | grep -qx '  "signature_checked": false,' || fail 'info --format json does not say that it checked nothing'
cp good changed && flip changed 5000
"$SIGN" digest good >/dev/null || fail 'digest of a good file'
"$SIGN" digest changed >/dev/null 2>&1
[ $? -eq 1 ] || fail 'digest must notice a changed file'

# The trust source compiles, as C and as C++, and carries the mark of a test key.
succeeds "$SIGN" pubkey --format cpp "$VECTORS/es256.pem" "$VECTORS/ps256.pub.pem" "$VECTORS/es384.pem" -o trust.cpp
include=$VECTORS/../../verify/include
if command -v clang-19 >/dev/null; then
  succeeds clang-19 -std=c11 -xc -Wall -Wextra -Werror -I"$include" -c trust.cpp -o trust-c.o
  succeeds clang-19 -std=c++20 -Wall -Wextra -Werror -I"$include" -c trust.cpp -o trust.o
  succeeds nm trust.o
  [ "$(nm trust.o | awk '{print $3}' | sort | tr '\n' ' ')" = 'pm_trust_builtin pm_trust_key_count pm_trust_keys ' ] || fail "the trust source defines $(nm trust.o)"
fi
[ "$(grep -c PM_TRUST_KEY_TEST trust.cpp)" -eq 3 ] || fail 'the trust source forgets that the keys are test keys'
finish
