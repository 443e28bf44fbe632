#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Keys in a token: SoftHSM, with RSA and both curves, PINs from every source, and every way in which a token, a URI or a
# module can disappoint. Signatures are checked by our verifier and by openssl.
# shellcheck source=tests/e2e/keys/lib.sh disable=SC2015,SC2094,SC2317
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
command -v xxd >/dev/null || skip 'no xxd'
command -v softhsm2-util >/dev/null || skip 'no softhsm2-util'
for module in /usr/lib/softhsm/libsofthsm2.so /usr/lib/*/softhsm/libsofthsm2.so; do [ ! -e "$module" ] || break; done
[ -e "$module" ] || skip 'no SoftHSM module'
export SOFTHSM2_CONF=$work/softhsm2.conf
mkdir tokens
echo "directories.tokendir = $work/tokens" >"$SOFTHSM2_CONF"
softhsm2-util --init-token --free --label factory --pin 1234 --so-pin 5678 >/dev/null || skip 'SoftHSM cannot make a token'
softhsm2-util --init-token --free --label other --pin 4321 --so-pin 5678 >/dev/null
cp "$VECTORS/data.bin" in
export PIN=1234 WRONG=9999
uri="pkcs11:token=factory"
mod="?module-path=$module"

# import NAME ID OPENSSL-ARGUMENT...: a key into the token, by the name of its file.
import() {
  local name=$1 id=$2
  shift 2
  openssl genpkey "$@" -out "$name.key" 2>/dev/null
  openssl pkey -in "$name.key" -pubout -out "$name.pub"
  softhsm2-util --import "$name.key" --token factory --label "$name" --id "$id" --pin 1234 >/dev/null || fail "import of $name"
}
import rsa3072 01 -algorithm RSA -pkeyopt rsa_keygen_bits:3072
import rsa4096 02 -algorithm RSA -pkeyopt rsa_keygen_bits:4096
import p256 03 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
import p384 04 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
import 'TEST key' 05 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
import rsa2048 06 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
import p521 07 -algorithm EC -pkeyopt ec_paramgen_curve:P-521

sign_with() { "$SIGN" sign --allow-unproven --key "$1" in -o out "${@:2}"; }

# ECDSA in COSE is r || s; openssl wants a DER sequence of two integers.
integer() {
  local hex=$1
  while [ "${hex:0:2}" = 00 ] && [ "${#hex}" -gt 2 ]; do hex=${hex:2}; done
  [ $((16#${hex:0:2})) -lt 128 ] || hex=00$hex
  printf '02%02x%s' $((${#hex} / 2)) "$hex"
}
to_der() {
  local body half=$((${#1} / 2))
  body=$(integer "${1:0:half}")$(integer "${1:half}")
  printf '30%02x%s' $((${#body} / 2)) "$body"
}

# openssl_accepts KEY: the signature of `out`, over the bytes that `info` shows, by an implementation that is not ours.
openssl_accepts() {
  local signature options=(-sha256)
  "$SIGN" info --format hex out >hex
  sed -n 's/^to-be-signed //p' hex | xxd -r -p >structure
  signature=$(sed -n 's/^signature //p' hex)
  case $1 in
    rsa*) options+=(-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32) ;;
    p384) options=(-sha384) ;;
  esac
  [[ $1 == rsa* ]] || signature=$(to_der "$signature")
  xxd -r -p <<<"$signature" >signature
  openssl dgst "${options[@]}" -verify "$1.pub" -signature signature structure
}

# The token signs what the key file would; the verifier accepts it by the public half that openssl made, and so does openssl.
for name in rsa3072 rsa4096 p256 p384; do
  rm -f out
  succeeds sign_with "$uri;object=$name$mod" --pin-env PIN
  succeeds "$SIGN" verify --allow-unproven --trust "$name.pub" out
  succeeds openssl_accepts "$name"
  succeeds "$SIGN" pubkey "$uri;object=$name$mod" -o token.pub
  [ "$("$SIGN" keyinfo token.pub | grep 'key id')" = "$("$SIGN" keyinfo "$name.pub" | grep 'key id')" ] || fail "$name: another public key"
done
PROOFMARK_PKCS11_MODULE=$module succeeds sign_with "$uri;id=%03;type=private" --pin-env PIN
succeeds sign_with "$uri;object=p256" --pin-env PIN --pkcs11-module "$module"

# Without a module p11-kit finds the token, where it knows SoftHSM.
if [ -e /usr/share/p11-kit/modules/softhsm2.module ] && ldconfig -p | grep -q libp11-kit.so.0; then
  rm -f out
  succeeds env -u PROOFMARK_PKCS11_MODULE "$SIGN" sign --allow-unproven --key "$uri;object=p256" --pin-env PIN in -o out
  succeeds "$SIGN" verify --allow-unproven --trust p256.pub out
fi
# A key that wants its PIN before each signature gets it.
if command -v pkcs11-tool >/dev/null; then
  pkcs11-tool --module "$module" -l -p 1234 --token-label factory --keypairgen --key-type EC:prime256v1 --label always --id 0b \
    --always-auth >/dev/null 2>&1 || fail 'pkcs11-tool makes no key'
  succeeds "$SIGN" pubkey "$uri;object=always$mod" -o always.pub
  succeeds sign_with "$uri;object=always$mod" --pin-env PIN
  succeeds "$SIGN" verify --allow-unproven --trust always.pub out
fi

# Two signatures, one by a token and one by a file.
succeeds "$SIGN" sign --allow-unproven --key "$uri;object=rsa3072$mod" --pin-env PIN --key "$VECTORS/es256.pem" in -o two
succeeds "$SIGN" verify --allow-unproven --threshold 2 --trust rsa3072.pub --trust "$VECTORS/es256.pub.pem" two

# The PIN from a file, named by an option or by the URI, and typed.
printf '1234\n' >pin
succeeds sign_with "$uri;object=p256$mod" --pin-file pin
succeeds sign_with "$uri;object=p256$mod&pin-source=file:$work/pin"
succeeds sign_with "$uri;object=p256$mod&pin-source=$work/pin"
if command -v script >/dev/null; then
  shown=$(typed 1234 "$SIGN" sign --allow-unproven --key "$uri;object=p256$mod" in -o out --pin-prompt) || fail "typed: $shown"
  grep -q '^PIN of token "factory": ' <<<"$shown" || fail "no prompt: $shown"
  ! grep -q 1234 <<<"$shown" || fail "the PIN was shown: $shown"
fi

# Nobody needs a PIN to look at a public key; the mark of a test key is its label.
expect 0 "algorithm  es256
bits       256
key id     $("$SIGN" keyinfo 'TEST key.pub' | awk '/key id/ {print $3}')
purpose    test only, never trust in production" "$SIGN" keyinfo "$uri;object=TEST%20key$mod"

# What does not open, and why. Nothing is written then.
rm -f out
token='proofmark: error: token "factory":'
expect 3 "$token the PIN is wrong
hint: wrong PINs are counted; few tries are left" sign_with "$uri;object=p256$mod" --pin-env WRONG
expect 3 "$token the token asks for a PIN and none was given
hint: add --pin-prompt, --pin-file FILE or --pin-env NAME, or pin-source=file:/PATH to the URI" sign_with "$uri;object=p256$mod"
cases=$((cases + 1))
sign_with "pkcs11:token=nobody$mod" --pin-env PIN >said 2>&1
[ $? -eq 3 ] && grep -qE "^proofmark: error: $module: no token matches the URI \(found \"(factory|other)\" \(serial [0-9a-f]+\), \"(factory|other)\" \(serial [0-9a-f]+\)\)$" said ||
  fail "missing token: $(cat said)"
sign_with "pkcs11:object=p256$mod" --pin-env PIN >said 2>&1
[ $? -eq 3 ] && grep -qE ': 2 tokens match the URI: ' said && grep -qx 'hint: add serial=... to the URI' said || fail "two tokens: $(cat said)"
sign_with "pkcs11:token=other;object=p256$mod" --pin-env PIN >said 2>&1
[ $? -eq 3 ] && grep -qx 'proofmark: error: token "other": the PIN is wrong' said || fail "other token: $(cat said)"
PIN=4321 expect 3 'proofmark: error: token "other": no private key matches the URI (found none)
hint: object=LABEL and id=%xx%xx in the URI name the key' sign_with "pkcs11:token=other;object=p256$mod" --pin-env PIN
sign_with "$uri;object=none$mod" --pin-env PIN >said 2>&1
[ $? -eq 3 ] && grep -qE '^proofmark: error: token "factory": no private key matches the URI \(found .*"p256" id 03' said || fail "missing key: $(cat said)"
softhsm2-util --import p256.key --token factory --label p256 --id 0A --pin 1234 >/dev/null
sign_with "$uri;object=p256$mod" --pin-env PIN >said 2>&1
[ $? -eq 3 ] && grep -qE '^proofmark: error: token "factory": 2 private keys match the URI: "p256" id (03, "p256" id 0a|0a, "p256" id 03)$' said &&
  grep -qx 'hint: add id=%xx or object=LABEL to the URI, so that one is left' said || fail "two keys: $(cat said)"
succeeds sign_with "$uri;object=p256;id=%0a$mod" --pin-env PIN
rm -f out
expect 3 "$token RSA key size not supported (expected 3072 or 4096 bits, found 2048)
hint: proofmark keygen makes a key that fits" sign_with "$uri;object=rsa2048$mod" --pin-env PIN
expect 3 "$token the key \"p521\" is on a curve that is not supported (expected P-256 or P-384)" sign_with "$uri;object=p521$mod" --pin-env PIN
sign_with "$uri;object=p256?module-path=$work/none.so" --pin-env PIN >said 2>&1
[ $? -eq 3 ] && grep -q "^proofmark: error: $work/none.so: the PKCS #11 module cannot be loaded: " said || fail "no module: $(cat said)"
libc=$(ldd "$SIGN" | awk '/libc.so/ {print $3}')
expect 3 "proofmark: error: $libc: is no PKCS #11 module (it has no C_GetFunctionList)" sign_with "$uri?module-path=$libc" --pin-env PIN

# A PIN in the arguments is refused, and not repeated.
expect 2 "proofmark: error: pkcs11:token=factory;object=p256: the URI holds a PIN (pin-value), which every user of this machine can read
hint: change the PIN; give it with --pin-prompt, --pin-file FILE, --pin-env NAME or pin-source=file:PATH" \
  sign_with "$uri;object=p256?pin-value=1234&module-path=$module"
expect 2 'proofmark: error: pkcs11:token=a;token=b: the URI says token twice' sign_with 'pkcs11:token=a;token=b'
expect 2 'proofmark: error: pkcs11:colour=red: the URI has an attribute that is not supported: colour
hint: supported are token, manufacturer, serial, model, slot-id, object, id and type' sign_with 'pkcs11:colour=red'

# Modules that misbehave.
if [ -n "${FAULTY:-}" ]; then
  faulty() {
    local fault=$1
    shift
    PROOFMARK_TEST_MODULE=$module PROOFMARK_TEST_FAULT=$fault "$SIGN" sign --allow-unproven --pin-env PIN \
      --key "$uri;object=rsa3072?module-path=$FAULTY" in -o out "$@"
  }
  succeeds faulty none
  succeeds faulty hashing-only
  succeeds "$SIGN" verify --allow-unproven --trust rsa3072.pub out
  rm -f out
  expect_late 3 "proofmark: error: $FAULTY: crashed (signal 11, Segmentation fault)
hint: nothing was written; this is a defect of the module" faulty crash
  expect_late 3 "proofmark: error: $FAULTY: ended without an answer (exit code 7)" faulty exit
  expect_late 3 "proofmark: error: $FAULTY: no answer within 1 seconds
hint: --key-timeout SECONDS waits longer" faulty hang --key-timeout 1
  id=$("$SIGN" keyinfo rsa3072.pub | awk '/key id/ {print substr($3, 1, 16)}')
  expect_late 1 "$token the signature is not one of this key over these bytes (key $id, 384 bytes)
hint: expected ps256, 384 bytes" faulty garbage
  expect_late 1 "$token the signature is not one of this key over these bytes (key $id, 3 bytes)
hint: expected ps256, 384 bytes" faulty short
  expect_late 3 "$token signing fails: the module answers CKR_DEVICE_ERROR" faulty fail
  expect 3 "$token the PIN is locked
hint: the security officer of the token can set it again" faulty locked
  PIN=0000 expect 3 "$token the PIN is wrong
hint: one more wrong PIN locks the token" faulty final-try
  expect 3 "$token the token cannot sign by ps256 with a key of 3072 bits (expected CKM_RSA_PKCS_PSS or CKM_SHA256_RSA_PKCS_PSS)" faulty no-pss
  [ ! -e out ] || fail 'an output was written by a module that failed'
  cases=$((cases + 1))
  faulty slow 2>said >/dev/null || fail "a slow token: $(cat said)"
  grep -qx 'proofmark: waiting for token "factory" to sign' said || fail "a slow token is not announced: $(cat said)"
fi
[ -z "$(find . -name '.proofmark*')" ] || fail "temporary files left: $(find . -name '.proofmark*')"
finish
