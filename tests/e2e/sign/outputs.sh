#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Where an output may go and what it takes along: links, other names, other file systems, permissions, owners, lists and
# attributes; and what twenty signers at once make of one name.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
cp "$VECTORS/amd64.elf" in.elf
succeeds sign_unproven in.elf -o expected
root=$([ "$(id -u)" -eq 0 ] && echo yes)

# A symbolic link stays one and its target is replaced; another hard link keeps the old content; a file that may not be
# written is replaced, because it is the folder that has the name.
mkdir folder && printf 'old\n' >folder/target && ln -s folder/target link
succeeds sign_unproven in.elf -o link
[ -L link ] || fail 'the link is no link any more'
same folder/target expected
ln -s link chain && succeeds sign_unproven in.elf -o chain && [ -L chain ] && [ -L link ] || fail 'a link to a link'
ln -s folder/absent dangling
expect 3 "proofmark: warning: in.elf: no board was named, so no policy applies
proofmark: error: dangling: the output is a link that points to nothing
hint: remove the link, or create its target" sign_unproven in.elf -o dangling
printf 'old\n' >one && ln one two && chmod 444 one
succeeds sign_unproven in.elf -o one
same one expected
[ "$(cat two)" = old ] || fail 'another hard link was changed'
# A link as the input is the file that it points to.
ln -s in.elf in-link && succeeds sign_unproven --name in.elf in-link -o one
same one expected

# No name that can be replaced.
said="proofmark: warning: in.elf: no board was named, so no policy applies
proofmark: error: /dev/stdout: the output is a descriptor, not a file
hint: give the name of a file; it appears when it is complete, so it cannot be written piece by piece"
cases=$((cases + 1))
sign_unproven in.elf -o /dev/stdout >piece 2>said
[ $? -eq 3 ] && [ "$(cat said)" = "$said" ] && [ ! -s piece ] || fail "/dev/stdout: $(cat said)"
mkfifo fifo
cases=$((cases + 1))
timeout 10 "$SIGN" unsign expected -o fifo >said 2>&1
[ $? -eq 3 ] && grep -q 'fifo: the output exists and is not a regular file' said || fail "a FIFO: $(cat said)"

# Another file system.
if [ -d /dev/shm ] && [ "$(stat -f -c %i /dev/shm)" != "$(stat -f -c %i .)" ]; then
  far=$(mktemp -d /dev/shm/proofmark.XXXXXX)
  succeeds sign_unproven in.elf -o "$far/out"
  same "$far/out" expected
  succeeds "$SIGN" unsign "$far/out" -o back
  same back in.elf
  [ "$(ls -A "$far")" = out ] || fail "left behind: $(ls -A "$far")"
  rm -r "$far"
fi

# Mode yes, times no; a mark of its own runs nothing.
cp in.elf moded && chmod 4751 moded && touch -d '2001-01-01' moded
succeeds sign_unproven moded -o moded.out
[ "$(stat -c %a moded.out)" = 4751 ] || fail "mode $(stat -c %a moded.out) (expected 4751)"
[ "$(stat -c %Y moded.out)" -gt 1000000000 ] || fail 'the time of the input was taken over'
succeeds sign_unproven --detached moded -o moded.mark
[ "$(stat -c %a moded.mark)" = 640 ] || fail "a detached mark has mode $(stat -c %a moded.mark)"
succeeds "$SIGN" unsign moded.out -o moded.back
[ "$(stat -c %a moded.back)" = 4751 ] || fail "unsign: mode $(stat -c %a moded.back)"

# Owners: kept by whoever may, and whoever may not makes no program that runs as someone else.
if [ -n "$root" ] && setpriv --reuid=65534 --regid=65534 --clear-groups "$SIGN" --help >/dev/null 2>&1; then
  cp in.elf owned && chown 12345:23456 owned && chmod 6755 owned
  succeeds sign_unproven owned -o owned.out
  [ "$(stat -c %u:%g:%a owned.out)" = 12345:23456:6755 ] || fail "owner and mode $(stat -c %u:%g:%a owned.out)"
  chmod 755 . && mkdir -m 777 open && cp "$VECTORS/es256.pem" key.pem && chmod 644 key.pem
  expect 0 "proofmark: warning: owned: no board was named, so no policy applies
