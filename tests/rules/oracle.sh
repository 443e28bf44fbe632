#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Asks the real compilers what the samples claim. A line "// oracle: WHAT FUNCTION lost|kept COMPILER..." in a sample says
# whether the protection is in the code that each compiler makes of it:
#   canary          the function calls __stack_chk_fail
#   fortify:NAME    the function calls __NAME_chk
#   entry           the function begins with endbr64, or with bti c or paciasp
#   pac             the function signs its return address
#   probes          the function touches each page of a large frame
#   zeroed          the function writes zeros to its locals
#   guards-return   overflowing a variable-length array meets the canary before the return address
#   thunk           the function leaves by a thunk
#   registers       the function clears a register before it returns
#   stack-limit     the function compares the stack pointer with the limit
#   trap            the function can trap
#   wiped           the function wipes memory
#   werror:NAME     -Werror=NAME stops the build (FUNCTION is "-")
# COMPILER is gcc, clang, arm64-gcc or arm64-clang.
# usage: oracle.sh SAMPLES_DIR WORK_DIR
set -u
samples=$1 work=$2 failures=0 claims=0
mkdir -p "$work"
protections="-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE
  -ftrivial-auto-var-init=zero"

compiler_words() { # compiler, sample: the driver for the sample's language, and the machine's own protection
  local gcc=gcc
  [[ $2 == *.cpp ]] && gcc=g++
  case $1 in
    gcc) echo "$gcc -fcf-protection=full" ;;
    clang) echo "clang-19 -fcf-protection=full" ;;
    arm64-gcc) echo "aarch64-linux-gnu-$gcc -mbranch-protection=standard" ;;
    arm64-clang) echo "clang-19 --target=aarch64-linux-gnu -mbranch-protection=standard" ;;
  esac
}

sample_flags() { # sample: its own flags, without what compiler_words gives
  local flags
  flags=$(sed -n 's|^// flags: ||p' "$1")
  flags=${flags//--target=aarch64-linux-gnu/}
  echo "${flags//@DIR@/${1%/*}}"
}

compile() { # compiler, sample, object, more flags: true when it compiles
  # shellcheck disable=SC2046
  timeout 60 $(compiler_words "$1" "$2") $protections $(sample_flags "$2") $4 -c "$2" -o "$3" 2> "$3.log"
}

body() { # object, function: its instructions and relocations; a cold part belongs to it
  local tool=objdump
  [[ $1 == *arm64* ]] && tool=aarch64-linux-gnu-objdump
  "$tool" -dr --no-show-raw-insn "$1" |
    awk -v f="$2" '/^[0-9a-f]+ <.*>:$/ { name = $2; gsub(/[<>:]/, "", name); sub(/\.(cold|part\.[0-9]+)$/, "", name)
                   inside = name == f || index(name, "_Z") == 1 && index(name, f); next } inside && NF'
}

has() { # what, compiler, sample, object, function: true when the protection is there
  local text first
  text=$(body "$4" "$5")
  case $1 in
    canary) grep -q '__stack_chk_fail' <<< "$text" ;;
    fortify:*) grep -q "__${1#*:}_chk" <<< "$text" ;;
    entry)
      first=$(head -1 <<< "$text")
      grep -Eq 'endbr64|bti[[:space:]]+c|paciasp' <<< "$first" ;;
    pac) grep -q 'paciasp' <<< "$text" ;;
    probes) grep -Eq 'orq? +\$0x0,|movq +\$0x0,\(%rsp\)|test +%r.x,\(%rsp\)' <<< "$text" ;;
    zeroed) grep -Eq 'pxor|xorps|rep stos|movl +\$0x0,|movq +\$0x0,|movi.*#0x0|str[[:space:]]+[wx]zr|stp[[:space:]]+xzr' <<< "$text" ;;
    guards-return) ! grep -Eq 'str[[:space:]]+x[0-9]+, \[x29, #[0-9]+\]' <<< "$text" ;;
    thunk) grep -q 'x86_.*_thunk' <<< "$text" ;;
    registers) grep -Eq 'xor +%e(cx|dx|si|di)' <<< "$text" ;;
    stack-limit) grep -q 'lowest' <<< "$text" ;;
    trap) grep -Eq 'ud[12]|brk' <<< "$text" ;;
    wiped) grep -Eq 'explicit_bzero|memset|bzero' <<< "$text" ;;
    *) echo "FAILED $3: unknown protection '$1'"; return 2 ;;
  esac
}

judge() { # what, function, compiler, sample: prints kept, lost or why it cannot tell
  local object
  object=$work/$(basename "${4%/*}").$(basename "$4").$3.o
  if [[ $1 == werror:* ]]; then
    # glibc's FORTIFY makes printf a macro of a system header for Clang, which hides -Wformat-security as well.
    compile "$3" "$4" "$object" "-U_FORTIFY_SOURCE -Wall -Wformat=2 -Werror=${1#*:}" && echo lost || echo kept
    return
  fi
  compile "$3" "$4" "$object" "-w" || { echo "does not compile: $(head -1 "$object.log")"; return; }
  [ -n "$(body "$object" "$2")" ] || { echo "has no function $2"; return; }
  if has "$1" "$3" "$4" "$object" "$2"; then echo kept; else echo lost; fi
}

check_claim() { # sample, what, function, words: "lost gcc clang kept arm64-gcc"
  local sample=$1 what=$2 function=$3 expected= word found
  shift 3
  for word in "$@"; do
    if [ "$word" = lost ] || [ "$word" = kept ]; then
      expected=$word
      continue
    fi
    claims=$((claims + 1))
    found=$(judge "$what" "$function" "$word" "$sample")
    [ "$found" = "$expected" ] && continue
    echo "FAILED ${sample#"$samples"/}: $what of $function under $word (expected $expected, found $found)"
    failures=$((failures + 1))
  done
}

for sample in "$samples"/PM*/*.c "$samples"/PM*/*.cpp; do
  while read -r _ _ what function words; do
    # shellcheck disable=SC2086
    check_claim "$sample" "$what" "$function" $words
  done < <(grep '^// oracle: ' "$sample")
done
rm -rf "$work"
echo "$claims claims, $failures refuted"
[ "$claims" -gt 0 ] && [ "$failures" = 0 ]
