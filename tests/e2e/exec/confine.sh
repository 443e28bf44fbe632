#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The state in which proofmark-exec starts a program, and what the program cannot do then: system calls, capabilities,
# limits, signals, descriptors. User emulation has neither seccomp nor capabilities of its own, so arm64 sees that a mark
# which asks for them is refused there; unit.verify.filter runs its filter. usage: confine.sh amd64|arm64
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/attacks/lib.sh
. "$here/../../attacks/lib.sh"
need_device
run_natively "$0" "$@"
launch=$bin/proofmark-exec-test
confined=$bin/proofmark-test-confined
killed=$((128 + 31)) # SIGSYS

# The list: write, openat, exit_group.
case $arch in amd64) list=1,231,257 ;; arm64) list=56,64,94 ;; esac
sign --syscalls "$list" "$confined" "$work/listed"
sign "$confined" "$work/free"
expect 0 '' "$launch" --check "$work/listed"
if [ "$arch" != "$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')" ]; then
  expect 42 'confined' "$launch" "$work/free" nothing
  expect 1 '(PM-E809)' "$launch" "$work/listed" nothing
  finish
fi

# dies COMMAND...: the kernel ends it because of a system call, before it says more.
dies() {
  checks=$((checks + 1))
  output=$("$@" 2>&1 </dev/null)
  found=$?
  [ "$found" -eq "$killed" ] || fail "exit $found (expected $killed): $*: $output"
  ! grep -qF 'still running' <<<"$output" || fail "went on: $*"
}
expect 42 confined "$launch" "$work/listed" nothing
expect 0 'still running' "$launch" "$work/free" socket
dies "$launch" "$work/listed" socket
# The call that starts a program is none that the program can make.
dies "$launch" "$work/listed" execveat
dies "$launch" "$work/listed" x32
[ "$arch" != amd64 ] || dies "$launch" "$work/listed" old
# Without the privilege to set a filter, and without giving up privileges, there is none: nothing starts.
sign --syscalls "$list" --runtime-flags 0 "$confined" "$work/privileged"
if [ "$(id -u)" -eq 0 ]; then
  expect 42 confined "$launch" "$work/privileged" nothing
  as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups -- "$@"; }
  chmod 755 "$work"
else
  as_nobody() { "$@"; }
fi
expect 1 '(PM-E809)' as_nobody "$launch" "$work/privileged" nothing
expect 42 confined as_nobody "$launch" "$work/listed" nothing

# What callers leave behind is reset.
probe=$bin/proofmark-test-probe
sign "$probe" "$work/probe"
dirty() {
  bash -c 'trap "" HUP USR1 PIPE; umask 0; ulimit -c unlimited; ulimit -s unlimited; exec setarch -R "$@"' dirty "$launch" "$work/probe"
}
expect 42 'limit core 0 0' dirty
expect 42 'limit stack 8388608 ' dirty
expect 42 'personality 0' dirty
expect 42 $'SigIgn:\t0000000000000000' dirty
expect 42 $'Umask:\t0022' dirty
expect 42 $'SigBlk:\t0000000000000000' env --block-signal=TERM "$launch" "$work/probe"
expect 42 $'Umask:\t0077' bash -c 'umask 0077; exec "$@"' strict "$launch" "$work/probe"
expect 3 '(PM-E810)' bash -c 'exec "$@" <&-' closed "$launch" "$work/probe"
checks=$((checks + 1))
"$launch" "$work/probe" >&- 2>/dev/null </dev/null
[ $? -eq 3 ] || fail 'started with descriptor 1 closed'

# Capabilities: 10 is CAP_NET_BIND_SERVICE. Root keeps that one only, and cannot get the others back.
sign --capabilities 400 "$probe" "$work/bound"
sign --capabilities 0 "$probe" "$work/none"
if [ "$(id -u)" -eq 0 ]; then
  for set in CapInh CapPrm CapEff CapBnd CapAmb; do
    expect 42 "$set:"$'\t0000000000000400' "$launch" "$work/bound"
    expect 42 "$set:"$'\t0000000000000000' "$launch" "$work/none"
  done
  sign --capabilities 0 --runtime-flags 0 "$probe" "$work/gaining"
  expect 1 '(PM-E809)' as_nobody "$launch" "$work/gaining"
fi
expect 42 $'CapEff:\t0000000000000000' as_nobody "$launch" "$work/bound"
expect 42 'not root' as_nobody "$launch" --verbose "$work/bound"
expect 42 'executes a sealed copy' "$launch" --verbose "$work/bound"
finish
