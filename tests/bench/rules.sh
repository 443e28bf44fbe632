#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# How often each rule speaks on real packages, built by GCC for amd64: a rule that speaks often must be right often. Every rule
# at its own level, path-sensitive analysis with the usual budget. Findings to judge by hand are listed with --list.
# usage: rules.sh [--work DIR] [--list] RULE-PATTERN [PACKAGE...]     e.g. rules.sh --list '^PMS5' mosquitto lighttpd
# DIR keeps what was prepared and the evidence of each package for the next run.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck disable=SC2034 # read by prepare.sh
flags='-O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong'
# shellcheck source=tests/e2e/packages/prepare.sh
. "$tree/tests/e2e/packages/prepare.sh"
need jq gcc cmake ninja make

list=
while [ $# -gt 0 ]; do
  case $1 in
    --work) kept=$(realpath -m "$2"); shift 2 ;;
    --list) list=1; shift ;;
    *) break ;;
  esac
done
pattern=${1:?usage: rules.sh [--work DIR] [--list] RULE-PATTERN [PACKAGE...]}
shift
[ $# -gt 0 ] || set -- libmodbus mosquitto dropbear lighttpd
kept=${kept:-$work}
mkdir -p "$kept"
fetch_packages >/dev/null

# check_package NAME: its evidence, KEPT/NAME.json, anew in every run.
check_package() {
  local dir=$kept/$1 status=0
  if [ ! -f "$dir/compile_commands.json" ]; then
    rm -rf "$dir" "$dir.json"
    cp -r "$sources/$1" "$dir"
    (cd "$dir" && "prepare_$1" gcc x86_64-linux-gnu) >"$dir.log" 2>&1 ||
      { tail -n 5 "$dir.log"; echo "bench: error: $1 cannot be prepared"; exit 3; }
  fi
  "$proofmark" check -p "$dir" --policy "$tree/tests/rules/policy.json" -j "$(nproc)" -o "$dir.txt" \
    --evidence "$dir.json" >"$dir.log" 2>&1 || status=$?
  # 3: units that their own compiler refuses, too (tests/e2e/packages); they are counted below.
  ((status <= 1 || status == 3)) || { tail -n 5 "$dir.log"; echo "bench: error: $1 cannot be checked"; exit 3; }
}

for package in "$@"; do check_package "$package"; done
# shellcheck disable=SC2016 # a variable of jq
found='.findings[] | select(.rule | test($pattern))'
printf '%-10s' rule
printf ' %10s' "$@"
echo
printf '%-10s' units
for package in "$@"; do
  printf ' %10d' "$(jq '[.units[] | select(.status == "analysed")] | length' "$kept/$package.json")"
done
echo
for rule in $(for package in "$@"; do jq -r --arg pattern "$pattern" "$found | .rule" "$kept/$package.json"; done | sort -u); do
  printf '%-10s' "$rule"
  for package in "$@"; do
    printf ' %10d' "$(jq --arg pattern "^$rule\$" "[$found] | length" "$kept/$package.json")"
  done
  echo
done
[ -z "$list" ] || for package in "$@"; do
  jq -r --arg pattern "$pattern" --arg dir "$kept/" \
    "$found | \"\(.rule) \(.file | ltrimstr(\$dir)):\(.line): \(.message)\"" "$kept/$package.json"
done
