// SPDX-License-Identifier: Apache-2.0
//
// PMS215: a function is taken out of a sanitizer that the unit is built with. In firmware those are the trapping ones
// (-fsanitize=bounds, signed-integer-overflow, cfi, shadow-call-stack): protections, not tests.
#include <algorithm>

#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_attributes.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

std::vector<std::string> requested_sanitizers(const SourceContext& context) {
  std::vector<std::string> names;
  for (const std::string& flag : context.unit().flags) {
    llvm::StringRef list = flag;
    if (!list.consume_front("-fsanitize=")) continue;
    llvm::SmallVector<llvm::StringRef, 4> parts;
    list.split(parts, ',');
    for (const llvm::StringRef part : parts) names.push_back(part.str());
  }
  return names;
}

// "undefined" and "all" hold others, on either side.
bool concerns(llvm::StringRef name, const std::vector<std::string>& requested) {
  const bool group = name == "all" || name == "undefined";
  return std::ranges::any_of(requested, [&](const std::string& other) {
    return other == name.str() || (group && other != "address" && other != "thread") || other == "undefined";
  });
}

void say(const clang::FunctionDecl& function, clang::SourceLocation where, std::string_view lost,
         SourceContext& context) {
  context.report(kPms215NoSanitize, where,
                 fmt::format("attribute takes '{}' out of {}", function.getNameAsString(), lost),
                 "remove the attribute and cure what the sanitizer reports");
}

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  if (function == nullptr || !decl.hasAttrs()) return;
  const std::vector<std::string> requested = requested_sanitizers(context);
  for (const auto* attribute : decl.specific_attrs<clang::NoSanitizeAttr>())
    for (const llvm::StringRef name : attribute->sanitizers())
      if (!attribute->isInherited() && concerns(name, requested))
        say(*function, attribute->getLocation(), fmt::format("-fsanitize={}", name.str()), context);
  const auto* all = decl.getAttr<clang::DisableSanitizerInstrumentationAttr>();
  if (all != nullptr && !all->isInherited() && !requested.empty() && !context.for_gcc())
    say(*function, all->getLocation(), "every sanitizer", context);
  const auto* hooks = decl.getAttr<clang::NoInstrumentFunctionAttr>();
  if (hooks != nullptr && !hooks->isInherited() && context.has_flag("-finstrument-functions"))
    say(*function, hooks->getLocation(), "-finstrument-functions", context);
  for (const GccAttribute& attribute : gcc_attributes(decl))
    if (context.for_gcc() && attribute.name == "no_sanitize_undefined" && concerns("undefined", requested))
      say(*function, attribute.where, "-fsanitize=undefined", context);
}

}  // namespace

constinit const SourceRule kPms215NoSanitize = {
    .info = {"PMS215", "no-sanitize", "No attribute takes a function out of a sanitizer that the unit is built with.",
             report::Level::kShould, 693},
    .on_decl = on_decl};

}  // namespace proofmark::analyze
