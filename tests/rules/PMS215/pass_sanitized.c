// SPDX-License-Identifier: Apache-2.0
// flags: -fsanitize=signed-integer-overflow -fsanitize-undefined-trap-on-error
// oracle: trap add kept gcc clang arm64-gcc arm64-clang

int add(int left, int right);

int add(int left, int right) {
  return left + right;
}
