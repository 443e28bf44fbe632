// SPDX-License-Identifier: Apache-2.0
//
// Names, levels and arm64 encodings (Arm ARM DDI 0487, C4.1; x86-64 psABI 1.0, 3.1.1). Instructions in the hint space
// (paciasp, bti) do nothing on processors that lack them and so need no feature.
#include "elf/isa.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace proofmark::elf {
namespace {

using enum Feature;

struct Name {
  Feature feature;
  std::string_view name;
};
constexpr std::array kNames{
    Name{kSse3, "sse3"},     Name{kSsse3, "ssse3"}, Name{kSse41, "sse4.1"},    Name{kSse42, "sse4.2"},
    Name{kPopcnt, "popcnt"}, Name{kCx16, "cx16"},   Name{kAvx, "avx"},         Name{kAvx2, "avx2"},
    Name{kBmi, "bmi"},       Name{kBmi2, "bmi2"},   Name{kF16c, "f16c"},       Name{kFma, "fma"},
    Name{kLzcnt, "lzcnt"},   Name{kMovbe, "movbe"}, Name{kAvx512, "avx512"},   Name{kAes, "aes"},
    Name{kPclmul, "pclmul"}, Name{kSha, "sha"},     Name{kAdx, "adx"},         Name{kRdrnd, "rdrnd"},
    Name{kRdseed, "rdseed"}, Name{kRtm, "rtm"},     Name{kSse4a, "sse4a"},     Name{kXop, "xop"},
    Name{kFma4, "fma4"},     Name{kTbm, "tbm"},     Name{kArmAes, "aes"},      Name{kArmSha2, "sha2"},
    Name{kArmSha3, "sha3"},  Name{kArmSm4, "sm4"},  Name{kCrc, "crc"},         Name{kLse, "lse"},
    Name{kRdm, "rdm"},       Name{kFp16, "fp16"},   Name{kDotprod, "dotprod"}, Name{kRcpc, "rcpc"},
    Name{kJscvt, "jscvt"},   Name{kPauth, "pauth"}, Name{kSve, "sve"},         Name{kSme, "sme"}};

// Each level has what the ones before it in its family have.
struct LevelOfIsa {
  std::string_view name;
  Feature last;  // amd64: in the order of the enumeration
};
constexpr std::array kAmd64{LevelOfIsa{"x86-64-v2", kCx16}, LevelOfIsa{"x86-64-v3", kMovbe},
                            LevelOfIsa{"x86-64-v4", kAvx512}};

struct ArmLevel {
  std::string_view name;
  std::array<Feature, 3> adds;
};
constexpr std::array kArm64{ArmLevel{"armv8.1-a", {kCrc, kLse, kRdm}},
                            ArmLevel{"armv8.2-a", {kCrc, kLse, kRdm}},
                            ArmLevel{"armv8.3-a", {kPauth, kRcpc, kJscvt}},
                            ArmLevel{"armv8.4-a", {kDotprod, kDotprod, kDotprod}},
                            ArmLevel{"armv8.5-a", {kDotprod, kDotprod, kDotprod}},
                            ArmLevel{"armv9-a", {kSve, kSve, kFp16}}};

bool add_level(std::string_view isa, std::set<Feature>& allowed) {
  if (isa == "x86-64-v1" || isa == "armv8-a") return true;
  for (const LevelOfIsa& level : kAmd64) {
    if (level.name != isa) continue;
    for (const Name& name : kNames) {
      if (name.feature <= level.last) allowed.insert(name.feature);
    }
    return true;
  }
  const auto found = std::ranges::find(kArm64, isa, &ArmLevel::name);
  if (found == kArm64.end()) return false;
  for (auto level = kArm64.begin(); level <= found; ++level) allowed.insert(level->adds.begin(), level->adds.end());
  return true;
}

struct Encoding {
  std::uint32_t mask, value;
  Feature feature;
};
constexpr Encoding kEncodings[] = {
    {0xFFFFCC00, 0x4E284800, kArmAes},   // AESE, AESD, AESMC, AESIMC
    {0xBFE0FC00, 0x0EE0E000, kArmAes},   // PMULL of 64 bits
    {0xFFE08C00, 0x5E000000, kArmSha2},  // SHA1C ... SHA256SU1
    {0xFFFFCC00, 0x5E280800, kArmSha2},  // SHA1H, SHA1SU1, SHA256SU0
    {0xFFE0F000, 0xCE608000, kArmSha3},  // SHA512H, SHA512H2, SHA512SU1, RAX1
    {0xFFFFFC00, 0xCEC08000, kArmSha3},  // SHA512SU0
    {0xFFC08000, 0xCE000000, kArmSha3},  // EOR3, BCAX: bit 21 tells which
    {0xFFE00000, 0xCE800000, kArmSha3},  // XAR
    {0xFFE08000, 0xCE400000, kArmSm4},   // SM3SS1, SM3TT
    {0xFFE0F000, 0xCE60C000, kArmSm4},   // SM3PARTW, SM4EKEY
    {0xFFFFFC00, 0xCEC08400, kArmSm4},   // SM4E
    {0x7FE0E000, 0x1AC04000, kCrc},      // CRC32B ... CRC32CX
    {0x3FFFFC00, 0x38BFC000, kRcpc},     // LDAPR
    {0x3F200C00, 0x38200000, kLse},      // LDADD, LDCLR, SWP ...
    {0x3FA07C00, 0x08A07C00, kLse},      // CAS
    {0xBFA07C00, 0x08207C00, kLse},      // CASP
    {0xBF20F400, 0x2E008400, kRdm},      // SQRDMLAH, SQRDMLSH
    {0x9FA0FC00, 0x0E809400, kDotprod},  // SDOT, UDOT
    {0xFFFFFC00, 0x1E7E0000, kJscvt},    // FJCVTZS
    {0xFFFFFBFF, 0xD65F0BFF, kPauth},    // RETAA, RETAB
    {0xFEDFF800, 0xD61F0800, kPauth},    // BRAAZ, BRABZ, BLRAAZ, BLRABZ and the forms with a modifier
    {0xFF200400, 0xF8200400, kPauth},    // LDRAA, LDRAB
    {0xFFFF8000, 0xDAC10000, kPauth},    // PACIA ... XPACD
    {0xFF20FC00, 0x1EE00800, kFp16},     // FMUL and its like on half precision
    {0x1E000000, 0x04000000, kSve},      //
    {0x9E000000, 0x80000000, kSme},      //
};

}  // namespace

std::string_view feature_name(Feature feature) {
  const auto found = std::ranges::find(kNames, feature, &Name::feature);
  return found == kNames.end() ? "?" : found->name;
}

report::Result<std::set<Feature>> allowed_features(std::string_view isa, const std::set<std::string_view>& features) {
  std::set<Feature> allowed;
  if (!add_level(isa, allowed)) {
    return tl::unexpected(report::Error{fmt::format("unknown instruction set \"{}\"", isa), {}});
  }
  for (const std::string_view word : features) {
    bool known = false;
    for (const Name& name : kNames) {
      if (name.name != word) continue;
      allowed.insert(name.feature);
      known = true;
    }
    if (!known) return tl::unexpected(report::Error{fmt::format("unknown instruction set feature \"{}\"", word), {}});
  }
  return allowed;
}

std::optional<Feature> arm64_feature(std::uint32_t word) {
  for (const Encoding& encoding : kEncodings) {
    if ((word & encoding.mask) == encoding.value) return encoding.feature;
  }
  return std::nullopt;
}

}  // namespace proofmark::elf
