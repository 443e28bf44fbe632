// SPDX-License-Identifier: Apache-2.0
//
// proofmark-analyze: proves source code. One table of verbs drives dispatch and help.
#include <cstdlib>
#include <exception>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tool/commands.h"

namespace {

using proofmark::analyze::Action;
using proofmark::report::ExitCode;

struct Verb {
  const char* name;
  const char* summary;
  Action (*add)(CLI::App&);
};

constexpr Verb kVerbs[] = {
    {"check", "analyse the translation units of a build", proofmark::analyze::add_check},
    {"record", "run a build and write down how it compiles and links", proofmark::analyze::add_record},
    {"merge", "join the evidence of several checks of one build", proofmark::analyze::add_merge},
    {"matrix", "print the boards as a CI matrix", proofmark::analyze::add_matrix},
    {"cache", "show, clear or trim what is kept of earlier checks", proofmark::analyze::add_cache},
    {"policy", "list, show and compare policies", proofmark::analyze::add_policy},
    {"rules", "list the rules", proofmark::analyze::add_rules},
    {"explain", "print the page of a rule", proofmark::analyze::add_explain},
};

int run(int argc, char** argv) {
  CLI::App app{"Proves the source code of firmware: flags, warnings and paths.", "proofmark-analyze"};
  app.set_version_flag("--version", std::string("proofmark-analyze ") + PROOFMARK_VERSION);
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, Action>> actions;
  for (const Verb& verb : kVerbs) {
    CLI::App* command = app.add_subcommand(verb.name, verb.summary);
    actions.emplace_back(command, verb.add(*command));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool is_help = error.get_exit_code() == 0;
    if (is_help) return app.exit(error);
    fmt::print(stderr, "proofmark: error: {}\nhint: proofmark-analyze --help\n", error.what());
    return static_cast<int>(ExitCode::kUsage);
  }
  for (const auto& [command, action] : actions)
    if (command->parsed()) return static_cast<int>(action());
  return static_cast<int>(ExitCode::kUsage);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "proofmark: error: {}\n", error.what());
    return static_cast<int>(ExitCode::kCannotTell);
  }
}
