// SPDX-License-Identifier: Apache-2.0

#include <stddef.h>

size_t bytes(int count);

size_t bytes(int count) {
  return (size_t)count * 16;
}
