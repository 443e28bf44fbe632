#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# From a fresh machine to a running demonstration or a full test run: installs what is missing and says why, fetches
# the pinned inputs, configures, builds, and runs. Everything it does is idempotent; a second run only does what is
# left. What needs which package is one table, below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export PATH=$PATH:/usr/sbin:/sbin # daemons live there, outside an ordinary user's PATH
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros} # or it keeps nothing of what a precompiled header serves

usage() {
  cat <<'TEXT'
usage: ./bootstrap.sh demo|test|bench|deps [--no-install] [--long]

  demo   build for both architectures, then show the whole chain on a real gateway firmware
  test   build and run every test; ends with the line "N passed, N failed"
  bench  build and run the benchmarks beside their peers
  deps   only install the packages and fetch the pinned inputs, for all of the above

  --no-install  change nothing on this machine: name the missing packages and stop
  --long        test: also run the tests labelled long

Packages are installed with apt-get, as root or through sudo. Builds go to build/<preset>, pinned inputs to
${PROOFMARK_CACHE:-~/.cache/proofmark}.
TEXT
}

# Who needs it (b every build, d demo, t test, n bench, o optional) | how it is seen: a command, or pkg: for a library
# | the package, or alternatives of which apt picks the first it has | why.
packages() {
  cat <<'TABLE'
b|clang-19|clang-19|compiles host tools and firmware
b|ld.lld-19|lld-19|links host tools and firmware
b|llvm-objcopy-19|llvm-19|archives, splits and strips firmware
b|pkg:llvm-19-dev|llvm-19-dev|the analyzers are built on LLVM
b|pkg:libclang-19-dev|libclang-19-dev|the analyzers are built on Clang
b|cmake|cmake|configures the build
b|ninja|ninja-build|runs the build
b|pkg-config|pkgconf pkg-config|finds libraries for the host tools
b|pkg:libelf-dev|libelf-dev|reads and validates ELF files
b|pkg:libdw-dev|libdw-dev|reads the translation units of a firmware out of its DWARF
b|pkg:libcapstone-dev|libcapstone-dev|reads what protection a function's instructions really have
b|pkg:libp11-kit-dev|libp11-kit-dev|the header of PKCS #11
b|pkg:nettle-dev|nettle-dev|SHA-256 for the analyzers
b|pkg:libcurl4-gnutls-dev|libcurl4-gnutls-dev|results of checks shared over HTTP
b|pkg:libseccomp-dev|libseccomp-dev|numbers of system calls for sign --runtime
b|pkg:libcli11-dev|libcli11-dev|command lines of the host tools
b|pkg:libfmt-dev|libfmt-dev|messages of the host tools
b|pkg:nlohmann-json3-dev|nlohmann-json3-dev|boards, policies, evidence, SARIF
b|pkg:libexpected-dev|libexpected-dev|results and errors of the host tools
b|dpkg-source|dpkg-dev|unpacks the pinned sources
b|patch|patch|applies Debian's patches to the pinned sources
b|xz|xz-utils|unpacks the pinned sources
b|bzip2|bzip2|unpacks the pinned sources
b|flock|util-linux|keeps two fetches apart
b|pkg:debian-archive-keyring|debian-archive-keyring|trusts the archive that the sysroots come from
bo|ccache|ccache|rebuilds faster
dt|qemu-aarch64-static qemu-aarch64|qemu-user-static qemu-user|runs arm64 programs here
dt|mosquitto|mosquitto|the MQTT broker that the sample gateway publishes to
dt|mosquitto_sub|mosquitto-clients|reads what the gateway published
dt|mbpoll|mbpoll|an independent Modbus client
dtn|jq|jq|reads JSON in scripts
tn|openssl|openssl|makes and checks keys and digests independently
tn|qemu-system-x86_64|qemu-system-x86|boots amd64 systems with proofmark-init, and kernels that have fs-verity
t|qemu-system-aarch64|qemu-system-arm|boots arm64 systems with proofmark-init
to|pkg:ovmf|ovmf|boots a kernel that trusts the firmware's keys, for IPE
tn|mkfs.ext4|e2fsprogs|makes their file systems, without root, and disks for others
t|mksquashfs|squashfs-tools|a read-only file system for the guard
t|swtpm|swtpm|a TPM for the machines that are booted
to|swtpm_setup|swtpm-tools|a TPM without a SHA-256 bank
t|tpm2_nvdefine|tpm2-tools|makes the rollback counter of a TPM, and reads event logs and TPMs independently
t|pkg:libtss2-tcti-swtpm0|libtss2-tcti-swtpm0|its way to the TPM of these machines
tn|sfdisk|fdisk|makes their disks
t|pkg:libcmocka-dev|libcmocka-dev|unit tests
t|softhsm2-util|softhsm2|a token without hardware
to|pkcs11-tool|opensc|keys that ask for their PIN every time
t|xxd|xxd|bytes from hex in tests
t|eu-elflint|elfutils|an independent ELF check
tn|fsverity|fsverity|an independent content digest
t|aarch64-linux-gnu-gcc|gcc-aarch64-linux-gnu|analyses GCC cross builds
to|clang-14|clang-14|an older Clang whose flags are compared (Debian 12)
tn|make|make|builds the project that is recorded
tn|gcc|gcc|a native GCC whose flags are compared
t|pkg:libc6-dev-arm64-cross|libc6-dev-arm64-cross|headers for those
to|man|man-db|shows the manual pages
to|xmllint|libxml2-utils|an independent XML parser
t|node|nodejs|runs independent implementations of COSE, JSON Schema, SARIF and YAML
t|nginx|nginx-light nginx|serves shared results of checks
t|npm|npm|fetches it
to|chromium chromium-browser google-chrome|chromium|looks at the HTML report as its readers do
t|clang-format-19|clang-format-19|the form of the code is a test
t|shellcheck|shellcheck|scripts are tested too
tn|strace|strace|counts the system calls of the sample firmware at start-up, and interrupts the signer at each of its own
to|setfacl|acl|access control lists on files that are signed
to|meson|meson|builds the Meson recipe of docs/library.md
to|gron|gron|a Go program that is signed
to|patchelf|patchelf|changes programs before and after they are signed
to|gdb|gdb|debugs a signed program
to|setfattr|attr|extended attributes on files that are signed
to|setcap|libcap2-bin|file capabilities in bundles
to|setfacl|acl|access control lists that bundles refuse
t|git|git|lists the files of the tree
to|pkg:libclang-rt-19-dev|libclang-rt-19-dev|sanitizers of the host-asan preset
tn|hyperfine|hyperfine|times programs; a Rust program that is signed
n|minisign|minisign|a peer
n|evmctl|ima-evm-utils|a peer
n|veritysetup|cryptsetup-bin|a peer
n|signify-openbsd|signify-openbsd|a peer
n|sbverify|sbsigntool|a peer
n|lld-link-19|lld-19|makes UEFI programs for sbverify
n|mkimage|u-boot-tools|a peer
n|dtc|device-tree-compiler|describes images for mkimage
n|/usr/bin/time|time|measures memory
n|checksec|checksec|a peer
n|hardening-check|devscripts|a peer
n|blhc|blhc|a peer
n|clang-tidy-19|clang-tidy-19|a peer
n|cppcheck|cppcheck|a peer
n|flawfinder|flawfinder|a peer
TABLE
}

