#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Thousands of executions of a signed file that a writer changes at the same moment, in every way there is to write. What was
# changed never runs where the guard relies on leases; that the writer is quick enough is seen where it is told not to.
# usage: race.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/guard/lib.sh
. "$(dirname "$0")/lib.sh"
race=$bin/proofmark-test-race
mount_ext4 "$work/disk" || skip 'no ext4 in a file can be mounted'
mkdir "$work/disk/x" && mount_overlay "$work/disk/x/over" || skip 'no overlayfs'
at=$(grep -abo tiny "$work/good" | head -n 1 | cut -d: -f1)
good=0
written=0

# attack HOW COUNT FOLDER: adds to the counts; prints how often the changed file ran.
attack() {
  cp "$work/good" "$3/$1"
  "$race" "$1" "$2" "$3/$1" "$at" >"$work/counts" || fail "$race: $?"
  echo "  $3 $1: $(cat "$work/counts")" >&2
  good=$((good + $(sed -E 's/ran ([0-9]+) good.*/\1/' "$work/counts")))
  written=$((written + $(sed -E 's/.* ([0-9]+) writes/\1/' "$work/counts")))
  sed -E 's/.* ([0-9]+) evil.*/\1/' "$work/counts"
}

start_guard "$bin/proofmark-guard-test" --mount "$work/mem" --mount "$work/disk"
for place in "$work/mem" "$work/disk"; do
  for how in open nonblock truncate map idle; do
    checks=$((checks + 1))
    attack "$how" "${RACES:-120}" "$place" >"$work/evil"
    [ "$(cat "$work/evil")" = 0 ] || fail "a changed file ran: $place, $how"
  done
done
stop_guard
checks=$((checks + 2))
[ "$good" -ge 100 ] || fail "only $good executions of the good file: the races show nothing"
[ "$written" -ge 100 ] || fail "only $written writes: the races show nothing"

# A file that takes longer to hash is caught by a writer meanwhile.
cp "$bin/proofmark-test-tiny" "$work/large" && truncate -s 896K "$work/large" && mv "$work/good" "$work/small"
sign "$work/large" "$work/good" && chmod 755 "$work/good"
start_guard "$bin/proofmark-guard-lenient" --mount "$work/mem"
attack nonblock 300 "$work/mem" >"$work/evil"
says PM-E1203
stop_guard
mv "$work/small" "$work/good"

# Without a lease the same attacks get through.
start_guard "$bin/proofmark-guard-lenient" --mount "$work/disk/x/over"
evil=0
for how in open map open map open map; do
  attack "$how" 300 "$work/disk/x/over" >"$work/evil"
  evil=$((evil + $(cat "$work/evil")))
  [ "$evil" -eq 0 ] || break
done
stop_guard
checks=$((checks + 1))
[ "$evil" -gt 0 ] || fail 'the attacks do not get through where nothing keeps the file: the races show nothing'
finish
