// SPDX-License-Identifier: Apache-2.0
//
// Questions and answers: what makes two questions equal, what is not believed when it is read back, and how warnings are
// probed and blamed.
#include <fmt/ranges.h>

#include "compile/answer_json.h"
#include "compile/question.h"
#include "compile/toolchain_file.h"
#include "compile/warning_probe.h"
#include "report/check.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;

std::string identity(const char* flags, const char* directory) {
  return Question{"flags", "gcc", directory, Language::kC, split_words(flags), {}}.identity().dump();
}
std::string directory_counts_where_a_relative_path_does() {
  std::string wrong;
  for (const char* flags : {"-O2 -fPIE -std=c11", "-I/usr/include -isystem /opt", "--sysroot=/opt/x -specs=/x.specs",
                            "-D_FORTIFY_SOURCE=3 --target=aarch64-linux-gnu", "-target x", "-include /x/y.h"})
    wrong += holds(identity(flags, "/a") == identity(flags, "/b"), flags);
  for (const char* flags : {"-include y.h", "-Iinclude", "--sysroot=x", "-specs=x.specs", "-B tools/", "--config x.cfg",
                            "-unknown", "-fprofile-use=a/b"})
    wrong += holds(identity(flags, "/a") != identity(flags, "/b"), flags);
  return wrong;
}
std::string answers_are_checked_member_by_member() {
  EffectiveFlags flags;
  flags.compiler = {CompilerKind::kClang, "19.1.7", 19, "x86_64-pc-linux-gnu", "/usr/bin/clang-19"};
  flags.macros = {{"A", "1"}};
  flags.stack_protector = StackProtector::kStrong;
  flags.fortify_level = -1;
  const auto json = to_json(flags);
  const auto back = effective_from_json(json);
  if (!back) return back.error().message;
  std::string wrong = same(to_json(*back).dump(), json.dump());
  for (const auto& [key, value] : json.items()) {
    auto damaged = json;
    damaged[key] = {{"x", {1, nullptr}}};
    wrong += holds(!effective_from_json(damaged), key + " is checked");
    damaged.erase(key);
    wrong += holds(!effective_from_json(damaged), key + " is needed");
  }
  return wrong + holds(!warnings_from_json({{"format", "loud"}}), "an unknown level") +
         holds(!warnings_from_json(nlohmann::json::array()), "a list is no object");
}
std::string recorded_toolchain_tells_answers_and_errors() {
  ToolchainFile file;
  const Question one{"flags", "gcc", "/", Language::kC, {"-O2"}, {}}, two{"flags", "gcc", "/", Language::kCxx, {}, {}};
  file.add(one, nlohmann::json(7));
  file.add(two, tl::unexpected(proofmark::report::Error{"refused", ""}));
  const Question other{"flags", "gcc", "/", Language::kC, {"-O1"}, {}};
  return holds(file.find(one) && **file.find(one) == 7, "an answer") + same(error_of(*file.find(two)), "refused") +
         holds(!file.find(other), "never asked");
}

std::string option(const char* line) {
  const auto diagnostics = read_diagnostics(line);
  return diagnostics.size() == 1 ? (diagnostics[0].is_error ? "error " : "warning ") + diagnostics[0].option : "none";
}
std::string reads_both_compilers_diagnostics() {
  return same(option("<stdin>:1:2: warning: format not a literal [-Wformat-security]\n"), "warning format-security") +
         same(option("<stdin>:1:2: error: x [-Werror=format=]\n"), "error format=") +
         same(option("<stdin>:1:2: error: x [-Werror,-Wformat-security]"), "error format-security") +
         same(option("<stdin>:1:2: error: invalid conversion [-fpermissive]"), "error fpermissive") +
         same(option("<stdin>:1:2: error: expected ';'"), "error ") +
         same(option("cc1: some warnings being treated"), "none");
}

// A compiler that stops at its first error, like GCC's optimiser after its front end.
std::string hidden_warnings_are_asked_for_again() {
  const std::vector<std::string> names = {"format", "return-type", "uninitialized"};
  size_t runs = 0;
  const CompileProbe compile = [&](const std::string& source, const Words&) -> proofmark::report::Result<std::string> {
    ++runs;
    if (source.find("\"%d\"") != std::string::npos) return "<stdin>:1:1: error: x [-Werror=format=]\n";
    return source.find("int v; return v;") != std::string::npos ? "<stdin>:1:1: warning: x [-Wuninitialized]\n" : "";
  };
  const auto levels = probe_levels(names, {}, compile);
  if (!levels) return levels.error().message;
  return holds(levels->at("format") == WarningLevel::kError, "format") + holds(runs == 2, "two runs") +
         holds(levels->at("uninitialized") == WarningLevel::kWarning, "uninitialized was hidden") +
         holds(levels->at("return-type") == WarningLevel::kOff, "return-type is off");
}
std::string the_word_that_weakens_is_blamed() {
  const AskLevels ask = [](const Words& flags) -> proofmark::report::Result<WarningLevels> {
    const bool quiet = std::ranges::find(flags, "-Wno-format") != flags.end();
    return WarningLevels{{"format", quiet ? WarningLevel::kOff : WarningLevel::kError}};
  };
  const auto state = find_losses({"-Wno-unused", "-O2", "-Wno-format"}, ask);
  if (!state || state->losses.size() != 1) return "no loss";
  return same(fmt::format("{}", fmt::join(state->losses[0].blame, " ")), "-Wno-format") +
         holds(find_losses({"-Wno-unused"}, ask)->losses.empty(), "nothing lost");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<directory_counts_where_a_relative_path_does>("directory_counts_where_a_relative_path_does"),
      named<answers_are_checked_member_by_member>("answers_are_checked_member_by_member"),
      named<recorded_toolchain_tells_answers_and_errors>("recorded_toolchain_tells_answers_and_errors"),
      named<reads_both_compilers_diagnostics>("reads_both_compilers_diagnostics"),
      named<hidden_warnings_are_asked_for_again>("hidden_warnings_are_asked_for_again"),
      named<the_word_that_weakens_is_blamed>("the_word_that_weakens_is_blamed"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
