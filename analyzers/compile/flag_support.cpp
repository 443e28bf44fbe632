// SPDX-License-Identifier: Apache-2.0
//
// The table of versions; see flag_support.h. docs/rules/PMT002.md shows it, a test holds it against installed compilers.
#include "compile/flag_support.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

// Clang accepted -ftrivial-auto-var-init=zero since 8, but until 16 only with a second flag that said it would be removed.
// Both compilers accept -fstack-clash-protection for every target, and do nothing for those they lack.
constexpr std::array kSupport = {
    FlagSupport{"-D_FORTIFY_SOURCE=3", "", {12}, {9}},
    FlagSupport{"-fstack-protector-strong", "", {4, 9}, {3, 5}},
    FlagSupport{"-fstack-clash-protection", "x86_64", {8}, {11}},
    FlagSupport{"-fstack-clash-protection", "aarch64", {8}, {18}},
    FlagSupport{"-fcf-protection=full", "x86_64", {8}, {7}},
    FlagSupport{"-mbranch-protection=standard", "aarch64", {9}, {8}},
    FlagSupport{"-ftrivial-auto-var-init=zero", "", {12}, {16}},
    FlagSupport{"-fno-delete-null-pointer-checks", "", {3}, {7}},
    FlagSupport{"-fstrict-flex-arrays=3", "", {13}, {16}},
    FlagSupport{"-ffile-prefix-map=", "", {8}, {10}},
};

int minor_of(const Compiler& compiler) {
  int minor = 0;
  const size_t dot = compiler.version.find('.');
  if (dot != std::string::npos)
    std::from_chars(compiler.version.data() + dot + 1, compiler.version.data() + compiler.version.size(), minor);
  return minor;
}

}  // namespace

std::string Since::text() const {
  return minor == 0 ? fmt::format("{}", major) : fmt::format("{}.{}", major, minor);
}

std::span<const FlagSupport> flag_support() {
  return kSupport;
}

std::optional<std::string> lacks_flag(const Compiler& compiler, std::string_view flag) {
  const auto is_it = [&](const FlagSupport& one) { return one.flag == flag; };
  if (std::ranges::none_of(kSupport, is_it)) return std::nullopt;
  for (const FlagSupport& one : kSupport) {
    if (!is_it(one) || !compiler.target.starts_with(one.machine)) continue;
    const Since& since = compiler.kind == CompilerKind::kGcc ? one.gcc : one.clang;
    if (std::tuple(compiler.major, minor_of(compiler)) >= std::tuple(since.major, since.minor)) return std::nullopt;
    return fmt::format("since GCC {} / Clang {}", one.gcc.text(), one.clang.text());
  }
  return fmt::format("not for {}", compiler.target);
}

}  // namespace proofmark::analyze
