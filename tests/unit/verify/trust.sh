#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# trust.cpp holds the public halves of the keys that the test signer makes.
# usage: trust.sh TEST_SIGNER
set -u
here=$(cd "$(dirname "$0")" && pwd)
plain() { tr -d ' \n' | sed 's/,}/}/g'; }
if [ "$("$1" trust-cpp | plain)" = "$(plain <"$here/support/trust.cpp")" ]; then
  echo ok
else
  echo "FAIL: trust.cpp is not what the test signer makes"
  echo "hint: proofmark-test-sign trust-cpp >tests/unit/verify/support/trust.cpp && clang-format-19 -i tests/unit/verify/support/trust.cpp"
  exit 1
fi
