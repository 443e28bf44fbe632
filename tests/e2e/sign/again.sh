#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Signing what is signed: refused unless it is asked for, --replace strikes a new mark over the same original, --add adds a
# signature and changes nothing that the first one covers.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
ps256=$VECTORS/ps256.pem es256=$VECTORS/es256.pem es384=$VECTORS/es384.pem
cp "$VECTORS/amd64.elf" in.elf
printf '{"mqtt": true}\n' >config.json
chmod 751 in.elf

# trusted FILE COUNT KEY...: exactly these keys have signed, each alone and all together.
trusted() {
  local file=$1 key keys=()
  shift
  for key; do
    keys+=(--trust "${key%.pem}.pub.pem")
    succeeds "$SIGN" verify --allow-unproven --trust "${key%.pem}.pub.pem" "$file"
  done
  succeeds "$SIGN" verify --allow-unproven --threshold $# "${keys[@]}" "$file"
  cases=$((cases + 1))
  [ ! -e "$file.proofmark" ] || file=$file.proofmark
  [ "$("$SIGN" info --format json "$file" | grep -c '"key_id"')" -eq $# ] || fail "$file: not $# signatures"
}

manifest() { "$SIGN" info --format hex "$1" | head -1; }
signature_of() { "$SIGN" info --format hex "$1" | grep -A2 "^key-id $2"; }

# Twice is refused, whatever the key.
succeeds sign_unproven in.elf -o once
expect 1 "proofmark: error: once: is signed already
hint: --replace strikes a new mark, --add adds a signature to this one; proofmark unsign takes it off" \
  "$SIGN" sign --allow-unproven --key "$ps256" once -o twice

# --replace gives what signing the original gives, also onto itself, with a larger mark and over an unsigned file.
for input in in.elf config.json; do
  succeeds sign_unproven "$input" --name x -o old
  succeeds "$SIGN" sign --allow-unproven --key "$ps256" --key "$es384" --name y --security-version 9 "$input" -o expected
  succeeds "$SIGN" sign --replace --allow-unproven --key "$ps256" --key "$es384" --name y --security-version 9 old -o new
  same expected new
  succeeds "$SIGN" sign --replace --allow-unproven --key "$ps256" --key "$es384" --name y --security-version 9 old -o old
  same expected old
  [ "$(stat -c %a old)" = "$(stat -c %a "$input")" ] || fail "$input: --replace changes the mode to $(stat -c %a old)"
  succeeds "$SIGN" unsign old -o back
  same "$input" back
  succeeds "$SIGN" sign --replace --allow-unproven --key "$ps256" --key "$es384" --name y --security-version 9 "$input" -o new
  same expected new
done
# What has changed since is no original any more.
cp once changed && flip changed 5000
cases=$((cases + 1))
sign_unproven --replace changed -o new2 >said 2>&1
[ $? -eq 1 ] && grep -q 'error: changed: changed after signing (expected content' said || fail "--replace of a changed file: $(cat said)"
[ ! -e new2 ] || fail '--replace of a changed file wrote something'

# --add: up to four signatures, in any order of keys, the old ones byte for byte, nothing else changed.
succeeds "$SIGN" keygen --test --alg es256 -o fourth.pem
succeeds "$SIGN" pubkey fourth.pem -o fourth.pub.pem
fourth=fourth.pem
for input in in.elf config.json; do
  succeeds sign_unproven --reserve 3 --security-version 5 "$input" -o one
  covered=$("$SIGN" info one | awk '$1 == "covered" {print $2}')
  succeeds "$SIGN" sign --add --allow-unproven --key "$ps256" one -o two
  succeeds "$SIGN" sign --add --allow-unproven --key "$es384" --key "$fourth" two -o two
  trusted two "$es256" "$ps256" "$es384" "$fourth"
  cases=$((cases + 1))
  cmp -n "$covered" one two || fail "$input: --add changed covered bytes"
  [ "$(stat -c %s one)" -eq "$(stat -c %s two)" ] || fail "$input: --add changed the size"
  [ "$(manifest one)" = "$(manifest two)" ] || fail "$input: --add changed the manifest"
  [ -n "$(signature_of one 3305708d)" ] && [ "$(signature_of one 3305708d)" = "$(signature_of two 3305708d)" ] ||
    fail "$input: --add changed the signature that was there"
  ids=$("$SIGN" info --format json two | sed -n 's/.*"key_id": "\([0-9a-f]*\)".*/\1/p')
  [ "$ids" = "$(sort <<<"$ids")" ] || fail "$input: signatures are not sorted: $ids"
  succeeds "$SIGN" unsign two -o back
  same "$input" back
done
succeeds "$SIGN" keygen --test --alg es256 -o fifth.key
expect 1 "proofmark: error: two: too many signatures (expected at most 4, found 4 and 1 more)" \
  "$SIGN" sign --add --allow-unproven --key fifth.key two -o out
expect 1 "proofmark: error: two: is signed by this key already (key 3305708d563700aea4139843220fa48c474f6b53fd01207d3ed2fc694135cd20)" \
  "$SIGN" sign --add --allow-unproven --key "$es256" two -o out
expect 1 "proofmark: error: once: the mark has no room for another signature (expected at most 440 bytes, found 863)
hint: a mark has room for later signatures when it was struck with --reserve; --replace with all keys strikes a new one" \
  "$SIGN" sign --add --allow-unproven --key "$ps256" once -o out
expect 1 "proofmark: error: one: not signed: its mark says that nothing was proved
hint: sign it with evidence, or add --allow-unproven" "$SIGN" sign --add --key "$ps256" one -o out
expect 1 "proofmark: error: in.elf: never signed: it holds no mark" "$SIGN" sign --add --allow-unproven --key "$ps256" in.elf -o out
cp one changed && flip changed 3
cases=$((cases + 1))
"$SIGN" sign --add --allow-unproven --key "$ps256" changed -o out >said 2>&1
[ $? -eq 1 ] && grep -q 'error: changed: changed after signing (expected content' said || fail "--add to a changed file: $(cat said)"
expect 2 "proofmark: error: too many signatures (expected at most 4, found 2 keys and room for 3 more)" \
  sign_unproven --key "$ps256" --reserve 3 in.elf -o out
for option in '--replace' '--board x' '--evidence x' '--name x' '--security-version 1' '--reserve 1' '--data' '--debug x'; do
  cases=$((cases + 1))
  # shellcheck disable=SC2086 # option and value
  "$SIGN" sign --add $option --key "$ps256" one -o out >said 2>&1
  [ $? -eq 2 ] && grep -q '^proofmark: error: .*excludes' said || fail "--add $option: $(cat said)"
done
[ ! -e out ] || fail 'a refused request wrote something'

# Detached: the same for a mark that stands beside its file.
cp in.elf beside && before=$(sha256sum <beside)
succeeds sign_unproven --detached --reserve 1 beside -o beside.proofmark
[ "$(stat -c %a beside.proofmark)" = 640 ] || fail "a detached mark has mode $(stat -c %a beside.proofmark)"
succeeds "$SIGN" sign --add --detached --allow-unproven --key "$ps256" beside -o beside.proofmark
trusted beside "$es256" "$ps256"
[ "$(sha256sum <beside)" = "$before" ] || fail '--add --detached changed the file'
expect 1 "proofmark: error: beside.proofmark: is a detached mark (expected the file that it stands beside)
hint: name that file, and add --detached" "$SIGN" sign --add --allow-unproven --key "$es384" beside.proofmark -o out
expect 1 "proofmark: error: beside.proofmark: is a detached mark; there is nothing to take it off from
hint: the file that it stands beside is as it was; remove the mark file" "$SIGN" unsign beside.proofmark -o out
cp in.elf other && echo >>other && cp beside.proofmark other.proofmark
expect 1 "proofmark: error: other: the mark does not belong to this file (its lengths differ)" \
  "$SIGN" sign --add --detached --allow-unproven --key "$es384" other -o out
cp one joined && cp one joined.proofmark
expect 1 "proofmark: error: joined.proofmark: is a signed file (expected a detached mark)" \
  "$SIGN" sign --add --detached --allow-unproven --key "$es384" joined -o out
[ ! -e out ] || fail 'a refused request wrote something'
finish
