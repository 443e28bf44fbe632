// SPDX-License-Identifier: Apache-2.0
//
// The verifier on the minimal mbedTLS and its arena: every algorithm fits with room to spare, nothing stays allocated, and
// an arena that runs out is a refusal. Files come from the test signer: test_verify_minimal FILE...
#include <pthread.h>

#include <fstream>
#include <iterator>
#include <vector>

// After the standard headers: CMocka has a macro named fail.
#include "support/harness.h"

#include "../../../verify/crypto/arena.h"

extern "C" void* pm_arena_calloc(size_t count, size_t size);
extern "C" void pm_arena_free(void* memory);

namespace proofmark::verify_test {
namespace {

using verify::arena_peak;
using verify::arena_used;
using verify::kCryptoArenaSize;

char** paths;

pm_verdict verify_path(const char* path) {
  std::ifstream in(path, std::ios::binary);
  static std::vector<uint8_t> bytes;
  bytes.assign(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  pm_trust trust = {};
  trust.version = PM_TRUST_VERSION;
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ANY_BOARD | PM_TRUST_ANY_MACHINE;
  trust.keys = pm_trust_keys;
  trust.key_count = pm_trust_key_count;
  trust.threshold = 1;
  trust.role = PM_ROLE_PROGRAM;
  trust.kinds = PM_KINDS_ALL;
  return verify_bytes(bytes.data(), bytes.size(), trust);
}

void every_algorithm_fits_three_quarters_of_the_arena(void**) {
  for (char** path = paths; *path != nullptr; ++path) {
    assert_int_equal(verify_path(*path), PM_ACCEPTED);
    assert_int_equal(arena_used(), 0);
    print_message("%s: arena peak so far %zu of %zu bytes\n", *path, arena_peak(), kCryptoArenaSize);
  }
  assert_true(arena_peak() > 0);
  assert_true(arena_peak() <= kCryptoArenaSize / 4 * 3);
}

alignas(4096) uint8_t painted_stack[256 * 1024];

// Runs with the painted stack; everything but the call is done beforehand.
void* verify_on_painted_stack(void* path) {
  const auto verdict = static_cast<uintptr_t>(verify_path(static_cast<const char*>(path)));
  return reinterpret_cast<void*>(verdict);
}

size_t stack_used() {
  size_t untouched = 0;
  while (painted_stack[untouched] == 0xA5) ++untouched;
  return sizeof painted_stack - untouched;
}

size_t stack_used_by(void* (*function)(void*), char* path) {
  std::memset(painted_stack, 0xA5, sizeof painted_stack);
  pthread_attr_t attributes;
  pthread_t thread;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, painted_stack, sizeof painted_stack);
  assert_int_equal(pthread_create(&thread, &attributes, function, path), 0);
  assert_int_equal(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
  return stack_used();
}

void* do_nothing(void*) {
  return nullptr;
}

// What the thread library itself puts on the stack is subtracted; what reading the file takes is not, and is little.
void the_stack_stays_within_the_published_size(void**) {
#if __has_feature(address_sanitizer)
  skip();  // its frames are several times as large
#endif
  const size_t floor = stack_used_by(do_nothing, nullptr);
  for (char** path = paths; *path != nullptr; ++path) {
    const size_t used = stack_used_by(verify_on_painted_stack, *path) - floor;
    print_message("%s: %zu bytes of stack\n", *path, used);
    assert_true(used <= PM_STACK_SIZE);
  }
}

void a_full_arena_is_a_refusal(void**) {
  void* hog = pm_arena_calloc(1, kCryptoArenaSize - 512);
  assert_non_null(hog);
  assert_int_equal(verify_path(paths[0]), PM_REFUSED_CRYPTO);
  pm_arena_free(hog);
  assert_int_equal(arena_used(), 0);
  assert_int_equal(verify_path(paths[0]), PM_ACCEPTED);
}

void freed_memory_is_zero_and_whole_again(void**) {
  auto* a = static_cast<uint8_t*>(pm_arena_calloc(100, 1));
  auto* b = static_cast<uint8_t*>(pm_arena_calloc(100, 1));
  auto* c = static_cast<uint8_t*>(pm_arena_calloc(100, 1));
  std::memset(b, 0xAA, 100);
  pm_arena_free(a);
  pm_arena_free(b);
  auto* joined = static_cast<uint8_t*>(pm_arena_calloc(210, 1));
  assert_ptr_equal(joined, a);
  for (unsigned i = 0; i < 210; ++i) assert_int_equal(joined[i], 0);
  pm_arena_free(joined);
  pm_arena_free(c);
  assert_int_equal(arena_used(), 0);
}

// What is used first after everything was freed lies over the headers of the blocks that were there before.
void memory_is_zero_after_everything_was_freed(void**) {
  void* blocks[8];
  for (void*& block : blocks) block = pm_arena_calloc(48, 1);
  for (void* block : blocks) pm_arena_free(block);
  assert_int_equal(arena_used(), 0);
  auto* all = static_cast<uint8_t*>(pm_arena_calloc(1, kCryptoArenaSize - 16));
  assert_non_null(all);
  for (size_t i = 0; i < kCryptoArenaSize - 16; ++i) assert_int_equal(all[i], 0);
  pm_arena_free(all);
}

void impossible_requests_fail(void**) {
  assert_null(pm_arena_calloc(0, 1));
  assert_null(pm_arena_calloc(SIZE_MAX, 2));
  assert_null(pm_arena_calloc(2, SIZE_MAX));
  assert_null(pm_arena_calloc(1, kCryptoArenaSize));
  pm_arena_free(nullptr);
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main(int, char** arguments) {
  paths = arguments + 1;
  const CMUnitTest tests[] = {
      cmocka_unit_test(every_algorithm_fits_three_quarters_of_the_arena),
      cmocka_unit_test(the_stack_stays_within_the_published_size),
      cmocka_unit_test(a_full_arena_is_a_refusal),
      cmocka_unit_test(freed_memory_is_zero_and_whole_again),
      cmocka_unit_test(memory_is_zero_after_everything_was_freed),
      cmocka_unit_test(impossible_requests_fail),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
