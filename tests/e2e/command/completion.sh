#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Completion scripts and manual pages: they cover every verb of the command, and say what the programs' --help says.
# Environment: PROOFMARK.
set -u
failures=0
fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$(dirname "$PROOFMARK"):$PATH
verbs=$("$PROOFMARK" --help | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p')
[ "$(wc -l <<<"$verbs")" -ge 18 ] || fail "only these verbs were found: $verbs"

# words WORD...: what bash offers for the last of them.
words() {
  COMP_WORDS=(proofmark "$@") COMP_CWORD=$# COMPREPLY=()
  _proofmark
  printf '%s\n' "${COMPREPLY[@]}"
}

# offers "EXPECTED" WORD...
offers() {
  local expected=$1 found
  shift
  found=$(words "$@")
  grep -qxF -- "$expected" <<<"$found" || fail "no '$expected' after: proofmark $* (found $(tr '\n' ' ' <<<"$found"))"
}

"$PROOFMARK" completion bash >"$work/bash" || fail 'no script for bash'
bash -n "$work/bash" || fail 'the script is no bash'
# shellcheck source=/dev/null
. "$work/bash"
for verb in $verbs; do
  offers "$verb" ''
  case $verb in completion | manual) continue ;; esac
  # Every option of the verb's own help.
  for option in $("$PROOFMARK" "$verb" --help | sed -n 's/^ \{2,4\}\(-[^ ]*\).*/\1/p' | tr ',' ' '); do
    offers "$option" "$verb" -
  done
done
offers sarif check --format ''
offers junit audit --format ''
offers github matrix --format g
offers qemu-arm64 check --board ''
offers qemu-amd64 sign --board qemu-am
offers openssf-2026-06 audit --policy ''
offers show policy ''
offers fish completion ''
offers check manual ''
[ "$(words check --format sar)" = sarif ] || fail 'a word is not narrowed down'

"$PROOFMARK" completion zsh >"$work/zsh" || fail 'no script for zsh'
grep -q bashcompinit "$work/zsh" || fail 'zsh has no completion of bash'
if command -v zsh >/dev/null; then zsh -n "$work/zsh" || fail 'the script is no zsh'; fi
"$PROOFMARK" completion fish >"$work/fish" || fail 'no script for fish'
for verb in $verbs; do grep -q -- "-a $verb -d" "$work/fish" || fail "fish: no verb $verb"; done
grep -q "from check' -l format -x -a 'text " "$work/fish" || fail 'fish: no formats'
if command -v fish >/dev/null; then fish -n "$work/fish" || fail 'the script is no fish'; fi
for shell in '' tcsh; do
  "$PROOFMARK" completion $shell >"$work/out" 2>&1
  [ $? = 2 ] || fail "completion $shell: not a wrong usage"
done

# page ARGUMENTS...: a manual page that groff has nothing to say about.
page() {
  "$PROOFMARK" manual "$@" >"$work/page.1" || fail "no manual of '$*'"
  grep -q '^\.SH NAME' "$work/page.1" || fail "manual $*: no name"
  command -v man >/dev/null || return 0
  man --warnings -l "$work/page.1" >"$work/shown" 2>"$work/warnings" || fail "man cannot show '$*'"
  [ ! -s "$work/warnings" ] || fail "manual $*: $(cat "$work/warnings")"
}
page
for verb in $verbs; do page "$verb"; done
page check
for text in '\-\-baseline' 'EXIT STATUS' '.SH SYNOPSIS' 'proofmark check'; do
  grep -qF -- "$text" "$work/page.1" || fail "the manual of check has no $text"
done
"$PROOFMARK" manual chekc 2>&1 | grep -q "did you mean 'check'" || fail 'no hint for a misspelt verb'
[ "$failures" = 0 ] && echo ok
exit $((failures != 0))
