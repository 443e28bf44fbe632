#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Documents that must exist and agree with the tree: every rule id used in code has a page, every page a rule; links
# between documents lead somewhere; README names every folder.
set -u
# shellcheck source=tests/meta/lib.sh
. "$(dirname "$0")/lib.sh"

for page in format design threat-model errors policy porting NEWS; do
  [ -s "docs/$page.md" ] || fail "docs/$page.md is missing"
done

rule_ids() { tree_files | grep -E '^analyzers/.*\.(cpp|h)$' | xargs -r grep -hoE '"PM[CEFGSTWX][0-9]{3}"' | tr -d '"' | sort -u; }
pages() { for page in docs/rules/PM*.md; do [ -e "$page" ] && basename "$page" .md; done | sort -u; }
while read -r id; do fail "rule $id has no page in docs/rules"; done < <(comm -23 <(rule_ids) <(pages))
while read -r id; do fail "docs/rules/$id.md describes no rule"; done < <(comm -13 <(rule_ids) <(pages))

# Relative links of Markdown pages.
while read -r page; do
  folder=$(dirname "$page")
  while read -r link; do
    [ -e "$folder/${link%%#*}" ] || fail "$page: link to $link leads nowhere"
  done < <(grep -oE '\]\([^)# ]+[^) ]*\)' "$page" | sed -E 's/^\]\(//; s/\)$//' | grep -vE '^(https?:|mailto:)')
done < <(tree_files | grep -E '\.md$')

for folder in analyzers signer verify toolchains boards tests; do
  [ -s "$folder/README.md" ] || fail "$folder/README.md is missing"
  grep -q "\`$folder/\`" README.md || fail "README.md does not name $folder/"
done
finish
