# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Shared by the tests of this folder: a scratch directory, and expectations that say what was expected and found.
# shellcheck disable=SC2034 # used by the tests
tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

give_up() {
  echo "FAIL: $1"
  [[ ! -e $work/out ]] || sed 's/^/  | /' "$work/out"
  exit 1
}

# expect CODE TEXT COMMAND...: runs it, wants that exit code and that text in what it prints. CMake wraps its messages,
# so white space is compared as single blanks.
expect() {
  local code=$1 text=$2 found=0
  shift 2
  "$@" >"$work/out" 2>&1 </dev/null || found=$?
  [[ $found == "$code" ]] || give_up "$*: expected exit code $code, found $found"
  [[ $(tr -s '[:space:]' ' ' <"$work/out") == *"$text"* ]] || give_up "$*: expected '$text'"
}

same() { [[ $2 == "$3" ]] || give_up "$1: expected '$2', found '$3'"; }
