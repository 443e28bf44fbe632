// SPDX-License-Identifier: Apache-2.0
//
// PME021: no instruction that the board's processor lacks. One flag too many, or an archive built for a newer processor,
// is an illegal instruction in the field, perhaps on a path that no test takes.
#include <algorithm>

#include <fmt/format.h>

#include "elf/rules/function_list.h"
#include "elf/rules/rules.h"

namespace proofmark::elf {
namespace {

constexpr report::RuleInfo kInfo{"PME021", "instruction-set",
                                 "No function has an instruction that the board's processor lacks.",
                                 report::Level::kMust, 0};
constexpr std::size_t kShown = 8;

using nlohmann::json;

// "libc.a" for "libc.a(printf.o)".
std::string_view archive_of(std::string_view origin) {
  return origin.substr(0, origin.find('('));
}

bool matches(const json& pattern, std::string_view text) {
  if (!pattern.is_string()) return false;
  const std::string_view wanted = pattern.get_ref<const std::string&>();
  if (wanted.ends_with('*')) return text.starts_with(wanted.substr(0, wanted.size() - 1));
  return wanted == text;
}

// Code that asks the processor first: the policy names it, with a reason.
bool is_excused(const AuditInput& input, const ExaminedFunction& function) {
  if (input.options.policy == nullptr) return false;
  const json& allow = input.options.policy->parameter("PME021", "allow");
  if (!allow.is_array()) return false;
  return std::ranges::any_of(allow, [&](const json& entry) {
    if (!entry.is_object() || !entry.contains("reason")) return false;
    const auto origin = entry.find("origin"), symbol = entry.find("symbol");
    if (origin == entry.end() && symbol == entry.end()) return false;
    return (origin == entry.end() || matches(*origin, archive_of(function.origin))) &&
           (symbol == entry.end() || matches(*symbol, function.symbol.name));
  });
}

std::string describe(const AuditInput& input, const ExaminedFunction& function, Feature feature, GElf_Addr address) {
  const GElf_Xword left = function.symbol.address + function.symbol.size - address;
  const auto lines = input.functions->scanner->disassemble(address, input.code->at_address(address, left), 1);
  return fmt::format("{} needs {}: {}", function.title(), feature_name(feature), lines.empty() ? "?" : lines.front());
}

std::set<std::string_view> words_of(const json& list) {
  std::set<std::string_view> words;
  for (const json& word : list) {
    if (word.is_string()) words.insert(word.get_ref<const std::string&>());
  }
  return words;
}

Outcome check(const AuditInput& input) {
  if (input.options.board == nullptr) return Outcome::not_applicable("no board was given");
  const json& isa = input.options.board->get("isa");
  if (!isa.is_string()) return Outcome::not_applicable("the board does not say what its processor has (\"isa\")");
  if (input.functions == nullptr) return must_be_examined(input);
  const auto allowed =
      allowed_features(isa.get_ref<const std::string&>(), words_of(input.options.board->get("features")));
  if (!allowed) return Outcome::fail(fmt::format("board {}: {}", input.options.board->name(), allowed.error().message));
  std::vector<Problem> problems;
  std::size_t excused = 0;
  for (const ExaminedFunction& function : input.functions->all) {
    for (const auto& [feature, address] : function.facts.features) {
      if (allowed->contains(feature)) continue;
      if (is_excused(input, function)) {
        ++excused;
      } else if (problems.size() < kShown) {
        problems.push_back({describe(input, function, feature, address),
                            "compile for the board's processor; for code that asks it first, add the function to the "
                            "policy's parameters.PME021.allow with a reason"});
      }
    }
  }
  if (!problems.empty()) return Outcome::fail(std::move(problems));
  return Outcome::pass(fmt::format("{} functions fit {}; {} uses behind run-time detection are allowed by the policy",
                                   input.functions->all.size(), isa.get<std::string>(), excused));
}

}  // namespace

const ElfRule kPme021{kInfo, check};

}  // namespace proofmark::elf
