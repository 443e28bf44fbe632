// SPDX-License-Identifier: Apache-2.0
//
// Envelopes; see cache_entry.h.
#include "engine/cache_entry.h"

#include <fmt/format.h>

#include "report/digest.h"
#include "report/hmac.h"

namespace proofmark::analyze {
namespace {

std::string title(const EntryName& name) {
  return fmt::format("proofmark-cache 1 {} {} ", entry_kind_name(name.kind), name.key);
}

std::string check_value(const std::string& title, std::string_view content, std::string_view secret) {
  const std::string covered = title + std::string(content);
  return secret.empty() ? report::sha256_hex(covered) : report::hmac_sha256_hex(secret, covered);
}

}  // namespace

std::string_view entry_kind_name(EntryKind kind) {
  switch (kind) {
    case EntryKind::kManifest:
      return "manifest";
    case EntryKind::kResult:
      return "result";
    case EntryKind::kFunctions:
      return "functions";
  }
  return "";
}

std::string seal_entry(const EntryName& name, std::string_view content, std::string_view secret) {
  const std::string first = title(name);
  return fmt::format("{}{}\n{}", first, check_value(first, content, secret), content);
}

std::optional<std::string_view> open_entry(const EntryName& name, std::string_view sealed, std::string_view secret) {
  const std::string first = title(name);
  const size_t end = sealed.find('\n');
  if (end == std::string_view::npos || !sealed.starts_with(first)) return std::nullopt;
  const std::string_view found = sealed.substr(first.size(), end - first.size());
  const std::string_view content = sealed.substr(end + 1);
  if (!report::is_same_secret(found, check_value(first, content, secret))) return std::nullopt;
  return content;
}

}  // namespace proofmark::analyze
