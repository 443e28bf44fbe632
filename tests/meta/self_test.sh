#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# A test that cannot fail is a defect: breaks a small tree on purpose and expects each meta test to turn red.
set -u
meta=$(cd "${1:?usage: self_test.sh META_FOLDER}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
red=0

# expect_red TEST TEXT: the test fails on the tree and its output has TEXT.
expect_red() {
  local output
  if output=$("$meta/$1.sh" "$work" 2>&1); then
    echo "FAIL: $1 stayed green on a broken tree"; exit 1
  fi
  grep -q "$2" <<<"$output" || { echo "FAIL: $1 does not say '$2':"; echo "$output"; exit 1; }
  red=$((red + 1))
}

mkdir -p "$work"/{verify/src,signer/src,analyzers/rules,boards/policies,docs}
printf '#include "report/finding.h"\n#include <vector>\n' >"$work/verify/src/bad.cpp"
expect_red arrows 'verify includes an analyzer header'
expect_red arrows 'hosted header in verify/src'
printf '#include "llvm/ADT/StringRef.h"\n' >"$work/signer/src/bad.cpp"
expect_red arrows 'the signer includes LLVM'
expect_red style 'no SPDX line'
for _ in $(seq 401); do echo '// SPDX-License-Identifier: Apache-2.0'; done >"$work/signer/src/long.cpp"
expect_red style '401 lines'
printf '// SPDX-License-Identifier: Apache-2.0\n// /root/secret\n' >"$work/signer/src/path.cpp"
expect_red style 'names a host'
printf 'constexpr auto kId = "PMF999";\n' >"$work/analyzers/rules/x.cpp"
expect_red docs 'rule PMF999 has no page'
printf '{"name":"other"}' >"$work/boards/b.json"
if command -v jq >/dev/null; then expect_red boards '"name" is not b'; fi
echo "ok: $red broken trees turned red"
