#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every board and policy is valid JSON, named like its file, inherits from files that exist up to an architecture, and
# names a policy that exists. (The JSON schemas themselves are applied by tests/interop.)
set -u
# shellcheck source=tests/meta/lib.sh
. "$(dirname "$0")/lib.sh"
command -v jq >/dev/null || { echo 'skipped: jq is not installed'; exit 77; }

# lookup BOARD KEY: the value along the inheritance chain.
lookup() {
  local name=$1 value depth
  for depth in 1 2 3 4 5 6 7 8; do
    value=$(jq -r --arg key "$2" '.[$key] // empty' "boards/$name.json" 2>/dev/null) || return 1
    [ -z "$value" ] || { echo "$value"; return 0; }
    name=$(jq -r '.inherits // empty' "boards/$name.json") || return 1
    [ -n "$name" ] || return 0
  done
}

for file in boards/*.json boards/arch/*.json boards/soc/*.json; do
  [ -e "$file" ] && [ "$file" != boards/schema.json ] || continue
  name=${file#boards/}; name=${name%.json}
  jq -e . "$file" >/dev/null 2>&1 || { fail "$file: not JSON"; continue; }
  [ "$(jq -r .name "$file")" = "$name" ] || fail "$file: \"name\" is not $name"
  for key in architecture machine triple policy cpu_flags; do
    [ -n "$(lookup "$name" "$key")" ] || fail "$file: no $key along the inheritance chain"
  done
  policy=$(lookup "$name" policy)
  [ -e "boards/policies/$policy.json" ] || fail "$file: policy $policy does not exist"
done
for file in boards/policies/*.json; do
  jq -e . "$file" >/dev/null 2>&1 || fail "$file: not JSON"
done
finish
