// SPDX-License-Identifier: Apache-2.0
// flags: -fsanitize=signed-integer-overflow -fsanitize-undefined-trap-on-error
// oracle: trap add kept clang arm64-clang

int add(int left, int right);

__attribute__((disable_sanitizer_instrumentation)) int add(int left, int right) {  // expect: PMS215
  return left + right;
}
