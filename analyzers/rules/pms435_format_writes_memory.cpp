// SPDX-License-Identifier: Apache-2.0
//
// PMS435: "%n" makes printf write to memory. It is what turns a format string that an attacker controls into any write.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/format_text.h"

namespace proofmark::analyze {
namespace {

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  for (const auto* attribute : callee.specific_attrs<clang::FormatAttr>()) {
    if (attribute->getType()->getName() != "printf" || attribute->getFormatIdx() < 1) continue;
    const auto format = literal_text(argument(call, static_cast<unsigned>(attribute->getFormatIdx()) - 1));
    if (!format) continue;
    const auto pieces = split_format(*format);
    if (std::ranges::none_of(pieces, [](const FormatPiece& piece) { return piece.conversion == 'n'; })) continue;
    context.report(kPms435FormatWritesMemory, call.getBeginLoc(), std::string(name) + " is told to write memory by %n",
                   "take the length from the function's result");
  }
}

}  // namespace

constinit const SourceRule kPms435FormatWritesMemory = {
    .info = {"PMS435", "format-writes-memory", "No format writes to memory.", report::Level::kMust, 134},
    .on_call = on_call};

}  // namespace proofmark::analyze
