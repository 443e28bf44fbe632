#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs a gateway, whatever it takes to start it, against a real Modbus server and a real MQTT broker on free ports of
# the loopback interface, and compares what it publishes with what the server holds. Everything started here
# is ended here.
set -euo pipefail

usage() {
  cat <<'EOF'
usage: run_gateway.sh [--server MODBUS_SERVER] [--case CASE]... [--show] [--unlimited] -- COMMAND [ARGUMENT...]

Runs COMMAND ARGUMENT... --modbus-port P --mqtt-port P ...; the command may be a gateway or something that starts one
(proofmark-exec, an emulator). Cases, all by default:

  basics      self-test, help and usage errors
  telemetry   published JSON against the registers of the server
  commands    register writes and interval changes by MQTT, hostile payloads
  outage      broker restart without loss, server gone and back
  watchdog    a server that answers too slowly to ever finish

  --show      print the samples that the telemetry case received, one JSON object a line
  --unlimited do not expect the gateway's limit of its own memory to work (sanitizers, emulators)

Exit code: 0 all as expected, 1 not, 2 usage, 77 a tool is missing (named).
EOF
}

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
server_program="$repository/build/host/bin/modbus-test-server"
show=false
limited=true
cases=()
while [[ $# -gt 0 && $1 != -- ]]; do
  case $1 in
    --server) server_program=${2:?--server needs a program}; shift 2 ;;
    --case) cases+=("${2:?--case needs a name}"); shift 2 ;;
    --show) show=true; shift ;;
    --unlimited) limited=false; shift ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done
