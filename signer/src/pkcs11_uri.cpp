// SPDX-License-Identifier: Apache-2.0
//
// See pkcs11_uri.h. The grammar is that of RFC 7512 section 2.3, read by splitting.
#include "pkcs11_uri.h"

#include <charconv>
#include <set>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

constexpr std::string_view kScheme = "pkcs11:";

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    unsigned value = 0;
    if (text.size() - i < 3) return std::nullopt;
    const char* end = text.data() + i + 3;
    if (const auto [stop, code] = std::from_chars(text.data() + i + 1, end, value, 16);
        code != std::errc() || stop != end)
      return std::nullopt;
    out.push_back(static_cast<char>(value));
    i += 2;
  }
  return out;
}

struct Attribute {
  std::string name, value;
};

Result<std::vector<Attribute>> split(std::string_view text, char separator, const std::string& subject) {
  std::vector<Attribute> attributes;
  std::set<std::string> seen;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const std::size_t equals = part.find('=');
    auto value = equals == std::string_view::npos ? std::nullopt : percent_decoded(part.substr(equals + 1));
    const std::string name(part.substr(0, equals));
    if (!value)
      return usage(subject, fmt::format("not a PKCS #11 URI: \"{}\" has no proper value", name),
                   "pkcs11:token=NAME;object=NAME, with %xx for every character that is special (RFC 7512)");
    if (!seen.insert(name).second) return usage(subject, fmt::format("the URI says {} twice", name));
    attributes.push_back({name, std::move(*value)});
  }
  return attributes;
}

Result<void> take_type(const std::string& value, const std::string& subject) {
  if (value == "private" || value == "public" || value == "cert") return {};
  return usage(subject, fmt::format("the URI names no signing key (expected type=private, found type={})", value));
}

Result<void> take_slot(const std::string& value, Pkcs11Uri& uri, const std::string& subject) {
  unsigned long slot = 0;
  const char* end = value.data() + value.size();
  if (const auto [stop, code] = std::from_chars(value.data(), end, slot); code != std::errc() || stop != end)
    return usage(subject, "the URI has a slot-id that is no number");
  uri.slot = slot;
  return {};
}

Result<void> take_path(const Attribute& attribute, Pkcs11Uri& uri, const std::string& subject) {
  const auto& [name, value] = attribute;
  if (name == "token") return uri.token = value, Result<void>{};
  if (name == "manufacturer") return uri.manufacturer = value, Result<void>{};
  if (name == "serial") return uri.serial = value, Result<void>{};
  if (name == "model") return uri.model = value, Result<void>{};
  if (name == "object") return uri.object = value, Result<void>{};
  if (name == "id") return uri.id = value, Result<void>{};
  if (name == "type") return take_type(value, subject);
  if (name == "slot-id") return take_slot(value, uri, subject);
  return usage(subject, fmt::format("the URI has an attribute that is not supported: {}", name),
               "supported are token, manufacturer, serial, model, slot-id, object, id and type");
}

Result<void> take_query(const Attribute& attribute, Pkcs11Uri& uri, const std::string& subject) {
  const auto& [name, value] = attribute;
  if (name == "module-path") return uri.module_path = value, Result<void>{};
  if (name == "pin-value")
    return usage(subject, "the URI holds a PIN (pin-value), which every user of this machine can read",
                 "change the PIN; give it with --pin-prompt, --pin-file FILE, --pin-env NAME or pin-source=file:PATH");
  if (name == "pin-source") {
    constexpr std::string_view kFile = "file:";
    uri.pin_file = value.starts_with(kFile) ? value.substr(kFile.size()) : value;
    if (uri.pin_file.starts_with("//localhost/")) uri.pin_file.erase(0, std::string_view("//localhost").size());
    if (uri.pin_file.starts_with("///")) uri.pin_file.erase(0, 2);
    if (!uri.pin_file.starts_with("/") || uri.pin_file.starts_with("//"))
      return usage(subject, "the URI has a pin-source that is no file (expected file:/PATH)");
    return {};
  }
  return usage(subject, fmt::format("the URI has an attribute that is not supported: {}", name),
               "supported are module-path and pin-source");
}

}  // namespace

bool is_pkcs11_uri(const std::string& name) {
  return name.starts_with(kScheme);
}

Result<Pkcs11Uri> parse_pkcs11_uri(const std::string& text) {
  const std::string subject = text.substr(0, text.find('?'));
  const std::string_view path = std::string_view(subject).substr(kScheme.size());
  const std::string query = subject.size() < text.size() ? text.substr(subject.size() + 1) : "";
  const auto path_attributes = split(path, ';', subject);
  if (!path_attributes) return tl::unexpected(path_attributes.error());
  const auto query_attributes = split(query, '&', subject);
  if (!query_attributes) return tl::unexpected(query_attributes.error());
  Pkcs11Uri uri;
  for (const auto& attribute : *path_attributes)
    if (auto done = take_path(attribute, uri, subject); !done) return tl::unexpected(done.error());
  for (const auto& attribute : *query_attributes)
    if (auto done = take_query(attribute, uri, subject); !done) return tl::unexpected(done.error());
  return uri;
}

}  // namespace proofmark::sign
