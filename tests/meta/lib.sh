# SPDX-License-Identifier: Apache-2.0
#
# Shared by the meta tests: the list of files of the tree, and the counting of failures.
# shellcheck shell=bash

tree=${1:?usage: TEST SOURCE_TREE}
cd "$tree" || exit 3
failures=0

# Files the project owns, one a line: what git tracks or would track; without git, all but build output.
tree_files() {
  if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files --cached --others --exclude-standard | while read -r file; do [ -e "$file" ] && echo "$file"; done
  else
    find . -type f -not -path './build/*' -printf '%P\n'
  fi
}

sources() { tree_files | grep -E '\.(c|cc|cpp|h|hpp|S)$'; }

fail() {
  failures=$((failures + 1))
  printf 'FAIL: %s\n' "$*"
}

finish() {
  [ "$failures" -eq 0 ] || { printf '%d failures\n' "$failures"; exit 1; }
  printf 'ok\n'
}
