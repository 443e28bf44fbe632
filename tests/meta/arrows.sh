#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The arrows of docs/design.md: which component may include which. verify includes nothing of ours but itself and, in its
# freestanding core, no hosted header; the signer may include verify/include; the analyzers include neither.
set -u
# shellcheck source=tests/meta/lib.sh
. "$(dirname "$0")/lib.sh"

# includes FOLDER: file:"header or file:<header of every #include below FOLDER.
includes() {
  sources | grep "^$1/" | xargs -r grep -HoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"][^">]+' |
    sed -E 's/^([^:]+):.*([<"])/\1:\2/'
}

# forbid FOLDER PATTERN WHY: no header that matches PATTERN may be included below FOLDER.
forbid() {
  local hits
  hits=$(includes "$1" | grep -E ":[<\"]$2")
  [ -z "$hits" ] || fail "$3: $(tr '\n' ' ' <<<"$hits")"
}

forbid verify '(report|compile|rules|engine|elf)/' 'verify includes an analyzer header'
forbid verify 'proofmark/sign/' 'verify includes a signer header'
forbid signer '(report|compile|rules|engine|elf)/' 'the signer includes an analyzer header'
forbid signer '(clang|llvm)' 'the signer includes LLVM'
forbid analyzers 'proofmark/' 'an analyzer includes verify or signer headers'
forbid analyzers 'mbedtls/' 'an analyzer includes mbedTLS'
forbid analyzers/report '(clang|llvm)' 'the report library includes LLVM'
forbid analyzers/elf '(clang|llvm)' 'the ELF audit includes LLVM'

# The freestanding core: only headers that need no library behind them. <string.h> declares the mem* four the compiler needs.
allowed='(array|bit|concepts|cstddef|cstdint|limits|span|type_traits|stddef\.h|stdint\.h|stdbool\.h|string\.h|arm_neon\.h|immintrin\.h|cpuid\.h|linux/[a-z_]+\.h|asm/[a-z_]+\.h|elf\.h)'
hosted=$(includes verify/src | grep -vE ":(\"|<proofmark/|<$allowed$)" || true)
[ -z "$hosted" ] || fail "hosted header in verify/src: $hosted"

# Nothing outside a component reaches into its src/, its own unit tests excepted.
for component in verify signer; do
  hits=$(sources | grep -vE "^($component|tests/unit/$component|tests/fuzz|tests/attacks)/" |
    xargs -r grep -HnE "#[[:space:]]*include[[:space:]]*\"[^\"]*$component/src/")
  [ -z "$hits" ] || fail "private header of $component used: $hits"
done
finish
