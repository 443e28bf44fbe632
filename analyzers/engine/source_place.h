// SPDX-License-Identifier: Apache-2.0
//
// Clang's source locations as the report's. Line markers are not believed: a "#line" in hostile or generated code must
// not move a finding to a file that a waiver covers.
#pragma once

#include <filesystem>
#include <string>

#include "report/finding.h"

namespace clang {
class SourceLocation;
class SourceManager;
}  // namespace clang

namespace proofmark::analyze {

class SourcePlaces {
 public:
  // `directory`: what relative file names are relative to.
  SourcePlaces(const clang::SourceManager& sources, std::filesystem::path directory)
      : sources_(sources), directory_(std::move(directory)) {}

  // A location inside a macro is where the macro is used.
  report::Location at(clang::SourceLocation location) const;

 private:
  const clang::SourceManager& sources_;
  std::filesystem::path directory_;
};

}  // namespace proofmark::analyze
