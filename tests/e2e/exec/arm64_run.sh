#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs a command with arm64 programs executable on this machine: uses the system's binfmt_misc registration when there is
# one, else makes a private one in a user and mount namespace (Linux 6.7 and later), which needs no root and leaves the
# machine as it was. On an arm64 machine it just runs the command.
#
#   arm64_run.sh COMMAND [ARGUMENT...]     exit code: that of the command; 77 when arm64 programs cannot be run here
set -u
[ $# -gt 0 ] || { echo 'usage: arm64_run.sh COMMAND [ARGUMENT...]' >&2; exit 2; }
[ "$(uname -m)" != aarch64 ] || exec "$@"

# A registration serves when it is on, passes argument 0 on (P), and keeps program (O) and emulator (F) open: a program in
# a memory file has no path that the emulator could open.
for entry in /proc/sys/fs/binfmt_misc/*aarch64*; do
  grep -qs '^enabled' "$entry" || continue
  flags=$(sed -n 's/^flags: //p' "$entry")
  [[ $flags == *P* && $flags == *O* && $flags == *F* ]] && exec "$@"
done

PROOFMARK_EMULATOR=$(command -v qemu-aarch64-static) || { echo 'skipped: qemu-aarch64-static is not installed' >&2; exit 77; }
export PROOFMARK_EMULATOR
# shellcheck disable=SC2016 # expanded inside the namespace
exec unshare --user --map-root-user --mount bash -c '
  give_up() { echo "skipped: no private binfmt_misc: $1 (Linux 6.7 or a system-wide registration is needed)" >&2; exit 77; }
  place=/proc/sys/fs/binfmt_misc
  mount -t binfmt_misc binfmt_misc "$place" || give_up "mount failed"
  magic="\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00"
  mask="\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff"
  printf "%s" ":aarch64:M::$magic:$mask:$PROOFMARK_EMULATOR:POF" >"$place/register" || give_up "registration failed"
  unset PROOFMARK_EMULATOR
  exec "$@"' arm64_run "$@"