[[ $# -ge 2 ]] || { usage >&2; exit 2; }
shift
command=("$@")
[[ ${#cases[@]} -gt 0 ]] || cases=(basics telemetry commands outage watchdog)

for tool in mosquitto mosquitto_pub mosquitto_sub mbpoll jq; do
  PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
[[ -x $server_program ]] || { echo "skipped: $server_program has not been built"; exit 77; }

topic=proofmark/gateway-01
work=$(mktemp -d)
children=()

# shellcheck disable=SC2317  # called by the trap
cleanup() {
  local pid
  for pid in "${children[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

fail() {
  echo "FAILED: $case_name: $*" >&2
  sed 's/^/  | /' "$work"/gateway.log >&2 2>/dev/null || true
  exit 1
}

# wait_for SECONDS WHAT COMMAND...: tries the command until it succeeds.
wait_for() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [[ $SECONDS -le $end ]] || fail "waited in vain for $what"
    sleep 0.05
  done
}

stop_child() {
  kill -"${2:-TERM}" "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

start_server() {
  : >"$work/server.out"
  "$server_program" "$@" >"$work/server.out" &
  server_pid=$!
  children+=("$server_pid")
  wait_for 5 "the Modbus server" grep -q '^port ' "$work/server.out"
  modbus_port=$(sed -n 's/^port //p' "$work/server.out")
}

broker_answers() { mosquitto_pub -p "$mqtt_port" -t "test/ping" -m x; }

start_broker() {
  cat >"$work/mosquitto.conf" <<EOF
listener $mqtt_port 127.0.0.1
allow_anonymous true
user $(id -un)
persistence true
persistence_location $work/
log_dest file $work/broker.log
EOF
  PATH=$PATH:/usr/sbin mosquitto -c "$work/mosquitto.conf" >>"$work/broker.out" 2>&1 &
  broker_pid=$!
  children+=("$broker_pid")
  local tries
  for tries in {1..60}; do
    broker_answers 2>/dev/null && return 0
    kill -0 "$broker_pid" 2>/dev/null || return 1
    sleep 0.05
  done
  return "$tries"
}

# The broker cannot choose a port itself; another program may have taken the one we chose.
start_broker_anywhere() {
  local tries
  for tries in {1..10}; do
    mqtt_port=$((20000 + RANDOM % 12000))
    start_broker && return 0
  done
  fail "no port for the broker after $tries tries"
}

# subscribe FILE TOPIC [OPTION...]: collects "TOPIC PAYLOAD" lines, and returns once the broker has the subscription.
subscribe() {
  local file=$1 subject=$2
  shift 2
  mosquitto_sub -p "$mqtt_port" -v -q 1 -t "$subject" -t "test/ready" "$@" >"$file" 2>/dev/null &
  subscriber_pid=$!
  children+=("$subscriber_pid")
  wait_for 5 "the subscriber" subscriber_ready "$file"
}

subscriber_ready() {
  mosquitto_pub -p "$mqtt_port" -q 1 -t test/ready -m ready && grep -q '^test/ready' "$1"
}

payloads() { sed -n "s|^$topic/$2 ||p" "$1"; }
count_payloads() { payloads "$1" "$2" | wc -l; }
has_payloads() { [[ $(count_payloads "$1" "$2") -ge $3 ]]; }

start_gateway() {
  "${command[@]}" --modbus-port "$modbus_port" --mqtt-port "$mqtt_port" "$@" 2>"$work/gateway.log" &
  gateway_pid=$!
  children+=("$gateway_pid")
}

gateway_ended() { ! grep -qs '^State:[[:space:]]*[^Z]' "/proc/$gateway_pid/status"; }

# finish_gateway EXPECTED: waits for the gateway and compares its exit code. The shell's own remark about a program that
# was ended by a signal is no news here.
finish_gateway() {
  local code=0 end=$((SECONDS + 15))
  { until gateway_ended || [[ $SECONDS -gt $end ]]; do sleep 0.05; done; } 2>/dev/null
  gateway_ended || fail "the gateway does not end"
  { wait "$gateway_pid" || code=$?; } 2>/dev/null
  [[ $code -eq $1 ]] || fail "the gateway ended with $code (expected $1)"
}

read_register() {
  mbpoll -m tcp -p "$modbus_port" -0 -r "$1" -c 1 -1 -q 127.0.0.1 | sed -n 's/^\[[0-9]*\]:[[:space:]]*\([0-9]*\).*/\1/p'
}

# CRC-16/MODBUS of 16-bit numbers, computed here a second time and differently from the gateway (by division steps of a
# whole word's two bytes, in the shell), so that a wrong implementation cannot agree with itself.
crc16_of_registers() {
  local crc=$((0xFFFF)) register byte bit
  for register in "$@"; do
    for byte in $((register >> 8)) $((register & 255)); do
      crc=$((crc ^ byte))
      for bit in 1 2 3 4 5 6 7 8; do
        crc=$(((crc >> 1) ^ ((crc & 1) * 0xA001)))
      done
    done
  done
  : "$bit"
  echo "$crc"
}

case_basics() {
  local code=0
  "${command[@]}" --selftest 2>"$work/gateway.log" || fail "self-test"
  grep -q 'selftest: passed' "$work/gateway.log" || fail "self-test did not say so"
  "${command[@]}" --help >"$work/help" 2>"$work/gateway.log" || fail "--help"
  grep -q '^usage: gateway' "$work/help" || fail "--help does not print the usage"
  "${command[@]}" --cycles 0x10 2>"$work/gateway.log" || code=$?
  [[ $code -eq 2 ]] || fail "a malformed number gave exit code $code (expected 2)"
}

case_telemetry() {
  start_server
  start_broker_anywhere
  subscribe "$work/telemetry" "$topic/#"
  start_gateway --cycles 4
  finish_gateway 0
  wait_for 2 "the last state" grep -q "^$topic/status .*offline" "$work/telemetry"
  payloads "$work/telemetry" telemetry >"$work/samples"
  if $show; then cat "$work/samples"; fi
  [[ $(wc -l <"$work/samples") -eq 4 ]] || fail "$(wc -l <"$work/samples") samples (expected 4)"

  # Constants of the server, and numbers that must follow from the raw registers beside them.
  local expectations='.device == "gateway-01" and .dropped == 0
    and .values.return_temperature_c == -12.5 and .values.pressure_bar == 3.21
    and .values.energy_kwh == 3000000000 and .values.flow_m3_per_h == 1.234 and .values.setpoint_c == 20.0
    and .values.supply_temperature_c == .registers[0] / 10
    and .values.operating_time_s == .registers[8] * 65536 + .registers[7]'
  jq -e -s "length == 4 and all(.[]; $expectations)" "$work/samples" >/dev/null || fail "values differ from registers"
  jq -e -s '[.[].sequence] == [1, 2, 3, 4]' "$work/samples" >/dev/null || fail "sequence"
  jq -e -s '[.[].registers[0]] as $r | all(range(1; 4); $r[.] == $r[. - 1] + 1)' "$work/samples" >/dev/null ||
    fail "the changing register was not read anew"
  grep -q "^$topic/status {\"state\":\"online\"}" "$work/telemetry" || fail "never announced itself"

  local registers checksum
  while read -r checksum registers; do
    # shellcheck disable=SC2086  # the registers are separate words on purpose
    [[ $(crc16_of_registers $registers) -eq $checksum ]] || fail "checksum $checksum of registers $registers"
  done < <(jq -r '"\(.crc16) \(.registers | join(" "))"' "$work/samples")

  # mbpoll is a second, independent Modbus client: the constants are really in the server.
  [[ $(read_register 2) == 321 && $(read_register 3) == 45776 ]] || fail "mbpoll reads other registers"
}

send_command() { mosquitto_pub -p "$mqtt_port" -q 1 -t "$topic/command" "$@"; }

# expect_reply N TEXT: the N-th reply so far contains the text.
expect_reply() {
  wait_for 3 "reply $1" has_payloads "$work/replies" reply "$1"
  payloads "$work/replies" reply | sed -n "$1p" | grep -qF -- "$2" ||
    fail "reply $1 is $(payloads "$work/replies" reply | sed -n "$1p") (expected $2)"
}

answers_again() {
  send_command -m 'interval 51'
  sleep 0.2
  payloads "$work/replies" reply | tail -n 1 | grep -qF '"done":true' && grep -q 'now 51 ms' "$work/gateway.log"
}

case_commands() {
  start_server
  start_broker_anywhere
  subscribe "$work/replies" "$topic/reply"
  start_gateway
  wait_for 5 "the gateway" grep -q 'publisher: connected' "$work/gateway.log"
  sleep 0.2
  send_command -m 'write 9 333'
  expect_reply 1 '"done":true'
  [[ $(read_register 9) == 333 ]] || fail "register 9 is $(read_register 9) (expected 333)"
  send_command -m 'write 9 901'
  expect_reply 2 'value out of range'
  send_command -m 'write 3 100'
  expect_reply 3 'not writable'
  head -c 70000 /dev/zero | tr '\0' 'A' >"$work/flood"
  send_command -f "$work/flood"
  expect_reply 4 'too long'
  printf 'interval 100\0write 9 50' >"$work/hidden"
  send_command -f "$work/hidden"
  expect_reply 5 'not text'
  send_command -n
  expect_reply 6 'malformed'
  send_command -m 'interval 4294967346'
  expect_reply 7 'malformed'
  send_command -m 'interval 50'
  expect_reply 8 '"done":true'
  [[ $(read_register 9) == 333 ]] || fail "a refused command changed register 9"
  # A length that no gateway has the memory for: it must drop the connection or the message, and serve on.
  head -c 20000000 /dev/zero >"$work/flood"
  send_command -f "$work/flood"
  wait_for 8 "an answer after the huge message" answers_again
  if $limited; then grep -q 'Out of memory' "$work/gateway.log" || fail "the huge message was taken in"; fi
  kill -TERM "$gateway_pid"
  finish_gateway 0
  grep -q 'stopping after' "$work/gateway.log" || fail "did not stop cleanly"
}

case_outage() {
  start_server
  start_broker_anywhere
  # A durable session: the broker keeps what arrives while the subscriber is away.
  subscribe "$work/outage" "$topic/#" -c -i outage
  start_gateway
  wait_for 5 "samples" has_payloads "$work/outage" telemetry 2
  stop_child "$broker_pid"
  sleep 0.6
  start_broker || fail "the broker did not come back"
  wait_for 6 "samples after the outage" has_payloads "$work/outage" telemetry 8
  stop_child "$server_pid"
  wait_for 3 "the degraded state" grep -q degraded "$work/outage"
  # Killed, it cannot say good-bye; the broker publishes its will.
  kill -KILL "$gateway_pid"
  finish_gateway 137
  wait_for 3 "the will" grep -q "^$topic/status .*offline" "$work/outage"
  payloads "$work/outage" telemetry >"$work/samples"
  # QoS 1 may deliver twice, but must not lose: the set of sequence numbers has no gap.
  jq -e -s '[.[].sequence] | unique | . == [range(1; length + 1)]' "$work/samples" >/dev/null ||
    fail "lost samples: $(jq -c -s '[.[].sequence]' "$work/samples")"
  start_gateway --cycles 2
  finish_gateway 1
}

case_watchdog() {
  start_server --trickle
  start_broker_anywhere
  local begin=$SECONDS
  start_gateway
  finish_gateway 142 # 128 + SIGALRM
  [[ $((SECONDS - begin)) -le 6 ]] || fail "bit only after $((SECONDS - begin)) s"
}

for case_name in "${cases[@]}"; do
  declare -F "case_$case_name" >/dev/null || { usage >&2; exit 2; }
done
for case_name in "${cases[@]}"; do
  server_pid='' broker_pid='' subscriber_pid='' gateway_pid=''
  "case_$case_name"
  for pid in $gateway_pid $subscriber_pid $server_pid $broker_pid; do stop_child "$pid" KILL; done
  children=()
  rm -f "$work"/*
  echo "ok: $case_name"
done
