#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every way in which a request can go wrong says what and how to cure it, with the right exit code, and leaves every file as
# it was.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
cp "$VECTORS/amd64.elf" in.elf
printf 'old output\n' >out
cp out out.before
unproven="proofmark: warning: in.elf: no board was named, so no policy applies"

# What is not there, or not a file.
expect 3 "proofmark: error: none: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read" sign_unproven none -o out
expect 3 "proofmark: error: .: not a regular file (it is a directory)" sign_unproven . -o out
expect 3 "proofmark: error: /dev/zero: not a regular file (it is a character device)" sign_unproven /dev/zero -o out
mkfifo fifo
expect 3 "proofmark: error: fifo: not a regular file (it is a FIFO)" sign_unproven fifo -o out

# What is not whole.
head -c 63 in.elf >short
expect 3 "proofmark: error: short: truncated ELF header (expected 64 bytes, found 63)
hint: the file is incomplete: copy or build it again" sign_unproven short -o out
head -c 9000 in.elf >cut
expect 3 "proofmark: error: cut: truncated: the section header table leaves the file (expected 768 bytes at 8568, file has 9000)
hint: the file is incomplete: copy or build it again" sign_unproven cut -o out
printf '\x7fELF\1\1\1' >elf32 && head -c 100 /dev/zero >>elf32
expect 3 "proofmark: error: elf32: ELF class not supported (expected 2 for 64-bit, found 1)
hint: sign it as plain data with --data, if that is what it is" sign_unproven elf32 -o out
succeeds sign_unproven --data elf32 -o elf32.signed
succeeds verify_unproven elf32.signed

# Keys.
expect 3 "proofmark: error: none.pem: cannot be opened: No such file or directory
hint: check the path; the file must exist before it can be signed or read" "$SIGN" sign --key none.pem in.elf -o out
expect 3 "proofmark: error: $VECTORS/es256.pub.pem: this is a public key (expected a private one)
hint: sign with the file that proofmark keygen wrote, or name the program that signs with --key-program" "$SIGN" sign --key "$VECTORS/es256.pub.pem" in.elf -o out
expect 3 "proofmark: error: in.elf: not a private key in PEM that can be used (expected -----BEGIN PRIVATE KEY-----)
hint: mbedTLS says: PK - Invalid key tag or value" "$SIGN" sign --key in.elf in.elf -o out
if command -v openssl >/dev/null; then
  openssl genrsa -out rsa2048.pem 2048 2>/dev/null
  expect 3 "proofmark: error: rsa2048.pem: RSA key size not supported (expected 3072 or 4096 bits, found 2048)
hint: proofmark keygen makes a key that fits" "$SIGN" keyinfo rsa2048.pem
  openssl genrsa -3 -out rsa-e3.pem 3072 2>/dev/null
  expect 3 "proofmark: error: rsa-e3.pem: RSA public exponent too small (expected above 65536, found 3)" "$SIGN" keyinfo rsa-e3.pem
  openssl ecparam -name secp521r1 -genkey -noout -out p521.pem
  expect 3 "proofmark: error: p521.pem: curve not supported (expected P-256 or P-384, found one of 521 bits)
hint: proofmark keygen --alg es256 or es384 makes a key that fits" "$SIGN" keyinfo p521.pem
  openssl pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret -in "$VECTORS/es256.pem" -out locked.pem
  expect 3 "proofmark: error: locked.pem: the key is encrypted and no passphrase was given
hint: add --passphrase-prompt, --passphrase-file FILE or --passphrase-env NAME" "$SIGN" sign --allow-unproven --key locked.pem in.elf -o out
  echo wrong >passphrase
  expect 3 "proofmark: error: locked.pem: the passphrase does not open the key" \
    "$SIGN" sign --allow-unproven --passphrase-file passphrase --key locked.pem in.elf -o out
  echo secret >passphrase
  succeeds "$SIGN" sign --allow-unproven --passphrase-file passphrase --key locked.pem in.elf -o locked.out
  succeeds sign_unproven in.elf -o plain.out
  same locked.out plain.out
