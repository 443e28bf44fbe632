#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The errors that need a failing system, a file that changes or an unusual key: each with its whole text and exit code. One line
# says what is wrong, one what cures it when that is known. (Errors of ordinary requests are in errors.sh.)
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
cp "$VECTORS/amd64.elf" in.elf
printf 'old output\n' >out && cp out out.before
unproven="proofmark: warning: in.elf: no board was named, so no policy applies"

# Names of outputs.
expect 2 "$unproven
proofmark: error: out/: the output is not the name of a file" sign_unproven in.elf -o out/
mkdir -p boards/policies
echo '{"name": "a", "inherits": "b"}' >boards/a.json && echo '{"name": "b", "inherits": "a"}' >boards/b.json
expect 3 "proofmark: error: a: \"inherits\" goes deeper than 8 boards, or in a circle" \
  sign_unproven --boards-dir "$work/boards" --board a in.elf -o out
echo '[]' >list.json
expect 3 "proofmark: error: list.json: bad evidence: not a JSON object" sign_unproven --evidence list.json in.elf -o out

# Keys that no verifier of ours knows.
if command -v openssl >/dev/null; then
  openssl genpkey -algorithm ed25519 -out ed.pem 2>/dev/null
  openssl genrsa -out rsa.pem 1024 2>/dev/null
  for key in ed.pem rsa.pem; do
    cases=$((cases + 1))
    "$SIGN" keyinfo "$key" >said 2>&1
    [ $? -eq 3 ] && [ "$(grep -c "^proofmark: error: $key: .*\(not supported\|can be used\)" said)" -eq 1 ] || fail "$key: $(cat said)"
  done
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -pkeyopt rsa_keygen_pubexp:4294967297 -out wide.pem 2>/dev/null &&
    expect 3 "proofmark: error: wide.pem: RSA public exponent not supported (expected at most 32 bits)" "$SIGN" keyinfo wide.pem
fi

# Sizes that no program has: 65 MiB of section names, in a sparse file.
cp in.elf names && truncate -s 100M names
table=$(readelf -hW in.elf | sed -n 's/.*Start of section headers: *\([0-9]*\).*/\1/p')
index=$(readelf -hW in.elf | sed -n 's/.*string table index: *//p')
printf '\0\0\20\0\0\0\0\0\0\0\20\4' | dd of=names bs=1 seek=$((table + 64 * index + 24)) conv=notrunc status=none
expect 3 "proofmark: error: names: the section names are too large (expected at most 67108864 bytes, found 68157440)" sign_unproven names -o out

command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null || { echo 'note: no strace, failing calls were not tried'; finish; }
# with CALL N ERROR TEXT: the Nth such call on a file or descriptor whose trace has TEXT fails; the output is kept.
with() {
  local call=$1 error=$3 text=$4
  strace -y -o trace "$SIGN" sign --allow-unproven --key "$VECTORS/es256.pem" in.elf -o fresh >/dev/null 2>&1
  rm -f fresh
  # Of the calls of this name, which number has the one that is meant?
  grep "^$call(" trace | grep -nF -- "$2" | sed -n "${5:-1}s/:.*//p" >number
  [ -s number ] || fail "no $call on $2: $(grep "^$call(" trace)"
  expect 3 "$text" strace -o /dev/null --inject="$call:error=$error:when=$(cat number)" "$SIGN" sign --allow-unproven \
    --key "$VECTORS/es256.pem" in.elf -o out
}
here="$PWD/in.elf>"
with newfstatat "$here" EIO 'proofmark: error: in.elf: cannot be examined: Input/output error'
with openat '"in.elf"' EMFILE 'proofmark: error: in.elf: cannot be opened: Too many open files'
with pread64 "$here" EIO 'proofmark: error: in.elf: cannot be read: Input/output error'
with fsync "$PWD" ENOSPC "$unproven
proofmark: error: out: flushing failed: No space left on device
hint: free some space; the existing file, if any, is untouched"
with fchmod "$PWD" EIO "$unproven
proofmark: error: out: setting the mode failed: Input/output error"
with fchown "$PWD" EIO "$unproven
proofmark: error: out: setting the owner failed: Input/output error"
with linkat AT_FDCWD EIO "$unproven
proofmark: error: out: renaming failed: Input/output error"
with ftruncate "$PWD" EIO "$unproven
proofmark: error: out: writing failed: Input/output error"

# A file that someone writes to while it is read: the read of its last bytes waits long enough.
head -c 600000 /dev/urandom >busy
cp busy busy.unsigned && sign_unproven busy -o busy.signed >/dev/null 2>&1
# meanwhile FILE COMMAND...: FILE grows while the command reads it.
meanwhile() {
  local file=$1
  shift
  strace -o /dev/null --inject=pread64:delay_enter=300000:when=8+ "$@" &
  sleep 0.5
  printf x >>"$file"
  wait $!
}
expect 3 "proofmark: warning: busy: no board was named, so no policy applies
proofmark: error: busy: changed while it was read
hint: sign a file that nobody is writing to" meanwhile busy "$SIGN" sign --allow-unproven --key "$VECTORS/es256.pem" busy -o out
cp busy.signed busy
expect 3 "proofmark: error: busy: changed while it was read
hint: sign a file that nobody is writing to" meanwhile busy "$SIGN" unsign busy -o out

same out out.before
[ -z "$(find . -name '.proofmark*')" ] || fail "temporary files left: $(find . -name '.proofmark*')"
finish
