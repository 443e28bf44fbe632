#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Real boots with a software TPM: its register holds what `proofmark measure` foretold, another system gives another value,
# a refused medium leaves its trace, the event log adds up, and a TPM that is not there is what the board says it is.
# usage: tpm.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/e2e/boot/tpm_lib.sh
. "$(dirname "$0")/tpm_lib.sh"
need_tpm
init=$bin/proofmark-init-tpm

# The trust of the device program is the store that measure is told about.
"$PROOFMARK" trust compile "$work/first.store" -o "$work/trust.inc" >/dev/null
cmp -s "$work/trust.inc" "$SOURCE/tests/e2e/boot/tpm_trust.inc" ||
  fail 'tests/e2e/boot/tpm_trust.inc is not the trust that new_store makes (proofmark trust compile)'
checks=$((checks + 1))

# A good system, with the trust that is compiled in.
new_system good es256
add_disk good
boot_with_tpm 60 "$init"
sees 'slot 0: accepted: '
sees 'guest: system good'
measure --bundle "$work/good.bundle" --format json >"$work/good.json" || fail 'measure fails'
good=$(jq -r .value "$work/good.json")
is "$good" "$(said pcr | tr A-F a-f)" 'the register of the TPM'
log_to "$work/good.log"
measure --bundle "$work/good.bundle" --eventlog "$work/good.log" --value "$good" >"$work/out" || fail "$(cat "$work/out")"
is 3 "$(grep -c '^event ' "$work/out")" 'events of a good boot'
grep -qF "$work/good.log: as predicted" "$work/out" || fail "the log is not as predicted: $(cat "$work/out")"
case $arch in
  amd64) sees 'module: refused: /modules/tpm_tis.ko.xz: the kernel does not take this module (PM-E1141)' ;;
  arm64) misses 'module: refused' ;;
esac
# An independent reader of such logs.
if command -v tpm2_eventlog >/dev/null; then
  tpm2_eventlog "$work/good.log" >"$work/yaml" 2>&1 || fail "tpm2_eventlog: $(cat "$work/yaml")"
  checks=$((checks + 1))
  grep -qiE "12 *: 0x$good" "$work/yaml" || fail "tpm2_eventlog adds up to another value: $(cat "$work/yaml")"
fi

# Slot 0 tampered with: refused, which is measured; slot 1 has a newer trust store and another version.
new_system bad es256
flip "$work/bad/sbin/init" 300000
disks=()
add_disk bad
new_system other es256 8
cp "$work/second.store" "$work/other/trust.store"
add_disk other
boot_with_tpm 60 "$init"
sees 'slot 0: refused: sbin/init: the content is not what was signed (PM-E1114)'
sees 'guest: system other'
value=$(said pcr | tr A-F a-f)
measure --bundle "$work/other.bundle" --store "$work/second.store" --refused 'slot 0=1114' --value "$value" >"$work/out" ||
  fail "after a refusal: $(cat "$work/out")"
checks=$((checks + 1))
log_to "$work/other.log"
measure --bundle "$work/other.bundle" --store "$work/second.store" --eventlog "$work/other.log" >"$work/out"
is 1 $? 'a log with a refusal that nobody expected'
grep -qF 'event 3 differs (expected "trust ' "$work/out" || fail "what differs is not named: $(cat "$work/out")"
[ "$value" != "$good" ] || fail 'another system gives the same value'

# The recovery, by its own role.
new_system recovery ps256
disks=(- - )
add_disk recovery
boot_with_tpm 60 "$init"
sees 'guest: system recovery'
measure --bundle "$work/recovery.bundle" --recovery --refused 'slot 0=1102' --refused 'slot 1=1102' \
  --value "$(said pcr)" >"$work/out" || fail "of the recovery: $(cat "$work/out")"
checks=$((checks + 1))

# No TPM: the board decides.
disks=()
add_disk good
boot 60 "$init"
sees 'tpm: refused: /dev/tpmrm0: there is no TPM (PM-E1142)'
sees 'nothing to start: powering off'
misses 'guest: '
boot 60 "$init-optional"
sees 'tpm: refused: /dev/tpmrm0: there is no TPM (PM-E1142)'
sees 'tpm: going on without it, because the board does not require it'
sees 'guest: system good'

# A TPM that has the bank of SHA-1 only takes every extension and keeps none.
if command -v swtpm_setup >/dev/null; then
  rm -rf "$work/tpm" && mkdir "$work/tpm"
  swtpm_setup --tpm2 --tpmstate "$work/tpm" --pcr-banks sha1 --overwrite >"$work/setup" 2>&1 || fail "swtpm_setup: $(cat "$work/setup")"
  boot_with_tpm 60 "$init"
  sees 'tpm: refused: /dev/tpmrm0: the TPM has no SHA-256 bank in use (PM-E1147)'
  misses 'guest: '
fi
finish
