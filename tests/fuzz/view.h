// SPDX-License-Identifier: Apache-2.0
//
// The bytes of one fuzzer input as a file. Whoever reads outside of what pm_io promises ends the run.
#pragma once

#include <proofmark/verify.h>

#include <cstdlib>
#include <cstring>

struct View {
  const uint8_t* bytes;
  size_t size;
};

inline int view_size(void* context, uint64_t* size) {
  *size = static_cast<View*>(context)->size;
  return 0;
}

inline int view_read(void* context, uint64_t offset, void* buffer, size_t length) {
  const auto* view = static_cast<View*>(context);
  if (length == 0 || length > 65536 || offset > view->size || length > view->size - offset) std::abort();
  std::memcpy(buffer, view->bytes + offset, length);
  return 0;
}
