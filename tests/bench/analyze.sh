#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `check` as a gate, beside its peers, on the units of real packages. Equal work first: clang-tidy-19 with the checks and
# the checkers that `check` runs, the same budget of nodes, two units at a time. Then what a gate does most of the day:
# nothing has changed, one function has changed, the same sources are built for eight boards. Then who else finds what:
# places that a peer reports in the packages' files, and how many of them `check` reports too. Peers for findings run as
# their users run them: `clang --analyze` and `gcc -fanalyzer` unit after unit, but clang without its driver's checks for dead
# stores, which are no defects, and clang-tidy with the options that `check` gives to the same checks. docs/analysis.md has
# what became of the places that only peers report.
# usage: analyze.sh [PACKAGE...]
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq clang-tidy-19 clang-19 gcc cppcheck make cmake ninja /usr/bin/time
# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$tree/tests/e2e/packages/prepare.sh"
[ $# -gt 0 ] || set -- libmodbus mosquitto

nodes=$(sed -nE 's/.*\{"standard", ([0-9]+),.*/\1/p' "$tree/analyzers/tool/check_command.cpp")
options=max-nodes=$nodes,$(path_options)
checkers=$(path_checkers)
# clang-tidy's checks that the policy wants, by their own names.
tidy_checks=$("$proofmark" rules | awk '/^PMC/ { print $1, $2 }' | sort |
  join - <(jq -r '.rules | to_entries[] | select(.key | startswith("PMC")) | select(.value != "off") | .key' \
    "$tree/boards/policies/openssf-2026-06.json" | sort) | cut -d' ' -f2 | paste -sd,)
# clang-tidy takes packages of checkers by pattern, and analyses a file once for each of its commands.
tidy_checkers=$(tr ',' '\n' <<<"$checkers" | sed -E 's/^(core|unix|cplusplus)$/\1.*/; s/^/clang-analyzer-/' | paste -sd,)
# The options that the checks run with in `check`.
tidy_config="{CheckOptions: {$(sed -nE 's/^ *\{"([a-z-]+\.[A-Za-z]+)", "([^"]*)"\},$/\1: "\2"/p' "$tree/analyzers/rules/tidy_rules.cpp" | paste -sd,)}}"
export proofmark work options checkers tidy_checks tidy_checkers tidy_config

measure() { # NAME FUNCTION [WORD...]: runs it with output to NAME.out; the row says wall and processor seconds and memory
  local name=$1 wall user system memory
  shift
  /usr/bin/time -o "$work/time" -f '%e %U %S %M' bash -c '"$@"' _ "$@" >"$work/$name.out" 2>"$work/$name.err" || true
  read -r wall user system memory < <(tail -n 1 "$work/time")
  printf '%s %s %s\n' "$wall" "$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')" "$memory" >"$work/$name.row"
}
row() { # TITLE NAME BASE
  paste -d' ' "$work/$2.row" "$work/$3.row" | awk -v title="$1" '{
    printf "  %-44s %8.2f s wall %8.2f s cpu %6d MiB  %6.2f x wall %6.2f x cpu\n", title, $1, $2, $3 / 1024, $1 / $4, $2 / $5 }'
}

# places FILE...: "FILE:LINE" of what a compiler-like tool reports in the package itself.
places() { sed -nE "s|^($PWD/)?([^ :]+):([0-9]+):[0-9]*:? ?(warning\|error\|style\|portability\|performance).*|\2:\3|p" "$@" |
  while IFS=: read -r file line; do printf '%s:%s\n' "$(realpath -ms "$file")" "$line"; done | grep "^$PWD/" | sort -u; }
# The same of the last run of `check`; with the steps that lead there, where a peer may put its report.
reported() { jq -r '.findings[] | select(.line) | "\(.file):\(.line)"' "$work/ours.json" | sort -u; }
reported_with_paths() {
  jq -r '.findings[] | (., .path[]?) | select(.line) | "\(.file):\(.line)"' "$work/ours.json" | sort -u
}

run_tidy() { # every file, two at a time
  jq -r 'unique_by(.file)[] | .directory, .file' compile_commands.json | tr '\n' '\0' | xargs -0 -P2 -n2 sh -c 'cd "$1" && exec clang-tidy-19 --quiet \
    --allow-enabling-analyzer-alpha-checkers -p "$0" --config="$tidy_config" --checks="-*,'"$tidy_checks,$tidy_checkers"'" --extra-arg=-U_FORTIFY_SOURCE \
    --extra-arg=-Xclang --extra-arg=-analyzer-config --extra-arg=-Xclang \
    --extra-arg='"$options"' "$2"' "$PWD"
}
run_each() { # COMMAND WORD...: in place of each unit's compiler, one after the other
  local directory command
  # Two lines for each: @tsv would double the backslashes of -DVERSION=\"1\", and the unit would not compile.
  jq -r '.[] | .directory, (.command // (.arguments | @sh))' compile_commands.json | while read -r directory && read -r command; do
    (cd "$directory" && eval "words=($command)" && "$@" "${words[@]:1}" -U_FORTIFY_SOURCE -o /dev/null) || true
  done
}
run_clang() {
  run_each clang-19 -w --analyze --analyzer-output text -Xclang "-analyzer-checker=$checkers" -Xclang -analyzer-disable-checker=deadcode \
    -Xclang -analyzer-config -Xclang "$options"
}
run_gcc() { run_each gcc -fanalyzer; }
run_cppcheck() { cppcheck -j2 --quiet --project=compile_commands.json --enable=warning,portability --template='{file}:{line}:1: {severity}: {message}'; }
ours() { "$proofmark" check -p . --policy openssf-2026-06 -j2 --evidence "$work/ours.json" -o "$work/ours.txt" "$@"; }
# Without leaving a function early, as a peer does: the whole budget.
jq '.parameters.PMS["quiet-nodes"] = 0' "$tree/boards/policies/openssf-2026-06.json" >"$work/whole.json"
ours_whole() { "$proofmark" check -p . --policy "$work/whole.json" -j2 --no-cache --evidence "$work/whole_found.json" -o "$work/ours.txt"; }
eight_boards() { for _ in 2 3 4 5 6 7 8; do ours --cache "$work/cache" || true; done; }
export -f run_tidy run_each run_clang run_gcc run_cppcheck ours ours_whole eight_boards

# edit_each: a statement more in the last function of the ten largest units, one after the other.
edit_each() {
  local file
  jq -r '.[].file' compile_commands.json | sort -u | xargs ls -S 2>/dev/null | grep '\.c$' | head -n 10 | while read -r file; do
    grep -q '^}' "$file" || continue
    tac "$file" | awk '!done && /^}/ { print; print "(void)0;"; done = 1; next } { print }' | tac >"$work/edited" && cp "$work/edited" "$file"
    printf '%s\n' "$file"
  done
}

bench() { # PACKAGE
  local file peer before=0 after=0
  cp -r "$sources/$1" "$work/$1"
  cd "$work/$1"
  "prepare_$1" gcc x86_64-linux-gnu >"$work/$1.log" 2>&1 || { tail -n 3 "$work/$1.log"; exit 3; }
  # Without TLS mosquitto's conf.c is refused by its own compiler; a unit that fails is tried again in every run.
  jq 'map(select(.file | test("/conf.c$") | not))' compile_commands.json >"$work/some.json" && cp "$work/some.json" compile_commands.json
  ours --no-cache >/dev/null 2>&1 || true # compilers' answers are kept from here on

  printf '%s, %d units, budget of %d nodes\n' "$1" "$(jq length compile_commands.json)" "$nodes"
  rm -rf "$work/cache"
  measure cold ours --cache "$work/cache"
  measure none ours --no-cache
  measure whole ours_whole
  measure tidy run_tidy
  measure clang run_clang
  measure gcc run_gcc
  measure cppcheck run_cppcheck
  row 'check, empty cache' cold cold
  row 'check, no cache' none cold
  row 'check, no cache, whole budget always' whole cold
  row 'clang-tidy-19, same checks, checkers, budget' tidy cold
  row 'clang --analyze, same checkers, serial' clang cold
  row 'gcc -fanalyzer, serial' gcc cold
  row 'cppcheck' cppcheck cold

  path_reports "$work/ours.json" >"$work/early"
  path_reports "$work/whole_found.json" >"$work/late"
  printf '  path reports: %d; leaving functions early loses %d, and finds %d more\n' "$(wc -l <"$work/early")" \
    "$(comm -13 "$work/early" "$work/late" | wc -l)" "$(comm -23 "$work/early" "$work/late" | wc -l)"
  comm -13 "$work/early" "$work/late" | sed 's/^/    lost  /'
  reported >"$work/all"
  reported_with_paths >"$work/paths"
  printf '  findings at %d places' "$(wc -l <"$work/all")"
  for peer in tidy clang gcc cppcheck; do
    places "$work/$peer.out" "$work/$peer.err" >"$work/$peer.places"
    printf '; %s %d, %d of them not here' "$peer" "$(wc -l <"$work/$peer.places")" "$(comm -13 "$work/paths" "$work/$peer.places" | wc -l)"
  done
  echo

  measure same ours --cache "$work/cache"
  row 'check, nothing changed' same cold
  edit_each >"$work/edited.list"
  while read -r file; do
    measure one ours --no-cache "$file"; before=$(awk -v b="$before" '{ print b + $2 }' "$work/one.row")
    measure one ours --cache "$work/cache" "$file"; after=$(awk -v a="$after" '{ print a + $2 }' "$work/one.row")
  done <"$work/edited.list"
  awk -v b="$before" -v a="$after" -v n="$(wc -l <"$work/edited.list")" 'BEGIN {
    printf "  one function edited, %d largest units: %.2f s cpu without, %.2f s with kept results: %.1f x\n", n, b, a, b / a }'

  rm -rf "$work/cache"
  measure one ours --cache "$work/cache"
  measure eight eight_boards
  paste -d' ' "$work/eight.row" "$work/one.row" | awk '{ printf "  eight boards with equal flags: %.2f x the time of one (cold, shared cache)\n", ($1 + $4) / $4 }'
}

fetch_packages >/dev/null
for package in "$@"; do (bench "$package"); done
