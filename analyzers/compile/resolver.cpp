// SPDX-License-Identifier: Apache-2.0
//
// The resolver; see resolver.h. What is said to the compilers is in driver_query.cpp.
#include "compile/resolver.h"

#include <fnmatch.h>

#include <fmt/ranges.h>

#include "compile/answer_json.h"
#include "compile/driver_query.h"
#include "compile/frame_layout.h"
#include "compile/warning_probe.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

Question question_about(const Unit& unit, std::string topic, Words flags) {
  return {std::move(topic), unit.driver, unit.directory, unit.language, std::move(flags), unit.environment};
}

template <class Decode>
auto soundness(Decode decode) {
  return [decode](const json& answer) { return decode(answer).has_value(); };
}

}  // namespace

FlagResolver::FlagResolver(ResolverOptions options) : options_(std::move(options)), cache_(options_.cache_dir) {}

bool FlagResolver::may_start(const std::string& driver) const {
  if (is_known_driver(driver) || is_known_linker(driver)) return true;
  const std::string name = std::filesystem::path(driver).filename().string();
  return std::ranges::any_of(options_.allowed_drivers, [&](const std::string& pattern) {
    const bool is_path = pattern.find('/') != std::string::npos;
    return ::fnmatch(pattern.c_str(), is_path ? driver.c_str() : name.c_str(), is_path ? FNM_PATHNAME : 0) == 0;
  });
}

FlagResolver::Json FlagResolver::fetch(const Question& question, const Ask& ask, const IsSound& is_sound) {
  if (options_.replay) {
    auto recorded = options_.replay->find(question);
    if (recorded && (!*recorded || is_sound(**recorded))) return std::move(*recorded);
    return tl::unexpected(report::Error{
        fmt::format("the recorded toolchain does not know what {} makes of {}", question.driver,
                    question.flags.empty() ? "no flags" : fmt::format("{}", fmt::join(question.flags, " "))),
        "record it again where the compiler is: proofmark check --record-toolchain FILE"});
  }
  if (!may_start(question.driver)) {
    return tl::unexpected(report::Error{
        fmt::format("{} is not the name of a known compiler driver (expected gcc, clang or cc, with a target prefix or "
                    "version suffix)",
                    question.driver),
        "allow a wrapper of another name with --allow-driver"});
  }
  if (auto cached = cache_.find(question); cached && is_sound(*cached)) return std::move(*cached);
  ++asked_;
  Words depends_on;
  Json asked = ask(depends_on);
  if (asked) cache_.keep(question, *asked, depends_on);
  return asked;
}

FlagResolver::Json FlagResolver::answer(const Question& question, const Ask& ask, const IsSound& is_sound) {
  const std::string key = question.identity().dump(-1, ' ', false, json::error_handler_t::replace);
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  Json found = fetch(question, ask, is_sound);
  recorded_.add(question, found);
  return known_.emplace(key, std::move(found)).first->second;
}

report::Result<std::shared_ptr<const EffectiveFlags>> FlagResolver::resolve(const Unit& unit) {
  const Question question = question_about(unit, "flags", relevant_flags(unit));
  const std::string key = question.identity().dump(-1, ' ', false, json::error_handler_t::replace);
  if (const auto known = flags_.find(key); known != flags_.end()) return known->second;
  const auto ask = [&](Words& depends_on) -> Json {
    const auto flags = query_flags(question);
    if (!flags) return tl::unexpected(flags.error());
    depends_on = flags->depends_on;
    return to_json(*flags);
  };
  const Json said = answer(question, ask, soundness(effective_from_json));
  if (!said) return tl::unexpected(said.error());
  auto flags = effective_from_json(*said);
  if (!flags) return tl::unexpected(flags.error());
  return flags_.emplace(key, std::make_shared<const EffectiveFlags>(std::move(*flags))).first->second;
}

report::Result<WarningState> FlagResolver::warnings(const Unit& unit, const EffectiveFlags& effective,
                                                    const std::vector<std::string>& names) {
  const std::vector<std::string> probed = probed_warnings(names, unit.language, effective.compiler.kind);
  const std::string topic = fmt::format("warnings {}", fmt::join(probed, " "));
  const AskLevels levels = [&](const Words& flags) -> report::Result<WarningLevels> {
    const Question question = question_about(unit, topic, flags);
    const auto compile = [&](const std::string& source, const Words& extra) {
      return query_diagnostics(question, source, extra);
    };
    const auto ask = [&](Words& depends_on) -> Json {
      depends_on = effective.depends_on;
      const auto asked = probe_levels(probed, flags, compile);
      if (!asked) return tl::unexpected(asked.error());
      return to_json(*asked);
    };
    const Json said = answer(question, ask, soundness(warnings_from_json));
    if (!said) return tl::unexpected(said.error());
    return warnings_from_json(*said);
  };
  return find_losses(relevant_flags(unit, /*with_warnings=*/true), levels);
}

report::Result<bool> FlagResolver::guard_above_return(const Unit& unit, const EffectiveFlags& effective) {
  Question question = question_about(unit, "frame-layout", {"-O2", "-fstack-protector-strong"});
  question.language = Language::kC;  // what a C++ driver does with C is the same
  const auto ask = [&](Words& depends_on) -> Json {
    depends_on = effective.depends_on;
    const auto assembly = query_assembly(question, kFrameLayoutProbe);
    if (!assembly) return tl::unexpected(assembly.error());
    return json(guard_lies_above_return(*assembly));
  };
  const Json said = answer(question, ask, [](const json& one) { return one.is_boolean(); });
  if (!said) return tl::unexpected(said.error());
  return said->get<bool>();
}

report::Result<EffectiveLink> FlagResolver::resolve_link(const LinkCommand& link) {
  // A linker that is started directly decides by its words alone; a driver by its options.
  const bool direct = is_known_linker(link.arguments[0]);
  Question question{"link", link.arguments[0], link.directory, Language::kC, {}, link.environment};
  question.flags = direct ? Words(link.arguments.begin() + 1, link.arguments.end()) : link_question(link.arguments);
  const auto ask = [&](Words& depends_on) -> Json {
    const auto asked = direct ? query_linker(question, link.arguments) : query_link(question);
    if (!asked) return tl::unexpected(asked.error());
    depends_on = {asked->linker_path};
    return to_json(*asked);
  };
  const Json said = answer(question, ask, soundness(link_from_json));
  if (!said) return tl::unexpected(said.error());
  return link_from_json(*said);
}

}  // namespace proofmark::analyze
