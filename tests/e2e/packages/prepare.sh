# SPDX-License-Identifier: Apache-2.0
#
# How each real package is made ready, so that there is a compile_commands.json and every header that the build generates.
# Sourced with `tree`, `proofmark` and `flags` set; each prepare_<package> COMPILER HOST runs in a copy of the sources.
# shellcheck shell=bash disable=SC2154 # set by whoever sources this

# fetch_packages: the sources, each in a folder below `sources`.
# shellcheck disable=SC2034 # read by whoever sources this
fetch_packages() {
  local lock=$tree/tests/e2e/packages/packages.lock
  "$tree/toolchains/fetch.sh" --lock "$lock"
  sources=$(dirname "$("$tree/toolchains/fetch.sh" --lock "$lock" --print-dir source libmodbus)")
}

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
