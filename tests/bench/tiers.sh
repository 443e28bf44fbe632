#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the tiers of `check` cost and find on real packages: processor time, path reports, and by name those that a
# cheaper tier loses against the deep one, and those that only it has.
# usage: tiers.sh [PACKAGE...]
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq gcc make cmake ninja /usr/bin/time
# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$tree/tests/e2e/packages/prepare.sh"
[ $# -gt 0 ] || set -- libmodbus mosquitto

measure() { # package
  local tier user system
  cp -r "$sources/$1" "$work/$1"
  cd "$work/$1"
  "prepare_$1" gcc x86_64-linux-gnu >"$work/log" 2>&1 || { tail -n 3 "$work/log"; exit 3; }
  for tier in deep standard fast; do
    /usr/bin/time -o "$work/time" -f '%U %S' "$proofmark" check -p . --policy openssf-2026-06 -j2 --no-cache --tier "$tier" \
      --evidence "$work/$tier.json" -o "$work/$tier.txt" >/dev/null 2>&1 || true
    read -r user system < <(tail -n 1 "$work/time")
    path_reports "$work/$tier.json" >"$work/$tier.reports"
    printf '%-10s %-9s %8.1f s cpu %4d path reports, %d lost, %d only here\n' "$1" "$tier" \
      "$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')" "$(wc -l <"$work/$tier.reports")" \
      "$(comm -23 "$work/deep.reports" "$work/$tier.reports" | wc -l)" "$(comm -13 "$work/deep.reports" "$work/$tier.reports" | wc -l)"
    comm -23 "$work/deep.reports" "$work/$tier.reports" | sed 's/^/    lost  /'
    comm -13 "$work/deep.reports" "$work/$tier.reports" | sed 's/^/    only  /'
  done
}

fetch_packages >/dev/null
for package in "$@"; do (measure "$package"); done
