// SPDX-License-Identifier: Apache-2.0
//
// PMS211: an attribute or pragma takes PAC or BTI from functions. The note of the object file still claims both.
#include <fmt/format.h>

#include "engine/clang_headers.h"
#include "engine/gcc_options.h"
#include "engine/source_context.h"
#include "rules/source_rule.h"

namespace proofmark::analyze {
namespace {

struct Needed {
  bool bti = false, pac = false;
};

Needed needed(const EffectiveFlags& effective) {
  return {effective.has_macro("__ARM_FEATURE_BTI_DEFAULT"), effective.has_macro("__ARM_FEATURE_PAC_DEFAULT")};
}

// "PAC and BTI" for "branch-protection=none"; empty when nothing is lost or the text is about something else.
std::string lost_by(llvm::StringRef target, const Needed& need) {
  const size_t at = target.find("branch-protection=");
  if (at == llvm::StringRef::npos) return "";
  const llvm::StringRef value = target.substr(at + strlen("branch-protection=")).split(',').first;
  if (value.contains("standard")) return "";
  const bool loses_pac = need.pac && !value.contains("pac-ret"), loses_bti = need.bti && !value.contains("bti");
  if (loses_pac && loses_bti) return "PAC and BTI";
  return loses_pac ? "PAC" : loses_bti ? "BTI" : "";
}

constexpr std::string_view kCure = "remove branch-protection from it";

void on_decl(const clang::Decl& decl, SourceContext& context) {
  const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  const auto* attribute = decl.getAttr<clang::TargetAttr>();
  if (function == nullptr || attribute == nullptr || attribute->isInherited()) return;
  const std::string lost = lost_by(attribute->getFeaturesStr(), needed(context.effective()));
  if (lost.empty()) return;
  context.report(kPms211TargetBranchProtection, attribute->getLocation(),
                 fmt::format("attribute target takes {} from '{}' under {}; the object's note still claims both", lost,
                             function->getNameAsString(), context.effective().compiler.describe()),
                 std::string(kCure));
}

void on_facts(const SourceFacts& facts, SourceContext& context) {
  if (!context.for_gcc()) return;  // Clang 19 ignores the pragma
  for (const OptionRegion& region : gcc_option_regions(facts, "target")) {
    const std::string lost = lost_by(region.pragma->text, needed(context.effective()));
    if (lost.empty()) continue;
    const std::string functions = functions_in(region, context);
    context.report(
        kPms211TargetBranchProtection, region.pragma->where,
        fmt::format("pragma takes {} from {} under {}; the object's note still claims both", lost,
                    functions.empty() ? "the functions after it" : functions, context.effective().compiler.describe()),
        std::string(kCure));
  }
}

}  // namespace

constinit const SourceRule kPms211TargetBranchProtection = {
    .info = {"PMS211", "target-branch-protection", "No attribute or pragma takes PAC or BTI from functions.",
             report::Level::kMust, 693},
    .on_decl = on_decl,
    .on_facts = on_facts};

}  // namespace proofmark::analyze
