#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# proofmark configure: values checked against their schema, data without a writable copy on both architectures, and a mark
# that binds what the program really holds.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
command -v clang-19 >/dev/null || { echo 'skipped: clang-19 is not installed'; exit 77; }
certificate=sha256:$(printf 'c5%.0s' {1..32})
config() {
  cat <<JSON
{"proofmark_configuration": 1, "name": "site",
 "schema": {
   "mqtt_host": {"type": "string", "max_length": 45}, "mqtt_port": {"type": "int", "min": 1, "max": 65535},
   "offset": {"type": "int", "min": -5, "max": 5}, "verbose": {"type": "bool"},
   "limits": {"type": "array", "of": "int", "min": 0, "max": 1000, "max_items": 4},
   "names": {"type": "array", "of": "string", "max_length": 8, "max_items": 3}},
 "values": {"mqtt_host": "127.0.0.1", "mqtt_port": 1883, "offset": -2, "verbose": true, "limits": [], "names": ["a\"b?", "c"]$1},
 "environments": {"prod": {"verbose": false, "mqtt_host": "10.0.0.1"}, "test": {}$2}}
JSON
}
config '' '' >config.json
configure() { "$SIGN" configure --env prod config.json -o site.c "$@"; }
digest=$(configure --cert-hash "$certificate" | sed 's/.*configuration sha256:\([0-9a-f]*\).*/\1/')
expect 0 "site.c: configuration sha256:$digest, certificate $certificate" configure --cert-hash "$certificate"
cp site.c first.c && cp site.binding.json first.json && succeeds configure --cert-hash "$certificate" && same first.c site.c
# Every value counts, and so do the environment and the certificate.
for change in mqtt_port=1884 offset=2 verbose=true 'limits=[1]' 'names=["a"]'; do
  cases=$((cases + 1))
  other=$(configure --cert-hash "$certificate" --set "$change") || fail "$change: $other"
  grep -q "$digest" <<<"$other" && fail "same digest with $change"
done
for options in '--env prod' "--env test --cert-hash $certificate --set verbose=false --set mqtt_host=10.0.0.1"; do
  cases=$((cases + 1))
  # shellcheck disable=SC2086 # options are words
  other=$("$SIGN" configure $options config.json -o other.c) || fail "$options: $other"
  grep -q "$digest" <<<"$other" && fail "same digest with $options"
done

refused() { local code=$1 text=$2; shift 2; expect "$code" "proofmark: error: config.json: $text" configure "$@"; }
refused 3 'bad configuration: "mqtt_port" is out of range (expected 1 to 65535, found 0)' --set mqtt_port=0
refused 3 'bad configuration: "mqtt_port" is not a whole number' --set 'mqtt_port="1883"'
refused 3 'bad configuration: "verbose" is neither true nor false' --set verbose=1
refused 3 'bad configuration: "limits" has too many elements (expected at most 4, found 5)' --set 'limits=[1,2,3,4,5]'
refused 3 'bad configuration: "limits" is out of range (expected 0 to 1000, found 1001)' --set 'limits=[1001]'
refused 3 'bad configuration: --set sets "port", which the schema does not have' --set port=1
expect 3 'proofmark: error: config.json: bad configuration: no environment "stage" (expected prod, test)' \
  "$SIGN" configure --env stage config.json -o x
expect 3 'proofmark: error: config.json: bad configuration: the file has environments, and none was named (--env)' \
  "$SIGN" configure config.json -o x
refused 3 'bad configuration: "mqtt_host" is too long (expected at most 45 bytes, found 46)' --set "mqtt_host=$(printf 'x%.0s' {1..46})"
hint='hint: keep secrets in the device'"'"'s key store, and configure where they are'
expect 1 "proofmark: error: config.json: \"mqtt_host\" looks like a secret, which everybody who has the program could read
$hint" configure --set "mqtt_host=$(sed 1d "$VECTORS/es256.pem")"
expect 2 'proofmark: error: "sha256:12" is not the hash of a certificate (expected sha256: and 64 hex digits)
hint: openssl x509 -in CERT.pem -outform DER | sha256sum' configure --cert-hash sha256:12
config ', "speed": 9' '' >config.json && refused 3 'bad configuration: values sets "speed", which the schema does not have'
config '' ', "prod": 1' >config.json && refused 3 'bad configuration: no environment "prod" (expected prod, test)'
echo '{' >config.json && refused 3 'bad configuration: not JSON'
config '' '' >config.json && succeeds configure --cert-hash "$certificate"

