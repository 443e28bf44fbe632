// SPDX-License-Identifier: Apache-2.0
//
// GCC's options in the source; see gcc_options.h.
#include "engine/gcc_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "compile/options.h"
#include "engine/gcc_attributes.h"

namespace proofmark::analyze {
namespace {

struct KnownLoss {
  std::string_view option, lost;
  bool (*matters)(const EffectiveFlags&);
};

constexpr KnownLoss kLosses[] = {
    {"no-stack-protector", "the stack canary",
     [](const auto& e) { return e.stack_protector != StackProtector::kNone; }},
    {"stack-protector", "the canary of every function without a large character array",
     [](const auto& e) { return e.stack_protector > StackProtector::kPlain; }},
    {"no-stack-clash-protection", "the probes of large stack frames",
     [](const auto& e) { return e.stack_clash_protection; }},
    {"trivial-auto-var-init=uninitialized", "the initialisation of locals",
     [](const auto& e) { return e.auto_var_init != "uninitialized"; }},
    {"no-wrapv", "the defined result of a signed overflow", [](const auto& e) { return e.defined_overflow; }},
    {"delete-null-pointer-checks", "null checks after a dereference",
     [](const auto& e) { return e.keeps_null_checks; }},
    {"strict-aliasing", "accesses through pointers of another type", [](const auto& e) { return !e.strict_aliasing; }},
};

// The quoted strings of "GCC optimize ( \"O2\" , \"no-stack-protector\" )".
std::vector<std::string> quoted_strings(std::string_view text) {
  std::vector<std::string> strings;
  for (size_t at = text.find('"'); at != std::string_view::npos; at = text.find('"', at)) {
    const size_t end = text.find('"', at + 1);
    if (end == std::string_view::npos) break;
    strings.emplace_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return strings;
}

bool takes_canary(const std::vector<std::string>& options, const EffectiveFlags& effective) {
  const auto losses = lost_by_options(options, effective);
  return std::ranges::any_of(losses, [](const OptionLoss& loss) { return loss.option == "-fno-stack-protector"; });
}

}  // namespace

std::vector<std::string> split_gcc_options(const std::vector<std::string>& arguments) {
  std::vector<std::string> options;
  for (const std::string& argument : arguments) {
    llvm::SmallVector<llvm::StringRef, 4> parts;
    llvm::StringRef(argument).split(parts, ',', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef part : parts) {
      part = part.trim();
      if (!part.consume_front("-f")) part.consume_front("-");
      // A bare number is a level.
      options.push_back(!part.empty() && llvm::isDigit(part.front()) ? "O" + part.str() : part.str());
    }
  }
  return options;
}

std::vector<OptionLoss> lost_by_options(const std::vector<std::string>& options, const EffectiveFlags& effective) {
  std::vector<OptionLoss> losses;
  for (const std::string& option : options)
    for (const KnownLoss& known : kLosses)
      if (known.option == option && known.matters(effective))
        losses.push_back({"-f" + option, std::string(known.lost)});
  return losses;
}

bool stops_optimising(const std::vector<std::string>& options) {
  // The last level wins.
  bool stops = false;
  for (const std::string& option : options)
    if (option.starts_with("O")) stops = option == "O0";
  return stops;
}

std::string describe_losses(const std::vector<OptionLoss>& losses) {
  std::string text;
  for (const OptionLoss& loss : losses)
    text += fmt::format("{}{} ({})", text.empty() ? "" : " and ", loss.lost, loss.option);
  return text;
}

std::vector<OptionRegion> gcc_option_regions(const SourceFacts& facts, std::string_view kind) {
  std::vector<OptionRegion> regions;
  std::vector<size_t> open, stack;  // indices of regions in force; how many were, at each push_options
  const auto close = [&](size_t keep, clang::SourceLocation where) {
    for (; open.size() > keep; open.pop_back()) regions[open.back()].end = where;
  };
  for (const PragmaFact& pragma : facts.pragmas) {
    if (pragma.text == "GCC push_options") stack.push_back(open.size());
    if (pragma.text == "GCC pop_options" && !stack.empty()) {
      close(stack.back(), pragma.where);
      stack.pop_back();
    }
    if (pragma.text == "GCC reset_options") close(0, pragma.where);
    if (!pragma.text.starts_with(fmt::format("GCC {} ", kind))) continue;
    open.push_back(regions.size());
    regions.push_back({&pragma, {}, split_gcc_options(quoted_strings(pragma.text))});
  }
  return regions;
}

bool region_holds(const OptionRegion& region, clang::SourceLocation where, const SourceContext& context) {
  const clang::SourceManager& sources = context.sources();
  if (!sources.isBeforeInTranslationUnit(region.pragma->where, where)) return false;
  return region.end.isInvalid() || sources.isBeforeInTranslationUnit(where, region.end);
}

std::string functions_in(const OptionRegion& region, const SourceContext& context) {
  constexpr size_t kNamed = 3;
  std::string text;
  size_t count = 0;
  for (const clang::Decl* decl : context.tree().getTranslationUnitDecl()->decls()) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (function == nullptr || !function->isThisDeclarationADefinition() ||
        !context.in_project(function->getLocation()) || !region_holds(region, function->getLocation(), context))
      continue;
    if (++count <= kNamed) text += fmt::format("{}'{}'", text.empty() ? "" : ", ", function->getNameAsString());
  }
  return count <= kNamed ? text : text + fmt::format(" and {} more", count - kNamed);
}

bool applied_by_pragma(const clang::Attr& attribute, const SourceContext& context) {
  const report::Location place = context.place(attribute.getLocation());
  return std::ranges::any_of(context.facts().pragmas, [&](const PragmaFact& pragma) {
    if (!pragma.text.starts_with("clang attribute")) return false;
    const report::Location other = context.place(pragma.where);
    return other.line == place.line && other.file == place.file;
  });
}

bool loses_canary(const clang::FunctionDecl& function, const SourceContext& context) {
  const auto* attribute = function.getAttr<clang::NoStackProtectorAttr>();
  if (!context.for_gcc()) return attribute != nullptr;
  if (attribute != nullptr && !applied_by_pragma(*attribute, context)) return true;
  for (const GccAttribute& own : all_gcc_attributes(function))
    if (own.name == "optimize" && takes_canary(split_gcc_options(own.arguments), context.effective())) return true;
  for (const OptionRegion& region : gcc_option_regions(context.facts(), "optimize"))
    if (takes_canary(region.options, context.effective()) && region_holds(region, function.getLocation(), context))
      return true;
  return false;
}

}  // namespace proofmark::analyze
