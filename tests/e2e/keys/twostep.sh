#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Signing in two steps: digest writes what is to be signed, openssl signs it, attach gives the file that signing at once would
# have given; and everything else is refused.
# shellcheck source=tests/e2e/keys/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
command -v jq >/dev/null || skip 'no jq'
cp "$VECTORS/amd64.elf" "$VECTORS/data.bin" .
for key in ps256 es256 es384; do cp "$VECTORS/$key.pem" "$VECTORS/$key.pub.pem" .; done
id_of() { "$SIGN" keyinfo "$1.pub.pem" | awk '/key id/ {print $3}'; }
short() { id_of "$1" | cut -c1-16; }

# sign_elsewhere KEY FILE SIGNATURE: what happens on the other machine.
sign_elsewhere() {
  case $1 in
    ps256) openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sign ps256.pem -out "$3" "$2" ;;
    es256) openssl dgst -sha256 -sign es256.pem -out "$3" "$2" ;;
    es384) openssl dgst -sha384 -sign es384.pem -out "$3" "$2" ;;
  esac
}
digest() { "$SIGN" digest --allow-unproven "$@"; }

for input in amd64.elf data.bin; do
  for key in ps256 es256 es384; do
    rm -f out ./*.request*
    succeeds digest --key $key.pub.pem $input
    sign_elsewhere $key "$input.request.$(short $key)" sig
    succeeds "$SIGN" attach $input sig -o out
    succeeds "$SIGN" verify --allow-unproven --trust $key.pub.pem out
    succeeds "$SIGN" unsign out -o back
    same back $input
    # What the request says for operators agrees with what openssl makes of the bytes.
    hash=$(jq -r '.keys[0].hash' $input.request)
    [ "$(jq -r '.keys[0].digest' $input.request)" = "$(openssl dgst -"$hash" -r "$input.request.$(short $key)" | cut -d' ' -f1)" ] ||
      fail "$input $key: the digest in the request"
    [ "$(jq -r '.keys[0].key_id' $input.request)" = "$(id_of $key)" ] || fail "$input $key: the key id in the request"
    jq -j ".keys[0].public_key" $input.request | cmp -s - $key.pub.pem || fail "$input $key: the public key in the request"
  done
done
# HSMs that take the hash: the digest in the request, signed as it is.
digest --key es256.pub.pem data.bin >/dev/null 2>&1
jq -r '.keys[0].digest' data.bin.request | xxd -r -p >hashed
openssl pkeyutl -sign -inkey es256.pem -in hashed -out sig
succeeds "$SIGN" attach data.bin sig -o out
# A private key file that signs the same bytes gives exactly what sign gives: ES256 by RFC 6979 of ours, attached raw.
sign_unproven data.bin -o at-once >/dev/null 2>&1
"$SIGN" info --format hex at-once | sed -n 's/^signature //p' | xxd -r -p >raw
succeeds "$SIGN" attach data.bin raw -o out
same out at-once

# Several keys, in any order; a detached mark; a board and a security version.
rm -f out
succeeds digest --key es256.pub.pem --key ps256.pub.pem --key es384.pub.pem amd64.elf -o request --security-version 9
for key in ps256 es256 es384; do sign_elsewhere $key "request.$(short $key)" $key.sig; done
succeeds "$SIGN" attach amd64.elf es384.sig es256.sig ps256.sig --request request -o out
succeeds "$SIGN" verify --allow-unproven --threshold 3 --min-security-version 9 --trust ps256.pub.pem --trust es256.pub.pem --trust es384.pub.pem out
succeeds digest --detached --key es256.pub.pem data.bin -o detached
sign_elsewhere es256 "detached.$(short es256)" detached.sig
succeeds "$SIGN" attach data.bin detached.sig --request detached -o data.bin.proofmark
succeeds "$SIGN" verify --allow-unproven --trust es256.pub.pem data.bin
rm data.bin.proofmark

# Refused: a signature over something else, by another key, twice, missing; another file; a request that was changed.
rm -f out
echo other >other
sign_elsewhere es256 other other.sig
ids=$(for key in es256 ps256 es384; do id_of $key; done | paste -sd, | sed 's/,/, /g')
hint='hint: it is over something else, by another key, or not in raw form or DER'
expect 1 "proofmark: error: other.sig: is no signature over this request (expected one by $ids)
$hint" "$SIGN" attach amd64.elf es384.sig other.sig ps256.sig --request request -o out
expect 1 "proofmark: error: amd64.elf: a signature is missing (key $(id_of es384))
hint: every key that digest was given has to sign" "$SIGN" attach amd64.elf es256.sig ps256.sig --request request -o out
expect 2 "proofmark: error: es256.sig: is a second signature by the same key" \
  "$SIGN" attach amd64.elf es256.sig es256.sig ps256.sig es384.sig --request request -o out
cp amd64.elf changed && flip changed 5000
expect 1 "proofmark: error: changed: is not the file that the request is for (its manifest differs)
hint: attach to the file that digest was given, unchanged and with the same version of proofmark" \
  "$SIGN" attach changed es256.sig ps256.sig es384.sig --request request -o out
for field in '.manifest |= sub("05"; "06")' '.keys |= []' '.keys[0].public_key = "none"' '.version = 2' '.reserve = 4' 'del(.detached)' '.manifest = "zz"'; do
  jq "$field" request >tampered
  cases=$((cases + 1))
  "$SIGN" attach amd64.elf es256.sig ps256.sig es384.sig --request tampered -o out >/dev/null 2>&1 && fail "a request with $field is accepted"
done
# The manifest may be changed only with new signatures.
jq '.manifest |= sub("0409"; "040a")' request >tampered
cmp -s request tampered && fail 'the manifest was not changed'
cases=$((cases + 1))
"$SIGN" attach amd64.elf es256.sig ps256.sig es384.sig --request tampered -o out >/dev/null 2>&1 && fail 'a changed manifest is accepted'
expect 3 'proofmark: error: none.request: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read' "$SIGN" attach none es256.sig -o out
expect 1 'proofmark: error: data.bin: not signed: not proved (1 reason)
hint: cure what is named above, or sign with --allow-unproven, which devices refuse unless their trust allows it' \
  sh -c "'$SIGN' digest --key es256.pub.pem data.bin 2>&1 | grep -v ': no board was named'; exit 1"
[ ! -e out ] || fail 'an output was written by a refused request'

# HSS-LMS: the leaf is spent elsewhere.
if [ -n "${HSS:-}" ]; then
  "$HSS" key state two && "$HSS" public state >hss.raw && "$SIGN" pubkey hss.raw -o hss.pub.pem
  succeeds digest --key hss.pub.pem data.bin
  "$HSS" sign state <"data.bin.request.$(short hss)" >sig
  succeeds "$SIGN" attach data.bin sig -o out
  succeeds "$SIGN" verify --allow-unproven --trust hss.pub.pem out
fi
[ -z "$(find . -name '.proofmark*')" ] || fail 'temporary files left'
finish
