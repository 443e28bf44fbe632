// SPDX-License-Identifier: Apache-2.0
//
// PMS409: strcpy and its kind write as much as the source has, not as much as the destination holds. What provably fits
// is not reported: a literal into a larger array, numbers printed into an array that holds their longest form.
#include <algorithm>

#include "engine/expressions.h"
#include "engine/format_text.h"

namespace proofmark::analyze {
namespace {

// Bytes of the array that the expression names whole; nothing for pointers.
std::optional<uint64_t> array_bytes(const clang::Expr* expr, const SourceContext& context) {
  if (expr == nullptr) return {};
  const clang::QualType type = expr->IgnoreParenCasts()->getType();
  const auto* array = context.tree().getAsConstantArrayType(type);
  return array == nullptr ? std::nullopt : std::optional(context.tree().getTypeSizeInChars(type).getQuantity());
}

std::optional<uint64_t> longest_print(const clang::CallExpr& call) {
  const auto format = literal_text(argument(call, 1));
  if (!format) return {};
  uint64_t total = 0;
  unsigned next = 2;
  for (const FormatPiece& piece : split_format(*format)) {
    auto size = piece.longest;
    if (piece.conversion == 's' && !size)
      if (const auto text = literal_text(argument(call, next))) size = std::max<uint64_t>(text->size(), piece.width);
    if (!size || piece.stars != 0) return {};
    total += *size;
    if (piece.takes_argument()) ++next;
  }
  return total;
}

// Of the copied text without its null byte; nothing when it is not known.
std::optional<uint64_t> longest_text(const clang::CallExpr& call, std::string_view name) {
  if (name == "sprintf") return longest_print(call);
  if (name != "strcpy" && name != "stpcpy") return {};
  const auto text = literal_text(argument(call, 1));
  return text ? std::optional<uint64_t>(text->size()) : std::nullopt;
}

void on_call(const clang::CallExpr& call, const clang::FunctionDecl& callee, std::string_view name,
             SourceContext& context) {
  static constexpr std::string_view kNames[] = {"strcpy", "stpcpy", "strcat",   "wcscpy", "wcscat",
                                                "wcpcpy", "getwd",  "vsprintf", "sprintf"};
  if (!is_one_of(name, kNames) || !is_library_call(callee, context)) return;
  const auto room = array_bytes(argument(call, 0), context);
  const auto text = longest_text(call, name);
  if (room && text && *text < *room) return;
  context.report(kPms409UnboundedCopy, call.getBeginLoc(),
                 std::string(name) + " writes as much as its input has, whatever the destination holds",
                 "use snprintf or strlcpy with the destination's size, and check the result");
}

}  // namespace

constinit const SourceRule kPms409UnboundedCopy = {
    .info = {"PMS409", "unbounded-copy", "No text is copied without a bound.", report::Level::kShould, 120},
    .on_call = on_call};

}  // namespace proofmark::analyze
