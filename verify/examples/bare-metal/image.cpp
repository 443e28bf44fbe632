// SPDX-License-Identifier: Apache-2.0
//
// See image.h.
#include "image.h"

#include "board.h"

namespace proofmark::bare_metal {
namespace {

// The length comes from flash, like everything there from whoever could write to it: no more than flash holds, and than there is
// room for in memory. The verifier finds out whether it is the right one.
int image_size(void* /*context*/, uint64_t* size) {
  uint64_t length = 0;
  __builtin_memcpy(&length, reinterpret_cast<const void*>(kFlash), sizeof length);
  if (length > kFlashSize - kImageOffset || length > kPayloadRoom) return -1;
  *size = length;
  return 0;
}

// The verifier keeps within the size that it was told.
int read_and_copy(void* /*context*/, uint64_t offset, void* buffer, size_t length) {
  __builtin_memcpy(buffer, reinterpret_cast<const void*>(kFlash + kImageOffset + offset), length);
  __builtin_memcpy(reinterpret_cast<void*>(kPayload + offset), buffer, length);
  return 0;
}

}  // namespace

pm_io image_io() {
  return {nullptr, image_size, read_and_copy};
}

}  // namespace proofmark::bare_metal
