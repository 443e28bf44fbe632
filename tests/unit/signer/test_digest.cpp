// SPDX-License-Identifier: Apache-2.0
//
// Digests against published values, and the Merkle tree against a second way of computing it.
#include <algorithm>

#include <mbedtls/sha256.h>

#include "proofmark/sign/digest.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

bool hash_is(std::string_view text, const char* expected) {
  return same(to_hex(sha256(view(text))), expected);
}

bool hmac_is(std::string_view key, std::string_view text, const char* expected) {
  return same(to_hex(hmac_sha256(view(key), view(text))), expected);
}

Bytes pattern(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + i / 4096);
  return bytes;
}

// Level by level over the whole content: the textbook way, with nothing streamed.
Digest slow_root(Bytes level) {
  while (true) {
    level.resize((level.size() + PM_BLOCK_SIZE - 1) / PM_BLOCK_SIZE * PM_BLOCK_SIZE);
    Bytes hashes;
    for (std::size_t i = 0; i < level.size(); i += PM_BLOCK_SIZE) {
      const Digest digest = sha256(ByteView(level).subspan(i, PM_BLOCK_SIZE));
      hashes.insert(hashes.end(), digest.begin(), digest.end());
    }
    if (hashes.size() == PM_DIGEST_SIZE) {
      Digest root{};
      std::copy(hashes.begin(), hashes.end(), root.begin());
      return root;
    }
    level = std::move(hashes);
  }
}

bool tree_is_right(const Bytes& content) {
  const std::uint64_t size = content.size();
  Bytes descriptor = {1, 1, 12, 0, 0, 0, 0, 0};
  for (int i = 0; i < 8; ++i) descriptor.push_back(static_cast<std::uint8_t>(size >> (8 * i)));
  const Digest root = slow_root(content);
  descriptor.insert(descriptor.end(), root.begin(), root.end());
  descriptor.resize(PM_VERITY_DESCRIPTOR_SIZE);
  return same(to_hex(fs_verity(content)), to_hex(sha256(descriptor)));
}

bool pieces_do_not_matter(std::size_t piece) {
  const Bytes content = pattern(3 * PM_BLOCK_SIZE + 17);
  FsVerityHasher hasher;
  for (ByteView rest(content); !rest.empty();) {
    const ByteView now = rest.first(std::min(piece, rest.size()));
    hasher.update(now);
    rest = rest.subspan(now.size());
  }
  return same(to_hex(hasher.finish()), to_hex(fs_verity(content)));
}

void sha256_matches_fips_180(void**) {
  assert_true(hash_is("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  assert_true(hash_is("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

// Another implementation, around every length at which padding or buffering changes.
bool agrees_with_mbedtls(std::size_t size) {
  const Bytes content = pattern(size);
  Digest expected{};
  mbedtls_sha256(content.data(), content.size(), expected.data(), 0);
  Sha256 hash;
  for (ByteView rest(content); !rest.empty();) {
    const ByteView now = rest.first(std::min<std::size_t>(61, rest.size()));
    hash.update(now);
    rest = rest.subspan(now.size());
  }
  return same(to_hex(sha256(content)), to_hex(expected)) && same(to_hex(hash.finish()), to_hex(expected));
}

void sha256_agrees_with_mbedtls(void**) {
  for (std::size_t size = 0; size <= 300; ++size) assert_true(agrees_with_mbedtls(size));
  for (const std::size_t size : {4095u, 4096u, 4097u, 100000u}) assert_true(agrees_with_mbedtls(size));
}

// Every kernel, and every number of blocks: those that are hashed side by side and the one that is left over.
bool blocks_are_hashed_each_by_itself(const pm_hash_kernel* kernel, std::size_t count) {
  const Bytes content = pattern(count * PM_BLOCK_SIZE);
  Bytes digests(count * PM_DIGEST_SIZE);
  pm_hash_blocks(kernel, content.data(), count, digests.data());
  for (std::size_t i = 0; i < count; ++i) {
    const Digest expected = sha256(ByteView(content).subspan(i * PM_BLOCK_SIZE, PM_BLOCK_SIZE));
    if (!same(to_hex(ByteView(digests).subspan(i * PM_DIGEST_SIZE, PM_DIGEST_SIZE)), to_hex(expected))) return false;
  }
  return true;
}

void every_kernel_hashes_blocks_each_by_itself(void**) {
  print_message("fastest kernel: %s\n", pm_hash_kernel_name(pm_choose_hash_kernel()));
  for (const auto* kernel : {pm_portable_hash_kernel(), pm_choose_hash_kernel()})
    for (const std::size_t count : {1u, 2u, 3u, 4u, 7u, 33u})
      assert_true(blocks_are_hashed_each_by_itself(kernel, count));
}

void hmac_matches_rfc_4231(void**) {
  assert_true(hmac_is("Jefe", "what do ya want for nothing?",
                      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  assert_true(hmac_is(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
                      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

// The value that the kernel documentation and fsverity-utils give for an empty file.
void digest_of_nothing_is_the_published_one(void**) {
  assert_true(same(to_hex(fs_verity({})), "3d248ca542a24fc62d1c43b916eae5016878e2533c88238480b26128a1f1af95"));
}

void tree_is_right_around_every_boundary(void**) {
  constexpr std::size_t kBlock = PM_BLOCK_SIZE, kFull = 128 * kBlock;
  for (const std::size_t size : {std::size_t{1}, kBlock - 1, kBlock, kBlock + 1, kFull - 1, kFull, kFull + 1, 2 * kFull,
                                 128 * kFull, 128 * kFull + 1})
    assert_true(tree_is_right(pattern(size)));
}

// Blocks of zeros take a short cut; the tree must not notice.
void zeros_are_hashed_like_everything_else(void**) {
  for (const std::size_t size : {std::size_t{4096}, std::size_t{8192}, std::size_t{128 * 4096 + 1}})
    assert_true(tree_is_right(Bytes(size)));
}

void pieces_of_any_size_give_one_digest(void**) {
  for (const std::size_t piece : {1u, 7u, 4095u, 4096u, 4097u, 100000u}) assert_true(pieces_do_not_matter(piece));
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(sha256_matches_fips_180),
      cmocka_unit_test(sha256_agrees_with_mbedtls),
      cmocka_unit_test(every_kernel_hashes_blocks_each_by_itself),
      cmocka_unit_test(hmac_matches_rfc_4231),
      cmocka_unit_test(digest_of_nothing_is_the_published_one),
      cmocka_unit_test(tree_is_right_around_every_boundary),
      cmocka_unit_test(zeros_are_hashed_like_everything_else),
      cmocka_unit_test(pieces_of_any_size_give_one_digest),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
