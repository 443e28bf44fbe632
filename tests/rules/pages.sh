#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the pages of PMS4##, PMS5##, PMC### and PMG### show is what the samples prove: the example is the failing sample, and
# the cure the passing one, word for word, so that a page's advice is compiled and found clean whenever the samples are.
# usage: pages.sh SOURCE_DIR
set -u
root=${1:?usage: pages.sh SOURCE_DIR}
failures=0 compared=0

# block PAGE HEADING: the code below the heading.
block() { awk -v want="## $2" '/^## / { in_part = $0 == want } /^```/ { in_code = !in_code; next } in_part && in_code' "$1"; }

# The sample without what only the test reads.
shown() {
  sed -E '/SPDX-License-Identifier|\/\/ (flags|driver): | expect-unit: /d; s/(\/\/|#) expect: .*/MARK/' "$1" |
    sed '/./,$!d'
}

compare() { # page heading sample
  local page=$1 heading=$2 sample=$3
  compared=$((compared + 1))
  if ! diff <(block "$page" "$heading" | sed -E 's/(\/\/|#) (refused|reported)$/MARK/') <(shown "$sample"); then
    echo "FAILED ${page##*/}: '$heading' is not ${sample##*/}"
    failures=$((failures + 1))
  fi
}

for page in "$root"/docs/rules/PMS[45]??.md "$root"/docs/rules/PM[CG]???.md; do
  folder=$root/tests/rules/$(basename "$page" .md)
  compare "$page" Example "$(compgen -G "$folder/fail_basic.*")"
  compare "$page" Cure "$(compgen -G "$folder/pass_cured.*")"
done
echo "$compared examples and cures compared, $failures failed"
[ "$failures" = 0 ] && [ "$compared" -gt 0 ]
