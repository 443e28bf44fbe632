// SPDX-License-Identifier: Apache-2.0
// The unit is built without any sanitizer.

int add(int left, int right);

__attribute__((no_sanitize("undefined"))) int add(int left, int right) {
  return left + right;
}
