#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Signing files of several sizes beside what else does that job: openssl, minisign, signify, evmctl, fsverity, sbsign,
# mkimage. At the end the target of the design: signing costs no more than 1.3 times a hash and a copy. Verifying: verify.sh.
# usage: mark.sh [--long]   with 1 GiB, too
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need hyperfine jq openssl minisign fsverity evmctl signify-openbsd mkimage dtc sbsign lld-link-19
sizes='64K 1M 16M 256M'
[ "${1:-}" != --long ] || sizes+=' 1G'

"$proofmark" keygen --test -o "$work/key.pem" >/dev/null
"$proofmark" pubkey "$work/key.pem" -o "$work/pub.pem" >/dev/null
printf '\n\n' | minisign -G -W -f -p "$work/minisign.pub" -s "$work/minisign.key" >/dev/null 2>&1
openssl req -x509 -new -key "$work/key.pem" -subj /CN=bench -days 2 -out "$work/cert.pem" 2>/dev/null
openssl x509 -in "$work/cert.pem" -outform DER -out "$work/cert.der"
signify-openbsd -G -n -p "$work/signify.pub" -s "$work/signify.sec"
mkdir "$work/keys" && cp "$work/key.pem" "$work/keys/k.key" && cp "$work/cert.pem" "$work/keys/k.crt"

fit_source() { # FILE: what mkimage makes an image of, with a signature of the same kind as ours
  cat <<END
/dts-v1/;
/ {
  description = "bench"; #address-cells = <1>;
  images { firmware {
    description = "firmware"; data = /incbin/("$1"); type = "firmware"; arch = "arm64"; compression = "none";
    signature-1 { algo = "sha256,rsa3072"; padding = "pss"; key-name-hint = "k"; };
  }; };
  configurations { default = "only"; only { firmware = "firmware"; }; };
};
END
}

for size in $sizes; do
  file=$work/file.$size
  head -c "$size" /dev/urandom >"$file"
  cp "$file" "$file.evm"
  fit_source "$file" >"$file.its"
  pe_of "$file" "$file.pe"
  compare "sign $size" \
    'proofmark sign' "$proofmark sign --key $work/key.pem --board qemu-amd64 --allow-unproven $file -o $file.out" \
    'openssl dgst -sign (RSA-3072-PSS)' "openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sign $work/key.pem -out $file.sig2 $file" \
    'minisign -S' "minisign -S -W -s $work/minisign.key -m $file -x $file.minisig2" \
    'signify -S' "signify-openbsd -S -s $work/signify.sec -m $file -x $file.signify2" \
    'evmctl ima_sign' "evmctl ima_sign -a sha256 --key $work/key.pem --sigfile $file.evm" \
    'fsverity sign' "fsverity sign $file $file.fsv --key=$work/key.pem --cert=$work/cert.pem" \
    'sbsign (same bytes as PE)' "sbsign --key $work/key.pem --cert $work/cert.pem --output $file.efi $file.pe" \
    'mkimage (FIT, RSA-3072-PSS)' "mkimage -f $file.its -k $work/keys -r $file.itb" \
    'openssl dgst -sha256 (no signature)' "openssl dgst -sha256 $file" \
    'cp' "cp $file $file.copy"
  jq -r --arg size "$size" '[.results[] | {key: .command, value: .median}] | from_entries |
    "  sign \($size): \(.["proofmark sign"] / (.["openssl dgst -sha256 (no signature)"] + .cp) * 100 | round / 100) x hash and copy"' "$work/times.json"
  rm -f "$work"/file.*
done
