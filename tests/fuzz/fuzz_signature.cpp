// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target for keys and signatures, above all those of HSS-LMS, whose lengths follow from type codes inside them. An input
// is the algorithm (one byte, below), the size of the key (one byte, in units of four), the key and the signature. Nothing
// may be read outside of them, and nothing is good: the message is none that any signature of the corpus is over.
#include <proofmark/verify.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

constexpr int32_t kAlgorithms[] = {PM_HSS_LMS, PM_ES256, PM_ES384, PM_PS256};
constexpr uint8_t kMessage[] = "nobody has signed this";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  pm_trust_key key = {};
  key.algorithm = kAlgorithms[data[0] % 4];
  // 65 and 97 bytes of a point are no multiples of four.
  const size_t wanted = size_t{data[1]} * 4 + (key.algorithm == PM_ES256 || key.algorithm == PM_ES384 ? 1 : 0);
  key.size = static_cast<uint32_t>(std::min({wanted, size - 2, sizeof key.key}));
  std::memcpy(key.key, data + 2, key.size);
  // A copy of its own, so that the sanitizer sees a byte that is read beyond it.
  const std::vector<uint8_t> signature(data + 2 + key.size, data + size);
  if (pm_check_signature(&key, {kMessage, sizeof kMessage}, {signature.data(), signature.size()}) == 0) std::abort();
  return 0;
}
