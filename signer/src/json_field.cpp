// SPDX-License-Identifier: Apache-2.0
//
// Typed access to JSON without exceptions.
#include "json_field.h"

#include <algorithm>

#include <fmt/format.h>

#include "proofmark/sign/files.h"

namespace proofmark::sign {
namespace {

using nlohmann::json;

const json kNoObject = json::object();
const json kNoArray = json::array();

const char* type_text(json::value_t type) {
  switch (type) {
    case json::value_t::object:
      return "an object";
    case json::value_t::array:
      return "an array";
    case json::value_t::string:
      return "a string";
    case json::value_t::boolean:
      return "true or false";
    default:
      return "a non-negative whole number";
  }
}

}  // namespace

Result<json> read_json(const std::filesystem::path& path, const std::string& what) {
  constexpr std::size_t kMaxSize = 256u << 20;
  const auto text = read_text(path, kMaxSize);
  if (!text) return tl::unexpected(text.error());
  json value = json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return unknown(path.string(), fmt::format("bad {}: not JSON", what));
  if (!value.is_object()) return unknown(path.string(), fmt::format("bad {}: not a JSON object", what));
  return value;
}

const json* FieldReader::find(const json& in, const char* key, json::value_t type) {
  const auto found = in.is_object() ? in.find(key) : in.end();
  if (found == in.end()) {
    complain(fmt::format("\"{}\" is missing", key));
    return nullptr;
  }
  if (found->type() != type) {
    complain(fmt::format("\"{}\" is not {}", key, type_text(type)));
    return nullptr;
  }
  return &*found;
}

const json& FieldReader::object(const json& in, const char* key) {
  const json* value = find(in, key, json::value_t::object);
  return value != nullptr ? *value : kNoObject;
}

const json& FieldReader::array(const json& in, const char* key) {
  const json* value = find(in, key, json::value_t::array);
  return value != nullptr ? *value : kNoArray;
}

std::string FieldReader::text(const json& in, const char* key) {
  const json* value = find(in, key, json::value_t::string);
  return value != nullptr ? value->get<std::string>() : std::string();
}

std::uint64_t FieldReader::number(const json& in, const char* key) {
  const json* value = find(in, key, json::value_t::number_unsigned);
  return value != nullptr ? value->get<std::uint64_t>() : 0;
}

bool FieldReader::boolean(const json& in, const char* key) {
  const json* value = find(in, key, json::value_t::boolean);
  return value != nullptr && value->get<bool>();
}

Digest FieldReader::digest(const json& in, const char* key) {
  const std::string hex = text(in, key);
  const auto digest = digest_from_hex(hex);
  if (!digest) complain(fmt::format("\"{}\" is not a SHA-256 digest (expected 64 hex digits, found \"{}\")", key, hex));
  return digest.value_or(Digest{});
}

std::string FieldReader::element(const json& value, const char* key) {
  if (value.is_string()) return value.get<std::string>();
  complain(fmt::format("\"{}\" holds something that is not a string", key));
  return {};
}

}  // namespace proofmark::sign
