#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Keys that keygen makes: every kind, encrypted or not, as openssl reads them; and keyinfo of whatever holds a key.
# shellcheck source=tests/e2e/keys/lib.sh disable=SC2317
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
echo secret >passphrase
export PASSPHRASE=secret
cp "$VECTORS/data.bin" in

# made FILE WHAT OPTION...: keygen makes it for its owner alone, and openssl finds the same kind and the same public key.
made() {
  local file=$1 what=$2
  shift 2
  succeeds "$SIGN" keygen -o "$file" "$@"
  [ "$(stat -c %a "$file")" = 600 ] || fail "$file: mode $(stat -c %a "$file")"
  openssl pkey -in "$file" -passin file:passphrase -noout -text 2>&1 | grep -q "$what" || fail "$file: not a key of $what for openssl"
  succeeds "$SIGN" pubkey "$file" -o "$file.pub" --passphrase-file passphrase
  grep -v TEST "$file.pub" | cmp -s - <(openssl pkey -in "$file" -passin file:passphrase -pubout) || fail "$file: another public key"
}
made rsa3072.pem '3072 bit'
made rsa4096.pem '4096 bit' --bits 4096
made p256.pem 'NIST CURVE: P-256' --alg es256
made p384.pem 'NIST CURVE: P-384' --alg es384
made locked.pem 'NIST CURVE: P-256' --alg es256 --passphrase-file passphrase
made locked-rsa.pem '4096 bit' --bits 4096 --passphrase-env PASSPHRASE --test
grep -q 'BEGIN ENCRYPTED PRIVATE KEY' locked.pem || fail 'locked.pem is not encrypted'
head -n 1 locked-rsa.pem | grep -q 'TEST KEY' || fail 'an encrypted test key does not say so'
succeeds "$SIGN" sign --allow-unproven --key locked-rsa.pem --passphrase-file passphrase in -o out
succeeds "$SIGN" verify --allow-unproven --trust locked-rsa.pem.pub out
"$SIGN" verify --allow-unproven --trust locked-rsa.pem.pub out | grep -q 'TEST KEY' || fail 'the mark of the test key is lost'
expect 3 'proofmark: error: locked.pem: the key is encrypted and no passphrase was given
hint: add --passphrase-prompt, --passphrase-file FILE or --passphrase-env NAME' "$SIGN" keyinfo locked.pem
PASSPHRASE=wrong expect 3 'proofmark: error: locked.pem: the passphrase does not open the key' "$SIGN" keyinfo locked.pem --passphrase-env PASSPHRASE
# Two keys of one passphrase share nothing that shows.
succeeds "$SIGN" keygen --alg es256 -o again.pem --passphrase-file passphrase
cmp -s locked.pem again.pem && fail 'two encrypted keys are the same'
if command -v script >/dev/null; then
  shown=$(typed 'typed
typed' "$SIGN" keygen --alg es256 -o typed.pem --passphrase-prompt) || fail "typed: $shown"
  succeeds openssl pkey -in typed.pem -passin pass:typed -noout
  shown=$(typed 'typed
tyqed' "$SIGN" keygen --alg es256 -o slip.pem --passphrase-prompt) && fail "a slip of the finger is taken: $shown"
  grep -q 'was typed differently the second time' <<<"$shown" || fail "slip: $shown"
  [ ! -e slip.pem ] || fail 'a key was written with a passphrase that nobody knows'
fi
: >empty
expect 2 'proofmark: error: the passphrase of new.pem is empty' "$SIGN" keygen -o new.pem --passphrase-file empty
expect 2 'proofmark: error: --bits is for ps256 only' "$SIGN" keygen -o new.pem --alg es256 --bits 4096
expect 3 'proofmark: error: p256.pem: exists already and is not overwritten
hint: choose another name, or remove it first' "$SIGN" keygen -o p256.pem
[ ! -e new.pem ] || fail 'a refused request wrote a key'

# keyinfo and pubkey read a certificate: its key, and nothing else of it.
for name in rsa3072 p256 p384; do
  openssl req -x509 -new -key $name.pem -subj /CN=factory -days 1 -out $name.crt 2>/dev/null
  expect 0 "$("$SIGN" keyinfo $name.pem)" "$SIGN" keyinfo $name.crt
  succeeds "$SIGN" pubkey $name.crt -o from.crt.pub
  same from.crt.pub $name.pem.pub
done
openssl req -x509 -new -newkey ed25519 -nodes -keyout ed.key -subj /CN=other -days 1 -out ed.crt 2>/dev/null
cases=$((cases + 1))
"$SIGN" keyinfo ed.crt >/dev/null 2>&1
[ $? -eq 3 ] || fail 'a certificate with a key of another kind'
# Damaged certificates are errors, whatever the damage.
sed 1d p256.crt | sed '$d' | base64 -d >p256.der
for offset in $(seq 0 11 200); do
  cp p256.der damaged.der && flip damaged.der "$offset"
  { echo '-----BEGIN CERTIFICATE-----'; base64 damaged.der; echo '-----END CERTIFICATE-----'; } >damaged.crt
  cases=$((cases + 1))
  "$SIGN" keyinfo damaged.crt >/dev/null 2>&1
  [ $? -le 3 ] || fail "a certificate damaged at $offset ends the program"
done
finish
