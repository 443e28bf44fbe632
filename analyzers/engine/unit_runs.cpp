// SPDX-License-Identifier: Apache-2.0
//
// Running units; see unit_runs.h.
#include "engine/unit_runs.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <filesystem>

#include <fmt/format.h>

#include "engine/parse.h"
#include "engine/unit_key.h"
#include "engine/worker_pool.h"

namespace proofmark::analyze {
namespace {

// A worker's answer is what it took, what it read and the result, apart by NULs, which no path and no JSON text has.
std::string pack(const AnalysedUnit& unit) {
  std::string out = fmt::format("{} {} {}", unit.cost_ms, unit.paths.explored, unit.paths.kept);
  (out += '\0') += unit.reads;
  return (out += '\0') += unit.result;
}

std::optional<AnalysedUnit> unpack(std::string_view text) {
  AnalysedUnit unit;
  const size_t cost_end = text.find('\0');
  const size_t reads_end = cost_end == std::string_view::npos ? cost_end : text.find('\0', cost_end + 1);
  if (reads_end == std::string_view::npos) return std::nullopt;
  const char* at = text.data();
  for (unsigned* number : {&unit.cost_ms, &unit.paths.explored, &unit.paths.kept})
    at = std::from_chars(at, text.data() + cost_end, *number).ptr + 1;
  unit.reads = text.substr(cost_end + 1, reads_end - cost_end - 1);
  unit.result = text.substr(reads_end + 1);
  return unit;
}

// Before anything is known of a unit: bytes of its source.
double guessed_cost(const Unit& unit) {
  std::error_code error;
  const auto size = std::filesystem::file_size(unit.absolute_source(), error);
  constexpr double kBytesPerMs = 100;
  return error ? 0 : static_cast<double>(size) / kBytesPerMs;
}

// Units with one key: any of them stands for all.
struct Group {
  std::string key;
  std::vector<size_t> jobs;
  double cost = 0;
};

class Runs {
 public:
  Runs(const std::vector<UnitJob>& jobs, const RunOptions& options)
      : jobs_(jobs), options_(options), keys_(options.settings, options.relocation, options.gcc_diagnostics) {
    runs_.results.resize(jobs.size());
  }

  UnitRuns run() {
    for (size_t i = 0; i < jobs_.size(); ++i) add(i);
    std::erase_if(groups_, [this](const Group& group) { return is_known(group); });
    for (Group& group : groups_) group.cost = expected_cost(group);
    std::ranges::stable_sort(groups_, std::ranges::greater{}, &Group::cost);
    for (const Group& group : groups_) progress_.cost_total += group.cost;
    progress_.total = groups_.size();
    const auto task = [this](size_t i) { return analyse(jobs_[groups_[i].jobs.front()]); };
    const auto finished = [this](size_t i, const TaskOutcome& outcome) { take(groups_[i], outcome); };
    run_in_processes(groups_.size(), {options_.jobs, options_.settings.time_limit}, task, finished);
    if (options_.cache != nullptr) options_.cache->trim();
    return std::move(runs_);
  }

 private:
  void add(size_t job) {
    std::string key = keys_.key(*jobs_[job].unit, jobs_[job].effective);
    const auto [known, added] = by_key_.try_emplace(key, groups_.size());
    if (added) groups_.push_back({std::move(key), {}, 0});
    groups_[known->second].jobs.push_back(job);
  }

  bool is_known(const Group& group) {
    if (options_.cache == nullptr) return false;
    const auto found = options_.cache->find(group.key);
    if (!found) return false;
    hand_out(group, *found);
    runs_.from_cache += group.jobs.size();
    return true;
  }

  double expected_cost(const Group& group) {
    const unsigned known = options_.cache == nullptr ? 0 : options_.cache->manifest(group.key).cost_ms;
    return known != 0 ? known : guessed_cost(*jobs_[group.jobs.front()].unit);
  }

  // In the worker. Paths are folded here, so that the work is shared and a fresh result goes the way of a kept one.
  std::string analyse(const UnitJob& job) const {
    UnitReads reads;
    const UnitResult result = parse_unit(*job.unit, *job.effective, options_.settings, reads, options_.gcc_diagnostics);
    const auto fold = [this](std::string_view path) { return options_.relocation.fold(path); };
    AnalysedUnit unit;
    unit.paths = result.paths;
    unit.reads = reads_to_text(reads, fold);
    unit.result = options_.relocation.fold_json(unit_result_to_json(result));
    constexpr std::clock_t kPerMs = CLOCKS_PER_SEC / 1000;
    unit.cost_ms = static_cast<unsigned>(std::clock() / kPerMs);
    return pack(unit);
  }

  void take(const Group& group, const TaskOutcome& outcome) {
    ++runs_.analyses;
    hand_out(group, result_of(group, outcome));
    ++progress_.done;
    progress_.cost_done += group.cost;
    if (options_.progress) options_.progress(progress_);
  }

  UnitResult result_of(const Group& group, const TaskOutcome& outcome) {
    if (!outcome.finished) return failed_unit("the analysis " + outcome.failure);
    const auto unit = unpack(outcome.output);
    auto result =
        unit ? unit_result_from_json(options_.relocation.unfold_json(unit->result)) : std::optional<UnitResult>();
    if (!result) return failed_unit("the analysis ended without a result");
    runs_.paths.explored += unit->paths.explored;
    runs_.paths.kept += unit->paths.kept;
    // What failed by chance, or a GCC that was not heard, is tried again by the next run.
    if (result->may_be_kept() && options_.cache != nullptr) options_.cache->keep(group.key, *unit);
    return std::move(*result);
  }

  void hand_out(const Group& group, const UnitResult& result) {
    for (const size_t job : group.jobs) runs_.results[job] = result;
  }

  const std::vector<UnitJob>& jobs_;
  const RunOptions& options_;
  UnitKeys keys_;
  std::vector<Group> groups_;
  std::map<std::string, size_t> by_key_;
  Progress progress_;
  UnitRuns runs_;
};

}  // namespace

UnitRuns run_units(const std::vector<UnitJob>& jobs, const RunOptions& options) {
  return Runs(jobs, options).run();
}

}  // namespace proofmark::analyze
