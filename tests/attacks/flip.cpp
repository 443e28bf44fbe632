// SPDX-License-Identifier: Apache-2.0
//
// Takes a signed file that is accepted, and tries every small change: each byte flipped (in all eight bits with --all-bits,
// else in one), the file cut at every length, and a byte appended. Every one must be refused. Runs in one process, so that
// thousands of verifications are affordable under emulation.
//
//   proofmark-test-flip [--all-bits] [--check-only] FILE...
#include <proofmark/verify.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

namespace {

using Bytes = std::vector<uint8_t>;

struct View {
  const uint8_t* bytes;
  size_t size;
};

int view_size(void* context, uint64_t* size) {
  *size = static_cast<View*>(context)->size;
  return 0;
}

int view_read(void* context, uint64_t offset, void* buffer, size_t length) {
  std::memcpy(buffer, static_cast<View*>(context)->bytes + offset, length);
  return 0;
}

pm_trust test_trust() {
  pm_trust trust = {};
  trust.version = PM_TRUST_VERSION;
  trust.flags = PM_TRUST_ALLOW_TEST_KEYS | PM_TRUST_ALLOW_UNPROVEN | PM_TRUST_ANY_BOARD | PM_TRUST_ANY_MACHINE;
  trust.keys = pm_trust_keys;
  trust.key_count = pm_trust_key_count;
  trust.threshold = 1;
  trust.role = PM_ROLE_PROGRAM;
  trust.kinds = PM_KINDS_ALL;
  return trust;
}

pm_verdict verify(View view) {
  static pm_scratch scratch;
  static pm_result result;
  const pm_trust trust = test_trust();
  const pm_io io = {&view, view_size, view_read};
  return pm_verify(&io, &trust, &scratch, &result);
}

// Counts refusals by number; an acceptance is reported with what was done to the file.
class Tally {
 public:
  void expect_refusal(View view, const char* change, size_t where) {
    const pm_verdict verdict = verify(view);
    ++counts_[verdict];
    if (verdict != PM_ACCEPTED) return;
    std::fprintf(stderr, "ACCEPTED after %s at %zu\n", change, where);
    ++accepted_;
  }

  bool print(const char* file) const {
    std::printf("%s:", file);
    size_t total = 0;
    for (const auto& [verdict, count] : counts_) {
      std::printf(" %u:%zu", static_cast<unsigned>(verdict), count);
      total += count;
    }
    std::printf(" | %zu changes, %zu accepted\n", total, accepted_);
    return accepted_ == 0 && total != 0;
  }

 private:
  std::map<pm_verdict, size_t> counts_;
  size_t accepted_ = 0;
};

void flip_every_byte(Bytes* bytes, bool all_bits, Tally* tally) {
  for (size_t i = 0; i < bytes->size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      if (!all_bits && bit != i % 8) continue;
      (*bytes)[i] ^= static_cast<uint8_t>(1u << bit);
      tally->expect_refusal({bytes->data(), bytes->size()}, "flipping a bit", i);
      (*bytes)[i] ^= static_cast<uint8_t>(1u << bit);
    }
  }
}

void cut_everywhere(const Bytes& bytes, Tally* tally) {
  for (size_t size = 0; size < bytes.size(); ++size) {
    tally->expect_refusal({bytes.data(), size}, "cutting the end off", size);
    tally->expect_refusal({bytes.data() + bytes.size() - size, size}, "cutting the start off", size);
  }
}

bool attack(const char* path, bool all_bits, bool check_only) {
  std::ifstream in(path, std::ios::binary);
  Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const pm_verdict untouched = verify({bytes.data(), bytes.size()});
  if (untouched != PM_ACCEPTED) {
    std::fprintf(stderr, "%s: refused untouched: %s (PM-E%u)\n", path, pm_verdict_text(untouched),
                 static_cast<unsigned>(untouched));
    return false;
  }
  if (check_only) return std::printf("%s: accepted\n", path) > 0;
  Tally tally;
  flip_every_byte(&bytes, all_bits, &tally);
  cut_everywhere(bytes, &tally);
  bytes.push_back(0);
  tally.expect_refusal({bytes.data(), bytes.size()}, "appending a byte", bytes.size());
  bytes.pop_back();
  if (verify({bytes.data(), bytes.size()}) != PM_ACCEPTED) return false;
  return tally.print(path);
}

}  // namespace

int main(int count, char** arguments) {
  bool all_bits = false;
  bool check_only = false;
  bool good = count > 1;
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--all-bits") == 0) {
      all_bits = true;
    } else if (std::strcmp(arguments[i], "--check-only") == 0) {
      check_only = true;
    } else {
      good = attack(arguments[i], all_bits, check_only) && good;
    }
  }
  return good ? 0 : 1;
}
