#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# `record -- make`: a Makefile project with absolute compiler paths, a wrapper script, a cleared environment, response
# files and parallel jobs becomes compile and link commands that `check` takes; the build's exit code is kept.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
"$PROOFMARK_ANALYZE" record -o . -- true 2>err || {
  grep -q 'cannot trace' err && { echo 'skipped: ptrace is not allowed here'; exit 77; }
  fail "recording true: $(cat err)"
}
gcc_flags=$(tr -s '\n ' ' ' <<<"$common_flags -fcf-protection=full")
mkdir bin
printf '#!/bin/sh\nexec gcc "$@"\n' >bin/my-cc
printf '#!/bin/sh\nexec /usr/bin/gcc -DWRAPPED "$@"\n' >bin/gcc
chmod +x bin/my-cc bin/gcc
echo 'int crc(void); int main(void) { return crc(); }' >main.c
for name in a b c d; do echo "int $name(void); int $name(void) { return 1; }" >$name.c; done
echo 'int crc(void); int crc(void) { return 0; }' >crc.c
cat >Makefile <<END
CFLAGS = $gcc_flags
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack
all: prog libx.so
prog: main.o crc.o; /usr/bin/gcc \$(LDFLAGS) main.o crc.o -o prog
main.o: main.c; /usr/bin/gcc \$(CFLAGS) -c main.c -o main.o
crc.o: crc.c; env -i PATH=/usr/bin gcc @crc.rsp
libx.so: a.o b.o c.o d.o; gcc -shared -Wl,-z,norelro \$^ -o \$@
%.o: %.c; $work/bin/gcc \$(CFLAGS) -fPIC -c \$< -o \$@
broken:; /usr/bin/gcc -c missing.c -o missing.o
signalled:; kill -9 \$\$\$\$
conftest:; echo 'int x;' >conftest.c; gcc -c conftest.c -o conftest.o; gcc -E conftest.c >/dev/null; rm conftest.c conftest.o
END
echo "$gcc_flags -c crc.c -o crc.o" >crc.rsp

expect 0 'recorded 6 compiled units and 2 link steps' record -o . -- make -j4
[ -x prog ] || fail 'the build did not build'
if command -v jq >/dev/null; then
  jq -e 'length == 6 and ([.[].file] | sort) == ["a.c","b.c","c.c","crc.c","d.c","main.c"]' compile_commands.json >/dev/null ||
    fail 'the units are not as expected'
  jq -e '.[] | select(.file == "crc.c") | .arguments | index("-fstack-protector-strong")' compile_commands.json >/dev/null ||
    fail 'the response file was not expanded'
  jq -e '.[] | select(.file == "a.c") | .arguments[0] == "'"$work"'/bin/gcc"' compile_commands.json >/dev/null ||
    fail 'the wrapper is not the driver'
fi
"$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" >out 2>err
[ $? = 1 ] || fail "check of the recorded build: $(tail -n 3 out err)"
grep -q 'libx.so: error: link-relro: requested -z norelro, effective no RELRO' out || fail "no finding about libx.so: $(cat out)"
grep -q 'prog: error' out && fail 'a finding about prog'
grep -qE '\.c: (error|warning): (stack|fortify)' out && fail 'a flag was lost in recording'

expect 2 'recorded 0 compiled units' record -o . -- make broken
expect 2 '' record -o . -- make signalled
expect 0 'recorded 0 compiled units and 0 link steps (1 of files that are gone left out)' record -o . -- make conftest
expect 42 '' record -o . -- sh -c 'exit 42'
expect 137 '' record -o . -- sh -c 'kill -9 $$'
expect 127 'cannot be executed' record -o . -- ./no-such-program
expect 2 '' record -o .
expect 2 '' record -o no-such-folder -- true
finish
