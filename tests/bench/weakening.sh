#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Who notices when a source or a command line weakens hardening: Proofmark and its peers on the samples of the rules
# PMS2## to PMS4## and PMF### (tests/rules). A tool finds a failing sample when it reports anything in a line that the
# sample marks (anything at all where the sample as a whole is meant), and raises a false alarm when it reports anything
# on a passing one. Tools that read machine code get the sample as a shared object; for them "no canary", "no FORTIFY",
# "executable stack" and the like is a report. Each peer runs with everything on that is about defects, not style.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq clang-tidy-19 cppcheck flawfinder gcc checksec hardening-check blhc
samples=$tree/build/host/tests/rules/samples
ctest --test-dir "$tree/build/host" -R '^rules.samples$' >/dev/null || { echo 'bench: error: rules.samples fails'; exit 3; }
database=$samples/compile_commands.json

tools='proofmark clang-tidy cppcheck flawfinder gcc-wall gcc-fanalyzer checksec hardening-check blhc'

# Every tool prints the numbers of the lines that it complains about in FILE, 0 for the file as a whole.
words_of() { jq -r --arg file "$1" '.[] | select(.file == $file) | .arguments[]' "$database"; }

# The samples are checked with every rule on; what counts is what a user gets, so a rule that the preset has off is out:
# cert-err33-c is right about the printf() of a sample that is about something else, and nobody wants to hear it.
run_proofmark() {
  jq -r --arg file "$1" --slurpfile preset "$tree/boards/policies/openssf-2026-06.json" \
    '.findings[] | select($preset[0].rules[.rule] != "off") | select(.unit == $file or .file == $file) | .line // 0' "$samples/evidence.json"
}
run_clang-tidy() {
  timeout 120 clang-tidy-19 --quiet -p "$samples" \
    --checks='-*,bugprone-*,cert-*,clang-analyzer-*,concurrency-*,misc-misleading-*,misc-confusable-*,android-*' \
    "$1" 2>/dev/null | sed -nE "s|^$1:([0-9]+):[0-9]+: (warning\|error): .*|\1|p"
}
run_cppcheck() {
  cppcheck --quiet --enable=warning,portability,performance --inconclusive --template='{line}' "$1" 2>&1 |
    grep -E '^[0-9]+$'
}
run_flawfinder() { flawfinder --dataonly --quiet --columns --minlevel=1 "$1" 2>/dev/null | sed -nE "s|^$1:([0-9]+):.*|\1|p"; }
gcc_lines() { # file option...
  local file=$1 words=()
  shift
  mapfile -t words < <(words_of "$file" | grep -vE -e '^--target=|^-fstrict-flex-arrays')
  case ${words[0]} in aarch64*) ;; clang++*) words[0]=g++ ;; *) words[0]=gcc ;; esac
  LC_ALL=C "${words[@]}" "$@" -o /dev/null 2>&1 | sed -nE "s|^$file:([0-9]+):[0-9]+: (warning\|error): .*|\1|p"
}
run_gcc-wall() { gcc_lines "$1" -Wall -Wextra -Wformat=2 -Wtrampolines -Wbidi-chars=any; }
run_gcc-fanalyzer() { gcc_lines "$1" -fanalyzer; }
# as_library FILE: what checkers of machine code see; fails for samples that no compiler here turns into code.
as_library() {
  local words=()
  mapfile -t words < <(words_of "$1" | grep -vE -e '^-c$|^-fPIE$|^-o$|^/dev/null$')
  case ${words[0]} in aarch64*) ;; clang-*) words+=(-fuse-ld=lld-19) ;; esac
  "${words[@]}" -w -fPIC -shared -Wl,-z,relro,-z,now,--unresolved-symbols=ignore-all -o "$work/sample.so" 2>/dev/null
}
run_checksec() {
  as_library "$1" || return 0
  checksec --format=json --file="$work/sample.so" 2>/dev/null | grep -qE '"(canary|nx|fortify_source)":"no"' && echo 0
}
run_hardening-check() {
  as_library "$1" || return 0
  hardening-check --nopie "$work/sample.so" 2>/dev/null | grep -qE '(Stack protected|Fortify Source functions|Read-only relocations|Immediate binding): no' && echo 0
}
run_blhc() {
  printf 'dpkg-buildpackage: info: source package sample\n%s\n' "$(words_of "$1" | sed 's/^clang-19$/gcc/' | tr '\n' ' ')" >"$work/log"
  blhc --all "$work/log" 2>/dev/null | grep -qE 'missing' && echo 0
}

# verdict TOOL FILE EXPECTED_LINES...: whether the tool found what the sample marks; without lines, whether it says anything.
says_something() {
  local tool=$1 file=$2 line
  shift 2
  while read -r line; do
    if [ $# -eq 0 ] || [ "$line" = 0 ]; then return 0; fi
    for expected in "$@"; do [ "$line" != "$expected" ] || return 0; done
  done < <("run_$tool" "$file" || true)
  return 1
}

declare -A found false_alarms
failing=0 passing=0
mapfile -t files < <(jq -r '.[].file' "$database" | grep -E '/PM(S[234]|F)[0-9]*/' | grep -vE '\.(S|s)$' | sort -u)
for file in "${files[@]}"; do
  name=$(basename "$file")
  case $name in fail_*) failing=$((failing + 1)) ;; pass_*) passing=$((passing + 1)) ;; *) continue ;; esac
  mapfile -t lines < <(grep -n '// expect: ' "$file" | cut -d: -f1)
  for tool in $tools; do
    case $name in
      fail_*) ! says_something "$tool" "$file" "${lines[@]}" || found[$tool]=$((${found[$tool]:-0} + 1)) ;;
      pass_*) ! says_something "$tool" "$file" || false_alarms[$tool]=$((${false_alarms[$tool]:-0} + 1)) ;;
    esac
  done
done
printf '%-16s %18s %20s\n' tool 'weakenings found' 'false alarms'
for tool in $tools; do
  printf '%-16s %9d of %4d %14d of %4d\n' "$tool" "${found[$tool]:-0}" "$failing" "${false_alarms[$tool]:-0}" "$passing"
done
[ "${found[proofmark]:-0}" = "$failing" ] && [ "${false_alarms[proofmark]:-0}" = 0 ]
