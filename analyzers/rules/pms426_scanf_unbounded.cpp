// SPDX-License-Identifier: Apache-2.0
//
// PMS426: "%s" and "%[" of scanf without a width write as long as the input goes on.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/format_text.h"

namespace proofmark::analyze {
namespace {

bool is_unbounded(const FormatPiece& piece) {
  const bool text = piece.conversion == 's' || piece.conversion == '[' || piece.conversion == 'S';
  return text && !piece.has_width && piece.stars == 0 && !piece.allocates;
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kFirst[] = {"scanf", "vscanf", "__isoc99_scanf", "__isoc99_vscanf"};
  static constexpr std::string_view kSecond[] = {"fscanf",           "sscanf",          "vfscanf",
                                                 "vsscanf",          "__isoc99_fscanf", "__isoc99_sscanf",
                                                 "__isoc99_vfscanf", "__isoc99_vsscanf"};
  const bool first = is_one_of(name, kFirst);
  if ((!first && !is_one_of(name, kSecond)) || !is_library_call(callee, context)) return;
  const auto format = literal_text(argument(call, first ? 0 : 1));
  if (!format) return;
  const auto pieces = split_format(*format);
  if (std::ranges::none_of(pieces, is_unbounded)) return;
  context.report(kPms426ScanfUnbounded, call.getBeginLoc(),
                 std::string(name) + " reads a text without a width in \"" + *format + "\"",
                 "give a width one below the buffer's size: \"%15s\" for char[16]");
}

}  // namespace

constinit const SourceRule kPms426ScanfUnbounded = {
    .info = {"PMS426", "scanf-unbounded", "No text is scanned without a width.", report::Level::kMust, 120},
    .on_call = on_call};

}  // namespace proofmark::analyze
