# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the signer's end-to-end tests share. Each works in a directory of its own; a script ends with `finish`.
set -u
: "${SIGN:?path of proofmark-sign}" "${VECTORS:?tests/vectors}"
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
cases=0

fail() {
  echo "FAIL: $*"
  failures=$((failures + 1))
}

finish() {
  echo "$cases cases, $failures failures"
  [ "$failures" -eq 0 ] && [ "$cases" -gt 0 ]
  exit
}

# expect CODE TEXT COMMAND...: exit code and the whole output (both streams, in order) are exactly these.
expect() {
  local code=$1 text=$2 output status
  shift 2
  cases=$((cases + 1))
  output=$("$@" 2>&1)
  status=$?
  [ "$status" -eq "$code" ] || fail "$*: exit code $status (expected $code)"
  [ "$output" = "$text" ] || fail "$*:
--- expected
$text
--- found
$output"
}

# says CODE TEXT COMMAND...: ends with CODE, and the output has TEXT.
says() {
  local code=$1 text=$2 output status
  shift 2
  cases=$((cases + 1))
  output=$("$@" 2>&1)
  status=$?
  [ "$status" -eq "$code" ] || fail "$*: exit code $status (expected $code): $output"
  grep -qF -- "$text" <<<"$output" || fail "$*: no '$text' in: $output"
}

# succeeds COMMAND...: exit code 0; the output only matters when it is not.
succeeds() {
  local output
  cases=$((cases + 1))
  output=$("$@" 2>&1) || fail "$*: exit code $?: $output"
}

# same FILE FILE
same() {
  cases=$((cases + 1))
  cmp "$1" "$2" || fail "$1 and $2 differ"
}

sign_unproven() { "$SIGN" sign --allow-unproven --key "$VECTORS/es256.pem" "$@"; }
verify_unproven() { "$SIGN" verify --allow-unproven --trust "$VECTORS/es256.pub.pem" "$@"; }

# flip FILE OFFSET: inverts the lowest bit of one byte.
flip() {
  local byte
  byte=$(od -An -tu1 -j"$2" -N1 "$1")
  printf "\\$(printf '%03o' $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
