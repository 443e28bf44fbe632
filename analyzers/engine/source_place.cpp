// SPDX-License-Identifier: Apache-2.0
//
// Source locations; see source_place.h.
#include "engine/source_place.h"

#include "engine/clang_headers.h"

namespace proofmark::analyze {

report::Location SourcePlaces::at(clang::SourceLocation location) const {
  report::Location place;
  if (location.isInvalid()) return place;
  const clang::SourceLocation in_file = sources_.getFileLoc(location);
  const llvm::StringRef name = sources_.getFilename(in_file);
  if (name.empty()) return place;
  place.file = (directory_ / name.str()).lexically_normal().string();
  place.line = sources_.getSpellingLineNumber(in_file);
  place.column = sources_.getSpellingColumnNumber(in_file);
  return place;
}

}  // namespace proofmark::analyze
