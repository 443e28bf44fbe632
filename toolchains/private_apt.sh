# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# The machine's own apt client, pointed at Debian 13 for both architectures without root. Its state lives in a
# directory of ours; proxies, credentials and transports still come from /etc/apt/apt.conf*, because the private
# configuration is read after the machine's (apt-get -c) and only replaces what it names. The mirror is the one this
# machine already uses for the Debian archive: what reaches it through a firewall or a company mirror keeps working.
# Sourced by fetch.sh, which supplies say(), fail() and $cache.

: "${cache:?}"
readonly kSuite=trixie
readonly kArchiveKeyring=/usr/share/keyrings/debian-archive-keyring.gpg

# apt_targets: "REPO-URI SOURCES-ENTRY" of each Debian `main` package index this machine is configured for. apt parses
# both the .list and the .sources format for us, whether its lists were ever downloaded or not; the security and
# updates suites live on the same or other hosts and are left out by name, so what remains is the full archive.
apt_targets() {
  apt-get indextargets --no-release-info 'Created-By: Packages' 'Component: main' 2>/dev/null | awk '
    function flush() {
      if (uri ~ /\/debian\/?$/ && release !~ /-(security|updates|backports)/) print uri, entry
      uri = entry = release = ""
    }
    /^Repo-URI: / { uri = $2 }
    /^Release: / { release = $2 }
    /^Sourcesentry: / { entry = $2 }
    /^$/ { flush() }
    END { flush() }'
}

# apt_signed_by ENTRY URI: the Signed-By path of that sources entry ("file:number"), empty when it has none.
apt_signed_by() {
  local file=${1%:*} number=${1##*:} uri=$2
  case $file in
    *.sources)
      awk -v uri="${uri%/}" 'BEGIN { RS = "" } index($0, uri)' "$file" |
        sed -n 's/^Signed-By:[[:space:]]*\(\/[^[:space:]]*\).*/\1/p' | head -n 1 ;;
    *) sed -n "${number}s/.*signed-by=\([^] ]*\).*/\1/p" "$file" ;;
  esac
}

# apt_mirror: prints "URI KEYRING" for the Debian archive; PROOFMARK_MIRROR overrides the machine's configuration.
apt_mirror() {
  local uri entry keyring=
  if [[ -n ${PROOFMARK_MIRROR:-} ]]; then
    echo "$PROOFMARK_MIRROR $kArchiveKeyring"
    return
  fi
  read -r uri entry < <(apt_targets) || true
  [[ -n ${uri:-} ]] || return 1
  [[ -z ${entry:-} ]] || keyring=$(apt_signed_by "$entry" "$uri")
  echo "$uri ${keyring:-$kArchiveKeyring}"
}

# apt_setup: writes the private configuration and refreshes the package lists. Network: InRelease and three indices.
apt_setup() {
  local uri keyring dir=$cache/apt
  read -r uri keyring < <(apt_mirror) || true
  [[ -n ${uri:-} ]] ||
    fail 3 "apt: no Debian archive entry in this machine's sources (expected a 'main' entry ending in /debian)" \
      "set PROOFMARK_MIRROR to a Debian mirror, or PROOFMARK_CACHE to the cache of a machine that has fetched"
  [[ -r $keyring ]] ||
    fail 3 "$keyring: the archive key is missing" "apt-get install debian-archive-keyring"
  mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial" "$dir/parts"
  : >"$dir/status"
  local options="target=%s signed-by=$keyring"
  # shellcheck disable=SC2059 # the option string is the format
  printf "deb [arch=amd64,arm64 $options] %s $kSuite main\ndeb-src [$options] %s $kSuite main\n" \
    Packages "$uri" Sources "$uri" >"$dir/sources.list"
  apt_configuration "$dir" >"$dir/apt.conf"
  say "reading the package lists of $kSuite from $uri"
  private apt-get -qq update || fail 3 "apt: cannot read the package lists of $kSuite from $uri" \
    "check the network and proxy, or set PROOFMARK_CACHE to the cache of a machine that has fetched"
}

# apt_configuration DIR: hooks of the machine's configuration are cleared because they act on the system's own state.
apt_configuration() {
  cat <<CONF
Dir::State "$1"; Dir::State::lists "$1/lists"; Dir::State::status "$1/status"; Dir::Cache "$1/cache";
Dir::Cache::archives "archives"; Dir::Cache::pkgcache "pkgcache.bin"; Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "$1/sources.list"; Dir::Etc::sourceparts "$1/parts"; Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "$1/parts";
#clear APT::Architectures;
APT::Architecture "amd64"; APT::Architectures { "amd64"; "arm64"; };
#clear APT::Update::Pre-Invoke; #clear APT::Update::Post-Invoke; #clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke; #clear APT::Default-Release;
APT::Sandbox::User "root"; APT::Get::AllowUnauthenticated "false"; Acquire::AllowInsecureRepositories "false";
Acquire::Languages "none";
CONF
}

# private COMMAND ...: an apt command with the private configuration.
private() {
  local command=$1
  shift
  "$command" -c "$cache/apt/apt.conf" "$@"
}

# offered_deb ARCH PACKAGE: "VERSION SHA256" lines the mirror offers, highest version first.
offered_deb() {
  local name=$2
  [[ $1 == all ]] || name+=:$1
  private apt-cache show "$name" 2>/dev/null | awk '/^Version: / { v = $2 } /^SHA256: / { print v, $2 }'
}

# offered_src PACKAGE: "VERSION FILE SHA256" lines for each file of each offered version.
offered_src() {
  private apt-cache showsrc --only-source "$1" 2>/dev/null | awk '
    /^[^ ]/ { sums = 0 }
    /^Version: / { v = $2 }
    /^Checksums-Sha256:/ { sums = 1; next }
    sums && NF == 3 { print v, $3, $1 }'
}

# newest: reads versions, prints the highest by Debian's ordering.
newest() {
  local version best=
  while read -r version; do
    if [[ -z $best ]] || dpkg --compare-versions "$version" gt "$best"; then best=$version; fi
  done
  echo "$best"
}
