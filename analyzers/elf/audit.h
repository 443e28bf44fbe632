// SPDX-License-Identifier: Apache-2.0
//
// The audit of one ELF file: what a rule gets to see, what it may answer, and running them all.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "elf/debug_info.h"
#include "elf/elf_file.h"
#include "elf/functions.h"
#include "elf/link_map.h"
#include "elf/prebuilt.h"
#include "report/date.h"
#include "report/evidence.h"
#include "report/policy.h"

namespace proofmark::elf {

// What the command line asked for; the same for every file of one call.
struct AuditOptions {
  const report::Policy* policy = nullptr;  // null: the rules' own levels
  const report::Board* board = nullptr;    // null: no machine is expected
  std::optional<std::filesystem::path> debug_dir;
  std::optional<std::filesystem::path> link_map;
  std::optional<std::filesystem::path> sysroot;  // where prebuilt archives may come from
  std::vector<std::string> forbidden_paths;      // prefixes, in addition to the policy's
  bool examine_functions = true;                 // the machine code of each, which is most of the work
  bool layers = false;                           // keep what was seen of each function
  report::Date today{};
};

// All that a rule may look at. A part that could not be had is null, and `..._problem` says why.
struct AuditInput {
  const AuditOptions& options;
  const ElfFile& elf;
  const ElfFile* debug = nullptr;  // the archive of its symbols
  std::string debug_problem;
  const DebugInfo* info = nullptr;  // of the archive, or of the file itself when it is not stripped
  const LinkMap* map = nullptr;
  std::vector<PrebuiltInput> prebuilt;  // from the map
  const ElfFile* code = nullptr;        // where the functions' addresses count: `elf`, or its layout
  const Functions* functions = nullptr;
  std::string functions_problem;
};

enum class Status { kPass, kFail, kNotApplicable };

struct Problem {
  std::string message;
  std::string hint = {};
};

struct Outcome {
  Status status = Status::kPass;
  std::string detail;                        // what was seen, or why the rule does not apply
  std::vector<Problem> problems;             // kFail only, at least one
  std::vector<std::string_view> properties;  // of report::kPropertyNames, held by the file
  std::vector<std::string_view> denied;      // that it can't hold, whatever other rules saw

  static Outcome pass(std::string detail, std::vector<std::string_view> properties = {});
  static Outcome fail(std::string message, std::string hint = {});
  static Outcome fail(std::vector<Problem> problems);
  static Outcome not_applicable(std::string reason);
  Outcome denying(std::string_view property) &&;
};

struct ElfRule {
  const report::RuleInfo& info;
  Outcome (*check)(const AuditInput& input);
};

// All rules in the order of their ids (rules/table.cpp).
std::span<const ElfRule> elf_rules();
std::vector<report::RuleInfo> elf_rule_infos();

struct RuleResult {
  report::RuleInfo rule;
  report::Level level;  // as the policy has it for this machine
  Outcome outcome;
};

struct FileAudit {
  std::string file;
  LinkType link = LinkType::kRelocatable;
  std::string machine, build_id;
  std::vector<RuleResult> results;
  std::vector<report::Finding> findings;
  report::Evidence evidence;                        // complete but for waivers and verdict
  std::vector<report::RealisedFunction> functions;  // only when layers were asked for
};

// An error means that the question could not be answered: unreadable or damaged input.
Result<FileAudit> audit_elf(const ElfFile& elf, const AuditOptions& options);

// Where the symbols of a file with this build-id are kept below `debug_dir`; empty without a build-id.
std::filesystem::path debug_file_path(const std::filesystem::path& debug_dir, const std::string& build_id);

}  // namespace proofmark::elf
