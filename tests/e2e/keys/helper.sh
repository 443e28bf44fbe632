#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Programs that sign: the protocol of docs/keys.md with openssl behind it, signatures raw and in DER, and programs that
# answer garbage, too much, nothing, or never end. HSS-LMS, which only others sign with.
# shellcheck source=tests/e2e/keys/lib.sh disable=SC2015,SC2094,SC2317
. "$(dirname "$0")/lib.sh"
command -v openssl >/dev/null || skip 'no openssl'
cp "$VECTORS/data.bin" in
for key in ps256 es256 es384; do cp "$VECTORS/$key.pem" "$VECTORS/$key.pub.pem" .; done

# program NAME: makes an executable of standard input.
program() {
  cat >"$1" && chmod +x "$1"
}
program helper <<'SCRIPT'
#!/bin/bash
# What a factory would write around its own device; here it is openssl.
set -eu
case $1 in
  public-key) cat "${HELPER_KEY:-es256}.pub.pem" ;;
  sign)
    case $2 in
      ps256) openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -sign ps256.pem ;;
      es256) openssl dgst -sha256 -sign es256.pem ;;
      es384) openssl dgst -sha384 -sign es384.pem ;;
    esac ;;
esac
SCRIPT
sign_by() { "$SIGN" sign --allow-unproven in -o out "$@"; }
for key in ps256 es256 es384; do
  rm -f out
  HELPER_KEY=$key succeeds sign_by --key exec:./helper
  succeeds "$SIGN" verify --allow-unproven --trust $key.pub.pem out
  rm -f out
  succeeds sign_by --key $key.pub.pem --key-program ./helper
  succeeds "$SIGN" verify --allow-unproven --trust $key.pub.pem out
done
# The mark of a test key comes with the public key.
expect 0 "$("$SIGN" keyinfo es256.pub.pem)" "$SIGN" keyinfo exec:./helper
# A private key beside a program is used as it is.
succeeds sign_by --key es256.pem --key es384.pub.pem --key-program ./helper

# Hostile ones.
id=$("$SIGN" keyinfo es256.pub.pem | awk '/key id/ {print substr($3, 1, 16)}')
rm -f out
bad() { "$SIGN" sign --allow-unproven --key es256.pub.pem --key-program "$1" in -o out "${@:2}"; }
program garbage <<<'#!/bin/sh
echo no signature'
expect_late 1 "proofmark: error: ./garbage: the signature is not one of this key over these bytes (key $id, 13 bytes)
hint: expected es256, 64 bytes raw or DER" bad ./garbage
program empty <<<'#!/bin/sh'
expect_late 1 "proofmark: error: ./empty: the signature is not one of this key over these bytes (key $id, 0 bytes)
hint: expected es256, 64 bytes raw or DER" bad ./empty
program fails <<<'#!/bin/sh
echo the device is not there >&2
exit 1'
expect_late 3 "the device is not there
proofmark: error: ./fails: failed (exit code 1)" bad ./fails
# shellcheck disable=SC2016 # for the program
program crashes <<<'#!/bin/sh
kill -SEGV $$'
expect_late 3 'proofmark: error: ./crashes: crashed (signal 11, Segmentation fault)' bad ./crashes
program floods <<<'#!/bin/sh
exec cat /dev/zero'
expect_late 3 'proofmark: error: ./floods: answers too much (expected at most 32768 bytes)' bad ./floods
program hangs <<<'#!/bin/sh
sleep 1000'
expect_late 3 'proofmark: error: ./hangs: no answer within 1 seconds
hint: --key-timeout SECONDS waits longer' bad ./hangs --key-timeout 1
program lingers <<<'#!/bin/sh
exec >&-
sleep 1000'
expect_late 3 'proofmark: error: ./lingers: does not end within 1 seconds
hint: --key-timeout SECONDS waits longer' bad ./lingers --key-timeout 1
# The other key's signature, and one over something else.
program other <<<'#!/bin/sh
exec openssl dgst -sha384 -sign es384.pem'
cases=$((cases + 1))
bad ./other >/dev/null 2>&1 && fail 'the signature of another key is taken'
program stale <<<'#!/bin/sh
echo old | openssl dgst -sha256 -sign es256.pem'
cases=$((cases + 1))
bad ./stale >/dev/null 2>&1 && fail 'a signature over something else is taken'
expect_late 3 'proofmark: error: ./none: cannot be started: No such file or directory' bad ./none
echo text >text
expect_late 3 'proofmark: error: ./text: cannot be started: Permission denied' bad ./text
expect 3 'proofmark: error: es256.pub.pem: this is a public key (expected a private one)
hint: sign with the file that proofmark keygen wrote, or name the program that signs with --key-program' sign_by --key es256.pub.pem
[ ! -e out ] || fail 'an output was written by a helper that failed'
# A slow one is announced, and ends well.
program slow <<<'#!/bin/sh
sleep 4
exec openssl dgst -sha256 -sign es256.pem'
cases=$((cases + 1))
bad ./slow 2>said >/dev/null || fail "a slow helper: $(cat said)"
grep -qx 'proofmark: waiting for ./slow' said || fail "a slow helper is not announced: $(cat said)"

# HSS-LMS: one level and two, by a stateful test signer.
if [ -n "${HSS:-}" ]; then
  for shape in one two; do
    "$HSS" key $shape.state $shape || fail "the test signer makes no key"
    "$HSS" public $shape.state >$shape.raw
    succeeds "$SIGN" pubkey $shape.raw -o $shape.pub
    program hss-$shape <<<"#!/bin/sh
exec '$HSS' sign $shape.state"
    rm -f out
    succeeds sign_by --key $shape.pub --key-program ./hss-$shape
    succeeds "$SIGN" verify --allow-unproven --trust $shape.pub out
    grep -q 'hss-lms' <("$SIGN" info out) || fail 'info does not name hss-lms'
    # A second file takes the next leaf.
    succeeds sign_by --key $shape.pub --key-program ./hss-$shape --name second
    succeeds "$SIGN" verify --allow-unproven --trust $shape.pub out
  done
  openssl pkey -pubin -in one.pub -noout 2>/dev/null
  succeeds "$SIGN" pubkey one.raw --format cpp -o trust.cpp
  grep -q -- '{-46,' trust.cpp || fail 'the trust source does not name algorithm -46'
fi
expect 2 'proofmark: error: HSS-LMS keys have a state that a file cannot keep: a copy or a backup would use a leaf twice, which breaks the key
hint: make the key where the state is kept, in an HSM or its program; sign with exec:PROGRAM, --key-program or digest and attach' \
  "$SIGN" keygen --alg hss-lms -o new.pem
[ ! -e new.pem ] || fail 'keygen wrote an HSS-LMS key'
[ -z "$(find . -name '.proofmark*')" ] || fail "temporary files left"
finish
