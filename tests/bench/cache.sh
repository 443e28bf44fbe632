#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the cache of results saves, on real packages as tests/e2e/packages has them: a first run; a second with nothing
# changed; one with a comment added to one source; and eight boards, each with its own build directory, against one
# board alone. Every line is a wall clock time and its ratio to the first run, all in one run of this script.
# usage: cache.sh [PACKAGE...]   packages: libmodbus mosquitto
set -euo pipefail
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq gcc
packages=$tree/tests/e2e/packages

# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$packages/prepare.sh"
fetch_packages >/dev/null

now() { date +%s%N; }
# timed NAME COMMAND...: prints and keeps (in $ms) how long it took; what it printed is in $work/said.
timed() {
  local name=$1 start
  shift
  start=$(now)
  "$@" >"$work/out" 2>"$work/said" || (($? != 2)) || { tail -n 3 "$work/out" "$work/said"; exit 3; }
  ms=$((($(now) - start) / 1000000))
  [ -n "${cold:-}" ] || cold=$ms
  printf '  %-34s %9d ms  %8s of the first  %s\n' "$name" "$ms" "1/$(jq -n "$cold / ([$ms, 1] | max) | . * 10 | round / 10")" \
    "$(sed -n 's/^proofmark: \(.* from the cache.*\)/\1/p' "$work/said")"
}
check() { "$proofmark" check -p "$1" --policy openssf-2026-06 -j "$(nproc)" --cache "$2" --evidence "$work/evidence.json"; }

for package in "${@:-libmodbus}"; do
  dir=$work/$package
  cp -r "$sources/$package" "$dir"
  (cd "$dir" && "prepare_$package" gcc x86_64-linux-gnu) >"$work/log" 2>&1 || { tail -n 5 "$work/log"; exit 3; }
  # What its own compiler refuses is never kept, and would be counted as changed in each run.
  "$proofmark" check -p "$dir" --policy "$packages/policy.json" -j "$(nproc)" --no-cache --evidence "$work/evidence.json" >/dev/null 2>&1 || true
  jq --slurpfile evidence "$work/evidence.json" '($evidence[0].units | map(select(.status != "analysed") | .source)) as $failed |
    map(select(.file | IN($failed[]) | not))' "$dir/compile_commands.json" >"$work/database"
  mv "$work/database" "$dir/compile_commands.json"
  cold='' units=$(jq length "$dir/compile_commands.json")
  printf '%s, %d units, -j%d\n' "$package" "$units" "$(nproc)"
  timed 'first run' check "$dir" "$work/cache"
  cp "$work/evidence.json" "$work/first.json"
  timed 'nothing changed' check "$dir" "$work/cache"
  cmp "$work/first.json" "$work/evidence.json" || { echo 'bench: error: other evidence'; exit 3; }
  cp -r "$dir" "$work/elsewhere"
  sed -i "s|$dir|$work/elsewhere|g" "$work/elsewhere/compile_commands.json"
  timed 'another checkout' check "$work/elsewhere" "$work/cache"
  rm -rf "$work/elsewhere"
  # A source of middling cost: the one in the middle by size.
  file=$(jq -r '.[] | if .file | startswith("/") then .file else "\(.directory)/\(.file)" end' "$dir/compile_commands.json" |
    sort -u | xargs ls -S | sed -n "$((units / 2))p")
  echo '// a comment' >>"$file"
  timed "a comment in $(basename "$file")" check "$dir" "$work/cache"
  one=$cold start=$(now)
  for board in 1 2 3 4 5 6 7 8; do
    mkdir -p "$work/boards/$board"
    jq --arg map "-ffile-prefix-map=$work/boards/$board=." 'map(if .arguments then .arguments += [$map] else .command += " " + $map end)' \
      "$dir/compile_commands.json" >"$work/boards/$board/compile_commands.json"
    check "$work/boards/$board" "$work/cache.boards" >"$work/out" 2>"$work/said" || (($? != 2))
  done
  ms=$((($(now) - start) / 1000000))
  printf '  %-34s %9d ms  %.2f x one board\n' 'eight boards, an empty cache' "$ms" "$(jq -n "$ms / $one")"
  rm -rf "$work/boards" "$work/cache" "$work/cache.boards" "$dir"
done
