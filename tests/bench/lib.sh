# SPDX-License-Identifier: Apache-2.0
#
# Shared by the benchmarks. Peers and ours run in one hyperfine call, so that they share the noise of the machine;
# what is printed is the median in milliseconds and its ratio to ours. Nothing is judged by absolute time.
# shellcheck shell=bash

tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
proofmark=$tree/build/host/bin/proofmark
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || { echo "bench: error: $tool is not installed"; exit 3; }
  done
}

# need_built PROGRAM...: device programs of the tests, in $bin; $sign is the signer of the tests.
need_built() {
  local program
  # shellcheck disable=SC2034 # for the scripts that source this file
  bin=$tree/build/amd64/bin sign=$tree/build/host/bin/proofmark-test-sign
  for program in "${@/#/$bin/}" "$sign"; do
    [ -x "$program" ] || { echo "bench: error: $program is missing (build proofmark_device_tests of amd64)"; exit 3; }
  done
}

# pe_of FILE OUT: the same bytes as a UEFI program; sbsign and sbverify take nothing else.
pe_of() {
  printf '.globl efi_main\nefi_main: ret\n.data\n.incbin "%s"\n' "$1" >"$work/efi.s"
  clang-19 --target=x86_64-unknown-windows -c "$work/efi.s" -o "$work/efi.obj"
  lld-link-19 -subsystem:efi_application -entry:efi_main "$work/efi.obj" "-out:$2"
}

# What the path-sensitive analysis of `check` runs with: Clang's checkers (those of our own are in no other program), and
# the configuration besides the budget of nodes.
path_checkers() {
  sed -nE '/kCheckers =$/,/;$/s/^ *"([^"]*)".*/\1/p' "$tree/analyzers/engine/path_reports.cpp" | tr -d '\n' |
    sed -E 's/,proofmark\.[A-Za-z]+//g'
}
path_options() {
  sed -nE 's/.*fmt::format\("max-nodes=\{\},([^"]*)".*/\1/p' "$tree/analyzers/engine/path_reports.cpp" | sed 's/,{}.*//'
}

# path_reports EVIDENCE: its findings of the path-sensitive analysis, the rules PMS1##, one a line.
path_reports() {
  jq -r '.findings[] | select(.rule | startswith("PMS1")) |
    "\(.file | sub("^.*/(?<f>[^/]+/[^/]+)$"; "\(.f)")):\(.line) \(.rule) \(.message)"' "$1" | sort -u
}

# compare TITLE NAME COMMAND [NAME COMMAND]...: the first is ours.
compare() {
  local title=$1 arguments=()
  shift
  while [ $# -gt 0 ]; do
    arguments+=(-n "$1" "$2")
    shift 2
  done
  hyperfine -N --warmup 2 --min-runs 7 --max-runs 60 --style none --export-json "$work/times.json" \
    "${arguments[@]}" >/dev/null 2>"$work/errors" || { echo "bench: error: $title: $(tail -n 2 "$work/errors")"; exit 3; }
  printf '%s\n' "$title"
  jq -r '.results[0].median as $ours | .results[] | [.command, (.median * 1000), (.median / $ours)] | @tsv' "$work/times.json" |
    while IFS=$'\t' read -r name ms ratio; do printf '  %-34s %9.2f ms  %6.2f x\n' "$name" "$ms" "$ratio"; done
}
