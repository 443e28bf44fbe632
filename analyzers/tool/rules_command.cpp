// SPDX-License-Identifier: Apache-2.0
//
// `rules` lists every rule, or what can be fixed; `explain RULE` prints its page.
#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "report/file.h"
#include "report/review.h"
#include "rules/safe_fix.h"
#include "rules/unit_rules.h"
#include "tool/commands.h"
#include "tool/output.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using report::ExitCode;

ExitCode list_rules() {
  for (const report::RuleInfo& rule : all_rules()) {
    const std::string cwe = rule.cwe == 0 ? "" : fmt::format("CWE-{}", rule.cwe);
    fmt::print("{}  {:<28} {:<8}  {:<8}  {}\n", rule.id, rule.name, report::level_name(rule.default_level), cwe,
               rule.summary);
  }
  return ExitCode::kYes;
}

ExitCode list_fixes() {
  for (const SafeFix& fix : safe_fixes()) fmt::print("{}  {:<47} {}\n", fix.rule, fix.name, fix.what);
  return ExitCode::kYes;
}

// "pmf003" and "stack-protector-strong" both name PMF003.
std::string rule_id(std::string word) {
  for (const report::RuleInfo& rule : all_rules())
    if (word == rule.name) return std::string(rule.id);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return word;
}

ExitCode explain(const std::string& word) {
  const std::string id = rule_id(word);
  // The word becomes a file name.
  const bool is_name = std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  const fs::path page = report::default_rule_pages() / (id + ".md");
  if (!is_name || !fs::exists(page))
    return fail({fmt::format("{}: no such rule", word), "proofmark rules lists them"}, ExitCode::kUsage);
  const auto text = report::read_file(page);
  if (!text) return fail(text.error());
  fmt::print("{}", *text);
  for (const SafeFix& fix : safe_fixes())
    if (fix.rule == id) fmt::print("\n`check --fix` cures {}: {}\n", fix.name, fix.what);
  return ExitCode::kYes;
}

}  // namespace

Action add_rules(CLI::App& verb) {
  auto fixes = std::make_shared<bool>(false);
  verb.add_flag("--fixes", *fixes, "list what `check --fix` cures, and how");
  return [fixes] { return *fixes ? list_fixes() : list_rules(); };
}

Action add_explain(CLI::App& verb) {
  auto word = std::make_shared<std::string>();
  verb.add_option("RULE", *word, "id or name of a rule")->required();
  return [word] { return explain(*word); };
}

}  // namespace proofmark::analyze
