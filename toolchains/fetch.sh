#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Fetches the pinned inputs of sysroot.lock: Debian 13 sysroots that firmware and device programs link against, and
# the sources built into them. Everything is checked against the SHA-256 in the lock before it is unpacked, so the
# mirror and the network need not be trusted. The result is a directory named by the hash of the lock: an edited lock
# never meets an old tree, and a tree is either complete or absent.
set -euo pipefail
umask 022
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${PROOFMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/proofmark}
lock=$here/sysroot.lock

usage() {
  cat <<'TEXT'
usage: toolchains/fetch.sh [OPTION]

Fetches, verifies and unpacks the inputs pinned in toolchains/sysroot.lock. Needs no root. Without an option it does
what is missing and is instant when nothing is.

  --check            say whether everything is in place; no network; exit 1 when it is not
  --list             print what the lock pins and whether it is downloaded
  --update           rewrite the lock to what the mirror offers now, show the difference, then fetch
  --print-dir sysroot amd64|arm64
  --print-dir source NAME
                     print the directory of an unpacked input (exit 1 when it is not there)
  --lock FILE        use another lock file
  --help             this text

environment:
  PROOFMARK_CACHE    where downloads and unpacked trees live (default ${XDG_CACHE_HOME:-~/.cache}/proofmark)
  PROOFMARK_MIRROR   a Debian mirror to use instead of the one in this machine's apt configuration
TEXT
}

say() { echo "proofmark: fetch: $*" >&2; }

# fail CODE MESSAGE [HINT]: 1 the inputs are not what the lock says, 2 usage, 3 could not be found out.
fail() {
  echo "proofmark: error: $2" >&2
  [[ -z ${3:-} ]] || echo "hint: $3" >&2
  exit "$1"
}

# shellcheck source=toolchains/private_apt.sh
source "$here/private_apt.sh"

# The lock, one list per kind: "arch package version sha256" and "package version file sha256". A `src` package comes
# with Debian's patches; of a `tar` package only the upstream archive is taken.
read_lock() {
  [[ -r $lock ]] || fail 3 "$lock: cannot be read"
  local bad name='[a-z0-9.+-]+' word='[^ /]+' hash='([0-9a-f]{64}|\?)'
  bad=$(grep -nvE -e '^(#.*|)$' -e "^deb (amd64|arm64|all) $name $word $hash$" \
    -e "^(src|tar) $name $word $word $hash$" "$lock" | head -n 1) || true
  [[ -z $bad ]] || fail 1 "$lock:${bad%%:*}: not a lock line (found '${bad#*:}')" \
    "'deb ARCH PACKAGE VERSION SHA256', or 'src' or 'tar' with PACKAGE VERSION FILE SHA256"
  mapfile -t debs < <(sed -n 's/^deb //p' "$lock")
  mapfile -t sources < <(sed -nE 's/^(src|tar) //p' "$lock")
  tree=$cache/pinned/$(sha256sum "$lock" | cut -c1-16)
}

deb_file() { echo "$2_${3//:/%3a}_$1.deb"; }

# each_file: "FILE SHA256" for everything in the lock.
each_file() {
  local line arch package version sha file
  for line in "${debs[@]}"; do
    read -r arch package version sha <<<"$line"
    echo "$(deb_file "$arch" "$package" "$version") $sha"
  done
  for line in "${sources[@]}"; do
    read -r package version file sha <<<"$line"
    echo "$file $sha"
  done
}

has_hash() { [[ $(sha256sum <"$1") == "$2  -" ]]; }

# moved PACKAGE LOCKED OFFERED
moved() {
  local cure='toolchains/fetch.sh --update pins what is offered now; to keep the old one set PROOFMARK_CACHE to the'
  cure+=' cache of a machine that has it, or PROOFMARK_MIRROR to an archive snapshot that still carries it'
  fail 1 "$lock: $1: the locked version is no longer offered by the mirror (expected $2, found ${3:-none})" "$cure"
}

# want_debs / want_sources: print the apt arguments for what is not downloaded, after checking that it is offered.
want_debs() {
  local line arch package version sha offered
  for line in "${debs[@]}"; do
    read -r arch package version sha <<<"$line"
    [[ ! -e $cache/downloads/$(deb_file "$arch" "$package" "$version") ]] || continue
    offered=$(offered_deb "$arch" "$package" | cut -d' ' -f1)
    grep -qxF -- "$version" <<<"$offered" || moved "$package ($arch)" "$version" "$(newest <<<"$offered")"
    if [[ $arch == all ]]; then echo "$package=$version"; else echo "$package:$arch=$version"; fi
  done
}

