#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The device library, linked into one object, needs from outside only the memory functions, the stack protector and what
# a board supplies as pm_port_*; it offers only the C interface; nothing runs before main. usage: symbols.sh amd64|arm64
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
# A root for everything that the C interface reaches; what mbedTLS has beyond that is dropped as in a real link.
ld.lld-19 -r --gc-sections -u pm_verify -u pm_verify_detached -u pm_verify_measured -u pm_decode_unverified -u pm_content_digest \
  -u pm_bundle_open -u pm_bundle_open_unverified -u pm_bundle_next -u pm_bundle_find -u pm_trust_store_open \
  -u pm_trust_for_role -u pm_check_signature -u pm_verdict_text -u pm_file_verdict_text -u pm_verdict_exit_code -u pm_property_name \
  -o "$work/all.o" "$device/lib/libproofmark_verify.a" "$device/lib/libproofmark_mbedtls_minimal.a" ||
  fail 'the library does not link'
needed=$(llvm-nm-19 -u "$work/all.o" | awk '{print $2}' | sort -u |
  grep -vE '^(mem(cpy|move|set|cmp)|__stack_chk_(fail|guard)|pm_port_[a-z_]+|_GLOBAL_OFFSET_TABLE_)$')
[ -z "$needed" ] || fail "needed from outside: $(tr '\n' ' ' <<<"$needed")"
initialisers=$(llvm-readelf-19 -SW "$work/all.o" | grep -E '\.(init|fini|ctors|dtors|init_array|fini_array)\b')
[ -z "$initialisers" ] || fail "code that runs before main: $initialisers"
offered=$(llvm-nm-19 --defined-only -g "$work/all.o" | awk '{print $3}' | grep -cE '^pm_(verify|content_digest|trust_store_open)')
[ "$offered" -eq 5 ] || fail "pm_verify and its siblings are not offered ($offered of 5)"
echo "needed: $(llvm-nm-19 -u "$work/all.o" | awk '{print $2}' | sort -u | tr '\n' ' ')"
finish
