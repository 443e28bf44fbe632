#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every rule of `check` is whole: one source file, one page whose first sentence is the rule's summary, samples that
# fail and pass. And nothing lies about that belongs to no rule. The catalogue of rules by which a policy is read agrees
# with what both programs list, and every policy names every rule.
# usage: completeness.sh PROOFMARK_ANALYZE PROOFMARK_ELF SOURCE_DIR
set -u
analyze=$1 elf=$2 root=$3 failures=0

complain() {
  echo "FAILED $*"
  failures=$((failures + 1))
}

count() { # pattern: how many such files exist
  local found=()
  mapfile -t found < <(compgen -G "$1")
  echo "${#found[@]}"
}

check_rule() {
  local id=$1 summary=$2 page text third heading
  page=$root/docs/rules/$id.md
  # clang-tidy's checks and what GCC finds have a line in a table instead.
  [[ $id == PM[CG]* ]] || [ "$(count "$root/analyzers/rules/${id,,}_*.cpp")" = 1 ] ||
    complain "$id: expected one file analyzers/rules/${id,,}_*.cpp"
  [ "$(count "$root/tests/rules/$id/fail_*")" -ge 1 ] || complain "$id: no failing sample"
  [ "$(count "$root/tests/rules/$id/pass_*")" -ge 1 ] || complain "$id: no passing sample"
  if [ ! -f "$page" ]; then
    complain "$id: no page docs/rules/$id.md"
    return
  fi
  text=$(<"$page")
  # The heading, an empty line, then the summary.
  third=${text#*$'\n'*$'\n'}
  third=${third%%$'\n'*}
  [ "$third" = "$summary" ] || complain "$id: the page begins with '$third' (expected '$summary')"
  for heading in "## Why" "## Example" "## Cure" "## When it does not apply"; do
    [[ $text == *$'\n'"$heading"$'\n'* ]] || complain "$id: the page has no '$heading'"
  done
}

ids=
while IFS= read -r line; do
  id=${line%% *}
  ids+=" $id"
  # The summary is the last column; columns are parted by two spaces or more.
  check_rule "$id" "$(sed -E 's/.* {2,}//' <<< "$line")"
done < <("$analyze" rules)
[ -n "$ids" ] || complain "no rules are listed"

for path in "$root"/analyzers/rules/pm*.cpp "$root"/docs/rules/PM[CFGWST]*.md "$root"/tests/rules/PM*; do
  name=${path##*/}
  id=${name:0:6}
  id=${id^^}
  [[ "$ids " == *" $id "* ]] || complain "$path belongs to no rule"
done
# id, name and level of each rule, as the programs and as the pages have it.
listed=$({ "$analyze" rules; "$elf" rules; } | awk '{ print $1, $2, $3 }' | sort)
pages=$(for page in "$root"/docs/rules/PM[CFGWSTE]*.md; do
  awk 'NR == 1 { id = $2; name = $3 } /^\| (off|advisory|should|must) \|/ { print id, name, $2; exit }' "$page"
done | sort)
[ "$listed" = "$pages" ] || complain "pages and programs differ: $(diff <(echo "$pages") <(echo "$listed") | grep '^[<>]')"
for policy in "$root"/boards/policies/*.json; do
  [ "${policy##*/}" = schema.json ] && continue
  for page in "$root"/docs/rules/PM*.md; do
    id=$(basename "$page" .md)
    grep -q "^    \"$id\": " "$policy" || complain "${policy##*/} does not name $id (a line \"$id\": \"<level>\")"
  done
done
echo "$(wc -w <<< "$ids") rules, $failures complaints"
[ "$failures" = 0 ]
