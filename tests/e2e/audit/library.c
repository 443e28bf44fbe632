// SPDX-License-Identifier: Apache-2.0
//
// A shared library to need.
int from_library(void);
int from_library(void) {
  return 1;
}
