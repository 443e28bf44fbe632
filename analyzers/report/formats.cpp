// SPDX-License-Identifier: Apache-2.0
//
// The table of formats, and where their output goes.
#include "report/formats.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "report/ci_writers.h"
#include "report/file.h"
#include "report/sarif_writer.h"
#include "report/text_writer.h"

namespace proofmark::report {
namespace {

struct Format {
  std::string_view name;
  std::string (*write)(const Review& review, bool colour);
};

constexpr Format kFormats[] = {
    {"text", [](const Review& review, bool colour) { return to_text(review, {.colour = colour}); }},
    {"sarif", [](const Review& review, bool) { return to_sarif(review); }},
    {"json", [](const Review& review, bool) { return to_json(review); }},
    {"gitlab", [](const Review& review, bool) { return to_gitlab(review); }},
    {"junit", [](const Review& review, bool) { return to_junit(review); }},
    {"github", [](const Review& review, bool) { return to_github(review); }},
    {"html", [](const Review& review, bool) { return to_html(review); }},
};

// Other steps of the job write to the same file.
Result<void> append(const std::string& file, std::string_view text) {
  std::FILE* const stream = std::fopen(file.c_str(), "a");
  if (stream == nullptr) return tl::unexpected(Error{fmt::format("{}: can't be opened", file), {}});
  const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
  const bool closed = std::fclose(stream) == 0;
  if (written && closed) return {};
  return tl::unexpected(Error{fmt::format("{}: can't write", file), {}});
}

}  // namespace

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::string render(const Review& review, std::string_view format, bool colour) {
  return std::ranges::find(kFormats, format, &Format::name)->write(review, colour);
}

Result<void> put_out(std::string_view text, const std::string& file) {
  if (!file.empty()) return write_file(file, text);
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return {};
  return tl::unexpected(Error{"standard output: can't write", {}});
}

Result<void> emit(const Review& review, std::string_view format, const std::string& file) {
  if (auto written = put_out(render(review, format, file.empty() && wants_colour(stdout)), file); !written)
    return written;
  const char* const summary = std::getenv("GITHUB_STEP_SUMMARY");
  if (format != "github" || summary == nullptr || *summary == '\0') return {};
  return append(summary, to_markdown(review));
}

}  // namespace proofmark::report
