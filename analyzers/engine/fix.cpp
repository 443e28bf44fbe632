// SPDX-License-Identifier: Apache-2.0
//
// The JSON form of fixes; see fix.h.
#include "engine/fix.h"

#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/json_reader.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

// As numbers: texts are UTF-8, and paths in them are given other names for the cache. The bytes of an edit are to stay.
json bytes_to_json(const std::string& text) {
  json bytes = json::array();
  for (const char c : text) bytes.push_back(static_cast<std::uint8_t>(c));
  return bytes;
}

void read_bytes(report::JsonReader& reader, const json& edit, std::string& text) {
  for (const json& byte : reader.list(edit, "bytes")) {
    if (!byte.is_number_unsigned() || byte.get<std::uint64_t>() > UINT8_MAX) return reader.fail("\"bytes\" are none");
    text += static_cast<char>(byte.get<std::uint8_t>());
  }
}

json edit_to_json(const Edit& edit) {
  return {{"file", edit.file},
          {"offset", edit.offset},
          {"length", edit.length},
          {"bytes", bytes_to_json(edit.text)},
          {"sha256", edit.sha256}};
}

}  // namespace

json fix_to_json(const Fix& fix) {
  json edits = json::array();
  for (const Edit& edit : fix.edits) edits.push_back(edit_to_json(edit));
  return {{"rule", fix.rule},           {"message", fix.message}, {"file", fix.where.file},   {"line", fix.where.line},
          {"column", fix.where.column}, {"refusal", fix.refusal}, {"edits", std::move(edits)}};
}

report::Result<Fix> fix_from_json(const json& object, std::string_view origin) {
  report::JsonReader reader;
  Fix fix;
  fix.rule = reader.text(object, "rule");
  fix.message = reader.text(object, "message");
  fix.where = {reader.text(object, "file"), reader.number<unsigned>(object, "line"),
               reader.number<unsigned>(object, "column")};
  fix.refusal = reader.text(object, "refusal");
  for (const json& one : reader.list(object, "edits")) {
    Edit& edit = fix.edits.emplace_back();
    edit.file = reader.text(one, "file");
    edit.offset = reader.number<unsigned>(one, "offset");
    edit.length = reader.number<unsigned>(one, "length");
    edit.sha256 = reader.text(one, "sha256");
    read_bytes(reader, one, edit.text);
  }
  if (reader.problem().empty()) return fix;
  return tl::unexpected(report::Error{fmt::format("{}: not a fix: {}", origin, reader.problem()), ""});
}

}  // namespace proofmark::analyze
