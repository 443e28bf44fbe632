#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What `check --gcc-diagnostics` adds on real packages, as GCC builds them: findings of each option per package, how many of
# them were dropped because one of our own rules says the same, units of which GCC was not heard, and what the option costs,
# in wall clock and processor time, beside the same run without it. Both run with all rules and no cache, two units at a time.
# usage: gcc.sh [--list] [PACKAGE...]   --list prints every finding, too
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq gcc make cmake ninja /usr/bin/time
# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$tree/tests/e2e/packages/prepare.sh"
list=false
[ "${1:-}" != --list ] || { list=true; shift; }
[ $# -gt 0 ] || set -- libmodbus mosquitto

# policy NAME LEVEL: GCC's rules as advice; all others at LEVEL, or at their own when it is empty.
policy() {
  "$proofmark" rules | awk '{ print $1 }' | jq -R . | jq -s --arg level "$2" '{ name: "bench", version: 1,
    rules: (map(select($level != "" or startswith("PMG")) | { (.): (if test("PMG|PMT006") then "advisory" else $level end) }) | add),
    parameters: (if $level == "" then {} else { PMS: { "max-nodes": 1 } } end) }' >"$work/$1.json"
}
policy full ''
policy alone off

check() { # package NAME POLICY OPTION...: evidence in NAME.json, time in NAME.time
  local dir=$work/$1 name=$2 policy=$3
  shift 3
  /usr/bin/time -o "$dir.$name.time" -f '%e %U %S' "$proofmark" check -p "$dir" --policy "$work/$policy.json" -j2 --no-cache \
    --evidence "$dir.$name.json" -o "$dir.$name.txt" "$@" 2>"$dir.$name.err" || (($? < 128)) || exit 3
}
measure() { # package
  local dir=$work/$1
  cp -r "$sources/$1" "$dir"
  (cd "$dir" && "prepare_$1" gcc x86_64-linux-gnu) >"$dir.log" 2>&1 || { tail -n 3 "$dir.log"; exit 3; }
  # A file that is built twice is one unit here.
  jq 'unique_by(.file)' "$dir/compile_commands.json" >"$dir/once.json"
  mv "$dir/once.json" "$dir/compile_commands.json"
  check "$1" without full
  check "$1" with full --gcc-diagnostics
  check "$1" alone alone --gcc-diagnostics
}
found() { jq -r '.findings[] | select(.rule | startswith("PMG")) | "\(.rule) \(.tag)"' "$1" | sort; }

fetch_packages >/dev/null
for package in "$@"; do measure "$package"; done

printf '%-52s' 'found by GCC'; printf '%12s' "$@"; echo
for package in "$@"; do found "$work/$package.alone.json"; done | sort -u | while read -r row; do
  printf '%-52s' "$row"
  for package in "$@"; do printf '%12d' "$(found "$work/$package.alone.json" | grep -cxF -- "$row" || true)"; done
  echo
done
for package in "$@"; do
  dir=$work/$package
  read -r wall user system < <(tail -n 1 "$dir.without.time")
  read -r gcc_wall gcc_user gcc_system < <(tail -n 1 "$dir.with.time")
  awk -v p="$package" -v n="$(jq length "$dir/compile_commands.json")" -v f="$(found "$dir.alone.json" | wc -l)" \
    -v k="$(found "$dir.with.json" | wc -l)" -v o="$(jq '[.findings[] | select(.rule | test("PMS1|PMW0"))] | length' "$dir.without.json")" \
    -v d="$(jq '[.findings[] | select(.rule == "PMT006")] | length' "$dir.with.json")" \
    -v w="$wall" -v c="$(echo "$user $system" | awk '{ print $1 + $2 }')" \
    -v gw="$gcc_wall" -v gc="$(echo "$gcc_user $gcc_system" | awk '{ print $1 + $2 }')" 'BEGIN {
      printf "%s: %d units; GCC found %d, %d of them in no line of ours; ours (PMS1##, PMW0##) found %d; %d units not heard\n", p, n, f, k, o, d
      printf "  wall %.1f s -> %.1f s (%.2f x), processor %.1f s -> %.1f s (%.2f x)\n", w, gw, gw / w, c, gc, gc / c }'
  ! $list || jq -r --arg dir "$dir/" '.findings[] | select(.rule | startswith("PMG")) | "  \(.file | ltrimstr($dir)):\(.line) \(.tag) \(.message)"' "$dir.with.json"
done
