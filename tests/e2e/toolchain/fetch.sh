#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# toolchains/fetch.sh with a pretended archive: stubs of apt-get and apt-cache serve one small package, so that a moved
# version or a forged file can be shown without a network.
set -euo pipefail
# shellcheck source=tests/e2e/toolchain/lib.sh
source "$(dirname "$0")/lib.sh"
export PROOFMARK_CACHE=$work/cache PROOFMARK_MIRROR=http://mirror.invalid/debian PATH=$work/bin:$PATH
lock=$work/lock archive=$work/archive
fetch() { "$tree/toolchains/fetch.sh" --lock "$lock" "$@"; }

make_package() {
  mkdir -p "$work/package/DEBIAN" "$work/package/usr/lib/tiny" "$archive"
  printf 'Package: tiny\nVersion: 1.0\nArchitecture: all\nMaintainer: nobody <n@example.org>\nDescription: tiny\n' \
    >"$work/package/DEBIAN/control"
  echo hello >"$work/package/usr/lib/tiny/file"
  ln -sf /usr/lib/tiny/file "$work/package/usr/lib/tiny/absolute"
  dpkg-deb --root-owner-group -b "$work/package" "$archive/tiny_1.0_all.deb" >/dev/null
  hash=$(sha256sum <"$archive/tiny_1.0_all.deb" | cut -d' ' -f1)
}

# The archive offers version 1.0; every use of it leaves a trace.
make_stubs() {
  mkdir -p "$work/bin"
  cat >"$work/bin/apt-get" <<STUB
#!/bin/sh
echo "\$*" >>"$work/network"
case "\$*" in *download*) cp "$archive"/*.deb . ;; esac
STUB
  cat >"$work/bin/apt-cache" <<STUB
#!/bin/sh
printf 'Package: tiny\nVersion: 1.0\nSHA256: $hash\n'
STUB
  chmod +x "$work/bin/apt-get" "$work/bin/apt-cache"
}

pin() { echo "deb all tiny $1 $2" >"$lock"; }

nothing_kept() {
  same 'files kept after a refusal' '' "$(find "$PROOFMARK_CACHE" -name '*.deb' -o -name 'pinned' -o -name '.scratch*')"
}

make_package
make_stubs
zeros=$(printf '0%.0s' {1..64})

pin 1.0 "$zeros"
expect 1 "tiny_1.0_all.deb: wrong SHA-256 (expected $zeros, found $hash)" fetch
nothing_kept

pin 0.9 "$hash"
expect 1 "tiny (all): the locked version is no longer offered by the mirror (expected 0.9, found 1.0)" fetch
expect 1 'hint: toolchains/fetch.sh --update' fetch
nothing_kept

echo 'deb sparc tiny 1.0' >"$lock"
expect 1 "lock:1: not a lock line" fetch

pin '?' '?'
expect 0 "+deb all tiny 1.0 $hash" fetch --update
same 'updated lock' "deb all tiny 1.0 $hash" "$(cat "$lock")"
for arch in amd64 arm64; do
  sysroot=$(fetch --print-dir sysroot $arch)
  same "file in the $arch sysroot" hello "$(cat "$sysroot/usr/lib/tiny/absolute")"
  same 'absolute link inside the sysroot' file "$(readlink "$sysroot/usr/lib/tiny/absolute")"
  same 'merged /lib' usr/lib "$(readlink "$sysroot/lib")"
done
expect 0 'in place' fetch --check

rm "$work/network"
expect 0 '' fetch
[[ ! -e $work/network ]] || give_up 'a second run used apt'

# A forged file in a cache that somebody else can write to: the tree must be built anew, and is not.
rm -rf "$PROOFMARK_CACHE/pinned"
echo forged >>"$PROOFMARK_CACHE/downloads/tiny_1.0_all.deb"
expect 1 'tiny_1.0_all.deb: wrong SHA-256' fetch
nothing_kept
expect 1 'not there' fetch --print-dir sysroot amd64
expect 2 'usage:' fetch --nonsense
expect 0 'usage:' fetch --help
