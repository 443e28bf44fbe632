#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the test vectors: regenerate.sh SIGNER [DIR]. Signing is deterministic, so DIR gets the committed bytes as long as
# the format is the same. `regenerate.sh SIGNER --inputs` also makes new unsigned ELF files and new keys, where none exist;
# whoever does that changes every vector.
set -euo pipefail
signer=$1
out=${2:-.}
here=$(cd "$(dirname "$0")" && pwd)

if [ "$out" = --inputs ]; then
  out=$here
  for arch in amd64 arm64; do
    triple=x86_64-linux-gnu
    [ "$arch" = arm64 ] && triple=aarch64-linux-gnu
    clang-19 --target="$triple" -nostdlib -static-pie -fuse-ld=lld-19 -Wl,--build-id=sha1,-z,now,-z,separate-code \
      -Wl,-z,max-page-size=4096 -o "$here/$arch.elf" "$here/small-$arch.S"
  done
  printf 'A file that is not ELF, such as a device tree or a script.\n' >"$here/data.bin"
  for alg in ps256 es256 es384; do
    [ -e "$here/$alg.pem" ] || "$signer" keygen --test --alg "$alg" -o "$here/$alg.pem"
    "$signer" pubkey "$here/$alg.pem" -o "$here/$alg.pub.pem"
  done
fi

# sign NAME INPUT OPTION...: the vector and its parts in hex.
sign() {
  local name=$1 input=$2
  shift 2
  "$signer" sign --allow-unproven --security-version 7 "$@" "$here/$input" -o "$out/$name" >/dev/null 2>&1
}

for input in amd64.elf arm64.elf data.bin; do
  for alg in ps256 es256 es384; do
    sign "$input.$alg" "$input" --key "$here/$alg.pem"
    "$signer" info --format hex "$out/$input.$alg" >"$out/$input.$alg.hex"
  done
done
sign amd64.elf.two amd64.elf --key "$here/es256.pem" --key "$here/ps256.pem"
sign data.bin.proofmark data.bin --key "$here/es256.pem" --detached

# A bundle of a small tree, whose owners and permissions are said here and not by whoever makes it.
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/top/bin" "$tree/top/etc"
cp "$here/amd64.elf" "$tree/top/bin/app" && ln -s app "$tree/top/bin/sh"
printf 'one line\n' >"$tree/top/etc/motd" && : >"$tree/top/etc/empty"
chmod 755 "$tree/top" "$tree/top/bin" "$tree/top/etc" "$tree/top/bin/app" && chmod 644 "$tree/top/etc/"*
"$signer" bundle --allow-unproven --owner 0:0 --security-version 7 --key "$here/es256.pem" "$tree/top" -o "$out/tree.bundle" >/dev/null 2>&1
"$signer" info --format hex "$out/tree.bundle" >"$out/tree.bundle.hex"

# HSS-LMS by the test signer, which has a fixed seed and starts at its first leaf; HSS_SIGNER names it.
if [ -n "${HSS_SIGNER:-}" ]; then
  "$HSS_SIGNER" key "$tree/state" two && "$HSS_SIGNER" public "$tree/state" >"$tree/public.raw"
  "$signer" pubkey "$tree/public.raw" -o "$out/hss.pub.pem" >/dev/null
  printf '#!/bin/sh\nexec "%s" sign "%s" "$@"\n' "$HSS_SIGNER" "$tree/state" >"$tree/sign" && chmod +x "$tree/sign"
  sign data.bin.hss data.bin --key "$out/hss.pub.pem" --key-program "$tree/sign"
fi

# Two trust stores: the second takes a root and a program key back, and is signed by the roots of both.
"$signer" trust create --root "$here/es256.pem" -o "$out/first.trust" >/dev/null
"$signer" trust add-key "$out/first.trust" "$here/ps256.pem" --role program --role recovery --board gateway-1 -o "$out/first.trust" >/dev/null
"$signer" trust set "$out/first.trust" --minimum gateway-1=7 -o "$out/first.trust" >/dev/null
"$signer" trust sign "$out/first.trust" --key "$here/es256.pem" -o "$out/first.trust" >/dev/null
"$signer" trust add-key "$out/first.trust" "$here/es384.pem" --role root --role program -o "$out/second.trust" >/dev/null
"$signer" trust revoke "$out/second.trust" --key "$here/es256.pem" --content "$out/data.bin.es256" -o "$out/second.trust" >/dev/null
"$signer" trust sign "$out/second.trust" --previous "$out/first.trust" --key "$here/es256.pem" --key "$here/es384.pem" -o "$out/second.trust" >/dev/null
"$signer" trust show --format hex "$out/second.trust" >"$out/second.trust.hex"
"$signer" trust compile "$out/first.trust" -o "$out/first.trust.inc" >/dev/null
