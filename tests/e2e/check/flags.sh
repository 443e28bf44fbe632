#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A unit that lost its stack protector is refused, however it was lost: never asked for, turned off later, in a response
# file, behind a launcher, by a wrapper.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

without=${clang_flags/-fstack-protector-strong/}
database "clang-19 $without" src/sound.c
expect 1 'src/sound.c: error: stack-protector-strong: not requested, effective none [PMF003] [CWE-121]' "${amd64[@]}"

database "clang-19 $clang_flags -fno-stack-protector" src/sound.c
expect 1 'requested -fstack-protector-strong, effective none: later -fno-stack-protector wins' "${amd64[@]}"

echo '-fno-stack-protector' >off.rsp
database "env LANG=C ccache clang-19 $clang_flags @off.rsp" src/sound.c
expect 1 'later -fno-stack-protector wins' "${amd64[@]}"

# What a wrapper adds is not in the database, and counts all the same.
mkdir bin
printf '#!/bin/sh\nexec clang-19 -fstack-protector-strong "$@"\n' >bin/clang
chmod +x bin/clang
database "$work/bin/clang $without" src/sound.c
expect 0 '0 errors' "${amd64[@]}"
printf '#!/bin/sh\nexec clang-19 "$@" -fno-stack-protector\n' >bin/clang
database "$work/bin/clang $clang_flags" src/sound.c
expect 1 'requested -fstack-protector-strong, effective none' "${amd64[@]}"

# Only programs that are named like a compiler are started.
printf '#!/bin/sh\ntouch started\n' >bin/tool
chmod +x bin/tool
database "$work/bin/tool $clang_flags" src/sound.c
expect 3 'is not the name of a known compiler driver' "${amd64[@]}"
[ -e started ] && fail 'a program with an unknown name was started'
finish
