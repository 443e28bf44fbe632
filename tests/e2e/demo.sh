#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# usage: demo.sh [amd64|arm64]...   (default: both; needs build/host and configured build/<arch>, see bootstrap.sh)
# The main job on the sample gateway: build, check, audit, sign, verify, run; then a tampered copy and two mistakes in
# the source, each of which must be refused. Exit code 0 only if everything went as it should.
set -u
tree=$(cd "$(dirname "$0")/../.." && pwd)
proofmark=$tree/build/host/bin/proofmark
gateway_source=$tree/tests/firmware/gateway
scratch=$tree/build/demo
failures=0
cd "$tree" || exit 3
mkdir -p "$scratch"

now_ms() { date +%s%3N; }
seconds() { printf '%d.%d s' $(($1 / 1000)) $(($1 % 1000 / 100)); }
digest() { if [ -f "$1" ]; then sha256sum "$1" | cut -c1-16; fi; }
relative() { realpath --relative-to="$tree" "$1"; }

row() { printf '  %-8s %-44s %8s  %-26s %s\n' "$@"; }

# step NAME ARTIFACT SUMMARY COMMAND...: runs COMMAND, prints one row; SUMMARY is a command whose output tells the result.
step() {
  local name=$1 artifact=$2 summary=$3 start result
  shift 3
  start=$(now_ms)
  if "$@" >"$scratch/$name.log" 2>&1; then
    result=$($summary)
  else
    result='FAILED'
    failures=$((failures + 1))
  fi
  row "$name" "$result" "$(seconds $(($(now_ms) - start)))" "$(basename "$artifact")" "$(digest "$artifact")"
  [ "$result" != FAILED ] || sed 's/^/    | /' "$scratch/$name.log" | tail -n 20
}

ninja_target() { cmake --build "build/$arch" --target "firmware/gateway.$board/$1"; }

say_build() { echo "$(stat -c %s "$out/gateway.elf") bytes with symbols"; }
say_check() { jq -r '"\(.units | length) units, \(.counts.findings) findings, \(.counts.waived) waived"' "$out/check.evidence.json"; }
say_split() { echo "$(stat -c %s "$out/gateway") bytes, symbols by build-id $(sed -E 's#.*/\.build-id/(..)/(.{6}).*#\1\2#' "$out/gateway.debug-path")"; }
say_audit() { jq -r '"\(.artifact.link), \(.properties | length) properties, \(.counts.findings) findings"' "$out/audit.evidence.json"; }
say_report() { jq -r '"\(.verdict), \([.units[].functions[]] | length) functions, \([.losses[] | select(.blocks)] | length) losses block"' "$out/report.json"; }
say_sign() { "$proofmark" info --format json "$out/gateway.signed" | jq -r '"\(.signatures[0].alg // .signatures[0].algorithm), security version \(.security_version)"'; }
say_verify() { echo accepted; }
say_run() { echo "$(grep -c '^{' "$scratch/run.log") messages equal the Modbus registers"; }

# How this machine starts programs of the architecture: directly, or under QEMU user emulation.
launcher() {
  [ "$arch" = arm64 ] && [ "$(uname -m)" != aarch64 ] && echo "$tree/tests/e2e/exec/arm64_run.sh"
  [ "$arch" = amd64 ] && [ "$(uname -m)" != x86_64 ] && echo "qemu-x86_64-static"
  return 0
}

# One byte flipped in the middle of the program, the mark left alone.
tamper() {
  local size offset byte
  cp "$out/gateway.signed" "$1"
  size=$(stat -c %s "$out/gateway")
  offset=$((size / 2))
  byte=$(od -An -tu1 -j "$offset" -N 1 "$1" | tr -d ' ')
  # shellcheck disable=SC2059  # the format is one escape
  printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$1" bs=1 seek="$offset" conv=notrunc status=none
}

run_tampered() {
  local copy=$scratch/gateway.tampered status
  tamper "$copy"
  # shellcheck disable=SC2046
  $(launcher) "$out/../../bin/proofmark-exec.$board" "$copy" --selftest >"$scratch/refusal" 2>&1
  status=$?
  cat "$scratch/refusal"
  [ "$status" -eq 1 ] && grep -q refused "$scratch/refusal"
}
say_tamper() { sed -nE 's/.*(refused).*\((PM-E[0-9]+)\).*/\1, \2/p' "$scratch/tamper.log" | head -n 1; }

