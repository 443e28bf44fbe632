#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A quote checked as docs/measured-boot.md says: a software TPM that holds what a device would have measured signs its
# register, and the value in it is what `proofmark measure` foretold; after one event more it is not. usage: quote.sh amd64|arm64
set -u
# shellcheck source=tests/e2e/boot/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/e2e/boot/tpm_lib.sh
. "$(dirname "$0")/tpm_lib.sh"
need_tpm
command -v tpm2_quote >/dev/null || skip 'tpm2_quote is not installed'

new_system good es256
measure --bundle "$work/good.bundle" --format json >"$work/good.json" || fail 'measure fails'
jq -r '.events[].digest' "$work/good.json" >"$work/digests"

# quoted NAME: the register's value after these events, as a quote with a good signature has it.
cat >"$work/quote" <<'END'
while read -r digest; do tpm2_pcrextend "12:sha256=$digest"; done <"$1"
tpm2_createek -c ek.ctx -G rsa -u ek.pub && tpm2_flushcontext -t
tpm2_createak -C ek.ctx -c ak.ctx -u ak.pub -f pem -n ak.name && tpm2_flushcontext -t
tpm2_quote -c ak.ctx -l sha256:12 -q 5eed -m quote.msg -s quote.sig -o quote.pcr
END
quoted() {
  (cd "$work" && rm -rf tpm && ask_tpm bash -e "$work/quote" "$1") >"$work/quote.out" 2>&1 || fail "no quote: $(cat "$work/quote.out")" >&2
  (cd "$work" && tpm2_checkquote -u ak.pub -m quote.msg -s quote.sig -f quote.pcr -g sha256 -q 5eed) 2>&1 |
    sed -nE 's/^ *12 *: 0x//p'
}
value=$(quoted "$work/digests")
is "$(jq -r .value "$work/good.json")" "$(tr A-F a-f <<<"$value")" 'the quoted value'
measure --bundle "$work/good.bundle" --value "$value" >"$work/out"
is 0 $? 'a quote of the system that was foretold'
{ cat "$work/digests" && tail -n 1 "$work/digests"; } >"$work/more"
measure --bundle "$work/good.bundle" --value "$(quoted "$work/more")" >"$work/out"
is 1 $? 'a quote of something else'
grep -qF 'pcr 12: NOT AS PREDICTED: expected ' "$work/out" || fail "it does not say so: $(cat "$work/out")"
checks=$((checks + 1))

# What a device would refuse has no value.
flip "$work/good.bundle" 100
measure --bundle "$work/good.bundle" >"$work/out" 2>&1
is 1 $? 'a bundle that was tampered with'
grep -qF 'the device would refuse it: the content is not what was signed (PM-E702)' "$work/out" || fail "it does not say why: $(cat "$work/out")"
checks=$((checks + 1))
finish
