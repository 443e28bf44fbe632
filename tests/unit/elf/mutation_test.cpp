// SPDX-License-Identifier: Apache-2.0
//
// Damages real files at random but repeatably and audits each, functions and layers included: objects with DWARF and
// relocations of both machines, and a stripped program, whose functions come from its unwind table. No damage may
// crash or hang the audit. A build with -fsanitize=address sees what a crash does not show.
#include <chrono>
#include <random>

#include "../report/check.h"
#include "elf/audit.h"
#include "report/file.h"

namespace proofmark::test {
namespace {

using Random = std::mt19937_64;

constexpr unsigned kRounds = 20000;  // for each file, unless the time runs out
constexpr std::chrono::seconds kLimit{10};

std::size_t below(Random& random, std::size_t limit) {
  return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit);
}

// Headers and tables are at the ends of a file: half of the damage goes there.
std::size_t place(Random& random, std::size_t size) {
  const std::size_t edge = std::min<std::size_t>(size, 2048);
  switch (random() % 4) {
    case 0:
      return below(random, std::min<std::size_t>(size, 256));
    case 1:
      return size - 1 - below(random, edge);
    default:
      return below(random, size);
  }
}

void damage(Random& random, std::string& bytes) {
  constexpr std::uint64_t kExtremes[] = {0,          1,          0x7f,       0x80,       0xff,      0xffff,
                                         0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, ~0ULL,     ~0ULL >> 1U,
                                         4096,       65536,      1ULL << 40, ~0ULL - 7,  1ULL << 63};
  const std::size_t at = place(random, bytes.size());
  switch (random() % 4) {
    case 0:
      bytes[at] = static_cast<char>(random());
      break;
    case 1: {
      const std::uint64_t value = kExtremes[below(random, std::size(kExtremes))];
      const std::size_t width = std::size_t{1} << below(random, 4);
      for (std::size_t i = 0; i < width && at + i < bytes.size(); ++i)
        bytes[at + i] = static_cast<char>(value >> (8 * i));
      break;
    }
    case 2: {
      const std::size_t from = place(random, bytes.size()), size = below(random, 64);
      const std::string part = bytes.substr(from, size);
      bytes.replace(at, std::min(part.size(), bytes.size() - at), part.substr(0, bytes.size() - at));
      break;
    }
    default:
      if (random() % 8 == 0) bytes.resize(std::max<std::size_t>(at, 64));
  }
}

unsigned audited = 0, judged = 0;

void audit(std::string bytes) {
  ++audited;
  const auto file = elf::ElfFile::from_bytes(std::move(bytes), "f");
  if (!file) return;
  elf::AuditOptions options;
  options.layers = true;
  options.today = report::today();
  const auto result = elf::audit_elf(*file, options);
  if (result && !result->functions.empty()) ++judged;
}

template <const char* const& path>
std::string survives() {
  const auto whole = report::read_file(path);
  if (!whole) return whole.error().message;
  audited = judged = 0;
  audit(*whole);
  std::string wrong = holds(judged == 1, std::string("the functions of ") + path);
  const auto end = std::chrono::steady_clock::now() + kLimit;
  for (unsigned round = 0; round < kRounds && std::chrono::steady_clock::now() < end; ++round) {
    Random random(round);
    std::string bytes = *whole;
    for (std::uint64_t count = 1 + random() % 6; count > 0; --count) damage(random, bytes);
    audit(std::move(bytes));
  }
  // Damage that is refused at once tests nothing: most of it must reach the functions.
  return wrong + holds(judged > audited / 4,
                       std::to_string(judged) + " of " + std::to_string(audited) + " reach the functions");
}

const char* const kObjectAmd64 = ELF_OBJECT_AMD64;
const char* const kObjectArm64 = ELF_OBJECT_ARM64;
const char* const kStripped = ELF_STRIPPED;

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<survives<kObjectAmd64>>("survives_damaged_amd64_objects"),
                              named<survives<kObjectArm64>>("survives_damaged_arm64_objects"),
                              named<survives<kStripped>>("survives_damaged_stripped_programs")};
  return cmocka_run_group_tests_name("ELF mutations", tests, nullptr, nullptr);
}