# want_sources KIND
want_sources() {
  local package version file offered
  while read -r package version file _; do
    [[ ! -e $cache/downloads/$file ]] || continue
    offered=$(offered_src "$package" | cut -d' ' -f1)
    grep -qxF -- "$version" <<<"$offered" || moved "$package (source)" "$version" "$(newest <<<"$offered")"
    echo "$package=$version"
  done < <(sed -n "s/^$1 //p" "$lock") | sort -u
}

# download: what is missing goes to a scratch directory, is hashed there, and only then enters the cache.
download() {
  local wanted kind options scratch=$cache/.scratch.$$
  mkdir -p "$scratch" "$cache/downloads"
  wanted=$(want_debs) || exit
  if [[ -n $wanted ]]; then
    say "downloading $(wc -l <<<"$wanted") packages"
    # shellcheck disable=SC2086 # one argument per package
    (cd "$scratch" && private apt-get -q download $wanted >&2) || fail 3 "apt: download failed"
  fi
  for kind in src tar; do
    wanted=$(want_sources $kind) || exit
    [[ -n $wanted ]] || continue
    say "downloading $(wc -l <<<"$wanted") sources ($kind)"
    options=(--download-only)
    [[ $kind == src ]] || options+=(--tar-only)
    # shellcheck disable=SC2086 # one argument per package
    (cd "$scratch" && private apt-get -q source "${options[@]}" $wanted >"$scratch/log" 2>&1) ||
      fail 3 "apt: download failed: $(grep '^E:' "$scratch/log" | head -n 1)"
  done
  keep_verified "$scratch"
}

# keep_verified DIR: all of it or nothing enters the cache.
keep_verified() {
  local scratch=$1 file sha
  while read -r file sha; do
    [[ -e $scratch/$file ]] || continue
    has_hash "$scratch/$file" "$sha" || refuse_hash "$scratch/$file" "$sha"
  done < <(each_file)
  while read -r file _; do
    [[ ! -e $scratch/$file ]] || mv "$scratch/$file" "$cache/downloads/$file"
  done < <(each_file)
}

refuse_hash() {
  local found
  found=$(sha256sum <"$1")
  rm -f "$1"
  fail 1 "$(basename "$1"): wrong SHA-256 (expected $2, found ${found%% *}); nothing was unpacked" \
    "somebody changed the file or the lock: fetch again, and if it stays, do not build with it"
}

all_downloaded() {
  local file
  while read -r file _; do
    [[ -e $cache/downloads/$file ]] || return 1
  done < <(each_file)
}

# finish_sysroot DIR: makes an unpacked set of packages usable where it lies. Absolute links would leave the sysroot,
# and the top-level directories are links into /usr on an installed Debian, made by its base-files.
finish_sysroot() {
  local root=$1 link target top
  while IFS= read -r -d '' link; do
    target=$(readlink "$link")
    ln -sfn "$(realpath -ms --relative-to="$(dirname "$link")" "$root$target")" "$link"
  done < <(find "$root" -type l -lname '/*' -print0)
  for top in lib lib64; do
    [[ -e $root/$top || ! -d $root/usr/$top ]] || ln -s "usr/$top" "$root/$top"
  done
}

