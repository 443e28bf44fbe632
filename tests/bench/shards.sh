#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# How evenly `check --shard i/n` cuts a real package (tests/e2e/packages). The n shards run one after the other, each with a
# cache of its own, as on n machines that share nothing; counted is processor time, which a busy machine changes little:
# that of the longest shard, its ratio to an n-th of the unsplit run (1.00 = perfectly linear), and the ratio of all shards
# together to the unsplit run (what is done twice). Then the wall clock time of the merge.
# usage: shards.sh [--tier TIER] [PACKAGE...]   packages: libmodbus mosquitto lighttpd
set -euo pipefail
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq gcc
packages=$tree/tests/e2e/packages
tier=()
[ "${1:-}" != --tier ] || { tier=(--tier "$2"); shift 2; }

# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$packages/prepare.sh"
fetch_packages >/dev/null

# shard DIR I N: one shard with nothing known; its processor time in ms is in $cpu.
shard() {
  local TIMEFORMAT='%U %S'
  { time "$proofmark" check -p "$1" --policy openssf-2026-06 "${tier[@]}" -j1 --shard "$2/$3" --cache "$work/cache.$2" \
    --flag-cache "$work/flags.$2" --evidence "$work/part.$2.json" >"$work/out" 2>"$work/said" || (($? != 2)); } 2>"$work/time"
  cpu=$(awk '{ printf "%d", 1000 * ($1 + $2) }' "$work/time")
  [ -s "$work/part.$2.json" ] || { tail -n 3 "$work/out" "$work/said"; exit 3; }
  rm -rf "$work/cache.$2" "$work/flags.$2"
}

for package in "${@:-mosquitto}"; do
  dir=$work/$package
  cp -r "$sources/$package" "$dir"
  (cd "$dir" && "prepare_$package" gcc x86_64-linux-gnu) >"$work/log" 2>&1 || { tail -n 5 "$work/log"; exit 3; }
  printf '%s, %d units%s\n' "$package" "$(jq length "$dir/compile_commands.json")" "${tier[1]:+, tier ${tier[1]}}"
  printf '  %2s  %14s  %22s  %21s  %8s\n' n 'longest shard' 'to an n-th of the whole' 'all shards to the whole' 'merge'
  for n in 1 2 4 8; do
    longest=0 sum=0
    for ((i = 1; i <= n; i++)); do
      shard "$dir" "$i" "$n"
      sum=$((sum + cpu)) longest=$((cpu > longest ? cpu : longest))
    done
    [ "$n" != 1 ] || whole=$sum
    start=$(date +%s%N)
    "$proofmark" merge "$work"/part.*.json --evidence "$work/merged.json" >"$work/out" 2>&1 || (($? != 2))
    merge=$((($(date +%s%N) - start) / 1000000))
    [ "$(jq '.units | length' "$work/merged.json")" = "$(jq length "$dir/compile_commands.json")" ] || { echo 'bench: error: units are missing'; exit 3; }
    awk -v n="$n" -v longest="$longest" -v sum="$sum" -v whole="$whole" -v merge="$merge" \
      'BEGIN { printf "  %2d  %11d ms  %22.2f  %23.2f  %5d ms\n", n, longest, longest * n / whole, sum / whole, merge }'
    rm -f "$work"/part.*.json
  done
done
