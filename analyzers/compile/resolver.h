// SPDX-License-Identifier: Apache-2.0
//
// Asks compilers what commands mean, and remembers: in this run, on disk, and in recorded toolchain files.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "compile/answer_cache.h"
#include "compile/effective.h"
#include "compile/link_effective.h"
#include "compile/toolchain_file.h"
#include "compile/warning_state.h"

namespace proofmark::analyze {

struct ResolverOptions {
  std::filesystem::path cache_dir;  // empty: nothing is kept on disk
  Words allowed_drivers;            // patterns of further names that are compilers, "toolchain-wrapper"
  // With a value nothing is started: only what it holds is known.
  std::optional<ToolchainFile> replay;
};

class FlagResolver {
 public:
  explicit FlagResolver(ResolverOptions options = {});

  report::Result<std::shared_ptr<const EffectiveFlags>> resolve(const Unit& unit);
  // What becomes of the warnings `names`; those without a probe are not in the answer.
  report::Result<WarningState> warnings(const Unit& unit, const EffectiveFlags& effective,
                                        const std::vector<std::string>& names);
  // Whether the unit's compiler, a GCC for arm64, lays frames out as in CVE-2023-4039.
  report::Result<bool> guard_above_return(const Unit& unit, const EffectiveFlags& effective);
  report::Result<EffectiveLink> resolve_link(const LinkCommand& link);

  // Every answer of this run, to be replayed in another.
  const ToolchainFile& answers() const { return recorded_; }
  bool executes() const { return !options_.replay.has_value(); }
  size_t questions_asked() const { return asked_; }

 private:
  using Json = report::Result<nlohmann::json>;
  // Starts the compiler; fills in which files the answer depends on.
  using Ask = std::function<Json(Words& depends_on)>;
  using IsSound = std::function<bool(const nlohmann::json&)>;

  Json answer(const Question& question, const Ask& ask, const IsSound& is_sound);
  Json fetch(const Question& question, const Ask& ask, const IsSound& is_sound);
  bool may_start(const std::string& driver) const;

  ResolverOptions options_;
  AnswerCache cache_;
  ToolchainFile recorded_;
  std::map<std::string, Json> known_;
  std::map<std::string, std::shared_ptr<const EffectiveFlags>> flags_;  // decoded
  size_t asked_ = 0;
};

}  // namespace proofmark::analyze
