#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Real packages, built by GCC and by Clang for both architectures: every unit must be parsed and judged. A unit that
# cannot be is a finding of its own (PMT001, PMT003), so the test looks for those and for nothing else.
# usage: packages.sh BUILD_DIR PACKAGE...
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(cd "$here/../../.." && pwd)
proofmark=$1/bin/proofmark
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags='-O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong'
failures=0

# NAME | C compiler | what configure scripts call the host
compilers=(
  'gcc amd64|gcc|x86_64-linux-gnu'
  'clang amd64|clang-19|x86_64-linux-gnu'
  'gcc arm64|aarch64-linux-gnu-gcc|aarch64-linux-gnu'
  'clang arm64|clang-19 --target=aarch64-linux-gnu|aarch64-linux-gnu'
)

# with_cmake COMPILER OPTION...: configures; the sources that the build generates are made, nothing else is.
with_cmake() {
  local cc=$1 target=() generated
  shift
  # CMake takes a compiler's first argument apart only in the environment variable.
  [[ $cc != *--target=* ]] || target=("-DCMAKE_C_COMPILER_TARGET=${cc##*--target=}")
  cmake -S . -B build.check -G Ninja -DCMAKE_C_COMPILER="${cc%% *}" "${target[@]}" -DCMAKE_C_FLAGS="$flags" \
    -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_EXPORT_COMPILE_COMMANDS=ON "$@"
  generated=$(ninja -C build.check -t targets all | sed -n 's/^\([^ ]*\.[ch]\): CUSTOM_COMMAND$/\1/p')
  # shellcheck disable=SC2086 # one word per file
  [[ -z $generated ]] || ninja -C build.check $generated
  cp build.check/compile_commands.json .
}

# record_make: records what make runs.
record_make() { "$proofmark" record -o . -- make -j"$(nproc)"; }

# Its release has no configure script; what that would write is a version header and the gateway's config.h.
prepare_libmodbus() {
  local source
  sed 's/@LIBMODBUS_VERSION@/3.1.11/; s/@LIBMODBUS_VERSION_MAJOR@/3/; s/@LIBMODBUS_VERSION_MINOR@/1/
    s/@LIBMODBUS_VERSION_MICRO@/11/' src/modbus-version.h.in >src/modbus-version.h
  cp "$tree/tests/firmware/gateway/third_party/libmodbus/config.h" src/
  for source in src/*.c; do # shellcheck disable=SC2086 # compiler and flags are several words
    printf 'all:: ; %s %s -Isrc -DHAVE_NETINET_IN_H -DHAVE_NETINET_IP_H -D_GNU_SOURCE -c %s -o %s.o\n' "$1" "$flags" \
      "$source" "$source"
  done >Makefile
  record_make
}
# Its headers stop every unit when the server's passwords are wanted and the C library has no crypt(), which a machine
# without the foreign architecture's libcrypt has not.
prepare_dropbear() {
  ./configure --build=x86_64-linux-gnu --host="$2" CC="$1" CFLAGS="$flags" --disable-zlib --disable-harden --disable-pam
  grep -q '^#define HAVE_CRYPT 1' config.h || echo '#define DROPBEAR_SVR_PASSWORD_AUTH 0' >localoptions.h
  record_make
}
prepare_lighttpd() { with_cmake "$1" -DWITH_PCRE2=OFF -DWITH_ZLIB=OFF; }
prepare_mosquitto() {
  with_cmake "$1" -DWITH_TLS=OFF -DWITH_TLS_PSK=OFF -DDOCUMENTATION=OFF -DWITH_CLIENTS=OFF -DWITH_APPS=OFF -DWITH_PLUGINS=OFF \
    -DWITH_LIB_CPP=OFF -DCMAKE_DISABLE_FIND_PACKAGE_cJSON=ON
}

# is_refused SOURCE: whether the build's own command for it fails, so that there is nothing to parse.
is_refused() {
  local command
  command=$(jq -r --arg file "$1" 'map(select(.file == $file))[0] | .command // (.arguments | join(" "))' compile_commands.json)
  ! (cd "$(jq -r --arg file "$1" 'map(select(.file == $file))[0].directory' compile_commands.json)" &&
    sh -c "$command -w -fsyntax-only -o /dev/null") 2>/dev/null
}

try() { # package name compiler host
  local package=$1 name=$2 dir=$work/$1.$4.${3%%-*} status=0 units failed
  cp -r "$sources/$package" "$dir"
  cd "$dir"
  if ! "prepare_$package" "$3" "$4" >"$dir.log" 2>&1; then
    tail -n 5 "$dir.log"
    echo "FAIL: $package ($name): cannot be prepared"
    failures=$((failures + 1))
    return
  fi
  "$proofmark" check -p . --policy "$here/policy.json" -j "$(nproc)" -o "$dir.txt" --evidence "$dir.json" \
    --layers "$dir.layers" >"$dir.log" 2>&1 || status=$?
  units=$(jq '.units | length' "$dir.json")
  failed=$(jq '[.units[] | select(.status != "analysed")] | length' "$dir.json")
  printf '%-10s %-12s %4d units, %d not parsed\n' "$package" "$name" "$units" "$failed"
  ((units > 0 && (status <= 1 || failed > 0))) || failures=$((failures + 1))
  while read -r source; do
    if is_refused "$source"; then
      echo "  $source: its own compiler refuses it too"
    else
      jq -r --arg unit "$source" '.findings[] | select(.unit == $unit) | .message' "$dir.json"
      failures=$((failures + 1))
    fi
  done < <(jq -r '.units[] | select(.status != "analysed") | .source' "$dir.json")
  "$here/canaries.sh" compile_commands.json "$dir.layers" "$4-objdump" || {
    echo "FAIL: $package ($name): a function that must have a canary has none"
    failures=$((failures + 1))
  }
  [[ $package != libmodbus ]] || doubt "$dir.layers" "$4-objdump"
}

# doubt LAYERS OBJDUMP: without the stack protector the comparison must fail.
doubt() {
  jq 'map(.arguments += ["-fno-stack-protector"])' compile_commands.json >unprotected.json
  ! "$here/canaries.sh" unprotected.json "$1" "$2" >/dev/null || {
    echo 'FAIL: canaries.sh sees canaries in code that has none'
    failures=$((failures + 1))
  }
}

"$tree/toolchains/fetch.sh" --lock "$here/packages.lock"
sources=$(dirname "$("$tree/toolchains/fetch.sh" --lock "$here/packages.lock" --print-dir source libmodbus)")
for package in "$@"; do
  for compiler in "${compilers[@]}"; do
    IFS='|' read -r name cc host <<<"$compiler"
    try "$package" "$name" "$cc" "$host"
  done
done
echo "$failures failed"
((failures == 0))
