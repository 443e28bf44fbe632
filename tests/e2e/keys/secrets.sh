#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Passphrases: from a file, from the environment, typed; nothing that is typed shows, and nothing stands in for an answer.
# shellcheck source=tests/e2e/keys/lib.sh disable=SC2015,SC2094,SC2317
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
cp "$VECTORS/data.bin" in
openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret -in "$VECTORS/es256.pem" -out locked.pem
sign_unproven in -o expected 2>/dev/null || fail 'signing with the plain key'
sign_locked() { "$SIGN" sign --allow-unproven --key locked.pem in -o out "$@"; }

printf 'secret\r\nsecond line\n' >passphrase
succeeds sign_locked --passphrase-file passphrase
same out expected
rm -f out
export PASSPHRASE=secret WRONG=guess
succeeds sign_locked --passphrase-env PASSPHRASE
same out expected
rm -f out
if command -v script >/dev/null; then
  shown=$(typed secret "$SIGN" sign --allow-unproven --key locked.pem in -o out --passphrase-prompt) || fail "typed: $shown"
  same out expected
  grep -q '^passphrase of locked.pem: ' <<<"$shown" || fail "no prompt: $shown"
  ! grep -q secret <<<"$shown" || fail "the passphrase was shown: $shown"
  rm -f out
  typed guess "$SIGN" sign --allow-unproven --key locked.pem in -o out --passphrase-prompt >shown && fail 'a wrong passphrase opens the key'
  grep -qx 'proofmark: error: locked.pem: the passphrase does not open the key' shown || fail "wrong: $(cat shown)"
fi
expect 3 'proofmark: error: locked.pem: the key is encrypted and no passphrase was given
hint: add --passphrase-prompt, --passphrase-file FILE or --passphrase-env NAME' sign_locked
expect 3 'proofmark: error: locked.pem: the passphrase does not open the key' sign_locked --passphrase-env WRONG
expect 2 'proofmark: error: the environment variable NOT_SET is not set (expected the passphrase of locked.pem)' \
  sign_locked --passphrase-env NOT_SET
expect 3 'proofmark: error: none: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read' sign_locked --passphrase-file none
if command -v setsid >/dev/null; then
  expect 3 'proofmark: error: nobody can be asked for the passphrase of locked.pem: there is no terminal
hint: give it in a file or in the environment' setsid -w "$SIGN" sign --allow-unproven --key locked.pem in -o out --passphrase-prompt
fi
expect 2 'proofmark: error: --passphrase-file excludes --passphrase-env
hint: proofmark VERB --help lists the options' sign_locked --passphrase-file passphrase --passphrase-env PASSPHRASE
[ ! -e out ] || fail 'an output was written by a refused request'
finish
