#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every attribute that can be tampered with is found by its name, in a tree and between two bundles; and a bundle counts only
# when it is genuine, for this board and of this time.
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/lib.sh"

make_tree tree
succeeds bundle tree -o good --security-version 5
says 0 'as the bundle says' check --root tree good

# found WHAT DETAIL COMMAND: after COMMAND in the tree, this and only this path differs, in this way.
found() {
  local text=$1
  shift
  cp -a tree changed
  (cd changed && "$@") || fail "$*"
  says 1 "changed/$text" check --root changed good
  says 1 'NOT TRUSTED' check --root changed good --quick
  rm -rf changed
}
found 'etc/empty: missing: regular file' rm etc/empty
found 'etc/new: extra: regular file' touch etc/new
found 'etc/empty: content: expected 0 bytes, found 1 bytes' bash -c 'printf x >etc/empty'
found 'bin-extra: content: expected ' bash -c 'printf y >bin-extra'
found 'bin/app: mode: expected 4755, found 0755' chmod 755 bin/app
found 'etc: mode: expected 0755, found 0777' chmod 777 etc
found 'bin/sh: target: expected app, found cap' ln -sfn cap bin/sh
found 'etc/empty: type: expected regular file, found symbolic link' bash -c 'rm etc/empty && ln -s x etc/empty'
found 'var/fifo: type: expected FIFO, found regular file' bash -c 'rm var/fifo && touch var/fifo'
found 'bin/app-again: link: expected a hard link of bin/app, found a file of its own' \
  bash -c 'cp -p bin/app x && mv x bin/app-again'
found 'etc/new\x0aline \x5c \xff\xfe \x1b[2J: content' bash -c 'printf ODD >etc/new*'
found 'lib: type: expected directory, found symbolic link' bash -c 'mv lib etc/l && ln -s etc/l lib'
if is_root; then
  found 'etc/empty: owner: expected 1000:1001, found 0:1001' chown 0 etc/empty
  found 'etc/null: device: expected 1:3, found 1:5' bash -c 'rm etc/null && mknod -m 644 etc/null c 1 5'
  found 'bin/cap: capability: expected ' setcap cap_sys_admin+ep bin/cap
  found 'bin/cap: capability: expected ' setcap -r bin/cap
fi

# Extra files: a pattern for a directory allows what lies in it, and nothing else.
cp -a tree changed && mkdir -p changed/var/log/app && touch changed/var/log/app/today
says 0 'as the bundle says' check --root changed good --allow-extra 'var/log'
says 0 'as the bundle says' check --root changed good --allow-extra 'var/log/*'
says 1 'extra' check --root changed good --allow-extra 'var/lo'
printf x >changed/etc/empty
says 1 'changed/etc/empty: content' check --root changed good --allow-extra 'var/log' --allow-extra etc
[ "$(check --root changed good --format json --allow-extra var/log | jq -r '.differences[0].what')" = content ] ||
  fail 'JSON does not name the change'

# diff.
succeeds bundle changed -o other
says 1 '+ var/log/app: added' "$SIGN" diff good other
says 1 '! etc/empty: content: 0 bytes -> 1 bytes' "$SIGN" diff good other
says 1 '- var/log/app: removed' "$SIGN" diff other good
expect 0 '' "$SIGN" diff good good
[ "$("$SIGN" diff good other --format json | jq -r '[.differences[].what] | join(" ")')" = 'content added added' ] ||
  fail 'JSON of diff'
printf x >plain && sign_unproven plain -o data.signed >/dev/null 2>&1
says 3 'is not a bundle (kind: data)' "$SIGN" diff good data.signed

# Not genuine, another board, too old, another kind; a table that was changed; the order of reading is signature first.
says 1 'NOT TRUSTED: 401' "$SIGN" verify --allow-unproven --trust "$VECTORS/ps256.pub.pem" --root tree good
says 1 'NOT TRUSTED: 606' "$SIGN" verify --trust "$VECTORS/es256.pub.pem" --root tree good
says 1 'NOT TRUSTED: 605' check --min-security-version 6 --root tree good
succeeds bundle tree -o board --board qemu-amd64 --boards-dir "$VECTORS/../../boards"
says 1 'NOT TRUSTED: 604' check --board qemu-arm64 --root tree board
says 0 'as the bundle says' check --board qemu-amd64 --root tree board
says 1 '901: not an accepted bundle (kind: data)' check --root tree data.signed
cp good flipped && flip flipped 50 && says 1 'NOT TRUSTED: 702' check --root tree flipped
says 2 '--root takes one bundle' check --root tree good good

# install does nothing to a tree that is not what its bundle says.
says 1 'before anything was done' "$SIGN" install changed good --allow-unproven --trust "$VECTORS/es256.pub.pem"
finish
