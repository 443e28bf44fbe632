#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Link steps are read from Ninja, from CMake's File API and from a file, and all three tell the same of them; the oracle
# is the file that is then linked.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.25)
project(links C)
add_library(plug SHARED src/sound.c)
target_link_options(plug PRIVATE "LINKER:-z,relro,-z,now,-z,noexecstack")
add_executable(tool tool.c)
target_link_options(tool PRIVATE "LINKER:-z,relro,-z,now,-z,noexecstack" -pie "LINKER:-z,lazy" "LINKER:-z,norelro")
END
echo 'int main(void) { return 0; }' >tool.c
mkdir -p build/.cmake/api/v1/query
: >build/.cmake/api/v1/query/codemodel-v2
: >build/.cmake/api/v1/query/toolchains-v1
cmake -G Ninja -S . -B build -DCMAKE_C_COMPILER=clang-19 -DCMAKE_EXPORT_COMPILE_COMMANDS=ON \
  -DCMAKE_C_FLAGS="$(tr -s '\n ' ' ' <<<"$clang_flags") -I$work/src" >cmake.log 2>&1 || fail "cmake: $(tail -n 3 cmake.log)"
links=(check -p build --board qemu-amd64 --boards-dir "$BOARDS_DIR" --link-commands)

for from in ninja cmake; do
  expect 1 'build/tool: error: link-bind-now: requested -z now, effective lazy: later -z lazy wins [PMF022]' "${links[@]}" $from --layers $from.layers
  grep -q 'build/tool: error: link-relro: .*later -z norelro wins' out || fail "$from: no finding about RELRO"
  grep -q 'plug' out && fail "$from: a finding about a sound library"
done
if command -v jq >/dev/null; then
  for from in ninja cmake; do
    jq -S '[.units[] | select(.name | endswith(".c") | not) | {name, compiler, states: [.protections[] | {rule, state}]}] | sort_by(.name)' \
      $from.layers >$from.states
  done
  cmp -s ninja.states cmake.states || fail "Ninja and CMake differ: $(diff ninja.states cmake.states | head -n 5)"
  jq -e 'length == 2 and all(.[]; .compiler == "BFD ld")' ninja.states >/dev/null || fail 'not two links by BFD ld'
fi
expect 0 '0 errors' "${links[@]}" none

# What was said is so.
cmake --build build >build.log 2>&1 || fail "build: $(tail -n 3 build.log)"
readelf -dW build/tool | grep -q NOW && fail 'tool is bound early after all'
readelf -lW build/tool | grep -q GNU_RELRO && fail 'tool has RELRO after all'
readelf -dW build/libplug.so | grep -q NOW || fail 'the library is bound lazily'

# A file, and bad ones.
ninja -C build -t compdb -x >links.json 2>/dev/null
sed -i '/^ninja:/d' links.json
expect 1 'link-bind-now' "${links[@]}" links.json
echo '{"no": "list"}' >bad.json
expect 3 'no list of commands' "${links[@]}" bad.json
expect 3 'none.json' "${links[@]}" none.json
rm -rf build/.cmake
expect 3 'configure again' "${links[@]}" cmake

# A reply that points out of its folder is not followed.
mkdir -p build/.cmake/api/v1/reply
echo '{"objects": [{"kind": "codemodel", "jsonFile": "../../../../../links.json"}]}' >build/.cmake/api/v1/reply/index-1.json
expect 3 'lies outside of the reply' "${links[@]}" cmake
finish