say() { printf 'proofmark: [%4ds] %s\n' "$SECONDS" "$*"; }

# fail MESSAGE [HINT]
fail() {
  echo "proofmark: error: $1" >&2
  [[ -z ${2:-} ]] || echo "hint: $2" >&2
  exit 3
}

# is_present LOOK: any of the commands is on PATH, or the package is installed.
is_present() {
  local name
  for name in ${1#pkg:}; do
    if [[ $1 == pkg:* ]]; then
      grep -qxF "$name" <<<"$installed" && return 0
    else
      command -v "$name" >/dev/null && return 0
    fi
  done
  return 1
}

# package_for ALTERNATIVES: the first that this release of Debian has.
package_for() {
  local name
  for name in $1; do
    if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "${1%% *}"
}

# find_missing LETTERS: fills `missing` and `missing_optional` with packages, and says what for.
find_missing() {
  local who look names why package
  missing=() missing_optional=()
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' 2>/dev/null | sed -n 's/^ii *//p') || true
  while IFS='|' read -r who look names why; do
    [[ $who == *["$1"]* ]] || continue
    ! is_present "$look" || continue
    package=$(package_for "$names")
    say "missing: $package ($why)"
    if [[ $who == *o* ]]; then missing_optional+=("$package"); else missing+=("$package"); fi
  done < <(packages)
}

install_packages() {
  local run=(env DEBIAN_FRONTEND=noninteractive) install=(apt-get install -y --no-install-recommends)
  find_missing "$1"
  if ((install_allowed == 0)); then
    ((${#missing[@]} == 0)) || fail "packages are missing: ${missing[*]}" "sudo ${install[*]} ${missing[*]}"
    return 0
  fi
  missing+=("${missing_optional[@]}")
  ((${#missing[@]} > 0)) || return 0
  command -v apt-get >/dev/null || fail "this machine has no apt-get; needed are: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail 'neither root nor sudo' "as root: ${install[*]} ${missing[*]}"
    run=(sudo "${run[@]}")
  fi
  say "installing ${#missing[@]} packages"
  "${run[@]}" apt-get -qq update </dev/null ||
    say 'package lists could not be refreshed; trying with the old ones'
  "${run[@]}" "${install[@]}" -q -o DPkg::Lock::Timeout=600 "${missing[@]}" </dev/null ||
    fail "apt-get could not install: ${missing[*]}"
  find_missing "$1" # the names may have been guessed from stale lists
  ((${#missing[@]} == 0)) || fail "still missing after the installation: ${missing[*]}"
}

# fetch_node_modules: the interop tests' own lock file decides; the result is kept by its hash and linked into the tree.
fetch_node_modules() {
  local folder=tests/interop cache=${PROOFMARK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/proofmark}/npm target scratch
  [[ -e $folder/package-lock.json ]] || return 0
  target=$cache/$(sha256sum "$folder/package-lock.json" | cut -c1-16)
  if [[ ! -d $target ]]; then
    if ((install_allowed == 0)); then
      say "$target: not there and not fetched (--no-install); the interop tests skip"
      return 0
    fi
    say 'fetching the npm packages of the interop tests'
    mkdir -p "$cache"
    scratch=$(mktemp -d "$cache/.scratch.XXXXXX")
    cp "$folder/package.json" "$folder/package-lock.json" "$scratch"
    npm ci --prefix "$scratch" --no-audit --no-fund --ignore-scripts --loglevel=error </dev/null ||
      fail "$folder/package-lock.json: npm could not fetch these packages" "check the network and npm's settings"
    mv -T "$scratch" "$target"
  fi
  ln -sfn "$target/node_modules" "$folder/node_modules"
}

prepare() {
  say 'checking the packages of this machine'
  install_packages "$1"
  say 'checking the pinned inputs'
  toolchains/fetch.sh
  [[ $1 != *t* ]] || { toolchains/fetch.sh --lock tests/e2e/guest/kernel.lock; fetch_node_modules; }
}

# is_stale PRESET: configured for other pinned inputs than sysroot.lock asks for now.
is_stale() {
  local before
  before=$(sed -n 's/^PROOFMARK_PINNED_ROOT:INTERNAL=//p' "build/$1/CMakeCache.txt")
  [[ -n $before && $before != "$(dirname "$(dirname "$(toolchains/fetch.sh --print-dir sysroot amd64)")")" ]]
}

# build PRESET: a configured directory is left to Ninja, which configures again when a list file changed.
build() {
  local fresh=() log=build/$1.configure.log
  mkdir -p build
  if [[ -e build/$1/CMakeCache.txt ]] && is_stale "$1"; then fresh=(--fresh); fi
  if [[ ! -e build/$1/build.ninja || ${#fresh[@]} -gt 0 ]]; then
    say "configuring $1"
    cmake --preset "$1" "${fresh[@]}" >"$log" 2>&1 || {
      cat "$log" >&2
      fail "build/$1: cannot be configured"
    }
  fi
  say "building $1"
  cmake --build --preset "$1" || fail "build/$1: the build failed"
}

build_everything() {
  local preset
  for preset in host amd64 arm64; do
    build "$preset"
  done
}

# attribute FILE NAME: a number from the <testsuite> element of a JUnit file.
attribute() { sed -n "/<testsuite /,/>/s/.*[[:space:]]$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

run_tests() {
  local result=$PWD/build/host/ctest.xml status=0 total failed skipped broken
  local options=(--output-on-failure --parallel "$(nproc)" --output-junit "$result")
  ((long == 1)) || options+=(-LE '^long$')
  rm -f "$result"
  say 'running the tests'
  ctest --test-dir build/host "${options[@]}" </dev/null || status=$?
  [[ -e $result ]] || fail 'ctest wrote no result'
  total=$(attribute "$result" tests)
  # ctest files tests it could not start (no such program, failed fixture) under "skipped"; only a test may skip itself.
  broken=$(grep -c '<skipped message="' "$result" || true)
  broken=$((broken - $(grep -c '<skipped message="SKIP_' "$result" || true)))
  failed=$(($(attribute "$result" failures) + broken))
  skipped=$(($(attribute "$result" skipped) - broken + $(attribute "$result" disabled)))
  say 'done'
  printf '%d passed, %d failed' $((total - failed - skipped)) "$failed"
  if ((skipped > 0)); then printf ', %d skipped' "$skipped"; fi
  printf '\n'
  ((status == 0 && total > 0 && failed == 0))
}

run_benchmarks() {
  local script found=0
  for script in tests/bench/*.sh; do
    [[ -x $script ]] || continue # the others are libraries
    found=1
    say "running $script"
    "$script"
  done
  ((found == 1)) || say 'there are no benchmarks in tests/bench'
}

main() {
  local goal=${1:-} argument
  install_allowed=1 long=0
  for argument in "${@:2}"; do
    case $argument in
      --no-install) install_allowed=0 ;;
      --long) long=1 ;;
      *) usage >&2; exit 2 ;;
    esac
  done
  case $goal in
    demo) prepare bd; build_everything; say 'demonstration'; tests/e2e/demo.sh ;;
    test) prepare bt; build_everything; run_tests ;;
    bench) prepare bdn; build_everything; run_benchmarks ;;
    deps) prepare bdtn; say 'done' ;;
    --help | -h) usage ;;
    *) usage >&2; exit 2 ;;
  esac
}

main "$@"
