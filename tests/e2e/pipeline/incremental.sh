#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# usage: incremental.sh SOURCE_TREE amd64|arm64
# Touching one source repeats its own compilation and check, and the steps of the artifact, and nothing else; a second
# build repeats nothing; the signed file is the same to the byte, because nothing in it depends on time.
set -u
tree=$1 arch=$2
build=$tree/build/$arch
firmware=$build/firmware/gateway.qemu-$arch
[ -f "$firmware/gateway.signed" ] || { echo "skipped: $firmware/gateway.signed is not built"; exit 77; }

fail() { echo "FAIL: $*"; exit 1; }
edges() { cmake --build "$build" | sed -nE 's/^\[[0-9]+\/[0-9]+\] //p'; }

edges >/dev/null
again=$(edges)
[ -z "$again" ] || fail "a second build was not idle: $again"
before=$(sha256sum <"$firmware/gateway.signed")

touch "$tree/tests/firmware/gateway/src/main.c"
ran=$(edges)
for wanted in "check main.c" "check the link" "split symbols" "audit gateway" "report on gateway" "sign gateway" "verify gateway"; do
  grep -qF "$wanted" <<<"$ran" || fail "edge '$wanted' did not run after main.c changed: $ran"
done
others=$(grep -E 'check |Building C' <<<"$ran" | grep -vE 'main\.c|check the link')
[ -z "$others" ] || fail "edges ran that do not depend on main.c: $others"
[ "$before" = "$(sha256sum <"$firmware/gateway.signed")" ] || fail "the signed file changed although the source did not"
echo "ok: $(grep -c . <<<"$ran") edges ran"
