// SPDX-License-Identifier: Apache-2.0
//
// Extensions of the instruction set, by the names that compilers use for them (-march=...+NAME, -mNAME).
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

#include "report/finding.h"

namespace proofmark::elf {

enum class Feature : std::uint8_t {
  // amd64, beyond x86-64-v1
  kSse3,
  kSsse3,
  kSse41,
  kSse42,
  kPopcnt,
  kCx16,  // v2
  kAvx,
  kAvx2,
  kBmi,
  kBmi2,
  kF16c,
  kFma,
  kLzcnt,
  kMovbe,   // v3
  kAvx512,  // v4
  kAes,
  kPclmul,
  kSha,
  kAdx,
  kRdrnd,
  kRdseed,
  kRtm,
  kSse4a,
  kXop,
  kFma4,
  kTbm,
  // arm64, beyond armv8-a
  kArmAes,
  kArmSha2,
  kArmSha3,
  kArmSm4,
  kCrc,
  kLse,
  kRdm,
  kFp16,
  kDotprod,
  kRcpc,
  kJscvt,
  kPauth,
  kSve,
  kSme,
};

// "sha2"; aes is one name on both machines.
std::string_view feature_name(Feature feature);

// What `isa` ("x86-64-v2", "armv8.2-a") and `features` ("aes", "sha2") of a board allow on a machine. An unknown word is
// an error: a misspelt one must not open the gate.
report::Result<std::set<Feature>> allowed_features(std::string_view isa, const std::set<std::string_view>& features);

// Of an arm64 instruction; none when every armv8-a has it.
std::optional<Feature> arm64_feature(std::uint32_t word);

}  // namespace proofmark::elf
