// SPDX-License-Identifier: Apache-2.0
//
// `policy list`, `policy show NAME|FILE` and `policy diff A B`.
#include <memory>
#include <string>

#include <fmt/format.h>

#include "tool/commands.h"
#include "tool/output.h"
#include "tool/policy_diff.h"
#include "tool/policy_view.h"

namespace proofmark::analyze {
namespace {

using report::ExitCode;

struct PolicyArguments {
  std::string boards_dir, format = "text", name, other;

  std::filesystem::path boards() const {
    return boards_dir.empty() ? report::default_boards_dir() : std::filesystem::path(boards_dir);
  }
};

ExitCode list(const PolicyArguments& arguments) {
  bool readable = true;
  for (const std::string& name : report::policy_names(arguments.boards())) {
    const auto view = load_policy_view(arguments.boards(), name);
    if (!view) {
      report::print_error(view.error());
      readable = false;
      continue;
    }
    const std::string& about = view->policy.description();
    fmt::print("{:<16}  {}\n", name, about.substr(0, about.find(". ")));
  }
  return readable ? ExitCode::kYes : ExitCode::kCannotTell;
}

ExitCode show(const PolicyArguments& arguments) {
  const auto view = load_policy_view(arguments.boards(), arguments.name);
  if (!view) return fail(view.error());
  fmt::print("{}", arguments.format == "json" ? policy_to_json(*view) : policy_to_text(*view));
  return ExitCode::kYes;
}

ExitCode diff(const PolicyArguments& arguments) {
  const auto from = load_policy_view(arguments.boards(), arguments.name);
  if (!from) return fail(from.error());
  const auto to = load_policy_view(arguments.boards(), arguments.other);
  if (!to) return fail(to.error());
  const PolicyDiff found = compare(*from, *to);
  fmt::print("{}", arguments.format == "json" ? diff_to_json(found) : diff_to_text(found));
  return found.is_empty() ? ExitCode::kYes : ExitCode::kNo;
}

void add_format(CLI::App& verb, PolicyArguments& arguments) {
  verb.add_option("--format", arguments.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

}  // namespace

Action add_policy(CLI::App& verb) {
  auto arguments = std::make_shared<PolicyArguments>();
  verb.require_subcommand(1);
  verb.fallthrough();
  verb.add_option("--boards-dir", arguments->boards_dir, "where boards and their policies are")->type_name("DIR");
  CLI::App* const list_verb = verb.add_subcommand("list", "name the policies");
  CLI::App* const show_verb = verb.add_subcommand("show", "print the level of every rule, and the parameters");
  show_verb->add_option("POLICY", arguments->name, "name or file")->required()->type_name("NAME|FILE");
  add_format(*show_verb, *arguments);
  CLI::App* const diff_verb =
      verb.add_subcommand("diff", "what changes from policy A to policy B; exit 0 nothing, 1 something");
  diff_verb->add_option("A", arguments->name, "name or file")->required()->type_name("NAME|FILE");
  diff_verb->add_option("B", arguments->other, "name or file")->required()->type_name("NAME|FILE");
  add_format(*diff_verb, *arguments);
  return [=] {
    if (list_verb->parsed()) return list(*arguments);
    return show_verb->parsed() ? show(*arguments) : diff(*arguments);
  };
}

}  // namespace proofmark::analyze
