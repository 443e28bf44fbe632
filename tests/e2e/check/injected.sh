#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Flags that no compile command shows: put in by a wrapper, a GCC spec file, a Clang configuration file, nested response
# files, or the environment. What the compiler makes of them is what counts.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
without=${clang_flags/-fstack-protector-strong/}
gcc_flags="${common_flags} -fcf-protection=full"
gcc_without=${gcc_flags/-fstack-protector-strong/}
amd64+=(src/sound.c)

# A wrapper with a name of its own must be allowed, by name or by path.
mkdir bin
printf '#!/bin/sh\nexec clang-19 "$@" -fstack-protector-strong\n' >bin/toolchain-wrapper
chmod +x bin/toolchain-wrapper
database "$work/bin/toolchain-wrapper $without" src/sound.c
expect 3 '--allow-driver' "${amd64[@]}"
expect 3 '--allow-driver' "${amd64[@]}" --allow-driver 'toolchain-*-wrapper'
expect 0 '0 errors' "${amd64[@]}" --allow-driver 'toolchain-wrapper'
expect 0 '0 errors' "${amd64[@]}" --allow-driver "$work/bin/*"

# As Buildroot does it: the compiler's own name is a link to the wrapper, which acts on the name it is called by.
cat >bin/wrapper <<'END'
#!/bin/sh
name=$(basename "$0")
exec "/usr/bin/${name#proofmark-test-}" -fno-stack-protector "$@"
END
chmod +x bin/wrapper
ln -s wrapper bin/proofmark-test-gcc
database "$work/bin/proofmark-test-gcc $gcc_without" src/sound.c
expect 1 'stack-protector-strong: not requested, effective none' "${amd64[@]}"
database "ccache $work/bin/proofmark-test-gcc $gcc_flags" src/sound.c
expect 0 '0 errors' "${amd64[@]}"

# GCC spec files change what cc1 gets. One found by -specs=, one that takes a protection away again.
printf '*cc1:\n+ -fstack-protector-strong\n' >on.specs
printf '*cc1_options:\n+ -fno-stack-protector\n' >off.specs
database "gcc $gcc_without" src/sound.c
expect 1 'stack-protector-strong: not requested' "${amd64[@]}"
database "gcc $gcc_without -specs=$work/on.specs" src/sound.c
expect 0 '0 errors' "${amd64[@]}"
database "gcc $gcc_flags -specs=off.specs" src/sound.c
expect 1 'requested -fstack-protector-strong, effective none' "${amd64[@]}"

# Clang configuration files, asked for and found beside the driver.
printf -- '-fstack-protector-strong\n' >on.cfg
printf -- '-Xclang -stack-protector\n-Xclang 0\n' >off.cfg
database "clang-19 --config=$work/on.cfg $without" src/sound.c
expect 0 '0 errors' "${amd64[@]}"
mkdir home home/bin
ln -s /usr/bin/clang-19 home/bin/clang-19
database "clang-19 --config-user-dir=$work/home $without" src/sound.c
expect 1 'not requested' "${amd64[@]}"
printf -- '-fstack-protector-strong\n' >home/clang.cfg
expect 0 '0 errors' "${amd64[@]}"

# Response files in response files; names are relative to where the compiler is started.
mkdir rsp
echo "-O2 @rsp/inner.rsp" >rsp/outer.rsp
echo "'-fno-stack-protector'" >rsp/inner.rsp
database "clang-19 $clang_flags @rsp/outer.rsp" src/sound.c
expect 1 'later -fno-stack-protector wins' "${amd64[@]}"

# Launchers of all sorts, and what env sets for the compiler.
database "nice -n 5 env -u FOO -i A=b time -f %e distcc timeout 60 ccache clang-19 $clang_flags" src/sound.c
expect 0 '0 errors' "${amd64[@]}"
database "env CCC_OVERRIDE_OPTIONS=x-fstack-protector-strong clang-19 $clang_flags" src/sound.c
expect 1 'requested -fstack-protector-strong, effective none' "${amd64[@]}"
CCC_OVERRIDE_OPTIONS=x-fstack-protector-strong "$PROOFMARK_ANALYZE" "${amd64[@]}" >out 2>err && fail 'the environment has no say'
database "env -u CCC_OVERRIDE_OPTIONS clang-19 $clang_flags" src/sound.c
CCC_OVERRIDE_OPTIONS=x-fstack-protector-strong "$PROOFMARK_ANALYZE" "${amd64[@]}" >out 2>err || fail 'env -u has no say'

# A launcher cannot make us start something else.
printf '#!/bin/sh\ntouch started\nexec /usr/bin/clang-19 "$@"\n' >bin/clang-19
chmod +x bin/clang-19
database "env PATH=$work/bin LD_PRELOAD=$work/x.so clang-19 $clang_flags" src/sound.c
expect 0 '0 errors' "${amd64[@]}"
[ -e started ] && fail 'PATH was taken from the compile database'
finish
