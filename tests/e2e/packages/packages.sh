#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Real packages, built by GCC and by Clang for both architectures: every unit must be parsed and judged. A unit that
# cannot be is a finding of its own (PMT001, PMT003), so the test looks for those and for nothing else.
# usage: packages.sh BUILD_DIR PACKAGE...
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../../.." && pwd)
proofmark=$1/bin/proofmark
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags='-O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong'
failures=0

# NAME | C compiler | what configure scripts call the host
compilers=(
  'gcc amd64|gcc|x86_64-linux-gnu'
  'clang amd64|clang-19|x86_64-linux-gnu'
  'gcc arm64|aarch64-linux-gnu-gcc|aarch64-linux-gnu'
  'clang arm64|clang-19 --target=aarch64-linux-gnu|aarch64-linux-gnu'
)

# shellcheck source=tests/e2e/packages/prepare.sh
. "$here/prepare.sh"

# is_refused SOURCE: whether the build's own command for it fails, so that there is nothing to parse.
is_refused() {
  local command
  command=$(jq -r --arg file "$1" 'map(select(.file == $file))[0] | .command // (.arguments | join(" "))' compile_commands.json)
  ! (cd "$(jq -r --arg file "$1" 'map(select(.file == $file))[0].directory' compile_commands.json)" &&
    sh -c "$command -w -fsyntax-only -o /dev/null") 2>/dev/null
}

try() { # package name compiler host
  local package=$1 name=$2 dir=$work/$1.$4.${3%%-*} status=0 units failed
  cp -r "$sources/$package" "$dir"
  cd "$dir"
  if ! "prepare_$package" "$3" "$4" >"$dir.log" 2>&1; then
    tail -n 5 "$dir.log"
    echo "FAIL: $package ($name): cannot be prepared"
    failures=$((failures + 1))
    return
  fi
  "$proofmark" check -p . --policy "$here/policy.json" -j "$(nproc)" -o "$dir.txt" --evidence "$dir.json" \
    --layers "$dir.layers" >"$dir.log" 2>&1 || status=$?
  units=$(jq '.units | length' "$dir.json")
  failed=$(jq '[.units[] | select(.status != "analysed")] | length' "$dir.json")
  printf '%-10s %-12s %4d units, %d not parsed\n' "$package" "$name" "$units" "$failed"
  ((units > 0 && (status <= 1 || failed > 0))) || failures=$((failures + 1))
  while read -r source; do
    if is_refused "$source"; then
      echo "  $source: its own compiler refuses it too"
    else
      jq -r --arg unit "$source" '.findings[] | select(.unit == $unit) | .message' "$dir.json"
      failures=$((failures + 1))
    fi
  done < <(jq -r '.units[] | select(.status != "analysed") | .source' "$dir.json")
  "$here/canaries.sh" compile_commands.json "$dir.layers" "$4-objdump" || {
    echo "FAIL: $package ($name): a function that must have a canary has none"
    failures=$((failures + 1))
  }
  [[ $package != libmodbus ]] || doubt "$dir.layers" "$4-objdump"
}

# doubt LAYERS OBJDUMP: without the stack protector the comparison must fail.
doubt() {
  jq 'map(.arguments += ["-fno-stack-protector"])' compile_commands.json >unprotected.json
  ! "$here/canaries.sh" unprotected.json "$1" "$2" >/dev/null || {
    echo 'FAIL: canaries.sh sees canaries in code that has none'
    failures=$((failures + 1))
  }
}

fetch_packages
for package in "$@"; do
  for compiler in "${compilers[@]}"; do
    IFS='|' read -r name cc host <<<"$compiler"
    try "$package" "$name" "$cc" "$host"
  done
done
echo "$failures failed"
((failures == 0))
