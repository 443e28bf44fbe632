#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# How near PMS501's estimate of a frame, made from the source, comes to what GCC allots (-fstack-usage, the package's own
# flags): functions of real packages for which either says 512 bytes or more, in the package's own code.
# usage: stack.sh [PACKAGE...]
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$tree/tests/e2e/packages/prepare.sh"
need jq gcc cmake ninja make
[ $# -gt 0 ] || set -- libmodbus mosquitto dropbear lighttpd
fetch_packages >/dev/null
cat >"$work/policy.json" <<'J'
{"name": "stack", "version": 1, "rules": {}, "parameters": {"PMS": {"max-nodes": 1}, "PMS501": {"max-frame": 1}}}
J

# estimates and allotted: "PACKAGE/BASE-NAME FUNCTION BYTES" each.
measure() {
  local dir=$work/$1
  cp -r "$sources/$1" "$dir"
  (cd "$dir" && "prepare_$1" gcc x86_64-linux-gnu) >"$dir.log" 2>&1
  "$proofmark" check -p "$dir" --policy "$work/policy.json" -j "$(nproc)" --evidence "$dir.json" -o "$dir.txt" \
    >"$dir.log" 2>&1 || true
  jq -r --arg package "$1" '.findings[] | select(.rule == "PMS501") |
      (.message | capture("^.(?<name>[^ ]+). takes (?<bytes>[0-9]+) ")) as $one |
      "\($package)/\(.file | sub(".*/"; "")) \($one.name) \($one.bytes)"' "$dir.json" >>"$work/estimates"
  jq -r '.[] | .directory, (.command // (.arguments | map(@sh) | join(" ")))' "$dir/compile_commands.json" |
    while read -r directory && read -r command; do
      (cd "$directory" && rm -f "$work/unit.su" && sh -c "$command -w -fstack-usage -o $work/unit.o" >/dev/null 2>&1) || continue
      awk -F'[:\t]' -v package="$1" '{ n = split($1, part, "/"); print package "/" part[n], $4, $5 }' "$work/unit.su"
    done >>"$work/allotted"
}

: >"$work/estimates" && : >"$work/allotted"
for package in "$@"; do measure "$package"; done
join <(awk '{ print $1 ":" $2, $3 }' "$work/estimates" | sort -u -k1,1) \
  <(awk '{ print $1 ":" $2, $3 }' "$work/allotted" | sort -u -k1,1) |
  awk '$2 >= 512 || $3 >= 512 { print $2 / $3 }' | sort -n >"$work/ratios"
awk '{ r[NR] = $1; near += $1 >= 0.8 && $1 <= 1.25; low += $1 < 0.8; high += $1 > 1.25 }
  END { printf "%d functions: estimate / allotted, median %.2f; within 0.8 to 1.25: %d, below: %d, above: %d\n",
    NR, r[int((NR + 1) / 2)], near, low, high }' "$work/ratios"
