#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The texts of companion policies: which files they name, with the digests that fsverity computes; signatures that openssl
# accepts; and no policy from a bundle that nobody trusts.
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/../bundle/lib.sh"
command -v fsverity >/dev/null || { echo 'skipped: fsverity is not installed'; exit 77; }

mkdir -p tree/{bin,lib/modules,etc}
printf 'program' >tree/bin/app && chmod 755 tree/bin/app && ln tree/bin/app tree/bin/again && ln -s app tree/bin/sh
cp tree/bin/app tree/bin/copy
printf 'library' >tree/lib/libx.so.1 && printf 'module' >tree/lib/modules/m.ko && printf 'data' >tree/etc/data
printf 'odd' >"$(printf 'tree/bin/o\\d\nd')" && chmod 700 tree/bin/o*
succeeds bundle tree -o root.bundle --name root --security-version 65543
trust=(--allow-unproven --trust "$VECTORS/es256.pub.pem")
digest() { fsverity digest --compact "$1"; }
has() { cases=$((cases + 1)); grep -qFx -- "$2" "$1" || fail "$1: no line '$2' in: $(cat "$1")"; }
hasnt() { cases=$((cases + 1)); ! grep -qF -- "$2" "$1" || fail "$1: '$2' in: $(cat "$1")"; }

# IPE: a name and a version first, defaults, then each content once; data is no code.
succeeds "$SIGN" companion ipe root.bundle -o ipe "${trust[@]}"
[ "$(head -n 1 ipe)" = 'policy_name=root policy_version=0.1.7' ] || fail "IPE: $(head -n 1 ipe)"
has ipe 'DEFAULT op=EXECUTE action=DENY'
has ipe "op=EXECUTE fsverity_digest=sha256:$(digest tree/bin/app) action=ALLOW"
has ipe "op=EXECUTE fsverity_digest=sha256:$(digest tree/lib/libx.so.1) action=ALLOW"
has ipe "op=KMODULE fsverity_digest=sha256:$(digest tree/lib/modules/m.ko) action=ALLOW"
has ipe '# bin/o\x5cd\x0ad'
hasnt ipe "$(digest tree/etc/data)"
[ "$(grep -c "$(digest tree/bin/app)" ipe)" = 1 ] || fail 'a content is named more than once'
root=$(printf 'ab%.0s' $(seq 32))
succeeds "$SIGN" companion ipe root.bundle -o ipe-dm --dm-verity "$root" "${trust[@]}"
has ipe-dm "op=EXECUTE dmverity_roothash=sha256:$root action=ALLOW"
hasnt ipe-dm fsverity_digest
says 2 '--dm-verity: not a SHA-256' "$SIGN" companion ipe root.bundle -o none --dm-verity abcd "${trust[@]}"

# The grammar of Documentation/admin-guide/LSM/ipe.rst, line by line.
grammar='^(#.*|policy_name=[A-Za-z0-9._-]+ policy_version=[0-9]+\.[0-9]+\.[0-9]+|DEFAULT( op=(EXECUTE|KMODULE))? action=(ALLOW|DENY)|op=(EXECUTE|KMODULE)( (boot_verified=(TRUE|FALSE)|(fsverity_digest|dmverity_roothash)=sha256:[0-9a-f]{64}))+ action=(ALLOW|DENY))$'
cases=$((cases + 1))
wrong=$(cat ipe ipe-dm | grep -vE "$grammar") && fail "not IPE: $wrong"

# IMA: the same policy for every bundle; a signature of each file that may be code, under one of its names.
succeeds "$SIGN" companion ima root.bundle -o ima --key "$VECTORS/es256.pem" --signatures signatures "${trust[@]}"
has ima 'appraise func=BPRM_CHECK digest_type=verity appraise_type=sigv3'
[ "$(grep -c '^# file:' signatures)" = 4 ] || fail "not one signature a file: $(cat signatures)"
has signatures '# file: bin/o\134d\012d'
openssl req -x509 -new -key "$VECTORS/es256.pem" -subj /CN=ima -days 2 -out certificate 2>/dev/null || fail 'no certificate'
id=$(openssl x509 -in certificate -noout -ext subjectKeyIdentifier | tr -d ' :\n' | tail -c 8 | tr A-F a-f)
for file in bin/copy lib/libx.so.1; do
  attribute=$(grep -A1 -Fx "# file: $file" signatures | sed -n 's/^security.ima=0x//p')
  cases=$((cases + 1))
  [ "${attribute:0:14}" = "060304$id" ] || fail "$file: head ${attribute:0:14} (expected 060304$id)"
  xxd -r -p <<<"${attribute:18}" >signature
  [ "$((16#${attribute:14:4}))" = "$(stat -c %s signature)" ] || fail "$file: length of the signature"
  xxd -r -p <<<"0604$(digest "tree/$file")" >file_id
  openssl dgst -sha256 -verify "$VECTORS/es256.pub.pem" -signature signature file_id >/dev/null || fail "$file: openssl refuses"
done
says 2 'the key for IMA must be P-256 (expected es256, found ps256)' \
  "$SIGN" companion ima root.bundle -o ima --key "$VECTORS/ps256.pem" --signatures none "${trust[@]}"
says 2 '--key and --signatures go together' "$SIGN" companion ima root.bundle -o none --signatures none "${trust[@]}"
says 1 'NOT TRUSTED: 401' "$SIGN" companion ima root.bundle -o none --allow-unproven --trust "$VECTORS/ps256.pub.pem"
says 1 '901: not an accepted bundle (kind: data)' bash -c '
  "$SIGN" sign --key "$VECTORS/es256.pem" --allow-unproven tree/etc/data -o data.signed >/dev/null 2>&1
  "$SIGN" companion ipe data.signed -o none --allow-unproven --trust "$VECTORS/es256.pub.pem"'
[ ! -e none ] || fail 'a refused policy was written'
finish
