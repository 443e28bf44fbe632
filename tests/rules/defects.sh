#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The labelled samples of tests/bench/defects.sh can be measured: both variants of every file compile without a warning
# of -Wall, so that no defect is one that the compiler alone gives away, and every sample has one label and one cure.
# usage: defects.sh FOLDER
set -eu
folder=$1
failures=0
complain() { echo "defects: $*"; failures=$((failures + 1)); }

for file in "$folder"/*.c; do
  for variant in DEFECTIVE SOUND; do
    for compiler in gcc clang-19; do
      LC_ALL=C "$compiler" -Wall -Werror -fsyntax-only "-D$variant" "$file" || complain "$file: $compiler -D$variant: does not compile"
    done
  done
  while read -r name labels cures; do
    [ "$labels" = 1 ] || complain "$file: $name: wrong number of labels (expected 1, found $labels)"
    [ "$cures" -gt 0 ] || complain "$file: $name: SOUND changes nothing"
  done < <(awk '
    function flush() { if (name != "") print name, labels + 0, cures + 0 }
    /^\/\/ sample: / { flush(); name = $3; labels = cures = 0 }
    /\/\/ defect: CWE-[0-9]+$/ { labels++ }
    /^ *#if(n?def| ).*SOUND/ { cures++ }
    END { flush() }' "$file")
done
count=$(cat "$folder"/*.c | grep -c '^// sample: ')
[ "$count" -ge 120 ] || complain "too few samples (expected at least 120, found $count)"
[ "$failures" = 0 ]
