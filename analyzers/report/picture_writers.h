// SPDX-License-Identifier: Apache-2.0
//
// The whole picture (join.h) as text, JSON, SARIF and one HTML page. File names, symbols and messages come from files
// that an attacker may have written: no writer lets them act as terminal escapes, JSON or markup.
#pragma once

#include <filesystem>
#include <string>

#include "report/join.h"

namespace proofmark::report {

// What was lost, by layer, then what is not covered, then a summary; at most 100 columns unless a name is longer.
std::string picture_to_text(const Picture& picture, bool colour);

// docs/report.schema.json, sorted, and the same for the same layers: there is no time in it.
std::string picture_to_json(const Picture& picture);

// Every finding of all layers and the report's own, through the SARIF writer that the other verbs use.
std::string picture_to_sarif(const Picture& picture, const std::filesystem::path& root);

struct HtmlOptions {
  // Source lines are shown of files below this folder only, so that a layers file can't make a report publish others.
  std::filesystem::path source_root;
};

// A page that loads nothing, runs only its own script, and can be read without it.
std::string picture_to_html(const Picture& picture, const HtmlOptions& options);

}  // namespace proofmark::report
