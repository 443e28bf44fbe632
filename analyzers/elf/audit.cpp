// SPDX-License-Identifier: Apache-2.0
//
// Gathers what the rules look at, asks each rule and writes down the answers.
#include "elf/audit.h"

#include <algorithm>

#include <fmt/format.h>

#include "elf/object_layout.h"
#include "report/digest.h"
#include "report/file.h"

namespace proofmark::elf {
namespace {

using report::Evidence;
using report::Finding;
using report::Level;

// The files behind an AuditInput, which only points to them.
struct Material {
  std::optional<ElfFile> debug;
  std::string debug_problem;
  std::optional<DebugInfo> info;
  std::optional<LinkMap> map;
  std::vector<PrebuiltInput> prebuilt;
  std::optional<ElfFile> laid_out;  // a relocatable file with addresses
  std::optional<Functions> functions;
  std::string functions_problem;

  const ElfFile& code(const ElfFile& elf) const { return laid_out ? *laid_out : elf; }
};

void find_debug_file(const ElfFile& elf, const AuditOptions& options, Material& material) {
  if (!options.debug_dir) {
    material.debug_problem = "no --debug-dir was given";
    return;
  }
  const std::filesystem::path path = debug_file_path(*options.debug_dir, elf.build_id());
  if (path.empty()) {
    material.debug_problem = "the file has no build-id to look them up by";
    return;
  }
  auto debug = ElfFile::open(path);
  if (!debug) {
    material.debug_problem = debug.error().message;
  } else if (debug->build_id() != elf.build_id()) {
    material.debug_problem = fmt::format("{}: wrong build-id (expected {}, found {})", path.string(), elf.build_id(),
                                         debug->build_id().empty() ? "none" : debug->build_id());
  } else {
    material.debug = std::move(*debug);
  }
}

template <class T>
const T* pointer_to(const std::optional<T>& value) {
  return value ? &*value : nullptr;
}

void find_functions(const ElfFile& elf, const AuditOptions& options, Material& material) {
  if (!options.examine_functions) {
    material.functions_problem = "that was not asked for (--functions on)";
    return;
  }
  auto functions = examine_functions(
      {material.code(elf), pointer_to(material.debug), pointer_to(material.info), pointer_to(material.map)});
  if (functions) {
    material.functions = std::move(*functions);
  } else {
    material.functions_problem = functions.error().message;
  }
}

// A file of another machine stays as it is, and its functions are not examined.
void lay_out_object(const ElfFile& elf, const AuditOptions& options, Material& material) {
  if (elf.link() != LinkType::kRelocatable || !options.examine_functions) return;
  if (auto laid_out = lay_out(elf)) material.laid_out = std::move(*laid_out);
}

Result<void> read_map(const AuditOptions& options, Material& material) {
  const auto text = report::read_file(*options.link_map);
  if (!text) return tl::unexpected(text.error());
  auto map = parse_link_map(*text, options.link_map->string());
  if (!map) return tl::unexpected(map.error());
  const PrebuiltContext context{options.policy, options.sysroot, options.link_map->parent_path(), options.today};
  material.prebuilt = find_prebuilt(*map, context);
  material.map = std::move(*map);
  return {};
}

Result<Material> gather(const ElfFile& elf, const AuditOptions& options) {
  Material material;
  find_debug_file(elf, options, material);
  lay_out_object(elf, options, material);
  const ElfFile& code = material.code(elf);
  auto info = read_debug_info(material.debug ? *material.debug : code, code, options.examine_functions);
  if (!info) return tl::unexpected(info.error());
  if (!info->units.empty()) material.info = std::move(*info);
  if (options.link_map) {
    if (auto read = read_map(options, material); !read) return tl::unexpected(read.error());
  }
  find_functions(elf, options, material);
  return material;
}

// What a policy's conditions may ask about the file. A kernel module is a relocatable file that describes itself.
report::PolicyContext context_of(const ElfFile& elf) {
  report::PolicyContext context;
  context.machine = elf.machine();
  switch (elf.link()) {
    case LinkType::kStaticPie:
    case LinkType::kStatic:
    case LinkType::kDynamic:
      context.artifact = "executable";
      break;
    case LinkType::kShared:
      context.artifact = "shared-library";
      break;
    case LinkType::kRelocatable:
      context.artifact = elf.section(".modinfo") != nullptr ? "kernel-module" : "object";
      break;
  }
  return context;
}

void add_findings(const RuleResult& result, FileAudit& audit) {
  for (const Problem& problem : result.outcome.problems) {
    Finding finding = report::make_finding(result.rule, result.level, problem.message);
    finding.where.file = audit.file;
    finding.hint = problem.hint;
    finding.unit = audit.file;
    audit.findings.push_back(std::move(finding));
  }
}

// Several rules may see one property; one that says no is enough.
std::vector<std::string> properties_of(const FileAudit& audit) {
  std::vector<std::string> properties;
  for (const RuleResult& result : audit.results) {
    for (const std::string_view property : result.outcome.properties) {
      const bool denied = std::ranges::any_of(audit.results, [&](const RuleResult& other) {
        return std::ranges::find(other.outcome.denied, property) != other.outcome.denied.end();
      });
      if (!denied) properties.emplace_back(property);
    }
  }
  return properties;
}

void fill_evidence(const AuditInput& input, FileAudit& audit) {
  Evidence& evidence = audit.evidence;
  evidence.kind = report::EvidenceKind::kAudit;
  evidence.tool = "proofmark-elf";
  evidence.tool_version = PROOFMARK_VERSION;
  if (input.options.board != nullptr) evidence.board = input.options.board->name();
  if (input.options.policy != nullptr) {
    evidence.policy = input.options.policy->name();
    evidence.policy_sha256 = input.options.policy->sha256();
  }
  evidence.properties = properties_of(audit);
  evidence.artifact = {report::sha256_hex(input.elf.bytes()), input.elf.bytes().size(), audit.build_id, audit.machine,
                       std::string(link_name(audit.link))};
  if (input.info != nullptr) evidence.elf_units = input.info->units;
  for (const PrebuiltInput& prebuilt : input.prebuilt) evidence.prebuilt.push_back(prebuilt.entry);
  if (input.debug != nullptr) {
    evidence.debug = report::DebugFile{input.debug->name(), report::sha256_hex(input.debug->bytes())};
  }
}

}  // namespace

Outcome Outcome::pass(std::string detail, std::vector<std::string_view> properties) {
  return {Status::kPass, std::move(detail), {}, std::move(properties), {}};
}

Outcome Outcome::fail(std::string message, std::string hint) {
  return fail(std::vector<Problem>{{std::move(message), std::move(hint)}});
}

Outcome Outcome::fail(std::vector<Problem> problems) {
  return {Status::kFail, {}, std::move(problems), {}, {}};
}

Outcome Outcome::not_applicable(std::string reason) {
  return {Status::kNotApplicable, std::move(reason), {}, {}, {}};
}

Outcome Outcome::denying(std::string_view property) && {
  denied.push_back(property);
  return std::move(*this);
}

std::vector<report::RuleInfo> elf_rule_infos() {
  std::vector<report::RuleInfo> infos;
  for (const ElfRule& rule : elf_rules()) infos.push_back(rule.info);
  return infos;
}

std::filesystem::path debug_file_path(const std::filesystem::path& debug_dir, const std::string& build_id) {
  if (build_id.size() < 4) return {};
  return debug_dir / ".build-id" / build_id.substr(0, 2) / (build_id.substr(2) + ".debug");
}

Result<FileAudit> audit_elf(const ElfFile& elf, const AuditOptions& options) {
  const auto material = gather(elf, options);
  if (!material) return tl::unexpected(material.error());
  const AuditInput input{options,
                         elf,
                         pointer_to(material->debug),
                         material->debug_problem,
                         pointer_to(material->info),
                         pointer_to(material->map),
                         material->prebuilt,
                         &material->code(elf),
                         pointer_to(material->functions),
                         material->functions_problem};
  FileAudit audit{elf.name(), elf.link(), elf.machine(), elf.build_id(), {}, {}, {}, {}};
  const report::PolicyContext context = context_of(elf);
  for (const ElfRule& rule : elf_rules()) {
    const Level level = options.policy != nullptr ? options.policy->level(rule.info, context) : rule.info.default_level;
    if (level == Level::kOff) continue;
    audit.results.push_back({rule.info, level, rule.check(input)});
    add_findings(audit.results.back(), audit);
  }
  if (options.layers && input.functions != nullptr) {
    for (const ExaminedFunction& function : input.functions->all) {
      audit.functions.push_back(to_layer(function, *input.functions, *input.code));
    }
  }
  if (options.layers || (options.board != nullptr && options.policy != nullptr)) fill_evidence(input, audit);
  return audit;
}

}  // namespace proofmark::elf
