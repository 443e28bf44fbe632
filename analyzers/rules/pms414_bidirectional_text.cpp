// SPDX-License-Identifier: Apache-2.0
//
// PMS414: characters that turn the direction of text let a line read otherwise than the compiler reads it
// (CVE-2021-42574). GCC 12 has -Wbidi-chars, Clang has no warning.
#include "engine/raw_tokens.h"
#include "engine/source_facts.h"

namespace proofmark::analyze {
namespace {

// U+202A to U+202E and U+2066 to U+2069, in UTF-8.
const char* name_of(std::string_view bytes) {
  if (bytes.size() < 3 || bytes[0] != '\xE2') return nullptr;
  static constexpr const char* kEmbeddings[] = {"U+202A left-to-right embedding", "U+202B right-to-left embedding",
                                                "U+202C pop directional formatting", "U+202D left-to-right override",
                                                "U+202E right-to-left override"};
  static constexpr const char* kIsolates[] = {"U+2066 left-to-right isolate", "U+2067 right-to-left isolate",
                                              "U+2068 first strong isolate", "U+2069 pop directional isolate"};
  const auto last = static_cast<unsigned char>(bytes[2]);
  if (bytes[1] == '\x80' && last >= 0xAA && last <= 0xAE) return kEmbeddings[last - 0xAA];
  if (bytes[1] == '\x81' && last >= 0xA6 && last <= 0xA9) return kIsolates[last - 0xA6];
  return nullptr;
}

void judge(clang::FileID file, SourceContext& context) {
  const std::string_view text = file_text(file, context);
  const clang::SourceLocation start = context.sources().getLocForStartOfFile(file);
  for (size_t at = text.find('\xE2'); at != std::string_view::npos; at = text.find('\xE2', at + 1)) {
    const char* name = name_of(text.substr(at));
    if (name == nullptr) continue;
    context.report(
        kPms414BidirectionalText, start.getLocWithOffset(static_cast<int>(at)),
        std::string("the text changes direction here: ") + name + ", so that it reads otherwise than it runs",
        "remove the character; in a string write it as an escape");
    at = std::min(text.find('\n', at), text.size() - 1);  // once a line
  }
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  for (clang::FileID file : facts.project_files) judge(file, context);
}

}  // namespace

constinit const SourceRule kPms414BidirectionalText = {
    .info = {"PMS414", "bidirectional-text", "No character changes the direction of the source text.",
             report::Level::kMust, 1007},
    .on_facts = on_facts};

}  // namespace proofmark::analyze
