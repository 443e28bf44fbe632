// SPDX-License-Identifier: Apache-2.0
//
// Recorded toolchains; see toolchain_file.h.
#include "compile/toolchain_file.h"

#include <fmt/format.h>

#include "report/file.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;

std::string text_of(const json& question) {
  return question.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

report::Result<ToolchainFile> ToolchainFile::load(const std::filesystem::path& file) {
  const auto read = report::read_json(file);
  if (!read) return tl::unexpected(read.error());
  const auto refuse = [&](std::string_view why) {
    return tl::unexpected(report::Error{fmt::format("{}: not a recorded toolchain: {}", file.string(), why),
                                        "such files are written by `proofmark check --record-toolchain FILE`"});
  };
  if (!read->is_object() || read->value("proofmark_toolchain", json()) != kFormat)
    return refuse("unknown version (expected 1)");
  const json answers = read->value("answers", json());
  if (!answers.is_array()) return refuse("\"answers\" is not an array");
  ToolchainFile result;
  for (const json& entry : answers) {
    if (!entry.is_object() || !entry.contains("question") || entry.contains("answer") == entry.contains("error"))
      return refuse("an entry has no question, or not one answer");
    if (entry.contains("error") && !entry["error"].is_string()) return refuse("an error is not a string");
    result.entries_.insert_or_assign(text_of(entry["question"]), entry);
  }
  return result;
}

report::Result<void> ToolchainFile::save(const std::filesystem::path& file) const {
  json answers = json::array();
  for (const auto& [text, entry] : entries_) answers.push_back(entry);
  return report::write_file(file, report::dump_json({{"proofmark_toolchain", kFormat}, {"answers", answers}}));
}

std::optional<report::Result<json>> ToolchainFile::find(const Question& question) const {
  const auto found = entries_.find(text_of(question.identity()));
  if (found == entries_.end()) return std::nullopt;
  const json& entry = found->second;
  if (entry.contains("answer")) return entry["answer"];
  return tl::unexpected(report::Error{entry["error"].get<std::string>(), ""});
}

void ToolchainFile::add(const Question& question, const report::Result<json>& answer) {
  json entry{{"question", question.identity()}};
  if (answer) {
    entry["answer"] = *answer;
  } else {
    entry["error"] = answer.error().message;
  }
  entries_.insert_or_assign(text_of(question.identity()), std::move(entry));
}

}  // namespace proofmark::analyze
