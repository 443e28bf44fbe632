#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Verification by whole processes, at several sizes, beside what else does that job: first as a device does it (proofmark-exec
# --check), then as a host does (proofmark verify), then the others. All signatures are RSA-3072 where the tool has a choice.
# At the end of a size: what the fastest peer takes, in our times. Then two budgets of docs/design.md: on one core at least 1.5
# times `openssl dgst -sha256`, and at most 1 MiB of memory.
# usage: verify.sh [--long]   with 1 GiB, too
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need hyperfine jq openssl minisign fsverity sha256sum evmctl signify-openbsd sbverify sbsign lld-link-19 strace
need_built proofmark-exec-test
exec=$bin/proofmark-exec-test
sizes='64K 1M 16M 256M'
[ "${1:-}" != --long ] || sizes+=' 1G'

cd "$work"
"$proofmark" keygen --test -o key.pem >/dev/null
"$proofmark" pubkey key.pem -o pub.pem >/dev/null
printf '\n\n' | minisign -G -W -f -p minisign.pub -s minisign.key >/dev/null 2>&1
openssl req -x509 -new -key key.pem -subj /CN=bench -days 2 -out cert.pem 2>/dev/null
openssl x509 -in cert.pem -outform DER -out cert.der
signify-openbsd -G -n -p signify.pub -s signify.sec

for size in $sizes; do
  cp "$tree/build/amd64/bin/proofmark-test-tiny" file
  head -c "$size" /dev/urandom >>file
  truncate -s "$size" file
  "$sign" sign --board qemu-amd64 file device.signed
  "$proofmark" sign --key key.pem --board qemu-amd64 --allow-unproven file -o file.signed >/dev/null 2>&1
  openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sign key.pem -out file.sig file
  minisign -S -W -s minisign.key -m file -x file.minisig >/dev/null 2>&1
  signify-openbsd -S -s signify.sec -m file -x file.signify
  cp file file.evm && evmctl ima_sign -a sha256 --key key.pem --sigfile file.evm >/dev/null 2>&1
  pe_of file unsigned.efi
  sbsign --key key.pem --cert cert.pem --output file.efi unsigned.efi >/dev/null 2>&1
  compare "verify $size" \
    'proofmark-exec --check' "$exec --check device.signed" \
    'proofmark verify' "$proofmark verify --trust pub.pem --allow-unproven file.signed" \
    'openssl dgst -verify (PS256)' 'openssl dgst -sha256 -sigopt rsa_padding_mode:pss -verify pub.pem -signature file.sig file' \
    'openssl pkeyutl -verify (PS256)' 'openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -digest sha256 -pkeyopt rsa_padding_mode:pss -sigfile file.sig -in file' \
    'minisign -V' 'minisign -V -p minisign.pub -m file -x file.minisig' \
    'signify -V' 'signify-openbsd -V -q -p signify.pub -m file -x file.signify' \
    'evmctl ima_verify' 'evmctl ima_verify -a sha256 --key cert.der --sigfile file.evm' \
    'sbverify (same bytes as PE)' 'sbverify --cert cert.pem file.efi' \
    'fsverity digest (no signature)' 'fsverity digest file' \
    'sha256sum (no signature)' 'sha256sum file' \
    'openssl dgst (no signature)' 'openssl dgst -sha256 file'
  jq -r '.results as $all | ($all[2:] | min_by(.median)) as $best |
    "  the fastest of the others is \($best.command): device \($best.median / $all[0].median * 100 | round / 100) x, host \($best.median / $all[1].median * 100 | round / 100) x"' times.json
  if [ "$size" = 256M ]; then
    jq -r '(.results[] | select(.command == "openssl dgst (no signature)") | .median) as $dgst | .results[0].median as $ours | (268.435456 / 1000) as $gb |
      "one core, 256M: proofmark-exec \($gb / $ours * 100 | round / 100) GB/s, openssl dgst -sha256 \($gb / $dgst * 100 | round / 100) GB/s: \($dgst / $ours * 100 | round / 100) x (budget: 1.5 x or more)"' times.json
  fi
done

# The largest resident memory, read while the program is held at its end. (What `time` prints is that of its own process before it
# became the program, when that was larger.)
strace -qq -o trace -e trace=exit_group -e inject=exit_group:delay_enter=1000000 "$exec" --check device.signed &
sleep 0.7
resident=$(awk '/^VmHWM/ {print $2}' "/proc/$(pgrep -P $!)/status")
wait
echo "memory: proofmark-exec --check ${sizes##* }: $resident KiB resident at most (budget: 1024 KiB or less)"
