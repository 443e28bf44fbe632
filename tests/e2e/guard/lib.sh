# SPDX-License-Identifier: Apache-2.0
#
# Shared by the guard's tests: file systems of their own in mount and process namespaces of their own, so that nothing of the
# machine is ever guarded and everything ends with the test, a guard that hangs included. Sourced with the architecture as
# $1; CTest sets SIGN, TREE and DEVICE_BUILDS.
# shellcheck shell=bash disable=SC2034,SC2154 # variables of and for others
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ -z "${INSIDE_GUARD_TEST:-}" ] && [ "$(id -u)" -eq 0 ]; then
  INSIDE_GUARD_TEST=1 exec timeout -k 5 "${GUARD_TEST_SECONDS:-240}" \
    unshare --mount --propagation private --pid --fork --kill-child --mount-proc "$0" "$@"
fi
# shellcheck source=tests/attacks/lib.sh
. "$here/../../attacks/lib.sh"
[ "$(id -u)" -eq 0 ] || skip 'fanotify needs root'
[ "$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')" = "$arch" ] || skip "user emulation has no fanotify (e2e.guard.guest.$arch boots a kernel)"
[ -x "$bin/proofmark-guard-test" ] || skip "no device build of $arch"
guard=
root=/mnt # compiled into proofmark-guard-bundle; in this mount namespace only
trap 'umount -R -l "$work"; rm -rf "$work"' EXIT
mount -t tmpfs tmpfs "$work" && mkdir "$work/mem" && mount -t tmpfs tmpfs "$work/mem" && mount -t tmpfs tmpfs "$root" ||
  skip 'no tmpfs can be mounted'
log=$work/log

# A file system in a file, and one that lies over others.
mount_ext4() {
  mkdir -p "$1"
  truncate -s 64M "$1.img" && mkfs.ext4 -q "$1.img" && mount -o loop "$1.img" "$1"
}
mount_overlay() {
  mkdir -p "$1"{,.lower,.upper,.work}
  mount -t overlay overlay -o "lowerdir=$1.lower,upperdir=$1.upper,workdir=$1.work" "$1"
}

# start_guard PROGRAM [OPTION...]: in the background, until it guards.
start_guard() {
  local program=$1
  shift
  rm -f "$log"
  "$program" --log "$log" "$@" >"$work/guard.out" 2>&1 &
  guard=$!
  for _ in $(seq 200); do
    grep -qs '"event":"started"' "$log" && return 0
    kill -0 "$guard" 2>/dev/null || break
    sleep 0.05
  done
  fail "the guard does not start: $(cat "$work/guard.out" "$log" 2>&1)"
  finish
}

# stop_guard [CODE]
stop_guard() {
  local code
  kill -TERM "$guard"
  wait "$guard"
  code=$?
  checks=$((checks + 1))
  [ "$code" -eq "${1:-0}" ] || fail "the guard ended with $code: $(tail -n 3 "$log")"
}

# runs FILE [TEXT] / denied FILE [NUMBER]: what happens when FILE is executed, and what is written about it.
runs() {
  local output
  checks=$((checks + 1))
  output=$(timeout 20 "$1" 2>&1 </dev/null) || fail "does not run ($?): $1: $output: $(tail -n 1 "$log")"
  grep -qF -- "${2:-tiny}" <<<"$output" || fail "no '${2:-tiny}' from $1: $output"
}
denied() {
  local output code lines
  lines=$(wc -l <"$log")
  checks=$((checks + 1))
  output=$(timeout 20 "$1" 2>&1 </dev/null)
  code=$?
  [ "$code" -eq 126 ] || fail "exit $code (expected 126): $1: $output"
  [ -z "${2:-}" ] || says "$2" "$lines"
}
# says NUMBER [LINES]: the log names the number, after so many lines.
says() {
  checks=$((checks + 1))
  tail -n "+$((${2:-0} + 1))" "$log" | grep -qF "\"number\":\"$1\"" || fail "no $1: $(tail -n 3 "$log")"
}

# A signed program, an unsigned one.
sign "$bin/proofmark-test-tiny" "$work/good"
cp "$bin/proofmark-test-tiny" "$work/bad"
chmod 755 "$work/good" "$work/bad"
