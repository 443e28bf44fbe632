#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# What `sign --runtime` grants: names become the numbers of the machine that the program is for, and whatever is not
# understood is refused, because a device would refuse it to the program later.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"

# field KEY FILE: that part of the mark's runtime, as JSON.
field() { "$SIGN" info --format json "$2" | jq -c ".runtime.$1"; }

cat >runtime.json <<'TEXT'
{
  "syscalls": ["write", "exit_group", "openat", "write", 500],
  "capabilities": ["CAP_NET_BIND_SERVICE", "CAP_CHOWN"],
  "environment": ["GATEWAY_CONFIG"]
}
TEXT
for arch in amd64 arm64; do
  succeeds sign_unproven --runtime runtime.json "$VECTORS/$arch.elf" -o "$arch.signed"
  succeeds verify_unproven "$arch.signed"
done
expect 0 '[1,231,257,500]' field syscalls amd64.signed
expect 0 '[56,64,94,500]' field syscalls arm64.signed
expect 0 '1025' field capabilities arm64.signed
expect 0 '["GATEWAY_CONFIG"]' field environment arm64.signed
expect 0 '1' field flags arm64.signed

# None is not the same as not said.
echo '{"capabilities": [], "new_privileges": true}' >runtime.json
succeeds sign_unproven --runtime runtime.json "$VECTORS/amd64.elf" -o amd64.signed
expect 0 '0' field capabilities amd64.signed
expect 0 '0' field flags amd64.signed
expect 0 'null' field syscalls amd64.signed

# refused CONTENT TEXT [FILE]: the content of the runtime file is not taken, and nothing is written.
refused() {
  printf '%s' "$1" >runtime.json
  expect 1 "proofmark: error: runtime.json: $2" sign_unproven --runtime runtime.json "${3:-$VECTORS/arm64.elf}" -o none
  [ ! -e none ] || fail "an output for $1"
}
refused '[]' 'is no JSON object'
refused '{"syscalls": ["write"' 'is no JSON object'
refused '{"syscall": ["write"]}' 'unknown key "syscall"
hint: known are "syscalls", "capabilities", "environment" and "new_privileges"'
refused '{"syscalls": "write"}' '"syscalls" is no list'
refused '{"syscalls": []}' '"syscalls" does not fit a mark (expected 1 to 512, found 0)'
refused '{"syscalls": ["open"]}' 'this machine has no system call "open"'
refused '{"syscalls": ["wriet"]}' 'this machine has no system call "wriet"'
refused '{"syscalls": [65536]}' 'a system call is no name and no number below 65536 (found 65536)'
refused '{"syscalls": [-1]}' 'a system call is no name and no number below 65536 (found -1)'
refused "{\"syscalls\": [$(seq -s, 0 512)]}" '"syscalls" does not fit a mark (expected 1 to 512, found 513)'
refused '{"capabilities": ["CAP_ALL"]}' 'no capability is called "CAP_ALL"'
refused '{"environment": ["LD_PRELOAD"]}' '"LD_PRELOAD" steers the dynamic linker: devices never pass it on'
refused '{"environment": ["A=B"]}' '"A=B" is no name of an environment variable that fits a mark'
refused '{"new_privileges": 1}' '"new_privileges" is neither true nor false'
expect 2 'proofmark: error: runtime.json: --runtime is for programs of amd64 and arm64 (found machine 0)' \
  bash -c 'echo "{\"syscalls\": [1]}" >runtime.json; "$@"' data \
  "$SIGN" sign --allow-unproven --key "$VECTORS/es256.pem" --runtime runtime.json "$VECTORS/data.bin" -o none
finish
