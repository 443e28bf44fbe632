# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the end-to-end tests of keys share, on top of the signer's: skipping, and typing on a terminal.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../sign/lib.sh"

# skip REASON: this machine cannot run the test.
skip() {
  echo "skipped: $*"
  exit 77
}

# expect_late CODE TEXT COMMAND...: as expect, for what goes wrong after the gate has warned that nothing was proved.
expect_late() {
  expect "$1" "proofmark: warning: in: no board was named, so no policy applies
$2" "${@:3}"
}

# typed TEXT COMMAND...: runs the command on a terminal of its own and types the text there, a line each, once the command
# has had time to turn the echo off. Prints what the terminal showed; the exit code is that of the command.
typed() {
  local text=$1 line
  shift
  while read -r line; do sleep 1 && echo "$line"; done <<<"$text" | script -qec "$(printf '%q ' "$@")" /dev/null | tr -d '\r'
  return "${PIPESTATUS[1]}"
}
