# SPDX-License-Identifier: Apache-2.0
#
# Shared by the attack tests: where things are, and counted expectations. Sourced with the architecture as $1; CTest sets
# SIGN, FLIP_HOST, FLIP_MINIMAL and DEVICE_BUILDS.
# shellcheck shell=bash
arch=${1:?usage: TEST amd64|arm64}
: "${SIGN:?set by ctest}" "${DEVICE_BUILDS:?set by ctest}"
# shellcheck disable=SC2034 # for the scripts that source this file
device="$DEVICE_BUILDS/$arch"
bin="$device/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
checks=0

skip() {
  echo "skipped: $*"
  exit 77
}

fail() {
  failures=$((failures + 1))
  echo "FAIL: $*"
}

finish() {
  echo "$checks checks, $failures failures"
  exit $((failures > 0))
}

# run COMMAND...: a device program, natively or under user emulation.
run() {
  if [ "$(uname -m)" = x86_64 ] && [ "$arch" = arm64 ]; then
    qemu-aarch64-static "$@"
  elif [ "$(uname -m)" = aarch64 ] && [ "$arch" = amd64 ]; then
    qemu-x86_64-static "$@"
  else
    "$@"
  fi
}

# run_natively SCRIPT ARGUMENT...: starts the script again where the kernel executes programs of $arch, for tests that have programs
# start each other; returns where it does so already.
run_natively() {
  [ "$arch" = arm64 ] && [ -z "${INSIDE_ARM64_RUN:-}" ] || return 0
  INSIDE_ARM64_RUN=1 exec "$(dirname "${BASH_SOURCE[0]}")/../e2e/exec/arm64_run.sh" "$@"
}

need_device() {
  [ -x "$bin/proofmark-exec-test" ] ||
    skip "no device build of $arch (cmake --preset $arch && cmake --build --preset $arch --target proofmark_device_tests)"
  if [ "$(uname -m)" = x86_64 ] && [ "$arch" = arm64 ]; then
    command -v qemu-aarch64-static >/dev/null || skip 'qemu-aarch64-static is not installed'
  fi
}

# expect CODE TEXT COMMAND...: the command ends with CODE and its output has TEXT.
expect() {
  local code=$1 text=$2 output found
  shift 2
  checks=$((checks + 1))
  output=$("$@" 2>&1 </dev/null)
  found=$?
  [ "$found" -eq "$code" ] || fail "exit $found (expected $code): $*: $output"
  grep -qF -- "$text" <<<"$output" || fail "no '$text' in the output of $*: $output"
}

# refused NUMBER FILE [OPTION...]: proofmark-exec refuses the file with this number.
refused() {
  local number=$1 file=$2
  shift 2
  expect 1 "(PM-E$number)" run "$bin/proofmark-exec-test" "$@" "$file"
}

sign() { "$SIGN" sign --board "qemu-$arch" "$@" || fail "the test signer failed: $*"; }
