// SPDX-License-Identifier: Apache-2.0
//
// Units that a change concerns; see changed_units.h.
#include "engine/changed_units.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "engine/dependency_scan.h"
#include "engine/unit_key.h"
#include "engine/worker_pool.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;

// A unit whose flags are known.
struct Candidate {
  size_t command = 0;
  Unit unit;
  std::shared_ptr<const EffectiveFlags> effective;
  std::string reads;
};

class Selection {
 public:
  Selection(const std::set<std::string>& changed, FlagResolver& resolver, const RunOptions& options)
      : changed_(changed),
        resolver_(resolver),
        options_(options),
        keys_(options.settings, options.relocation, options.gcc_diagnostics) {}

  std::vector<CompileCommand> run(const std::vector<CompileCommand>& commands) {
    std::vector<bool> wanted(commands.size(), true);
    for (size_t i = 0; i < commands.size(); ++i) look_up(commands[i], i);
    scan();
    for (const Candidate& one : candidates_) wanted[one.command] = one.reads.empty() || concerns(one.reads);
    std::vector<CompileCommand> kept;
    for (size_t i = 0; i < commands.size(); ++i)
      if (wanted[i]) kept.push_back(commands[i]);
    return kept;
  }

 private:
  void look_up(const CompileCommand& command, size_t index) {
    auto unit = prepare_unit(command);
    if (!unit || unit->language == Language::kAssembler) return;
    auto effective = resolver_.resolve(*unit);
    if (!effective) return;
    Candidate candidate{index, std::move(*unit), std::move(*effective), ""};
    if (options_.cache != nullptr)
      candidate.reads = options_.cache->reads(keys_.key(candidate.unit, candidate.effective));
    candidates_.push_back(std::move(candidate));
  }

  void scan() {
    std::vector<Candidate*> unknown;
    for (Candidate& one : candidates_)
      if (one.reads.empty()) unknown.push_back(&one);
    const auto fold = [this](std::string_view path) { return options_.relocation.fold(path); };
    const auto task = [&](size_t i) {
      return reads_to_text(scan_unit(unknown[i]->unit, *unknown[i]->effective, options_.settings), fold);
    };
    const auto done = [&](size_t i, TaskOutcome outcome) { unknown[i]->reads = std::move(outcome.output); };
    run_in_processes(unknown.size(), {options_.jobs, options_.settings.time_limit}, task, done);
  }

  bool concerns(std::string_view reads) {
    for (size_t end = reads.find('\n'); end != std::string_view::npos; end = reads.find('\n')) {
      if (line_concerns(reads.substr(0, end))) return true;
      reads.remove_prefix(end + 1);
    }
    return false;
  }

  bool line_concerns(std::string_view line) {
    const auto [known, added] = lines_.try_emplace(std::string(line), true);
    if (!added) return known->second;
    const auto read = parse_read_line(line, [this](std::string_view path) { return options_.relocation.unfold(path); });
    if (!read) return true;
    std::error_code error;
    const fs::path real = fs::weakly_canonical(read->path, error);
    return known->second = error || changed_.contains(real.string()) || has_changed_below(real.string());
  }

  // A directory that was absent: in one that is not there, no header was looked for by name.
  bool has_changed_below(const std::string& path) const {
    const auto first = changed_.lower_bound(path + "/");
    return first != changed_.end() && first->starts_with(path + "/");
  }

  const std::set<std::string>& changed_;
  FlagResolver& resolver_;
  const RunOptions& options_;
  UnitKeys keys_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::string, bool> lines_;
};

}  // namespace

std::vector<CompileCommand> changed_units(const std::vector<CompileCommand>& commands,
                                          const std::set<std::string>& changed, FlagResolver& resolver,
                                          const RunOptions& options) {
  return Selection(changed, resolver, options).run(commands);
}

}  // namespace proofmark::analyze
