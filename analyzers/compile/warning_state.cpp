// SPDX-License-Identifier: Apache-2.0
//
// Blame for lost warnings; see warning_state.h.
#include "compile/warning_state.h"

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

// The flags without the words that can weaken, `kept` (an index into `flags`) excepted.
Words without_weakening(const Words& flags, size_t kept) {
  Words out;
  for (size_t i = 0; i < flags.size(); ++i) {
    const bool is_value = i > 0 && takes_next_word(flags[i - 1]);
    if (is_value || i == kept || !can_weaken(flags[i])) out.push_back(flags[i]);
  }
  return out;
}

bool is_candidate(const Words& flags, size_t i) {
  return can_weaken(flags[i]) && (i == 0 || !takes_next_word(flags[i - 1]));
}

WarningLevel level_in(const WarningLevels& levels, const std::string& name) {
  const auto found = levels.find(name);
  return found == levels.end() ? WarningLevel::kOff : found->second;
}

Words all_candidates(const Words& flags) {
  Words words;
  for (size_t i = 0; i < flags.size(); ++i)
    if (is_candidate(flags, i)) words.push_back(flags[i]);
  return words;
}

}  // namespace

bool can_weaken(std::string_view word) {
  return word == "-w" || word == "--no-warnings" || word == "-fpermissive" || word.starts_with("-Wno-") ||
         (word.starts_with("-W") && word.ends_with("=0"));
}

report::Result<WarningState> find_losses(const Words& flags, const AskLevels& ask) {
  auto levels = ask(flags);
  if (!levels) return tl::unexpected(levels.error());
  WarningState state{std::move(*levels), {}};
  const Words candidates = all_candidates(flags);
  if (candidates.empty()) return state;
  const auto untouched = ask(without_weakening(flags, flags.size()));
  if (!untouched) return tl::unexpected(untouched.error());
  for (const auto& [name, level] : state.levels)
    if (level < level_in(*untouched, name)) state.losses.push_back({name, level, level_in(*untouched, name), {}});
  if (state.losses.empty()) return state;

  for (size_t i = 0; i < flags.size(); ++i) {
    if (!is_candidate(flags, i)) continue;
    const auto alone = ask(without_weakening(flags, i));
    if (!alone) continue;  // "-fpermissive" and the like may be refused alone
    for (WarningLoss& loss : state.losses)
      if (level_in(*alone, loss.name) < loss.without) loss.blame.push_back(flags[i]);
  }
  for (WarningLoss& loss : state.losses)
    if (loss.blame.empty()) loss.blame = candidates;
  return state;
}

}  // namespace proofmark::analyze