cat >main.c <<'C'
#include "site.h"
int main(void) { return site_configuration.mqtt_port == SITE_MQTT_PORT && site_configuration.mqtt_host[0] == '1' ? 42 : 1; }
C
succeeds clang-19 -std=c++20 -Wall -Wextra -Wconversion -Werror -xc++ -c site.c -o site-cpp.o

# read_only PROGRAM: the data is in the file once, in a segment that is not writable.
read_only() {
  local program=$1 offset
  cases=$((cases + 1))
  [ "$(grep -obUaP '10\.0\.0\.1\x00' "$program" | wc -l)" -eq 1 ] || fail "$program: the host stands there $(grep -cobUaP '10\.0\.0\.1\x00' "$program") times"
  offset=$(grep -obUaP '10\.0\.0\.1\x00' "$program" | cut -d: -f1 | head -1)
  llvm-readelf-19 -lW "$program" | awk -v at="$offset" '$1 == "LOAD" && at >= strtonum($2) && at < strtonum($2) + strtonum($5) {
    print ($0 ~ /W/ ? "writable" : "read-only") }' | grep -qx read-only || fail "$program: the configuration is not in read-only data"
}
flags=(-O1 -ffunction-sections -fdata-sections -fPIE -static-pie -Wall -Wextra -Wconversion -Werror)
succeeds clang-19 "${flags[@]}" -fuse-ld=lld-19 -Wl,--gc-sections -o amd64 main.c site.c
programs=(amd64)
if command -v aarch64-linux-gnu-gcc >/dev/null; then
  succeeds aarch64-linux-gnu-gcc "${flags[@]}" -Wl,--gc-sections -o arm64 main.c site.c
  programs+=(arm64)
fi
for program in "${programs[@]}"; do
  llvm-strip-19 "$program"
  read_only "$program"
  if [ "$program" = arm64 ]; then expect 42 '' qemu-aarch64-static ./arm64; else expect 42 '' ./amd64; fi
  sign_unproven --configuration site.binding.json "$program" -o signed >/dev/null 2>&1 || fail "$program: not signed"
  cases=$((cases + 1))
  "$SIGN" info signed | grep -qx "configuration     $digest" || fail "$("$SIGN" info signed)"
  "$SIGN" info signed | grep -qx "TLS certificate   ${certificate#sha256:}" || fail "$("$SIGN" info signed)"
  succeeds verify_unproven signed
done

# What the caller expects and what the program holds must be one thing.
bind() { "$SIGN" sign --allow-unproven --key "$VECTORS/es256.pem" "$@" 2>&1 | grep -v warning; return "${PIPESTATUS[0]}"; }
"$SIGN" configure --env test config.json -o test.c >/dev/null
test_digest=$(sed -n 's/.*"configuration": "\(.*\)".*/\1/p' test.binding.json)
expect 1 "proofmark: error: amd64: holds another configuration (expected $test_digest, found $digest with certificate ${certificate#sha256:})
hint: build the program again with the source that proofmark configure wrote" bind --configuration test.binding.json amd64 -o x
cp "$VECTORS/amd64.elf" bare
expect 1 "proofmark: error: bare: holds no configuration (expected $test_digest)
hint: compile and link the source that proofmark configure wrote" bind --configuration test.binding.json bare -o x
sed 's/struct site_configuration site_configuration/struct site_configuration second_configuration/; s/static const struct proofmark_note proofmark_note/static const struct proofmark_note second_note/' site.c >second.c
succeeds clang-19 "${flags[@]}" -fuse-ld=lld-19 -o two main.c site.c second.c
expect 1 'proofmark: error: two: holds two configurations (expected one)' bind two -o x
# A note in data that the program could change would bind nothing.
sed 's/static const struct proofmark_note/static struct proofmark_note/' site.c >writable.c
if clang-19 "${flags[@]}" -fuse-ld=lld-19 -o writable main.c writable.c 2>/dev/null; then
  expect 1 'proofmark: error: writable: the note of a configuration is not in read-only data' bind writable -o x
fi
[ ! -e x ] || fail 'a refused file was written'
finish
