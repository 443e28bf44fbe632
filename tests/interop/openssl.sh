#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# OpenSSL accepts our signatures over the Sig_structure, refuses them over anything else, computes the same key ids, and
# its keys (RSA-4096 too) are good to sign with.
set -u
: "${SIGN:?}" "${VECTORS:?}"
command -v openssl >/dev/null || { echo 'skipped: openssl is not installed'; exit 77; }
command -v xxd >/dev/null || { echo 'skipped: xxd is not installed'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0 cases=0

check() {
  cases=$((cases + 1))
  "${@:2}" && return
  echo "FAIL: $1"
  failures=$((failures + 1))
}
refuses() { ! "$@"; }
same() { [ "$1" = "$2" ]; }

part() { sed -n "s/^$2 //p" "$1"; }
unhex() { xxd -r -p; }

# ECDSA in COSE is r || s; OpenSSL wants a DER sequence of two integers.
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

verify() { # ALG KEY SIGNATURE_HEX FILE
  case $1 in
    ps256)
      unhex <<<"$3" >signature
      openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -verify "$2" -signature signature "$4"
      ;;
    es256) to_der "$3" | unhex >signature && openssl dgst -sha256 -verify "$2" -signature signature "$4" ;;
    es384) to_der "$3" | unhex >signature && openssl dgst -sha384 -verify "$2" -signature signature "$4" ;;
  esac >/dev/null 2>&1
}

check_parts() { # NAME ALG PUBLIC_KEY HEX_FILE
  part "$4" to-be-signed | unhex >structure
  check "$1: refused" verify "$2" "$3" "$(part "$4" signature)" structure
  printf '\0' >>structure
  check "$1: accepted over other bytes" refuses verify "$2" "$3" "$(part "$4" signature)" structure
  check "$1: key id" same "$(part "$4" key-id)" "$(openssl pkey -pubin -in "$3" -outform DER | sha256sum | cut -d' ' -f1)"
}

for input in amd64.elf arm64.elf data.bin; do
  for alg in ps256 es256 es384; do
    check_parts "$input.$alg" "$alg" "$VECTORS/$alg.pub.pem" "$VECTORS/$input.$alg.hex"
  done
done

# own_key NAME ALG: signs with a key that OpenSSL made.
own_key() {
  openssl pkey -in "$1.pem" -pubout -out "$1.pub" 2>/dev/null
  "$SIGN" sign --allow-unproven --key "$1.pem" "$VECTORS/data.bin" -o "$1.signed" >/dev/null 2>&1
  "$SIGN" info --format hex "$1.signed" >"$1.hex"
  check_parts "$1" "$2" "$1.pub" "$1.hex"
}
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096 -out rsa4096.pem 2>/dev/null && own_key rsa4096 ps256
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem 2>/dev/null && own_key p256 es256
openssl ecparam -name secp384r1 -genkey -noout -out p384.pem 2>/dev/null && own_key p384 es384

# And the other way: what keygen writes, OpenSSL reads.
"$SIGN" keygen --alg es384 -o ours.pem >/dev/null && check 'OpenSSL reads our key' openssl pkey -in ours.pem -check -noout -out /dev/null
check 'OpenSSL reads our RSA key' openssl pkey -in "$VECTORS/ps256.pem" -check -noout -out /dev/null
echo "$cases cases, $failures failures"
[ "$failures" -eq 0 ]
