// SPDX-License-Identifier: Apache-2.0
//
// Diagnostic pragmas; see diagnostic_pragmas.h.
#include "engine/diagnostic_pragmas.h"

#include <algorithm>

#include <fmt/format.h>

#include "report/policy.h"
#include "rules/warning_rule.h"

namespace proofmark::analyze {
namespace {

using Action = DiagnosticPragma::Action;

// GCC's name for what the policy lists under Clang's.
constexpr std::pair<std::string_view, std::string_view> kGccNames[] = {
    {"maybe-uninitialized", "uninitialized"},  {"stringop-overflow", "fortify-source"},
    {"stringop-truncation", "fortify-source"}, {"return-local-addr", "return-stack-address"},
    {"div-by-zero", "division-by-zero"},       {"sequence-point", "unsequenced"},
    {"format-truncation", "fortify-source"},   {"format-overflow", "fortify-source"},
};

std::string_view clang_name(std::string_view option) {
  for (const auto& [gcc, clang] : kGccNames)
    if (gcc == option) return clang;
  return option;
}

Action action_named(llvm::StringRef word) {
  if (word == "push") return Action::kPush;
  if (word == "pop") return Action::kPop;
  if (word == "ignored") return Action::kIgnored;
  return word == "warning" ? Action::kWarning : Action::kOther;
}

struct Errors {
  std::vector<std::string> policy, unit;
  bool all = false;  // the unit's blanket -Werror
  std::vector<std::string> spared;
};

Errors errors_of(const SourceContext& context) {
  Errors errors;
  errors.policy = enforced_warnings(context.policy());
  for (const std::string& flag : context.unit().flags) {
    if (flag == "-Werror") errors.all = true;
    if (flag == "-Wno-error") errors.all = false;
    if (flag.starts_with("-Werror=")) errors.unit.push_back(flag.substr(8));
    if (flag.starts_with("-Wno-error=")) {
      errors.spared.push_back(flag.substr(11));
      std::erase(errors.unit, flag.substr(11));
    }
  }
  return errors;
}

bool contains(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

std::vector<unsigned> members_of(std::string_view group) {
  llvm::SmallVector<clang::diag::kind, 64> members;
  clang::DiagnosticIDs().getDiagnosticsInGroup(clang::diag::Flavor::WarningOrError, llvm::StringRef(group), members);
  std::vector<unsigned> ids(members.begin(), members.end());
  std::ranges::sort(ids);
  return ids;
}

// Whether Clang's group `outer` holds all of `inner`.
bool reaches(const std::vector<unsigned>& outer, std::string_view inner) {
  const std::vector<unsigned> members = members_of(inner);
  return !members.empty() && std::ranges::includes(outer, members);
}

}  // namespace

std::vector<DiagnosticPragma> diagnostic_pragmas(const SourceFacts& facts) {
  std::vector<DiagnosticPragma> pragmas;
  for (const PragmaFact& fact : facts.pragmas) {
    llvm::StringRef text = fact.text;
    const bool only_clang = text.consume_front("clang diagnostic ");
    if (!only_clang && !text.consume_front("GCC diagnostic ")) continue;
    const auto [word, rest] = text.split(' ');
    llvm::StringRef option = rest;
    // Adjacent string literals are one; nobody writes them, save to hide.
    std::string joined;
    for (; option.contains('"'); option = option.split('"').second.split('"').second)
      joined += option.split('"').second.split('"').first;
    llvm::StringRef name = joined;
    name.consume_front("-W");
    pragmas.push_back({&fact, action_named(word), only_clang, name.str()});
  }
  return pragmas;
}

TouchedErrors touched_errors(const DiagnosticPragma& pragma, const SourceContext& context) {
  const Errors errors = errors_of(context);
  const std::string_view alias = clang_name(pragma.option);
  TouchedErrors touched;
  // The builder's view.
  const bool builder_obeys = !(context.for_gcc() && pragma.only_clang);
  const bool blanket = errors.all && !contains(errors.spared, pragma.option);
  const bool is_error = contains(errors.unit, pragma.option) || (blanket && pragma.option != "everything");
  // This check's view: the policy's list.
  if ((builder_obeys && is_error) || contains(errors.policy, alias)) touched.named.push_back(pragma.option);
  const std::vector<unsigned> members = members_of(pragma.option);
  const auto add_members = [&](const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (name == pragma.option || name == alias || contains(touched.members, name)) continue;
      if (pragma.option == "everything" || reaches(members, name)) touched.members.push_back(name);
    }
  };
  add_members(errors.policy);
  if (!context.for_gcc()) add_members(errors.unit);
  return touched;
}

std::string list_options(const std::vector<std::string>& options) {
  constexpr size_t kNamed = 3;
  std::string text;
  for (size_t i = 0; i < std::min(options.size(), kNamed); ++i)
    text += fmt::format("{}-W{}", i == 0 ? "" : ", ", options[i]);
  return options.size() <= kNamed ? text : text + fmt::format(" and {} more", options.size() - kNamed);
}

}  // namespace proofmark::analyze
