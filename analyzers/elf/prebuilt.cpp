// SPDX-License-Identifier: Apache-2.0
//
// Compares where a linked file really lies, links resolved, and what it contains with the policy's entries.
#include "elf/prebuilt.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/digest.h"
#include "report/file.h"

namespace proofmark::elf {
namespace {

namespace fs = std::filesystem;
using report::PrebuiltWaiver;

// With all links and `..` resolved; empty when there is no such file.
fs::path real_path(const std::string& path, const fs::path& map_folder) {
  std::error_code error;
  fs::path found = fs::canonical(path, error);
  if (error) found = fs::canonical(map_folder / path, error);
  return error ? fs::path() : found;
}

std::string refusal_by_place(const fs::path& file, const PrebuiltContext& context) {
  if (!context.sysroot) return "must come from the pinned sysroot, and no --sysroot was given";
  std::error_code error;
  const fs::path sysroot = fs::canonical(*context.sysroot, error);
  if (error) return fmt::format("must come from the sysroot {}, which is not there", context.sysroot->string());
  if (report::lies_below(file, sysroot)) return {};
  return fmt::format("is not the pinned one (expected it in {}, found {})", sysroot.string(), file.string());
}

std::string refusal_by_digest(const fs::path& file, const std::string& expected) {
  const auto bytes = report::read_file(file);
  if (!bytes) return fmt::format("can't be compared: {}", bytes.error().message);
  const std::string found = report::sha256_hex(*bytes);
  if (found == expected) return {};
  return fmt::format("is not the accepted one (expected SHA-256 {}, found {})", expected, found);
}

std::string refusal_by(const PrebuiltWaiver& waiver, const std::string& path, const PrebuiltContext& context) {
  const auto expires = report::parse_date(waiver.expires);
  if (!expires || *expires < context.today) {
    return fmt::format("has a waiver that expired on {} (owner {})", waiver.expires, waiver.owner);
  }
  const fs::path file = real_path(path, context.map_folder);
  if (file.empty()) return fmt::format("can't be compared: {} is no longer there", path);
  return waiver.sha256.empty() ? refusal_by_place(file, context) : refusal_by_digest(file, waiver.sha256);
}

// One entry that accepts is enough: a policy for two architectures has two digests for one name.
PrebuiltInput judge(const std::string& path, const std::string& name, unsigned members,
                    const PrebuiltContext& context) {
  PrebuiltInput input{{name, members}, path, "has no waiver"};
  if (context.policy == nullptr) return input;
  for (const PrebuiltWaiver& waiver : context.policy->prebuilt()) {
    if (waiver.archive != name) continue;
    input.refusal = refusal_by(waiver, path, context);
    if (!input.refusal.empty()) continue;
    input.entry = {name, members, true, waiver.owner, waiver.reason};
    break;
  }
  return input;
}

}  // namespace

std::vector<PrebuiltInput> find_prebuilt(const LinkMap& map, const PrebuiltContext& context) {
  std::map<std::pair<std::string, std::string>, unsigned> members;  // by name, then path
  for (const LinkInput& input : map.inputs) {
    if (!input.has_debug) ++members[{input.file_name(), input.path}];
  }
  std::vector<PrebuiltInput> prebuilt;
  for (const auto& [key, count] : members) {
    const auto& [name, path] = key;
    prebuilt.push_back(judge(path, name, count, context));
  }
  return prebuilt;
}

}  // namespace proofmark::elf
