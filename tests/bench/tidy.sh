#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# clang-tidy's checks in `check` and in clang-tidy-19 itself: the same checks with the same options, on the same units of
# real packages. Prints what each check found per package, what only one of the two found, and what each took. `check`
# runs with every other rule off and next to no budget for paths, and obeys NOLINT as clang-tidy does; it still asks
# compilers for their flags and walks the tree for its own rules. Both look at two units at a time, and see the code
# without FORTIFY, as `check` always does.
# With --rejected it only counts, by clang-tidy-19 alone, what the checks say that were tried and are no rules.
# usage: tidy.sh [--rejected] [PACKAGE...]
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq clang-tidy-19 gcc make cmake ninja /usr/bin/time
# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$tree/tests/e2e/packages/prepare.sh"
rejected=false
[ "${1:-}" != --rejected ] || { rejected=true; shift; }
[ $# -gt 0 ] || set -- libmodbus mosquitto dropbear lighttpd

mapfile -t checks < <("$proofmark" rules | awk '/^PMC/ { print $2 }')
if $rejected; then
  checks=(bugprone-branch-clone bugprone-casting-through-void bugprone-inc-dec-in-conditions bugprone-macro-parentheses
    bugprone-multi-level-implicit-pointer-conversion bugprone-narrowing-conversions bugprone-signal-handler
    bugprone-suspicious-include bugprone-unsafe-functions concurrency-mt-unsafe misc-header-include-cycle
    misc-static-assert readability-misleading-indentation)
fi
options=$(sed -nE 's/^ *\{"([a-z0-9-]+\.[A-Za-z]+)", "([^"]*)"\},$/\1: "\2"/p' "$tree/analyzers/rules/tidy_rules.cpp" | paste -sd,)
config="{Checks: '-*,$(IFS=,; echo "${checks[*]}")', CheckOptions: {$options}, HeaderFilterRegex: '.*'}"
"$proofmark" rules | awk '{ print $1 }' | jq -R . | jq -s '{
  name: "bench", version: 1, rules: (map({ (.): (if startswith("PMC") then "should" else "off" end) }) | add),
  parameters: { PMS: { "max-nodes": 1 }, PMC: { "honour-nolint": true } } }' >"$work/policy.json"

# Findings as "FILE:LINE:COLUMN CHECK", once each.
ours() { jq -r '.findings[] | select(.rule | startswith("PMC")) | "\(.file):\(.line):\(.column) \(.tag)"' "$1" | sort -u; }
theirs() { # clang-tidy names headers relative to the directory of the unit
  local directory file rest
  while IFS=$'\t' read -r directory file rest; do
    [[ $file == /* ]] || file=$directory/$file
    printf '%s:%s\n' "$(realpath -ms "$file")" "$rest"
  done < <(sed -nE 's/^([^\t]+)\t([^:]+):([0-9]+:[0-9]+): warning: .*\[([a-z0-9,.-]+)\]$/\1\t\2\t\3 \4/p' "$1") | sort -u
}

one_unit() { # package folder, config, directory, file; each unit has an output of its own, or lines would mix
  cd "$3" && clang-tidy-19 --quiet -p "$1" --config="$2" --extra-arg=-U_FORTIFY_SOURCE "$4" 2>>"$1.errors" |
    sed "s|^|$3\t|" >>"$1.tidy.$BASHPID"
}
export -f one_unit

timed() { # FILE COMMAND...: writes wall and processor seconds
  local file=$1
  shift
  /usr/bin/time -o "$file" -f '%e %U %S' "$@"
}

measure() { # package
  local dir=$work/$1
  cp -r "$sources/$1" "$dir"
  cd "$dir"
  "prepare_$1" gcc x86_64-linux-gnu >"$dir.log" 2>&1 || { tail -n 3 "$dir.log"; exit 3; }
  # A file that is built twice is one unit for clang-tidy.
  jq 'unique_by(.file)' compile_commands.json >once.json && mv once.json compile_commands.json
  $rejected || timed "$dir.ours.time" env XDG_CACHE_HOME="$work/cache" "$proofmark" check -p . --policy "$work/policy.json" -j2 -o "$dir.txt" --evidence "$dir.json" || true
  jq -r '.[] | .directory, .file' compile_commands.json | tr '\n' '\0' >"$dir.units"
  timed "$dir.theirs.time" xargs -0 -P2 -n2 bash -c 'one_unit "$@"' _ "$dir" "$config" <"$dir.units"
  cat "$dir".tidy.* >"$dir.tidy"
  theirs "$dir.tidy" >"$dir.theirs"
  if $rejected; then cp "$dir.theirs" "$dir.ours"; else ours "$dir.json" >"$dir.ours"; fi
}

fetch_packages >/dev/null
for package in "$@"; do (measure "$package"); done

printf '%-56s' check; printf '%12s' "$@"; echo
for check in "${checks[@]}"; do
  row=''
  for package in "$@"; do row+=$(printf '%12d' "$(grep -c " $check\$" "$work/$package.ours" || true)"); done
  [[ $row =~ ^[\ 0]*$ ]] || printf '%-56s%s\n' "$check" "$row"
done
! $rejected || exit 0
failures=0
printf '\n%-12s %6s %8s %10s %10s %24s %24s %8s %8s\n' package units common 'only here' 'only there' 'here: wall, cpu' 'clang-tidy: wall, cpu' wall cpu
for package in "$@"; do
  read -r wall user system < <(tail -n 1 "$work/$package.ours.time")
  read -r their_wall their_user their_system < <(tail -n 1 "$work/$package.theirs.time")
  only_here=$(comm -23 "$work/$package.ours" "$work/$package.theirs" | wc -l)
  only_there=$(comm -13 "$work/$package.ours" "$work/$package.theirs" | wc -l)
  awk -v p="$package" -v n="$(jq length "$work/$package/compile_commands.json")" \
    -v c="$(comm -12 "$work/$package.ours" "$work/$package.theirs" | wc -l)" -v h="$only_here" -v t="$only_there" \
    -v w="$wall" -v u="$user" -v s="$system" -v tw="$their_wall" -v tu="$their_user" -v ts="$their_system" \
    'BEGIN { printf "%-12s %6d %8d %10d %10d %12.1f s %8.1f s %12.1f s %8.1f s %6.2f x %6.2f x\n", p, n, c, h, t, w, u + s, tw, tu + ts, tw / w, (tu + ts) / (u + s) }'
  comm -3 "$work/$package.ours" "$work/$package.theirs" | sed "s|$work/||; s|^\t|  only there: |; t; s|^|  only here: |"
  failures=$((failures + only_here + only_there))
done
[ "$failures" = 0 ]
