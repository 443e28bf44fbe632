// SPDX-License-Identifier: Apache-2.0
//
// Keys of units; see unit_key.h.
#include "engine/unit_key.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compile/answer_json.h"
#include "compile/launcher.h"
#include "compile/options.h"
#include "compile/question.h"
#include "engine/policy_context.h"
#include "engine/program_id.h"
#include "report/digest.h"
#include "report/file.h"
#include "rules/unit_rules.h"

extern char** environ;

namespace proofmark::analyze {
namespace {

using nlohmann::json;

constexpr int kFormat = 1;  // of what the key covers and of what is kept

// Rules on flags, toolchains and ELF files have no part in what the parse of a unit finds.
bool concerns_parse(std::string_view rule) {
  return rule == kPmt006GccNotHeard.id ||
         (!rule.starts_with("PMF") && !rule.starts_with("PMT") && !rule.starts_with("PME"));
}

// Where objects, dependency files and debug information go differs from board to board and changes no finding.
bool is_irrelevant(std::string_view flag) {
  return is_output_or_plugin(flag) ||
         matches_any(flag, {"-g", "-g0", "-g1", "-g2", "-g3", "-ggdb*", "-gdwarf*", "-gz*"}) ||
         flag.find("-prefix-map=") != std::string_view::npos;
}

// Clang's driver reads some of these itself: CPATH adds include paths, SOURCE_DATE_EPOCH is the value of __DATE__.
json compiler_environment(const Relocation& relocation) {
  json variables = json::object();
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view entry = *at;
    const std::string_view name = entry.substr(0, entry.find('='));
    if (name == "SOURCE_DATE_EPOCH" || is_compiler_variable(name))
      variables[std::string(name)] = relocation.fold(entry.substr(std::min(entry.size(), name.size() + 1)));
  }
  return variables;
}

json folded_flags(const Words& flags, const Relocation& relocation) {
  json kept = json::array();
  for (size_t i = 0; i < flags.size(); ++i) {
    const bool separate = takes_next_word(flags[i]) && i + 1 < flags.size();
    if (!is_irrelevant(flags[i])) {
      kept.push_back(relocation.fold(flags[i]));
      if (separate) kept.push_back(relocation.fold(flags[i + 1]));
    }
    if (separate) ++i;
  }
  return kept;
}

}  // namespace

UnitKeys::UnitKeys(const ParseSettings& settings, const Relocation& relocation, bool gcc_diagnostics)
    : settings_(settings), relocation_(relocation), gcc_diagnostics_(gcc_diagnostics) {
  run_ = report::sha256_hex(report::dump_json({{"format", kFormat},
                                               {"program", program_id()},
                                               {"resources", settings.resource_dir},
                                               {"enforced", settings.enforced},
                                               {"max_nodes", settings.max_nodes},
                                               {"quiet_nodes", settings.quiet_nodes},
                                               {"functions", settings.function_facts},
                                               {"gcc", gcc_diagnostics},
                                               {"parameters", settings.policy->parameters()},
                                               {"environment", compiler_environment(relocation)},
                                               {"project", relocation.fold(settings.project_root)}}));
}

const std::string& UnitKeys::digest_of(const EffectiveFlags& effective) {
  std::string& known = effective_[&effective];
  if (known.empty()) {
    json answer = to_json(effective);
    answer.erase("depends_on");  // what the answer was read from; the answer itself is here
    // Else only what the compiler says of its flags counts, here also what it finds.
    if (gcc_diagnostics_) answer["driver"] = report::sha256_file(effective.compiler.resolved).value_or("unreadable");
    known = report::sha256_hex(relocation_.fold_json(report::dump_json(answer)));
  }
  return known;
}

const std::string& UnitKeys::digest_of(const report::PolicyContext& context) {
  std::string& known =
      policies_[fmt::format("{} {} {} {}", context.compiler, context.major, context.machine, context.artifact)];
  if (known.empty()) {
    const report::Policy policy = settings_.policy->resolved(context);
    json levels = json::object();
    for (const report::RuleInfo& rule : all_rules())
      if (concerns_parse(rule.id)) levels[std::string(rule.id)] = report::level_name(policy.level(rule));
    known = report::sha256_hex(report::dump_json(levels));
  }
  return known;
}

std::string UnitKeys::key(const Unit& unit, const std::shared_ptr<const EffectiveFlags>& effective) {
  return report::sha256_hex(
      report::dump_json({{"run", run_},
                         {"policy", digest_of(policy_context(unit, *effective, settings_.artifact))},
                         {"effective", digest_of(*effective)},
                         {"language", language_name(unit.language)},
                         {"directory", relocation_.fold(unit.directory.string())},
                         {"source", relocation_.fold(unit.source)},
                         {"name", relocation_.fold(unit.database_file)},
                         {"flags", folded_flags(unit.flags, relocation_)}}));
}

}  // namespace proofmark::analyze
