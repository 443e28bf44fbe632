// SPDX-License-Identifier: Apache-2.0
//
// See arena.h. The arena is a row of blocks, each with its header in front; a free block swallows free neighbours when it
// is passed during the search, so one loop does all and every walk ends at the end of the arena.
#include "arena.h"

namespace proofmark::verify {
namespace {

constexpr size_t kAlignment = 16;

struct alignas(kAlignment) Block {
  size_t size;  // bytes after the header, a multiple of kAlignment
  size_t used;  // 1 or 0
};
static_assert(sizeof(Block) == kAlignment);

alignas(kAlignment) uint8_t arena[kCryptoArenaSize];
size_t used_bytes;
size_t peak_bytes;

Block* block_at(size_t offset) {
  return reinterpret_cast<Block*>(arena + offset);
}

size_t offset_after(size_t offset) {
  return offset + sizeof(Block) + block_at(offset)->size;
}

// Zeroed memory, as at start, is one free block of size 0; it is made the whole arena here, once. Later an arena in which
// nothing is used may still be cut into free blocks, whose headers only joining takes out of the way.
void open_arena() {
  if (block_at(0)->size != 0) return;
  block_at(0)->size = kCryptoArenaSize - sizeof(Block);
  block_at(0)->used = 0;
}

void join_free_neighbours(size_t offset) {
  for (size_t next = offset_after(offset); next < kCryptoArenaSize; next = offset_after(offset)) {
    Block* neighbour = block_at(next);
    if (neighbour->used != 0) return;
    block_at(offset)->size += sizeof(Block) + neighbour->size;
    __builtin_memset(neighbour, 0, sizeof *neighbour);
  }
}

void split(size_t offset, size_t wanted) {
  Block* block = block_at(offset);
  if (block->size < wanted + sizeof(Block) + kAlignment) return;
  const size_t rest = block->size - wanted - sizeof(Block);
  block->size = wanted;
  block_at(offset_after(offset))->size = rest;
  block_at(offset_after(offset))->used = 0;
}

void* take(size_t offset, size_t wanted) {
  split(offset, wanted);
  Block* block = block_at(offset);
  block->used = 1;
  used_bytes += sizeof(Block) + block->size;
  if (used_bytes > peak_bytes) peak_bytes = used_bytes;
  return block + 1;
}

}  // namespace

size_t arena_used() {
  return used_bytes;
}
size_t arena_peak() {
  return peak_bytes;
}

}  // namespace proofmark::verify

using namespace proofmark::verify;

// Free memory is zero at all times: at start, and because every free zeroes. So nothing has to be cleared here.
extern "C" void* pm_arena_calloc(size_t count, size_t size) {
  if (count == 0 || size == 0 || size > kCryptoArenaSize / count) return nullptr;
  const size_t wanted = (count * size + kAlignment - 1) / kAlignment * kAlignment;
  open_arena();
  for (size_t offset = 0; offset < kCryptoArenaSize; offset = offset_after(offset)) {
    if (block_at(offset)->used != 0) continue;
    join_free_neighbours(offset);
    if (block_at(offset)->size >= wanted) return take(offset, wanted);
  }
  return nullptr;
}

extern "C" void mbedtls_platform_zeroize(void* memory, size_t size) {
  __builtin_memset(memory, 0, size);
  __asm__ volatile("" : : "r"(memory) : "memory");  // the compiler must assume that someone looks at it
}

extern "C" void pm_arena_free(void* memory) {
  if (memory == nullptr) return;
  Block* block = static_cast<Block*>(memory) - 1;
  mbedtls_platform_zeroize(memory, block->size);
  block->used = 0;
  used_bytes -= sizeof(Block) + block->size;
}
