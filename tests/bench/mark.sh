#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Signing and verifying files of several sizes beside what else does that job: openssl, minisign, fsverity digest,
# sha256sum. Ours includes start-up, hashing and the RSA-3072 signature check.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need hyperfine jq openssl minisign fsverity sha256sum

"$proofmark" keygen --test -o "$work/key.pem" >/dev/null
"$proofmark" pubkey "$work/key.pem" -o "$work/pub.pem" >/dev/null
printf '\n\n' | minisign -G -W -f -p "$work/minisign.pub" -s "$work/minisign.key" >/dev/null 2>&1

for size in 64K 1M 16M 256M; do
  file=$work/file.$size
  head -c "$size" /dev/urandom >"$file"
  "$proofmark" sign --key "$work/key.pem" --board qemu-amd64 --allow-unproven "$file" -o "$file.signed" >/dev/null
  openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sign "$work/key.pem" -out "$file.sig" "$file"
  minisign -S -W -s "$work/minisign.key" -m "$file" -x "$file.minisig" >/dev/null 2>&1
  compare "verify $size" \
    'proofmark verify' "$proofmark verify --trust $work/pub.pem --allow-unproven $file.signed" \
    'openssl dgst -verify (RSA-3072-PSS)' "openssl dgst -sha256 -sigopt rsa_padding_mode:pss -verify $work/pub.pem -signature $file.sig $file" \
    'minisign -V' "minisign -V -p $work/minisign.pub -m $file -x $file.minisig" \
    'fsverity digest (no signature)' "fsverity digest $file" \
    'sha256sum (no signature)' "sha256sum $file"
  compare "sign $size" \
    'proofmark sign' "$proofmark sign --key $work/key.pem --board qemu-amd64 --allow-unproven $file -o $file.out" \
    'openssl dgst -sign (RSA-3072-PSS)' "openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sign $work/key.pem -out $file.sig2 $file" \
    'minisign -S' "minisign -S -W -s $work/minisign.key -m $file -x $file.minisig2" \
    'cp' "cp $file $file.copy"
  rm -f "$work"/file.*
done
