#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A root file system of 10,000 files, its pages in memory: signing all of it as one bundle and checking it again, beside
# what hashes or signs the same files: sha256sum (one process, and two), evmctl (one signature per file), veritysetup (an
# image of the same files; making the image is not counted).
# usage: bundle.sh [FILES]
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need hyperfine jq openssl sha256sum evmctl veritysetup mkfs.ext4
files=${1:-10000}

"$proofmark" keygen --test -o "$work/key.pem" >/dev/null
"$proofmark" pubkey "$work/key.pem" -o "$work/pub.pem" >/dev/null

# Sizes as in a root file system: most files are small, a few hold most of the bytes.
root=$work/root
mkdir -p "$root"
head -c 4M /dev/urandom >"$work/noise"
for ((i = 0; i < files; i++)); do
  [ $((i % 100)) -ne 0 ] || mkdir -p "$root/d$((i / 100))"
  size=$((i % 200 == 0 ? 2097152 : i % 10 == 0 ? 65536 : 4096 + i % 7919))
  head -c "$size" "$work/noise" >"$root/d$((i / 100))/f$i"
done
bytes=$(du -sb "$root" | cut -f1)
mkfs.ext4 -q -d "$root" "$work/image" "$((bytes / 1024 * 3 / 2 + files * 6))k"

sign=("$proofmark" bundle "$root" --key "$work/key.pem" --board qemu-amd64 --allow-unproven --security-version 1)
"${sign[@]}" -o "$work/bundle" >/dev/null
cat >"$work/hash1" <<END
#!/bin/sh
find $root -type f -print0 | xargs -0 sha256sum >$work/sums
END
cat >"$work/hash2" <<END
#!/bin/sh
find $root -type f -print0 | xargs -0 -P2 -n 500 sha256sum >$work/sums
END
chmod +x "$work/hash1" "$work/hash2"

printf '%d files, %d MiB\n' "$files" "$((bytes / 1048576))"
compare 'sign the tree' \
  'proofmark bundle' "${sign[*]} -o $work/bundle.new" \
  'sha256sum (no signature)' "$work/hash1" \
  'sha256sum, two processes (no signature)' "$work/hash2" \
  'veritysetup format (no signature)' "veritysetup format $work/image $work/hashes"
compare 'check the tree' \
  'proofmark verify --root' "$proofmark verify --root $root $work/bundle --trust $work/pub.pem --allow-unproven --board qemu-amd64" \
  'sha256sum (no signature)' "$work/hash1"

# Minutes for some, so once.
start=$(date +%s%N)
evmctl ima_sign -a sha256 -r --key "$work/key.pem" "$root" >/dev/null 2>&1 || { echo 'bench: error: evmctl ima_sign failed'; exit 3; }
printf '  %-40s %9.1f ms, once\n' 'evmctl ima_sign -r (a signature per file)' "$(awk -v ns="$(($(date +%s%N) - start))" 'BEGIN { print ns / 1e6 }')"
