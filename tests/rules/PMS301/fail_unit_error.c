// SPDX-License-Identifier: Apache-2.0
// driver: gcc
// flags: -Wall -Wextra -Werror=sign-compare
// oracle: werror:sign-compare - lost gcc clang arm64-gcc arm64-clang

int is_less(int left, unsigned right);

int is_less(int left, unsigned right) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-compare"  // expect: PMS301
  return left < right;
#pragma GCC diagnostic pop
}
