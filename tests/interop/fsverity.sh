#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `fsverity digest` agrees with our content digest, around every boundary of the Merkle tree and for signed files.
set -u
: "${SIGN:?}" "${VECTORS:?}"
command -v fsverity >/dev/null || { echo 'skipped: fsverity is not installed'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0 cases=0

# agree FILE EXPECTED WHAT
agree() {
  cases=$((cases + 1))
  [ "$1" = "$2" ] && return
  echo "FAIL: $3: fsverity says $2, we say $1"
  failures=$((failures + 1))
}

level=$((128 * 4096))
for size in 0 1 4095 4096 4097 8192 $((level - 1)) $level $((level + 1)) $((128 * level)) $((128 * level + 1)); do
  for source in /dev/zero /dev/urandom; do
    head -c "$size" "$source" >"$work/file"
    agree "$("$SIGN" digest "$work/file" | sed -n 's/^fs-verity sha256:\([0-9a-f]*\) .*/\1/p')" "$(fsverity digest --compact "$work/file")" \
      "$size bytes of $source"
  done
done
for file in "$VECTORS"/*.es256 "$VECTORS"/*.two; do
  covered=$("$SIGN" info "$file" | sed -n 's/^covered *\([0-9]*\) bytes/\1/p')
  head -c "$covered" "$file" >"$work/file"
  agree "$("$SIGN" info "$file" | sed -n 's/^content digest *//p')" "$(fsverity digest --compact "$work/file")" "the mark of ${file##*/}"
done
echo "$cases cases, $failures failures"
[ "$failures" -eq 0 ]
