// SPDX-License-Identifier: Apache-2.0
//
// PMS437: letters of other scripts that look like Latin ones make two names of what a reader takes for one (CVE-2021-42694).
// Invisible characters do the same.
#include <algorithm>

#include "engine/raw_tokens.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {
namespace {

// Cyrillic and Greek letters that common fonts draw like Latin ones.
constexpr char32_t kLookalikes[] = {
    0x0405, 0x0406, 0x0408, 0x0410, 0x0412, 0x0415, 0x041A, 0x041C, 0x041D, 0x041E, 0x0420, 0x0421, 0x0422, 0x0425,
    0x0430, 0x0435, 0x043E, 0x0440, 0x0441, 0x0443, 0x0445, 0x0455, 0x0456, 0x0458, 0x04BB, 0x0501, 0x0391, 0x0392,
    0x0395, 0x0396, 0x0397, 0x0399, 0x039A, 0x039C, 0x039D, 0x039F, 0x03A1, 0x03A4, 0x03A5, 0x03A7, 0x03BF};
constexpr char32_t kInvisible[] = {0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF};

// The code points; a byte that is not UTF-8 counts as itself.
std::u32string decode(std::string_view bytes) {
  std::u32string points;
  for (size_t i = 0; i < bytes.size();) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (length == 1 || i + length > bytes.size()) {
      points += first;
      ++i;
      continue;
    }
    char32_t point = first & (0xFFU >> (length + 1));
    for (size_t k = 1; k < length; ++k) point = point << 6 | (static_cast<unsigned char>(bytes[i + k]) & 0x3FU);
    points += point;
    i += length;
  }
  return points;
}

bool is_lookalike(char32_t point) {
  return std::ranges::find(kLookalikes, point) != std::end(kLookalikes);
}
bool is_invisible(char32_t point) {
  return std::ranges::find(kInvisible, point) != std::end(kInvisible);
}

// A whole word of another script has letters that nobody takes for Latin ones, and is not meant.
bool is_confusable(const std::u32string& name) {
  return std::ranges::any_of(name, is_lookalike) &&
         std::ranges::all_of(name, [](char32_t point) { return point < 0x80 || is_lookalike(point); });
}

void judge(clang::FileID file, SourceContext& context) {
  const std::string_view text = file_text(file, context);
  if (std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return;
  for (const RawToken& token : raw_tokens(file, context)) {
    if (!token.identifier && !token.unknown) continue;
    const std::u32string points = decode(token.text);
    if (std::ranges::any_of(points, is_invisible))
      context.report(kPms437ConfusableIdentifier, token.where, "there is an invisible character in the program's text",
                     "remove it");
    else if (token.identifier && is_confusable(points))
      context.report(kPms437ConfusableIdentifier, token.where,
                     "'" + std::string(token.text) + "' holds letters of another script that look like Latin ones",
                     "spell it with Latin letters");
  }
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  for (clang::FileID file : facts.project_files) judge(file, context);
}

}  // namespace

constinit const SourceRule kPms437ConfusableIdentifier = {
    .info = {"PMS437", "confusable-identifier", "No name looks like another name.", report::Level::kMust, 1007},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
