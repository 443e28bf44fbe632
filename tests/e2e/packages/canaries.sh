#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Holds what `check` expects of the compiler against what the compiler does: every function that a layers file says must
# have a canary has one in the object code, as objdump shows it. Functions without code were inlined.
# usage: canaries.sh COMPILE_COMMANDS LAYERS OBJDUMP
set -euo pipefail
database=$1 layers=$2 objdump=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "FUNCTION yes|no" for every function of an object: whether its code refers to __stack_chk_fail. GCC splits unlikely
# parts off as FUNCTION.cold and FUNCTION.part.0; the check may be in either half.
protected_functions() {
  "$objdump" -dr --no-show-raw-insn "$1" | awk '
    /^[0-9a-f]+ <.*>:$/ { name = $2; gsub(/[<>:]/, "", name); sub(/\.(cold|part\.|constprop\.|isra\.).*/, "", name)
                          if (!(name in seen)) seen[name] = "no" }
    /__stack_chk_fail/  { seen[name] = "yes" }
    END { for (name in seen) print name, seen[name] }'
}

# compile INDEX: the unit's own command, with another output.
compile() {
  local words=() directory
  directory=$(jq -r ".[$1].directory" "$database")
  mapfile -t words < <(jq -r ".[$1] | (.arguments // (.command | split(\" \") | map(select(. != \"\"))))[]" "$database")
  words=("${words[@]//\\\"/\"}") # cmake's way of writing -DNAME="text"
  (cd "$directory" && "${words[@]}" -w -c -o "$work/unit.o" 2>"$work/errors") || return 1
}

# "UNIT TAB FUNCTION" for every function that must have one. A source that is compiled in two ways is two units of one
# name, and nothing tells here which is which.
jq -r '.units | group_by(.name)[] | select(length == 1) | .[0] | .name as $unit | .functions[] |
  select(.expects_canary) | [$unit, .symbol] | @tsv' "$layers" | sort -u >"$work/wanted"
mapfile -t names < <(jq -r '.[] | if (.file | startswith("/")) then .file else .directory + "/" + .file end' "$database" |
  xargs -d '\n' realpath -m)

expected=0 present=0 missing=0
for ((i = 0; i < ${#names[@]}; i++)); do
  name=${names[i]}
  mapfile -t wanted < <(awk -F'\t' -v name="$name" '$1 == name { print $2 }' "$work/wanted")
  ((${#wanted[@]} > 0)) || continue
  compile "$i" || { echo "  $name does not compile: $(grep -m 1 error: "$work/errors")"; continue; }
  protected_functions "$work/unit.o" | sort >"$work/functions"
  for symbol in "${wanted[@]}"; do
    expected=$((expected + 1))
    case $(sed -n "s/^${symbol//./\\.} //p" "$work/functions") in
      yes) present=$((present + 1)) ;;
      no) missing=$((missing + 1)); echo "  $name: $symbol has no canary" ;;
    esac
  done
done
echo "  $expected functions must have a canary: $present have one, $missing do not, $((expected - present - missing)) have no code of their own"
((missing == 0 && present > 0))
