#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What the guard writes down: hostile names, more than it may write, a full log, a reader that does not read, the journal, what
# is learned in permissive mode; and that it never waits for a question of its own. usage: records.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/guard/lib.sh
. "$(dirname "$0")/lib.sh"
command -v jq >/dev/null || skip 'jq is not installed'
execs=$bin/proofmark-test-execs
mem=$work/mem
cp "$work/good" "$work/bad" "$mem"

# counted WHAT EXPECTED FOUND
counted() {
  checks=$((checks + 1))
  [ "$2" = "$3" ] || fail "$1: expected $2, found $3"
}

# Names of attackers: every line stays one JSON object, and the bytes of the name can be got back from it.
start_guard "$bin/proofmark-guard-lenient" --mount "$mem"
names=($'new\nline' $'quote"back\\slash' $'\e[31mred\e[0m' $'\xff\xfe\x80' '{"event":"accepted"}' 'ünïcode' "$(printf 'x%.0s' {1..255})")
deep=$mem
for _ in {1..12}; do deep=$deep/$(printf '\001%.0s' {1..250}); done
mkdir -p "$deep"
for name in "${names[@]}"; do
  cp "$work/bad" "$mem/$name"
  denied "$mem/$name" PM-E204
  jq -r 'select(.event == "refused") | .path' "$log" | tail -n 20 | iconv -f utf-8 -t latin1 >"$work/paths"
  checks=$((checks + 1))
  grep -qaF -- "$(tail -n 1 <<<"$name")" "$work/paths" || fail "the record of $(printf %q "$name") has another name"
done
cp "$work/bad" "$deep/bad"
denied "$deep/bad" PM-E204
tail -n 1 "$log" | jq -e '.path | endswith("...") and (length < 1300)' >/dev/null || fail 'a long path is not cut'
counted 'lines that are no JSON' 0 "$(jq -c . "$log" 2>&1 >/dev/null | wc -l)"
counted records "$((${#names[@]} + 2))" "$(wc -l <"$log")"
stop_guard

# 64 at once, again and again; each gets its own answer.
start_guard "$bin/proofmark-guard-lenient" --mount "$mem"
for _ in 1 2 3; do counted '64 at once' '32 ran, 32 denied' "$("$execs" many 64 "$mem/good" "$mem/bad")"; done
counted 'records of 96' 96 "$(grep -c '"event":"refused"' "$log")"
stop_guard

# More than may be written in a second is counted, and none is lost without being counted.
start_guard "$bin/proofmark-guard-test" --mount "$mem"
counted '300 at once' '0 ran, 300 denied' "$("$execs" many 300 "$mem/bad")"
sleep 1.5
written=$(grep -c '"event":"refused"' "$log")
left=$(jq -s 'map(select(.event == "left-out") | .count) | add' "$log")
counted 'written and left out' 300 $((written + ${left:-0}))
checks=$((checks + 1))
[ "$written" -lt 300 ] || fail 'nothing was left out'
# The log has a limit (65536 bytes), and what came before it is kept once.
for _ in {1..12}; do "$execs" many 60 "$deep/bad" >/dev/null; sleep 1; done
checks=$((checks + 1))
sizes=$(stat -c %s "$log" "$log.1" | sort -n | tail -n 1)
[ "${sizes:-0}" -le 65536 ] && [ -s "$log.1" ] || fail "the log is $sizes bytes long, or nothing was kept"
stop_guard

# A reader of its standard error that does not read: nobody waits for it.
mkfifo "$work/pipe"
sleep 100 <"$work/pipe" &
reader=$!
"$bin/proofmark-guard-lenient" --mount "$mem" 2>"$work/pipe" &
guard=$!
sleep 0.5
for _ in {1..6}; do counted 'with a full pipe' '0 ran, 60 denied' "$(timeout 60 "$execs" many 60 "$deep/bad")"; done
kill -TERM "$guard"
wait "$guard"
kill "$reader"

# Everything it has lies on what it guards, and it is started and executes from there.
sign "$bin/proofmark-guard-test" "$mem/guard" && chmod 755 "$mem/guard"
log=$mem/log
start_guard "$mem/guard" --mount "$mem"
runs "$mem/good"
denied "$mem/bad" PM-E204
expect 0 'for board' timeout 20 "$mem/guard" --version
stop_guard
log=$work/log

# The journal, when it listens.
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal
perl -MSocket -e 'my ($s, $entry); $| = 1; socket($s, AF_UNIX, SOCK_DGRAM, 0) && bind($s, sockaddr_un($ARGV[0])) or die;
  while (defined recv($s, $entry, 65536, 0)) { print $entry, "--\n" }' /run/systemd/journal/socket >"$work/journal" &
journal=$!
for _ in {1..100}; do [ -S /run/systemd/journal/socket ] && break; sleep 0.05; done
start_guard "$bin/proofmark-guard-test" --mount "$mem"
denied "$mem/"$'new\nline' PM-E204
stop_guard
sleep 0.2
kill "$journal"
for line in SYSLOG_IDENTIFIER=proofmark-guard PRIORITY=4 PROOFMARK_EVENT=refused PROOFMARK_NUMBER=204 \
  "PROOFMARK_PATH=$mem/new\\u000aline" "MESSAGE=refused: $mem/new\\u000aline: not signed (no mark at the end of the file) (PM-E204)"; do
  expect 0 "$line" grep -xF "$line" "$work/journal"
done

# Permissive: everything runs, what would not is on the list once.
printf '#!/bin/sh\necho script\n' >"$mem/script" && chmod 755 "$mem/script"
start_guard "$bin/proofmark-guard-test" --mount "$mem" --permissive --learned "$work/learned"
runs "$mem/good"
runs "$mem/bad"
runs "$mem/bad"
runs "$mem/script" script
exec 9>>"$mem/script"
exec 9>&-
stop_guard
counted 'would be refused' 3 "$(grep -c '"event":"would-refuse"' "$log")"
counted learned "$mem/bad
$mem/script" "$(cat "$work/learned")"
counted 'learned at the end' 2 "$(jq -r 'select(.event == "learned") | .count' "$log")"
finish
