#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The library as others use it: installed outside the tree, its headers compiled one by one, the example of docs/library.md built
# by CMake and by pkg-config with two compilers and run; and the page's recipes for the command line.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
: "${BUILD:?build directory}"
page=$VECTORS/../../docs/library.md
cp "$VECTORS/amd64.elf" in.elf
cmake --install "$BUILD" --component signer-library --prefix "$work/prefix" >said 2>&1 || { fail "cannot be installed: $(cat said)"; finish; }

# block FILE: the code of the page that begins with the name of this file.
block() {
  awk -v name="$1" '/^```/ { inside = 0; next_line = NR + 1; if (found) exit }
    NR == next_line && $2 == name { inside = found = 1 } inside' "$page" >"$1"
  [ -s "$1" ] || fail "docs/library.md has no $1"
}
for file in example.cpp CMakeLists.txt Makefile meson.build sign-tree.sh; do block "$file"; done

# Each header can be included alone.
compilers=()
for compiler in g++ clang++-19; do command -v "$compiler" >/dev/null && compilers+=("$compiler"); done
[ "${#compilers[@]}" -gt 0 ] || { echo 'skipped: no C++ compiler'; exit 77; }
for header in prefix/include/proofmark/sign/*.h; do
  for compiler in "${compilers[@]}"; do
    succeeds "$compiler" -std=c++20 -Wall -Wextra -Werror -fsyntax-only -Iprefix/include -include "$header" -xc++ /dev/null
  done
done

runs() {
  rm -f signed back
  cases=$((cases + 1))
  "$1" in.elf signed back >said 2>&1 || fail "$1: exit code $?: $(cat said)"
  version=$(sed -n 's/.*kVersionMajor = \([0-9]*\), kVersionMinor = \([0-9]*\), kVersionPatch = \([0-9]*\);/\1.\2.\3/p' \
    prefix/include/proofmark/sign/version.h)
  [ "$(head -1 said)" = "proofmark $version" ] || fail "$1: headers of $version, library: $(head -1 said)"
  grep -qx 'verified: example' said || fail "$1: $(cat said)"
  same in.elf back
  expect 1 "proofmark: error: signed: is signed already
hint: --replace strikes a new mark, --add adds a signature to this one; proofmark unsign takes it off" bash -c '"$@" 2>&1 >/dev/null' bash "$1" signed again back
}
for compiler in "${compilers[@]}"; do
  succeeds cmake -G Ninja -S . -B "build.$compiler" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$work/prefix" \
    -DCMAKE_CXX_FLAGS='-Wall -Wextra -Werror'
  succeeds cmake --build "build.$compiler"
  runs "./build.$compiler/example"
  if command -v pkg-config >/dev/null; then
    # shellcheck disable=SC2046 # flags are words
    succeeds "$compiler" -std=c++20 -Wall -Wextra -Werror example.cpp \
      $(PKG_CONFIG_PATH=$(dirname "$(find prefix -name proofmark-sign.pc)") pkg-config --cflags --libs proofmark-sign) -o "example.$compiler"
    runs "./example.$compiler"
  fi
done
cases=$((cases + 1))
sed -i 's/proofmark-sign 0.1/proofmark-sign 0.2/' CMakeLists.txt
cmake -G Ninja -S . -B build.other -DCMAKE_PREFIX_PATH="$work/prefix" >said 2>&1 && fail 'another version of the interface is accepted'
grep -qr 'LLVM' prefix/lib*/cmake prefix/lib*/pkgconfig && fail 'the package asks for LLVM'

# The programs find their boards where they are installed, and each other.
cmake --install "$BUILD" --component signer-programs --prefix "$work/programs" >said 2>&1 || fail "cannot be installed: $(cat said)"
succeeds programs/bin/proofmark sign --allow-unproven --board qemu-amd64 --key "$VECTORS/es256.pem" in.elf -o for-board
cases=$((cases + 1))
"$SIGN" info for-board | grep -qE '^boards? +qemu-amd64$' || fail "$("$SIGN" info for-board)"
ldd programs/bin/proofmark-sign | grep -iE 'llvm|clang' && fail 'the signer needs LLVM'

# The recipes.
printf '#!/bin/sh\nexec "%s" "$@"\n' "$SIGN" >proofmark && chmod 755 proofmark && PATH=$work:$PATH
printf 'int main(void) { return 5; }\n' >firmware.c
if command -v make >/dev/null && command -v cc >/dev/null; then
  succeeds make KEY="$VECTORS/es256.pem" SIGNFLAGS=--allow-unproven
  succeeds verify_unproven --debug firmware.debug firmware.signed
  expect 5 '' ./firmware.signed
  rm firmware.signed
  cases=$((cases + 1))
  make KEY="$VECTORS/es256.pem" >said 2>&1 && fail 'make succeeds without evidence'
  [ ! -e firmware.signed ] || fail 'make leaves a file that was refused'
fi
if command -v meson >/dev/null; then
  mkdir meson && cp firmware.c meson.build meson && touch meson/check.json meson/audit.json
  printf "option('key', type: 'string')\noption('board', type: 'string')\n" >meson/meson_options.txt
  succeeds meson setup build.meson meson -Dkey="$VECTORS/es256.pem" -Dboard=qemu-amd64
  cases=$((cases + 1))
  # The gate refuses it, because the evidence is empty; that much shows that the command is right.
  ninja -C build.meson >said 2>&1 && fail "meson signs without evidence"
  grep -q "check.json: bad evidence" said || fail "meson: $(cat said)"
else
  echo 'note: meson is not installed, its recipe was not tried'
fi
mkdir -p tree/boot tree/bin && cp in.elf tree/bin/program && printf '#!/bin/sh\n' >tree/bin/run.sh && echo kernel >tree/boot/Image
echo data >tree/bin/data
for _ in once again; do succeeds sh sign-tree.sh tree "$VECTORS/es256.pem" --allow-unproven; done
for file in tree/bin/program tree/bin/run.sh tree/boot/Image; do succeeds verify_unproven "$file"; done
[ "$(cat tree/bin/data)" = data ] && [ ! -e tree/bin/data.proofmark ] || fail 'sign-tree.sh signs what is none of its business'
finish
