#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# --diff BASE: only findings on lines that the change touches fail the run, as git tells.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
command -v git >/dev/null || { echo 'skipped: git is not installed'; exit 77; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com

commit() {
  git add -A && git -c commit.gpgsign=false commit -qm "$1"
}

database "clang-19 $clang_flags" src/network/handler.c
expect 3 '--diff main: not in a git repository' "${amd64[@]}" --diff main
git init -q -b main . && printf '.cache\nout\nerr\n' >.gitignore
commit base

expect 3 '--diff nothing: unknown revision' "${amd64[@]}" --diff nothing
grep -q 'fetch-depth' err || fail 'no hint about shallow clones'
expect 3 '--diff --output=x: unknown revision' "${amd64[@]}" --diff=--output=x
[ ! -e x ] || fail 'a revision became an option of git'

# Nothing changed: the old finding is from elsewhere.
expect 0 'error: (elsewhere) ' "${amd64[@]}" --diff main

# A line below the finding changed, then the line itself, neither committed.
echo '/* end */' >>src/network/handler.c
expect 0 '1 elsewhere' "${amd64[@]}" --diff main
line=$(sed -n 's/.*handler.c:\([0-9]*\):.*error.*/\1/p' out)
sed -i "${line}s|\$| /* touched */|" src/network/handler.c
expect 1 '1 error' "${amd64[@]}" --diff main

# On a branch, committed; main has moved on meanwhile, which is no change of ours.
git checkout -q -b topic && commit 'touch it'
expect 1 '1 error' "${amd64[@]}" --diff main
git checkout -q main && sed -i '1i /* main moved */' src/network/handler.c && commit 'move main'
git checkout -q topic
expect 1 '1 error' "${amd64[@]}" --diff main
expect 0 '1 elsewhere' "${amd64[@]}" --diff topic

# A renamed file has no changed line.
git checkout -q -b renamed topic && git mv src/network/handler.c src/network/renamed.c
database "clang-19 $clang_flags -Isrc/network" src/network/renamed.c
expect 0 '1 elsewhere' "${amd64[@]}" --diff topic

# A file that git does not know yet is all new.
git checkout -q -f topic && cp src/network/handler.c src/network/fresh.c
database "clang-19 $clang_flags -Isrc/network" src/network/fresh.c
expect 1 '1 error' "${amd64[@]}" --diff topic

# A lost flag is on no line.
git checkout -q -f topic
database "clang-19 $clang_flags -fno-stack-protector" src/sound.c
expect 1 'PMF003' "${amd64[@]}" --diff topic

# From a folder below, and with both.
database "clang-19 $clang_flags" src/network/handler.c
(cd src && "$PROOFMARK_ANALYZE" check -p .. --board qemu-amd64 --boards-dir "$BOARDS_DIR" --diff topic >../out 2>../err) ||
  fail "from a folder below: $(cat err out)"
expect 1 '' "${amd64[@]}" --write-baseline known.json
expect 0 '1 known' "${amd64[@]}" --baseline known.json --diff main
finish