proofmark: warning: open/out: not taken over: set-user-id bit
proofmark: warning: open/out: not taken over: set-group-id bit
$(sign_unproven owned -o owned.out 2>/dev/null | sed s,owned.out,open/out,)" \
    setpriv --reuid=65534 --regid=65534 --clear-groups "$SIGN" sign --allow-unproven --key key.pem owned -o open/out
  [ "$(stat -c %u:%a open/out)" = 65534:755 ] || fail "owner and mode $(stat -c %u:%a open/out)"
else
  echo 'note: owners were not tested (needs root)'
fi

# Lists and attributes: an access control list is kept, what else there is is named.
cp in.elf listed && chmod 640 listed
if command -v setfacl >/dev/null && setfacl -m u:12345:rw listed 2>/dev/null; then
  succeeds sign_unproven listed -o listed.out
  [ "$(getfacl -cn listed.out)" = "$(getfacl -cn listed)" ] || fail "another access control list: $(getfacl -cn listed.out)"
else
  echo 'note: access control lists were not tested'
fi
cp in.elf attributed
if command -v setfattr >/dev/null && setfattr -n user.origin -v x attributed 2>/dev/null; then
  expect 0 "proofmark: warning: attributed: no board was named, so no policy applies
proofmark: warning: attributed.out: not taken over: extended attribute user.origin
$(sign_unproven attributed -o attributed.out 2>/dev/null)" sign_unproven attributed -o attributed.out
  expect 0 '' "$SIGN" unsign attributed.out -o attributed.back
else
  echo 'note: extended attributes were not tested'
fi
cp in.elf capable
if [ -n "$root" ] && command -v setcap >/dev/null && setcap cap_net_bind_service+ep capable 2>/dev/null; then
  expect 0 "proofmark: warning: capable: no board was named, so no policy applies
proofmark: warning: capable: not taken over: extended attribute security.capability
$(sign_unproven capable -o capable.out 2>/dev/null | sed s/capable.out/capable/)" sign_unproven capable -o capable
else
  echo 'note: capabilities were not tested'
fi
if [ -n "$root" ] && printf 'old\n' >fixed && chattr +i fixed 2>/dev/null; then
  expect 3 "proofmark: warning: in.elf: no board was named, so no policy applies
proofmark: error: fixed: renaming failed: Operation not permitted
hint: the existing file may be immutable (lsattr shows it), or another user's in a directory with the sticky bit" \
    sign_unproven in.elf -o fixed
  chattr -i fixed
  [ "$(cat fixed)" = old ] || fail 'an immutable file was changed'
else
  echo 'note: immutable files were not tested'
fi

# Twenty at once: one name has one of the twenty results, twenty names have theirs, and one new key is the only one.
mkdir many
for i in {1..20}; do sign_unproven --name "n$i" in.elf -o "many/$i" >/dev/null 2>&1 & done
wait
mkdir race && cp in.elf race/in-place
for i in {1..20}; do
  sign_unproven --name "n$i" in.elf -o race/out >/dev/null 2>&1 &
  sign_unproven --replace --name "n$i" race/in-place -o race/in-place >/dev/null 2>&1 &
  "$SIGN" keygen --test --alg es256 -o race/key >/dev/null 2>"race.$i" && echo "$i" >>winners &
done
wait
for i in {1..20}; do succeeds verify_unproven "many/$i"; done
cases=$((cases + 1))
for i in {1..20}; do cmp -s race/out "many/$i" && break; done
cmp -s race/out "many/$i" || fail 'the output of twenty signers is none of their results'
succeeds verify_unproven race/in-place
succeeds "$SIGN" unsign race/in-place -o back
same back in.elf
succeeds "$SIGN" keyinfo race/key
[ "$(wc -l <winners)" -eq 1 ] || fail "keygen succeeded $(wc -l <winners) times"
[ "$(cat race.* | grep -c 'race/key: exists already and is not overwritten')" -eq 19 ] || fail "$(cat race.*)"
[ "$(ls -A race | tr '\n' ' ')" = 'in-place key out ' ] || fail "left behind: $(ls -A race)"
[ -z "$(find . -name '.proofmark*')" ] || fail "temporary files left: $(find . -name '.proofmark*')"
finish
