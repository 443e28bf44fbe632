// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -fsanitize=signed-integer-overflow -fsanitize-undefined-trap-on-error
// oracle: trap add lost gcc arm64-gcc kept clang arm64-clang

int add(int left, int right);

__attribute__((no_sanitize_undefined)) int add(int left, int right) {  // expect: PMS215
  return left + right;
}
