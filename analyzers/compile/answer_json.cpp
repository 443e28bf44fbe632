// SPDX-License-Identifier: Apache-2.0
//
// Answers as JSON; see answer_json.h.
#include "compile/answer_json.h"

#include <array>

#include "report/json_reader.h"

namespace proofmark::analyze {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> kProtectors{"none", "plain", "strong", "all"};
constexpr std::array<std::string_view, 3> kLevels{"off", "warning", "error"};

class Reader : public report::JsonReader {
 public:
  void read_map(const json& object, std::map<std::string, std::string, std::less<>>& into) {
    if (!object.is_object()) return fail("\"macros\" is not an object");
    for (const auto& [name, value] : object.items()) {
      if (!value.is_string()) return fail(fmt::format("\"{}\" is not a string", name));
      into.emplace(name, value.get<std::string>());
    }
  }

  int integer(const json& object, const char* key) {
    const json& value = member(object, key);
    if (value.is_number_integer() && value >= -1000 && value <= 1000) return value.get<int>();
    fail(fmt::format("\"{}\" is not a small number (found {})", key, value.dump()));
    return 0;
  }

  Compiler compiler(const json& object) {
    const bool gcc = choice(object, "kind", "gcc", "clang");
    return {gcc ? CompilerKind::kGcc : CompilerKind::kClang, text(object, "version"), integer(object, "major"),
            text(object, "target"), text(object, "resolved")};
  }
};

template <class Value>
report::Result<Value> checked(const Reader& reader, Value value) {
  if (reader.problem().empty()) return value;
  return tl::unexpected(report::Error{"not a compiler's answer: " + reader.problem(), ""});
}

}  // namespace

json to_json(const EffectiveFlags& flags) {
  const Compiler& compiler = flags.compiler;
  return {{"compiler",
           {{"kind", compiler.kind == CompilerKind::kGcc ? "gcc" : "clang"},
            {"version", compiler.version},
            {"major", compiler.major},
            {"target", compiler.target},
            {"resolved", compiler.resolved}}},
          {"macros", flags.macros},
          {"include_dirs", flags.include_dirs},
          {"builtin_dir", flags.builtin_dir},
          {"depends_on", flags.depends_on},
          {"optimised", flags.optimised},
          {"hosted", flags.hosted},
          {"fortify_level", flags.fortify_level},
          {"stack_protector", kProtectors.at(static_cast<size_t>(flags.stack_protector))},
          {"stack_clash_protection", flags.stack_clash_protection},
          {"position_independent", flags.position_independent},
          {"auto_var_init", flags.auto_var_init},
          {"keeps_null_checks", flags.keeps_null_checks},
          {"defined_overflow", flags.defined_overflow},
          {"strict_aliasing", flags.strict_aliasing},
          {"strict_flex_arrays", flags.strict_flex_arrays}};
}

report::Result<EffectiveFlags> effective_from_json(const json& object) {
  Reader reader;
  EffectiveFlags flags;
  flags.compiler = reader.compiler(reader.member(object, "compiler"));
  reader.read_map(reader.member(object, "macros"), flags.macros);
  flags.include_dirs = reader.texts(object, "include_dirs");
  flags.builtin_dir = reader.text(object, "builtin_dir");
  flags.depends_on = reader.texts(object, "depends_on");
  flags.optimised = reader.flag(object, "optimised");
  flags.hosted = reader.flag(object, "hosted");
  flags.fortify_level = reader.integer(object, "fortify_level");
  flags.stack_protector = static_cast<StackProtector>(reader.word(object, "stack_protector", kProtectors));
  flags.stack_clash_protection = reader.flag(object, "stack_clash_protection");
  flags.position_independent = reader.flag(object, "position_independent");
  flags.auto_var_init = reader.text(object, "auto_var_init");
  flags.keeps_null_checks = reader.flag(object, "keeps_null_checks");
  flags.defined_overflow = reader.flag(object, "defined_overflow");
  flags.strict_aliasing = reader.flag(object, "strict_aliasing");
  flags.strict_flex_arrays = reader.integer(object, "strict_flex_arrays");
  return checked(reader, std::move(flags));
}

json to_json(const WarningLevels& levels) {
  json object = json::object();
  for (const auto& [name, level] : levels) object[name] = kLevels.at(static_cast<size_t>(level));
  return object;
}

report::Result<WarningLevels> warnings_from_json(const json& object) {
  Reader reader;
  WarningLevels levels;
  if (!object.is_object()) reader.fail("it is not an object");
  if (object.is_object())
    for (const auto& [name, value] : object.items())
      levels.emplace(name, static_cast<WarningLevel>(reader.word(object, name.c_str(), kLevels)));
  return checked(reader, std::move(levels));
}

}  // namespace proofmark::analyze
