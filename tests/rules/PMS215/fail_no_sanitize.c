// SPDX-License-Identifier: Apache-2.0
// flags: -fsanitize=signed-integer-overflow -fsanitize-undefined-trap-on-error
// oracle: trap add lost gcc clang arm64-gcc arm64-clang

int add(int left, int right);

__attribute__((no_sanitize("signed-integer-overflow"))) int add(int left, int right) {  // expect: PMS215
  return left + right;
}
