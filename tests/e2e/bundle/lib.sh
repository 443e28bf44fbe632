# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# A tree with everything in it that a root file system can have, and shorthands for the verbs.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/../sign/lib.sh"

is_root() { [ "$(id -u)" -eq 0 ]; }

# make_tree DIR: the same every time but for times and the order in which names are made.
make_tree() {
  local root=$1 odd deep
  mkdir -p "$root"/{bin,etc,lib,var/log}
  printf 'program' >"$root/bin/app" && chmod 4755 "$root/bin/app"
  ln "$root/bin/app" "$root/bin/app-again"
  ln -s app "$root/bin/sh" && ln -s /nowhere "$root/etc/dangling" && ln -s /etc "$root/etc/absolute"
  : >"$root/etc/empty"
  head -c 10000 /dev/zero >"$root/etc/block-and-more"
  truncate -s 1048577 "$root/lib/sparse"
  odd=$(printf 'new\nline \\ \377\376 \033[2J')
  printf 'odd' >"$root/etc/$odd"
  printf 'long' >"$root/etc/$(printf 'n%.0s' $(seq 255))"
  deep=$root/var/$(printf 'd/%.0s' $(seq 200))
  mkdir -p "$deep" && printf 'deep' >"$deep/file"
  mkfifo "$root/var/fifo"
  printf 'x' >"$root/bin-extra" # sorts behind bin/, before it bytewise
  is_root || return 0
  mknod "$root/etc/null" c 1 3 && mknod "$root/etc/disk" b 8 0
  chown 1000:1001 "$root/etc/empty"
  printf 'cap' >"$root/bin/cap" && setcap cap_net_raw+ep "$root/bin/cap"
}

bundle() { "$SIGN" bundle --allow-unproven --key "$VECTORS/es256.pem" "$@"; }
check() { "$SIGN" verify --allow-unproven --trust "$VECTORS/es256.pub.pem" "$@"; }
