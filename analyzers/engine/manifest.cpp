// SPDX-License-Identifier: Apache-2.0
//
// The text form of manifests; see manifest.h.
#include "engine/manifest.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

constexpr size_t kMaxSets = 8;
constexpr std::string_view kCost = "cost ";
constexpr std::string_view kSet = "set ";

// "PREFIX NUMBER\n" from the front of `text`.
std::optional<size_t> take_number(std::string_view& text, std::string_view prefix) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(prefix)) return std::nullopt;
  size_t number = 0;
  const auto [stop, error] = std::from_chars(text.data() + prefix.size(), text.data() + end, number);
  if (error != std::errc() || stop != text.data() + end) return std::nullopt;
  text.remove_prefix(end + 1);
  return number;
}

}  // namespace

void Manifest::add(std::string set) {
  std::erase(sets, set);
  sets.insert(sets.begin(), std::move(set));
  sets.resize(std::min(sets.size(), kMaxSets));
}

std::string manifest_to_text(const Manifest& manifest) {
  std::string out = fmt::format("{}{}\n", kCost, manifest.cost_ms);
  for (const std::string& set : manifest.sets) out += fmt::format("{}{}\n{}", kSet, set.size(), set);
  return out;
}

std::optional<Manifest> manifest_from_text(std::string_view text) {
  Manifest manifest;
  const auto cost = take_number(text, kCost);
  if (!cost) return std::nullopt;
  manifest.cost_ms = static_cast<unsigned>(std::min<size_t>(*cost, UINT32_MAX));
  while (!text.empty()) {
    const auto size = take_number(text, kSet);
    if (!size || *size > text.size() || manifest.sets.size() == kMaxSets) return std::nullopt;
    manifest.sets.emplace_back(text.substr(0, *size));
    text.remove_prefix(*size);
  }
  return manifest;
}

}  // namespace proofmark::analyze