demo_board() {
  arch=$1 board=qemu-$1
  out=$tree/build/$arch/firmware/gateway.$board
  echo "board $board"
  row step result time artifact 'sha256 (first 16)'
  step build "$out/gateway.elf" say_build cmake --build "build/$arch" --target "gateway.$board.elf"
  step check "$out/check.evidence.json" say_check ninja_target check.evidence.json
  step split "$out/gateway" say_split ninja_target gateway
  step audit "$out/audit.evidence.json" say_audit ninja_target audit.evidence.json
  step report "$out/report.html" say_report ninja_target report.html
  step sign "$out/gateway.signed" say_sign ninja_target gateway.signed
  step verify "$out/gateway.signed" say_verify ninja_target gateway.verified
  step exec "build/$arch/bin/proofmark-exec.$board" say_exec cmake --build "build/$arch" --target "proofmark-exec.$board"
  # shellcheck disable=SC2046  # a launcher is no word or one
  step run "$out/gateway.signed" say_run tests/e2e/gateway/run_gateway.sh --case telemetry --show -- $(launcher) \
    "build/$arch/bin/proofmark-exec.$board" "$out/gateway.signed"
  step tamper "$scratch/gateway.tampered" say_tamper run_tampered
  sed "s#$tree/##g; s#^#  #" "$scratch/tamper.log"
  echo "  the whole picture, for a browser: $(relative "$out/report.html")"
  echo
}
say_exec() { echo "$(stat -c %s "build/$arch/bin/proofmark-exec.$board") bytes, trust store compiled in"; }

# mistake TITLE PATCH FILE: applies the patch to a copy of the gateway's sources and shows what the gate says of FILE.
mistake() {
  local title=$1 patch=$2 file=$3 copy=$scratch/source status
  rm -rf "$copy" && mkdir -p "$copy" && cp -r "$gateway_source/src" "$copy/"
  (cd "$copy" && patch -s -p1 <"$gateway_source/demo/patches/$patch") || { failures=$((failures + 1)); return; }
  sed "s#$gateway_source/src/#$copy/src/#g" "build/amd64/firmware/gateway.qemu-amd64/compile_commands.json" \
    >"$copy/compile_commands.json"
  echo "mistake: $title"
  echo "  \$ proofmark check -p . --board qemu-amd64 $file"
  (cd "$copy" && "$proofmark" check -p . --board qemu-amd64 --evidence evidence.json "$file") 2>&1 | sed 's/^/  /'
  status=${PIPESTATUS[0]}
  echo "  exit code $status: the pipeline stops here"
  [ "$status" -eq 1 ] || { echo "  FAILED: expected exit code 1"; failures=$((failures + 1)); }
  sign_anyway "$copy"
  echo
}

# The signer refuses evidence that says fail, whoever calls it.
sign_anyway() {
  local output status
  output=$("$proofmark" sign --key build/amd64/keys/test-key.pem --board qemu-amd64 --evidence "$1/evidence.json" \
    --evidence build/amd64/firmware/gateway.qemu-amd64/audit.evidence.json \
    build/amd64/firmware/gateway.qemu-amd64/gateway -o "$1/gateway.signed" 2>&1)
  status=$?
  echo "  \$ proofmark sign --evidence evidence.json ... gateway"
  sed -e 's/^/  /' -e "s#$tree/##g" <<<"$output" | head -n 1
  [ "$status" -eq 1 ] || { echo "  FAILED: expected exit code 1, found $status"; failures=$((failures + 1)); }
}

[ $# -gt 0 ] || set -- amd64 arm64
for arch in "$@"; do demo_board "$arch"; done
mistake 'a forgotten include' 0001-forget-the-crc16-header.patch src/modbus/encoder.c
mistake 'a stack overflow in the network handler' 0002-overflow-the-command-buffer.patch src/network/handler.c
if [ "$failures" -ne 0 ]; then echo "demo: $failures steps FAILED"; exit 1; fi
echo 'demo: everything proved was signed and ran; everything else was refused'