fi
expect 2 "proofmark: error: $VECTORS/es256.pem: the same key is named twice" sign_unproven --key "$VECTORS/es256.pem" in.elf -o out
succeeds "$SIGN" keygen --test --alg es256 -o new.pem
[ "$(stat -c %a new.pem)" = 600 ] || fail "keygen: mode $(stat -c %a new.pem)"
cp new.pem new.before
expect 3 "proofmark: error: new.pem: exists already and is not overwritten
hint: choose another name, or remove it first" "$SIGN" keygen --alg es256 -o new.pem
same new.pem new.before

# Outputs.
mkdir directory
expect 3 "$unproven
proofmark: error: directory: the output exists and is a directory
hint: give the name of a file with -o" sign_unproven in.elf -o directory
expect 3 "$unproven
proofmark: error: none/out: cannot be written: No such file or directory
hint: create the output directory first" sign_unproven in.elf -o none/out
expect 3 "$unproven
proofmark: error: /dev/null: the output exists and is not a regular file
hint: give the name of a file; it appears when it is complete, so it cannot be written piece by piece" sign_unproven in.elf -o /dev/null
# Permissions bind everyone but root, so root becomes someone else for these.
as_user=()
if [ "$(id -u)" -eq 0 ]; then as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups); fi
chmod 755 "$work"
cp "$VECTORS/es256.pem" key.pem && chmod 644 key.pem
mkdir fixed && chmod 555 fixed
cp in.elf secret && chmod 000 secret
if "${as_user[@]}" "$SIGN" --help >/dev/null 2>&1; then
  expect 3 "$unproven
proofmark: error: fixed/out: cannot be written: Permission denied
hint: the output directory must be writable, because the file is written beside its final name first" \
    "${as_user[@]}" "$SIGN" sign --allow-unproven --key key.pem in.elf -o fixed/out
  expect 3 "proofmark: error: secret: cannot be opened: Permission denied
hint: give the user who signs read permission, and search permission on the directories above" \
    "${as_user[@]}" "$SIGN" sign --allow-unproven --key key.pem secret -o out
else
  echo 'note: another user cannot run the program here, permissions were not tested'
fi

# Names and numbers.
expect 2 "proofmark: error: the name has characters other than printable ASCII
hint: choose another with --name" sign_unproven --name $'a\nb' in.elf -o out
expect 2 "proofmark: error: the name \"$(printf 'n%.0s' {1..65})\" does not fit (expected 1 to 64 bytes, found 65)
hint: choose another with --name" sign_unproven --name "$(printf 'n%.0s' {1..65})" in.elf -o out
expect 3 "proofmark: error: moon: no such board (expected $work/boards/moon.json)
hint: proofmark board list shows the boards; --boards-dir DIR says where they are" sign_unproven --boards-dir "$work/boards" --board moon in.elf -o out

# The command line itself.
expect 2 "proofmark: error: A subcommand is required
hint: proofmark VERB --help lists the options" "$SIGN"
expect 2 "proofmark: error: --key is required
hint: proofmark VERB --help lists the options" "$SIGN" sign in.elf -o out
succeeds "$SIGN" --help
for verb in keygen pubkey keyinfo sign verify info unsign digest attach; do
  succeeds "$SIGN" "$verb" --help
  [ -z "$("$SIGN" "$verb" --help 2>&1 >/dev/null)" ] || fail "$verb --help writes to standard error"
done

# Marks.
succeeds sign_unproven in.elf -o signed
expect 1 "proofmark: error: signed: is signed already
hint: --replace strikes a new mark, --add adds a signature to this one; proofmark unsign takes it off" sign_unproven signed -o out
expect 1 "proofmark: error: in.elf: never signed: it holds no mark" "$SIGN" info in.elf
expect 1 "proofmark: error: in.elf: never signed: it holds no mark" "$SIGN" unsign in.elf -o out
cp signed broken && printf '\1' | dd of=broken bs=1 seek=$(($(stat -c %s broken) - 1)) conv=notrunc status=none
expect 1 "proofmark: error: broken: ends in a mark that does not fit the file
hint: it was changed after signing, or cut" "$SIGN" info broken
expect 1 "proofmark: error: broken: ends in a mark that does not fit the file
hint: sign the file as it was built" sign_unproven broken -o out

same in.elf "$VECTORS/amd64.elf"
same out out.before
[ -z "$(find . -name '.proofmark*')" ] || fail "temporary files left: $(find . -name '.proofmark*')"
finish
