// SPDX-License-Identifier: Apache-2.0
//
// `record -- CMD`: runs a build and writes down how it compiles and links, for builds that leave no compile database.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compile/recorder.h"
#include "tool/commands.h"
#include "tool/output.h"

namespace proofmark::analyze {
namespace {

struct RecordArguments {
  std::string directory = ".";
  Words command;
};

// The exit code is the build's, so that `record` can stand before any command of a CI job.
report::ExitCode record(const RecordArguments& arguments) {
  Recorder recorder;
  const auto code = trace_executions(arguments.command, [&](const Execution& one) { return recorder.take(one); });
  if (!code) return fail(code.error());
  const auto counts = recorder.write(arguments.directory);
  if (!counts) return fail(counts.error());
  fmt::print(stderr, "proofmark: recorded {} compiled unit{} and {} link step{}", counts->compiled,
             counts->compiled == 1 ? "" : "s", counts->linked, counts->linked == 1 ? "" : "s");
  if (counts->gone > 0) fmt::print(stderr, " ({} of files that are gone left out)", counts->gone);
  fmt::print(stderr, "\n");
  return static_cast<report::ExitCode>(*code);
}

}  // namespace

Action add_record(CLI::App& verb) {
  auto arguments = std::make_shared<RecordArguments>();
  verb.add_option("-o,--output", arguments->directory, "where compile_commands.json and link_commands.json are written")
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  verb.add_option("CMD", arguments->command, "the build, after --: proofmark record -- make -j4")->required();
  verb.footer("The exit code is that of the build.");
  return [arguments] { return record(*arguments); };
}

}  // namespace proofmark::analyze
