# SPDX-License-Identifier: Apache-2.0
#
# Shared by the end-to-end tests of `check`: a copy of the project in a scratch directory, compile databases, assertions.
# Environment: PROOFMARK_ANALYZE, BOARDS_DIR. Paths of the scratch directory never reach a golden file, because the tests
# run in it and the tool prints relative paths.
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/project/." "$work"
cd "$work" || exit 1
export XDG_CACHE_HOME=$work/.cache
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

finish() {
  [ "$failures" = 0 ] && echo ok
  exit $((failures != 0))
}

common_flags="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE
  -ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing
  -ffile-prefix-map=$work=. -Isrc/modbus"
clang_flags="$common_flags -fstrict-flex-arrays=3 -fcf-protection=full"
arm64_flags="$common_flags -mbranch-protection=standard"

# database "COMMAND" FILE...: compile_commands.json with one entry for each file.
database() {
  local command=$1 separator='' file
  shift
  {
    printf '['
    for file in "$@"; do
      printf '%s\n{"directory": "%s", "file": "%s", "command": "%s -c %s -o /dev/null"}' "$separator" "$work" "$file" \
        "$(tr -s '\n ' ' ' <<<"$command")" "$file"
      separator=,
    done
    printf ']\n'
  } >compile_commands.json
}

# expect CODE "TEXT" ARGUMENTS...: exit code, and TEXT (unless empty) in output or error.
expect() {
  local code=$1 text=$2 found
  shift 2
  "$PROOFMARK_ANALYZE" "$@" >out 2>err
  found=$?
  [ "$found" = "$code" ] || fail "$*: exit code $found (expected $code): $(head -n 3 out err)"
  [ -z "$text" ] || grep -qF -- "$text" out err || fail "$*: no \"$text\" in: $(head -n 8 out err)"
}

amd64=(check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR")
arm64=(check -p . --board qemu-arm64 --boards-dir "$BOARDS_DIR")
