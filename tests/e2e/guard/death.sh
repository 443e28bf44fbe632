#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What becomes of executions when parts of the guard are killed or stand still: as long as one of its two processes lives,
# nothing unsigned runs and nobody waits for ever. usage: death.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/guard/lib.sh
. "$(dirname "$0")/lib.sh"
execs=$bin/proofmark-test-execs
mem=$work/mem
cp "$work/good" "$work/bad" "$mem"
# child_of PROCESS: as soon as it has one.
child_of() {
  local child=
  for _ in $(seq 200); do
    child=$(cat "/proc/$1/task/$1/children")
    [ -n "$child" ] && break
    sleep 0.01
  done
  echo "${child%% *}"
}
# end_workers: until the guard has had enough.
end_workers() {
  local worker
  for _ in $(seq 16); do
    worker=$(child_of "$guard")
    kill -KILL "$worker"
    for _ in $(seq 100); do [ -e "/proc/$worker" ] || break; sleep 0.01; done
  done
  event failed 1
}
# event NAME COUNT: the log has it so often, now or soon.
event() {
  checks=$((checks + 1))
  for _ in $(seq 100); do
    [ "$(grep -c "\"event\":\"$1\"" "$log")" -ge "$2" ] && return
    sleep 0.05
  done
  fail "fewer than $2 times '$1': $(tail -n 3 "$log")"
}

# The worker, while it is asked: whatever it had been asked is refused, the rest is asked again.
start_guard "$bin/proofmark-guard-test" --mount "$mem"
for _ in $(seq 10); do
  "$execs" many 32 "$mem/good" "$mem/bad" >"$work/counts" &
  sleep 0.0"$((RANDOM % 9))"
  kill -KILL "$(child_of "$guard")"
  wait $!
  checks=$((checks + 1))
  read -r ran _ denied _ <"$work/counts"
  ((ran <= 16 && ran + denied == 32)) || fail "32 executions, 16 of a signed file: $(cat "$work/counts")"
done
event worker-ended 10
runs "$mem/good"
denied "$mem/bad" PM-E204
# A worker that stands still is replaced.
kill -STOP "$(child_of "$guard")"
runs "$mem/good"
denied "$mem/bad" PM-E204
stop_guard

# The supervisor: the worker goes on in its place, and is as good a supervisor.
start_guard "$bin/proofmark-guard-test" --mount "$mem"
worker=$(child_of "$guard")
kill -KILL "$guard" && wait "$guard" 2>/dev/null
denied "$mem/bad"
event took-over 1
kill -KILL "$(child_of "$worker")"
event worker-ended 1
runs "$mem/good"
denied "$mem/bad"
# Both, and neither has the time to replace the other: the kernel allows everything, and nobody can change that from here.
others=$(child_of "$worker")
kill -STOP "$worker"
kill -KILL "$others" "$worker"
for _ in $(seq 100); do kill -0 "$others" 2>/dev/null || break; sleep 0.05; done
runs "$mem/bad"

# Workers that end again and again: the board says that nothing runs then, until somebody stops the guard.
start_guard "$bin/proofmark-guard-test" --mount "$mem"
end_workers
denied "$mem/good" PM-E1209
stop_guard 3
runs "$mem/bad"
# The same where the board says that everything runs then.
start_guard "$bin/proofmark-guard-lenient" --mount "$mem"
end_workers
checks=$((checks + 1))
wait "$guard"
[ $? -eq 3 ] || fail 'a guard that failed open goes on'
runs "$mem/bad"

# A thread that is allowed to execute, does not get there, and keeps a writer waiting, is ended. (It fails to execute what
# no kernel can, and computes; the guard cannot tell that from one that is held up.)
head -c 5000 /dev/zero >"$work/nothing"
case $arch in amd64) machine=62 ;; arm64) machine=183 ;; esac
sign --machine "$machine" "$work/nothing" "$mem/nothing" && chmod 755 "$mem/nothing"
start_guard "$bin/proofmark-guard-test" --mount "$mem"
expect 137 '' timeout --foreground 30 "$execs" spin "$mem/nothing" "$mem/nothing"
says PM-E1208
stop_guard

# Threads of other process namespaces cannot be watched.
mkdir "$work/proc"
log=$work/inner.log
unshare --pid --fork --kill-child --mount-proc "$bin/proofmark-guard-test" --log "$log" --mount "$mem" &
inner=$!
event started 1
denied "$mem/good" PM-E1207
kill -KILL "$inner"
wait "$inner" 2>/dev/null

# What stops it from starting.
expect 3 '(PM-E1210)' "$bin/proofmark-guard-test" --mount "$work/none"
expect 3 '(PM-E1210)' "$bin/proofmark-guard-test"
expect 2 'cannot use --none' "$bin/proofmark-guard-test" --none
expect 2 '--learned needs --permissive' "$bin/proofmark-guard-test" --learned "$work/list"
expect 0 'usage: proofmark-guard' "$bin/proofmark-guard-test" --help
expect 0 "for board qemu-$arch, " "$bin/proofmark-guard-test" --version
finish