unpack_debs() {
  local line arch package version target targets
  for line in "${debs[@]}"; do
    read -r arch package version _ <<<"$line"
    targets=$arch
    [[ $arch != all ]] || targets='amd64 arm64'
    for target in $targets; do
      mkdir -p "$1/sysroot/$target"
      dpkg-deb -x "$cache/downloads/$(deb_file "$arch" "$package" "$version")" "$1/sysroot/$target"
    done
  done
  for target in "$1"/sysroot/*; do
    [[ ! -d $target ]] || finish_sysroot "$target"
  done
}

is_upstream_only() { grep -q "^tar $1 " "$lock"; }

# unpack_sources DIR: with Debian's patches applied. Each file of the lock was verified, and dpkg-source checks the
# archives against the .dsc, so its own signature check has nothing to add.
unpack_sources() {
  local line package version file
  mkdir -p "$1/source"
  for line in "${sources[@]}"; do
    read -r package version file _ <<<"$line"
    if is_upstream_only "$package"; then
      mkdir -p "$1/source/$package"
      tar -xf "$cache/downloads/$file" -C "$1/source/$package" --strip-components=1 --no-same-owner
    fi
    [[ $file == *.dsc ]] || continue
    dpkg-source --no-check --no-copy -x "$cache/downloads/$file" "$1/source/$package" >"$1/log" 2>&1 ||
      fail 3 "$package $version: dpkg-source cannot unpack it: $(tail -n 1 "$1/log")"
  done
}

unpack() {
  local scratch=$cache/.scratch.$$/tree file sha
  say 'verifying'
  while read -r file sha; do
    has_hash "$cache/downloads/$file" "$sha" || refuse_hash "$cache/downloads/$file" "$sha"
  done < <(each_file)
  mkdir -p "$scratch" "$cache/pinned"
  say "unpacking ${#debs[@]} packages"
  unpack_debs "$scratch"
  say "unpacking ${#sources[@]} source files"
  unpack_sources "$scratch"
  rm -f "$scratch/log"
  cp "$lock" "$scratch/sysroot.lock"
  mv -T "$scratch" "$tree"
}

need_tools() {
  local tool
  for tool in apt-get apt-cache dpkg-deb dpkg-source flock; do
    command -v "$tool" >/dev/null || fail 3 "$tool: not found" "apt-get install apt dpkg-dev util-linux patch"
  done
}

# exclusive: one fetch at a time per cache; leftovers of a killed one are removed by the next.
exclusive() {
  need_tools
  mkdir -p "$cache"
  exec 9>"$cache/.lock"
  flock -n 9 || { say 'waiting for another fetch to finish'; flock 9; }
  rm -rf "$cache"/.scratch.*
  trap 'rm -rf "$cache/.scratch.$$" "$cache/apt"' EXIT
}

fetch() {
  read_lock
  [[ ! -d $tree ]] || return 0
  exclusive
  [[ ! -d $tree ]] || return 0
  if ! all_downloaded; then
    apt_setup
    download
  fi
  unpack
  say "ready in $tree"
}

# update: same packages, the versions and hashes that the mirror offers now.
update() {
  local line kind arch package version sha next=$cache/.scratch.$$/lock seen=' '
  read_lock
  exclusive
  mkdir -p "$cache/.scratch.$$"
  apt_setup
  while IFS= read -r line; do
    read -r kind arch package _ <<<"$line" # for src and tar lines the second field is the package
    if [[ $kind == deb ]]; then
      read -r version sha < <(offered_deb "$arch" "$package") || fail 1 "$lock: $package ($arch): not in the archive"
      echo "deb $arch $package $version $sha"
    elif [[ $kind == src || $kind == tar ]]; then
      [[ $seen != *" $arch "* ]] || continue
      seen+="$arch "
      update_source "$kind" "$arch"
    else
      echo "$line"
    fi
  done <"$lock" >"$next"
  if diff -u --label locked --label offered "$lock" "$next"; then
    say 'the lock is up to date'
  else
    cp "$next" "$lock"
    say "$lock rewritten: build, run the tests, then commit it"
  fi
}

# update_source KIND PACKAGE
update_source() {
  local offered version
  offered=$(offered_src "$2")
  [[ -n $offered ]] || fail 1 "$lock: $2 (source): not in the archive"
  version=$(cut -d' ' -f1 <<<"$offered" | newest)
  awk -v kind="$1" -v package="$2" -v version="$version" \
    '$1 == version && (kind == "src" || $2 ~ /\.orig\.tar\.[a-z0-9]+$/) { print kind, package, version, $2, $3 }' \
    <<<"$offered"
}

check() {
  local file sha bad=0
  read_lock
  while read -r file sha; do
    if [[ ! -e $cache/downloads/$file ]]; then continue; fi
    has_hash "$cache/downloads/$file" "$sha" || { say "$file: wrong SHA-256 in $cache/downloads"; bad=1; }
  done < <(each_file)
  [[ -d $tree ]] || { say "not fetched: $tree"; bad=1; }
  ((bad == 0)) || fail 1 "$lock: the pinned inputs are not in place" 'toolchains/fetch.sh'
  say "in place: $tree"
}

list() {
  local file sha
  read_lock
  while read -r file sha; do
    printf '%-10s %s  %s\n' "$([[ -e $cache/downloads/$file ]] && echo downloaded || echo missing)" "$sha" "$file"
  done < <(each_file)
}

print_dir() {
  read_lock
  [[ ${1:-} =~ ^(sysroot|source)$ && -n ${2:-} ]] || { usage >&2; exit 2; }
  [[ -d $tree/$1/$2 ]] || fail 1 "$tree/$1/$2: not there" 'toolchains/fetch.sh'
  echo "$tree/$1/$2"
}

main() {
  local action=fetch
  while (($# > 0)); do
    case $1 in
      --help) usage; exit 0 ;;
      --lock) lock=$(realpath -m "${2:?--lock needs a file}"); shift ;;
      --check | --list | --update) action=${1#--} ;;
      --print-dir) shift; print_dir "$@"; exit 0 ;;
      *) usage >&2; exit 2 ;;
    esac
    shift
  done
  if [[ $action == update ]]; then
    (update)
    action=fetch
  fi
  "$action"
}

main "$@"
