// SPDX-License-Identifier: Apache-2.0
//
// Extensions of the instruction set: encodings as GNU as 2.40 writes them, and what a board may say.
#include "elf/isa.h"
#include "../report/check.h"

namespace proofmark::test {
namespace {

std::string feature_of(std::uint32_t word) {
  const auto feature = elf::arm64_feature(word);
  return feature ? std::string(elf::feature_name(*feature)) : "";
}

struct Word {
  std::uint32_t word;
  std::string_view feature;
};

std::string tells_extensions_by_their_words() {
  constexpr Word kWords[] = {
      {0x4e284800, "aes"},      // aese v0.16b, v0.16b
      {0x0ee0e000, "aes"},      // pmull v0.1q, v0.1d, v0.1d
      {0x5e024020, "sha2"},     // sha256h q0, q1, v2.4s
      {0x5e282820, "sha2"},     // sha256su0 v0.4s, v1.4s
      {0xce608000, "sha3"},     // sha512h q0, q0, v0.2d
      {0xce020c20, "sha3"},     // eor3 v0.16b, v1.16b, v2.16b, v3.16b
      {0x1ac14000, "crc"},      // crc32b w0, w0, w1
      {0x9ac15c00, "crc"},      // crc32cx w0, w0, x1
      {0xb8200000, "lse"},      // ldadd w0, w0, [x0]
      {0x88e07c41, "lse"},      // casa w0, w1, [x2]
      {0x08207c00, "lse"},      // casp w0, w1, w0, w1, [x0]
      {0xb8bfc000, "rcpc"},     // ldapr w0, [x0]
      {0xd65f0bff, "pauth"},    // retaa
      {0xd73f0800, "pauth"},    // blraa x0, x0
      {0x4e809400, "dotprod"},  // sdot v0.4s, v0.16b, v0.16b
      {0x04e0e3e0, "sve"},      // cntd x0
  };
  std::string wrong;
  for (const Word& one : kWords) wrong += same(feature_of(one.word), one.feature);
  return wrong;
}

std::string leaves_the_baseline_alone() {
  constexpr std::uint32_t kWords[] = {
      0xd503233f,  // paciasp
      0xd50323bf,  // autiasp
      0xd503245f,  // bti c
      0xa9bf7bfd,  // stp x29, x30, [sp, #-16]!
      0x885f7c00,  // ldxr w0, [x0]
      0xc8207c20,  // stxp w0, x0, x31, [x1]
      0x88dffc00,  // ldar w0, [x0]
      0x9b017c00,  // mul x0, x0, x1
      0x1ac10800,  // udiv w0, w0, w1
      0xf8616800,  // ldr x0, [x0, x1]
      0x4e228400,  // add v0.16b, v0.16b, v2.16b
      0x1e622820,  // fadd d0, d1, d2
      0x2e228c20,  // cmeq v0.8b, v1.8b, v2.8b
      0x0e20e020,  // pmull v0.8h, v1.8b, v0.8b
      0xd65f03c0,  // ret
      0xd63f0000,  // blr x0
  };
  std::string wrong;
  for (const std::uint32_t word : kWords) wrong += same(feature_of(word), "");
  return wrong;
}

std::string levels_hold_what_is_below_them() {
  using enum elf::Feature;
  const auto v1 = elf::allowed_features("x86-64-v1", {}), v3 = elf::allowed_features("x86-64-v3", {"aes"});
  const auto a72 = elf::allowed_features("armv8-a", {"crc"}), n1 = elf::allowed_features("armv8.2-a", {"dotprod"});
  if (!v1 || !v3 || !a72 || !n1) return "an error for what is known";
  return holds(v1->empty(), "v1 is the baseline") +
         holds(v3->contains(kSse42) && v3->contains(kAvx2) && !v3->contains(kAvx512) && v3->contains(kAes),
               "v3 and aes") +
         holds(a72->contains(kCrc) && !a72->contains(kArmSha2) && !a72->contains(kLse), "no crypto in a plain A72") +
         holds(n1->contains(kLse) && n1->contains(kDotprod) && !n1->contains(kSve), "8.2 and dotprod");
}

std::string unknown_words_are_errors() {
  return same(error_of(elf::allowed_features("armv8", {})), "unknown instruction set \"armv8\"") +
         same(error_of(elf::allowed_features("armv8-a", {"crypto"})), "unknown instruction set feature \"crypto\"");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<tells_extensions_by_their_words>("tells_extensions_by_their_words"),
                              named<leaves_the_baseline_alone>("leaves_the_baseline_alone"),
                              named<levels_hold_what_is_below_them>("levels_hold_what_is_below_them"),
                              named<unknown_words_are_errors>("unknown_words_are_errors")};
  return cmocka_run_group_tests_name("instruction sets", tests, nullptr, nullptr);
}
