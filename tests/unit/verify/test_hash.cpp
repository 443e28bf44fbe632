// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 against the examples of FIPS 180-4 and against mbedTLS, each kernel of this CPU; the content digest against
// values that `fsverity digest` printed and against a second implementation.
#include "support/harness.h"

#include <mbedtls/sha256.h>

#include <vector>

#include "../../../verify/src/sha256.h"

namespace proofmark::verify_test {
namespace {

using verify::Sha256;
using verify::Sha256Kernel;

// Every kernel that can run here: the portable one, and the one that is chosen when it is another.
const Sha256Kernel* const* kernels(unsigned* count) {
  static const Sha256Kernel* all[2] = {&verify::kSha256Portable, verify::choose_sha256_kernel()};
  *count = all[0] == all[1] ? 1 : 2;
  return all;
}

void hex(const uint8_t* bytes, size_t size, char* out) {
  for (size_t i = 0; i < size; ++i) snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

struct KnownAnswer {
  const char* message;
  size_t repeat;
  const char* digest;
};

// NIST CSRC, "Cryptographic Standards and Guidelines: Example Values", SHA-256, and the one million times 'a'.
constexpr KnownAnswer kKnownAnswers[] = {
    {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
};

void sha256_gives_the_known_answers(void**) {
  unsigned count = 0;
  const Sha256Kernel* const* all = kernels(&count);
  for (unsigned k = 0; k < count; ++k) {
    for (const KnownAnswer& known : kKnownAnswers) {
      Sha256 hash;
      hash.start(all[k]);
      const auto* message = reinterpret_cast<const uint8_t*>(known.message);
      for (size_t i = 0; i < known.repeat; ++i) hash.update(message, std::strlen(known.message));
      uint8_t digest[32];
      hash.finish(digest);
      char text[65];
      hex(digest, sizeof digest, text);
      assert_string_equal(text, known.digest);
    }
  }
}

void sha256_agrees_with_mbedtls_at_every_length(void**) {
  static uint8_t data[300];
  for (size_t i = 0; i < sizeof data; ++i) data[i] = static_cast<uint8_t>(i * 31);
  unsigned count = 0;
  const Sha256Kernel* const* all = kernels(&count);
  for (unsigned k = 0; k < count; ++k) {
    for (size_t size = 0; size <= sizeof data; ++size) {
      uint8_t expected[32];
      mbedtls_sha256(data, size, expected, 0);
      Sha256 hash;
      hash.start(all[k]);
      hash.update(data, size / 3);
      hash.update(data + size / 3, size - size / 3);
      uint8_t digest[32];
      hash.finish(digest);
      assert_memory_equal(digest, expected, sizeof digest);
    }
  }
}

void leaves_are_plain_sha256_of_each_block(void**) {
  static uint8_t data[9 * PM_BLOCK_SIZE];
  for (size_t i = 0; i < sizeof data; ++i) data[i] = static_cast<uint8_t>(i ^ i >> 8);
  unsigned count = 0;
  const Sha256Kernel* const* all = kernels(&count);
  for (unsigned k = 0; k < count; ++k) {
    for (size_t leaves = 1; leaves <= 9; ++leaves) {
      uint8_t digests[9 * 32];
      verify::hash_leaves(*all[k], data, leaves, digests);
      for (size_t i = 0; i < leaves; ++i) {
        uint8_t expected[32];
        mbedtls_sha256(data + i * PM_BLOCK_SIZE, PM_BLOCK_SIZE, expected, 0);
        assert_memory_equal(digests + 32 * i, expected, sizeof expected);
      }
    }
  }
}

// Kernels that get a single thing wrong, each in a place that only one part of the known-answer test can see.
void wrong_compress(uint32_t state[8], const uint8_t* blocks, size_t count) {
  verify::kSha256Portable.compress(state, blocks, count);
  state[7] ^= 1;
}
void wrong_second_leaf(const uint8_t* leaves, uint8_t* digests) {
  verify::hash_leaves(verify::kSha256Portable, leaves, 2, digests);
  digests[63] ^= 0x80;
}

void known_answer_test_tells_wrong_kernels(void**) {
  static uint8_t leaves[verify::kTestLeaves * PM_BLOCK_SIZE];
  unsigned count = 0;
  const Sha256Kernel* const* all = kernels(&count);
  for (unsigned k = 0; k < count; ++k) assert_true(verify::is_correct(*all[k], leaves));
  const auto compress = verify::kSha256Portable.compress;
  assert_false(verify::is_correct({"wrong", wrong_compress, nullptr}, leaves));
  assert_false(verify::is_correct({"wrong", compress, wrong_second_leaf}, leaves));
  assert_ptr_equal(verify::choose_tested_sha256_kernel(leaves), verify::choose_sha256_kernel());
}

// Files of the bytes 0, 1, ... 250, 0, 1, ... of the given sizes; the last ones need a second and a third level of tree.
struct ContentAnswer {
  size_t size;
  const char* digest;
};

// Printed by: fsverity digest --compact FILE (fsverity-utils 1.5).
constexpr ContentAnswer kContentAnswers[] = {
    {0, "3d248ca542a24fc62d1c43b916eae5016878e2533c88238480b26128a1f1af95"},
    {1, "b803429503d95915829b29fdbc8bbad142f3abfd11b1cadf5526582e685c0551"},
    {3, "26ace56c8689b9dc69fc49923acb80107313435f6ae756112f9dd6cd3aa9aa86"},
    {4096, "13e9b8848ae484a36acb3f3cac0ceb2f7601e96633d15c92f9bd3dd44e492157"},
    {4097, "b0d074abef4d544404facfab6ba242f6a8ccbde90f1325cd286f3c8aa8d0f8aa"},
    {65536, "c6f25f33d20d3e6bcd188017a754ea5c8b64b5c3aebbe4b0c7bb0f57e92ba6d6"},
    {524288, "d82861203d50ae9b60948504a704f35f5118bd229aeb1a22d6dae47b1767c4c4"},
    {524289, "4dc6905041c9c4ee73e13b53f63f5d289c46da359b664a965ead7f8cc4d799d4"},
    {3000000, "806637cc95983f0e50918d26413ef0a35b7cd8ed7c16e2c5ff140ea87bdc8f58"},
    {67108864, "196650e8bd05f8516c0ede56deeb4d1ff2be9809dc2d827261db4a7773957567"},
    {67108865, "acba6554fbff4e8b2fc0361086b9e8ed6afbbd3196ade159c0f3e2bf9ecb2ed1"},
};

int content_digest(const uint8_t* data, size_t size, uint8_t digest[32]) {
  MemoryFile memory;
  memory.bytes = data;
  memory.size = size;
  const pm_io io = io_of(&memory);
  return pm_content_digest(&io, size, &bench()->scratch, digest);
}

const uint8_t* counted_bytes(size_t size) {
  static std::vector<uint8_t> data;
  data.resize(size);
  for (size_t i = 0; i < size; ++i) data[i] = static_cast<uint8_t>(i % 251);
  return data.data();
}

void content_digest_is_what_fsverity_prints(void**) {
  for (const ContentAnswer& known : kContentAnswers) {
    uint8_t digest[32];
    assert_int_equal(content_digest(counted_bytes(known.size), known.size, digest), 0);
    char text[65];
    hex(digest, sizeof digest, text);
    assert_string_equal(text, known.digest);
  }
}

// Around every power at which the tree gains a block or a level: 128 blocks fill a block of digests.
void content_digest_agrees_with_the_whole_tree(void**) {
  const size_t block = PM_BLOCK_SIZE;
  const size_t edges[] = {1,           block,       2 * block,   16 * block,  17 * block,
                          127 * block, 128 * block, 129 * block, 256 * block, 257 * block};
  for (const size_t edge : edges) {
    for (size_t size = edge - 1; size <= edge + 1; ++size) {
      const uint8_t* data = counted_bytes(size);
      uint8_t expected[32];
      reference_content_digest(data, size, expected);
      uint8_t digest[32];
      assert_int_equal(content_digest(data, size, digest), 0);
      assert_memory_equal(digest, expected, sizeof digest);
    }
  }
}

void content_digest_fails_when_reading_fails(void**) {
  MemoryFile memory;
  memory.bytes = counted_bytes(100);
  memory.size = 100;
  memory.fail_at_call = 0;
  const pm_io io = io_of(&memory);
  uint8_t digest[32];
  assert_int_equal(pm_content_digest(&io, 100, &bench()->scratch, digest), -1);
}

}  // namespace
}  // namespace proofmark::verify_test

using namespace proofmark::verify_test;

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(sha256_gives_the_known_answers),
      cmocka_unit_test(sha256_agrees_with_mbedtls_at_every_length),
      cmocka_unit_test(leaves_are_plain_sha256_of_each_block),
      cmocka_unit_test(known_answer_test_tells_wrong_kernels),
      cmocka_unit_test(content_digest_is_what_fsverity_prints),
      cmocka_unit_test(content_digest_agrees_with_the_whole_tree),
      cmocka_unit_test(content_digest_fails_when_reading_fails),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
