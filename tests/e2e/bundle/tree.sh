#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Bundles of trees: the same tree gives the same bytes, odd names are no trouble, and what a bundle cannot vouch for is refused.
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/lib.sh"

make_tree one
succeeds bundle one -o one.bundle
says 0 'one: as the bundle says: ' check --root one one.bundle
says 0 'kind' "$SIGN" info one.bundle

# Other times, another order of names, another umask, any number of threads: the same bytes.
(umask 077 && mkdir two && tar -C one --sort=name --xattrs --xattrs-include='*' -cf - . | tar -C two --xattrs --xattrs-include='*' -xpf -)
touch two/bin/app && chmod --reference=one two
for jobs in 1 7; do
  succeeds bundle two -o two.bundle -j $jobs
  same one.bundle two.bundle
done

# 100,000 files, in bounded time and memory.
mkdir many && (cd many && seq 100 | xargs mkdir && seq 100 | while read -r d; do (cd "$d" && seq 1000 | xargs touch); done)
succeeds timeout 120 "$SIGN" bundle --allow-unproven --key "$VECTORS/es256.pem" many -o many.bundle
says 0 'many: as the bundle says: 100101 entries' timeout 120 "$SIGN" verify --allow-unproven \
  --trust "$VECTORS/es256.pub.pem" --root many many.bundle
rm -r many

# What is left out.
mkdir -p part/keep part/drop/deep && printf x >part/drop/deep/f
succeeds bundle part -o part.bundle --exclude 'drop/'
says 1 'part/drop: extra: directory' check --root part part.bundle
says 0 'as the bundle says: 2 entries' check --root part part.bundle --allow-extra drop

# What no bundle can vouch for.
mkdir sockets && perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "sockets/s", Listen => 1)'
says 3 'sockets/s: is a socket' bundle sockets -o none
succeeds bundle sockets -o some --exclude s
if command -v setfacl >/dev/null && mkdir acl && : >acl/f && setfacl -m u:1000:rw acl/f 2>/dev/null; then
  says 3 'acl/f: has an access control list' bundle acl -o none
fi
if is_root; then
  # shellcheck disable=SC2016 # expanded by the inner shell
  says 3 'another file system is mounted here' unshare -m bash -c '
    mkdir -p mounts/at && mount -t tmpfs none mounts/at &&
    "$SIGN" bundle --allow-unproven --key "$VECTORS/es256.pem" mounts -o none'
fi
[ ! -e none ] || fail 'a refused bundle was written'

# The gate: without a mark on every ELF file nothing is proven.
mkdir elf && cp "$VECTORS/amd64.elf" elf/app
says 1 'app: ELF file without a mark' "$SIGN" bundle --key "$VECTORS/es256.pem" elf -o none --board qemu-amd64 \
  --boards-dir "$VECTORS/../../boards" --trust "$VECTORS/es256.pub.pem" --report report.json
[ "$(jq .elf_files report.json)" = 1 ] || fail 'the report does not count one ELF file'
cp "$VECTORS/amd64.elf.es256" elf/app
says 1 'its mark is refused for board qemu-amd64: 606' "$SIGN" bundle --key "$VECTORS/es256.pem" elf -o none \
  --board qemu-amd64 --boards-dir "$VECTORS/../../boards" --trust "$VECTORS/es256.pub.pem"

# A directory that turns into a link to somewhere else while the tree is read: an error or the old tree, never the other.
mkdir -p swap/d outside && printf secret >outside/f && printf inside >swap/d/f
succeeds bundle swap -o before.bundle --owner 0:0
(while [ ! -e stop ]; do mv swap/d swap/e && ln -s ../outside swap/d; rm swap/d && mv swap/e swap/d; done) 2>/dev/null &
swapper=$!
for _ in $(seq 50); do
  bundle swap -o swap.bundle --owner 0:0 >/dev/null 2>&1 || continue
  "$SIGN" diff before.bundle swap.bundle | grep 'd/f: content' && fail 'content from outside of the tree'
done
: >stop && wait $swapper
# shellcheck disable=SC2016 # expanded by the inner shell
says 3 'changed' bash -c '
  mkdir gone && seq 3000 | (cd gone && xargs touch); (cd gone && seq 3000 | xargs rm) &
  for _ in $(seq 50); do "$SIGN" bundle --allow-unproven --key "$VECTORS/es256.pem" gone -o gone.bundle || exit; done'
finish
