#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Who finds the defects in defects/*.c: Proofmark and its peers on labelled samples. A sample is what follows a line
# "// sample: NAME[, subtle]" up to the next one; the line "// defect: CWE-NNN" in it says what is wrong where. With SOUND
# defined the same code is cured. The labels were written before any tool had looked at the samples.
#
# One criterion for all, as tools place one defect differently (at the allocation, the last use, the return):
#   found        a check speaks in the sample that does not speak in its cured twin
#   false alarm  any check speaks in the cured twin
# A check is what a tool calls one: a rule, a checker, a warning option. A check that says the same of both has not found
# the defect. "paths" is Proofmark with nothing but the rules PMS1## of path-sensitive analysis; "blocking" is what fails
# a run (level must). Peers run with all that is about defects, not style. Fails unless Proofmark's path rules and
# Proofmark as a whole find more than the Clang Static Analyzer as it comes, and the path rules with no more false alarms.
# With --list, also prints what each of the tools found, one line per sample.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq clang-19 clang-tidy-19 cppcheck gcc
tools='proofmark blocking paths csa csa-our-list gcc-fanalyzer gcc-wall cppcheck clang-tidy'
mkdir "$work/defective" "$work/sound"
cp "$tree"/tests/bench/defects/*.c "$work/defective"
cp "$tree"/tests/bench/defects/*.c "$work/sound"

# Every tool prints "VARIANT/FILE LINE CHECK" of all that it says about all files.
options_of() { if [ "$1" = sound ]; then echo -DSOUND; fi; }
warnings() { # of Clang and GCC: the name in the last brackets is the check
  sed -nE 's|^'"$work"'/([a-z]+/[a-z_]+\.c):([0-9]+):[0-9]+: (warning\|error): .*\[([^]]+)\]$|\1 \2 \4|p'
}
run_per_file() { # COMMAND...
  local variant file
  for variant in defective sound; do
    for file in "$work/$variant"/*.c; do
      # shellcheck disable=SC2046 # no option is no word
      (cd "$work" && LC_ALL=C timeout 300 "$@" $(options_of $variant) "$file" 2>&1) || true
    done
  done
}
check_once() {
  [ ! -e "$work/evidence.json" ] || return 0
  run_per_file printf '%s\n' | # makes the database of the same words: "[-DSOUND]" and the file
    jq -R . | jq -s --arg dir "$work" '[foreach .[] as $word ({last: "", option: null};
      {last: $word, option: (if .last == "-DSOUND" then "-DSOUND" else null end)};
      select(.last != "-DSOUND") | {directory: $dir, file: .last,
        arguments: (["gcc", "-O2", "-c", .option, .last, "-o", "/dev/null"] | map(select(. != null)))})]' >"$work/compile_commands.json"
  "$proofmark" check -p "$work" --policy openssf-2026-06 --evidence "$work/evidence.json" -j 2 -o "$work/report" || true
  [ -s "$work/evidence.json" ] || { echo 'bench: error: proofmark wrote no evidence'; exit 3; }
}
findings() { # FILTER of jq
  check_once
  jq -r --arg dir "$work/" ".findings[] | select(.line != null and ($1)) | \"\\(.file) \\(.line) \\(.rule)\"" "$work/evidence.json" |
    sed "s|^$work/||"
}
run_proofmark() { findings true; }
run_blocking() { findings '.level == "must"'; }
run_paths() { findings '.rule | startswith("PMS1")'; }
run_csa() { run_per_file clang-19 -O2 --analyze -Xclang -analyzer-output=text | warnings; }
run_csa-our-list() {
  run_per_file clang-19 -O2 --analyze -Xclang -analyzer-output=text -Xclang "-analyzer-checker=$(path_checkers)" \
    -Xclang -analyzer-config -Xclang "$(path_options)" | warnings
}
run_gcc-fanalyzer() { run_per_file gcc -O2 -fanalyzer -c -o /dev/null | warnings; }
run_gcc-wall() { run_per_file gcc -O2 -Wall -Wextra -c -o /dev/null | warnings; }
run_cppcheck() {
  run_per_file cppcheck --quiet --enable=warning,portability,performance --inconclusive --template='{file} {line} {id}' |
    sed -nE "s|^$work/([a-z]+/[a-z_]+\.c [0-9]+ [A-Za-z]+)\$|\1|p"
}
run_clang-tidy() {
  local variant
  for variant in defective sound; do
    # shellcheck disable=SC2046
    clang-tidy-19 --quiet --checks='-*,bugprone-*,cert-*,clang-analyzer-*,-bugprone-easily-swappable-parameters' \
      "$work/$variant"/*.c -- -O2 $(options_of $variant) 2>/dev/null | warnings
  done
}

# The samples, "FILE FIRST LAST NAME CWE SUBTLE".
(cd "$work/defective" && awk '
  function flush() { if (name != "") print file, first, last, name, cwe, subtle }
  FNR == 1 { flush(); name = "" }
  /^\/\/ sample: / { flush(); file = FILENAME; first = FNR; name = $3; subtle = sub(/,$/, "", name); cwe = "" }
  match($0, /\/\/ defect: CWE-[0-9]+/) { cwe = cwe substr($0, RSTART + 11, RLENGTH - 11) }
  { last = FNR }
  END { flush() }' ./*.c | sed 's|^\./||') >"$work/samples"
grep -qvE ' CWE-[0-9]+ [01]$' "$work/samples" && { echo 'bench: error: a sample without exactly one label'; exit 3; }

check_once >&2
for tool in $tools; do
  "run_$tool" | sort -u >"$work/said"
  [ -s "$work/said" ] || { echo "bench: error: $tool says nothing at all"; exit 3; }
  awk -v tool="$tool" '
    NR == FNR { split($1, part, "/"); at = part[1] SUBSEP part[2]; said[at, ++count[at]] = $2 " " $3; next }
    function checks(variant, into, at, i, word) {
      at = variant SUBSEP $1
      for (i = 1; i <= count[at]; i++) {
        split(said[at, i], word, " ")
        if (word[1] >= $2 && word[1] <= $3) into[word[2]] = 1
      }
    }
    { delete bad; delete good; checks("defective", bad); checks("sound", good); found = alarm = 0; names = ""
      for (check in good) alarm = 1
      for (check in bad) if (!(check in good)) { found = 1; names = names " " check }
      print tool, $4, $5, $6, found, alarm, names }' "$work/said" "$work/samples" >>"$work/results"
done
if [ "${1:-}" = --list ]; then sort -s -k2,2 "$work/results"; fi

# shellcheck disable=SC2086
awk -v tools="$tools" '
  { key[1] = $3; key[2] = "all"; key[3] = $4 ? "subtle" : ""
    for (k = 1; k <= 3; k++) { found[$1, key[k]] += $5; alarms[$1, key[k]] += $6; if ($1 == "csa") total[key[k]]++ } }
  function row(label, i, cell) {
    printf "%-8s %7d", label, total[label]
    for (i = 1; i <= n; i++) { cell = found[tool[i], label] "/" alarms[tool[i], label]; printf " %13s", cell }
    print ""
  }
  END {
    n = split(tools, tool, " "); printf "%-8s %7s", "", "samples"
    for (i = 1; i <= n; i++) printf " %13s", tool[i]
    print "   (found/false alarms)"
    for (label in total) if (label ~ /^CWE/) order[substr(label, 5) + 0] = label
    for (i = 0; i < 2000; i++) if (i in order) row(order[i])
    row("subtle"); row("all")
    if (found["paths", "all"] <= found["csa", "all"] || found["proofmark", "all"] <= found["csa", "all"]) bad = 1
    if (alarms["paths", "all"] > alarms["csa", "all"]) bad = 1
    exit bad
  }' "$work/results"
