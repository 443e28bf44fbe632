# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# The tree that kernels are given policies for. Sourced; a test says what is not to run.
# shellcheck source=tests/e2e/bundle/lib.sh
. "$(dirname "$0")/../bundle/lib.sh"

# program NAME OPTION...: says its name when it runs.
program() {
  printf '#include <stdio.h>\nint main(void) { return puts("%s: runs") < 0; }\n' "$(basename "$1")" | gcc -x c - -o "$@"
}

# make_programs: disk/tree, to be mounted at /mnt, with a static and a dynamic program and what that loads.
make_programs() {
  local libraries loader
  mkdir -p disk/tree/{bin,lib}
  program disk/tree/bin/listed -static
  libraries=$(ldd /bin/true | awk '/libc\.so/ {print $3} /ld-linux/ {print $1}')
  # shellcheck disable=SC2086 # two words
  cp -L $libraries disk/tree/lib/
  loader=/mnt/tree/lib/$(basename "$(grep ld-linux <<<"$libraries")")
  program disk/tree/bin/dynamic "-Wl,--dynamic-linker=$loader,-rpath,/mnt/tree/lib"
}
