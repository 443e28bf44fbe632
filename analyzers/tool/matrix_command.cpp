// SPDX-License-Identifier: Apache-2.0
//
// `matrix` prints the boards for a CI system: the value of a GitHub matrix, a GitLab child pipeline, or plain JSON. The
// templates in .ci/ read it, so that a new board file is a new job and nothing else needs to change.
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "report/boards.h"
#include "report/file.h"
#include "report/formats.h"
#include "report/policy.h"
#include "tool/commands.h"
#include "tool/output.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using report::Error;
using report::ExitCode;

constexpr std::size_t kMaxGithubJobs = 256;  // of one matrix
// The keys of a board that a job may need.
constexpr const char* kKeys[] = {"architecture", "machine", "triple", "policy"};

struct MatrixArguments {
  std::string format = "json", boards_dir, output, include = ".ci/gitlab/board.yml";
  std::vector<std::string> boards;
};

report::Result<json> read_boards(const MatrixArguments& arguments) {
  const fs::path folder = arguments.boards_dir.empty() ? report::default_boards_dir() : fs::path(arguments.boards_dir);
  const auto names = arguments.boards.empty() ? report::board_names(folder) : arguments.boards;
  if (names.empty())
    return tl::unexpected(Error{fmt::format("{}: no boards", folder.string()), "name their folder with --boards-dir"});
  json boards = json::array();
  for (const std::string& name : names) {
    const auto board = report::Board::load(folder, name);
    if (!board) return tl::unexpected(board.error());
    json entry{{"board", board->name()}};
    for (const char* const key : kKeys) entry[key] = board->get(key);
    boards.push_back(std::move(entry));
  }
  return boards;
}

// One line, because it becomes the value of a step's output.
report::Result<std::string> to_github_matrix(const json& boards) {
  if (boards.size() > kMaxGithubJobs)
    return tl::unexpected(
        Error{fmt::format("{} boards are more than a GitHub matrix may have ({})", boards.size(), kMaxGithubJobs),
              "name the boards of each matrix on the command line"});
  return json{{"include", boards}}.dump() + "\n";
}

// A JSON string is a YAML string, whatever is in it.
std::string to_gitlab_pipeline(const json& boards, const std::string& include) {
  std::string yaml =
      fmt::format("# written by proofmark matrix --format gitlab\ninclude:\n  - local: {}\n", json(include).dump());
  for (const json& board : boards) {
    yaml += fmt::format("{}:\n  extends: .proofmark-board\n  variables:\n",
                        json("proofmark:" + board["board"].get<std::string>()).dump());
    for (const auto& [key, value] : board.items()) {
      std::string name = "PROOFMARK_" + key;
      for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      yaml += fmt::format("    {}: {}\n", name, value.dump());
    }
  }
  return yaml;
}

ExitCode matrix(const MatrixArguments& arguments) {
  const auto boards = read_boards(arguments);
  if (!boards) return fail(boards.error());
  std::string text = report::dump_json(*boards);
  if (arguments.format == "github") {
    auto line = to_github_matrix(*boards);
    if (!line) return fail(line.error());
    text = std::move(*line);
  } else if (arguments.format == "gitlab") {
    text = to_gitlab_pipeline(*boards, arguments.include);
  }
  if (auto written = report::put_out(text, arguments.output); !written) return fail(written.error());
  return ExitCode::kYes;
}

}  // namespace

Action add_matrix(CLI::App& verb) {
  auto arguments = std::make_shared<MatrixArguments>();
  verb.add_option("--format", arguments->format, "json, github (one line for fromJSON) or gitlab (a child pipeline)")
      ->check(CLI::IsMember({"json", "github", "gitlab"}))
      ->capture_default_str();
  verb.add_option("--boards-dir", arguments->boards_dir, "where boards are looked up")->type_name("DIR");
  verb.add_option("--include", arguments->include, "gitlab: the file of the repository that defines .proofmark-board")
      ->type_name("FILE")
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "write to FILE instead of standard output")->type_name("FILE");
  verb.add_option("BOARD", arguments->boards, "boards (default: all)");
  return [arguments] { return matrix(*arguments); };
}

}  // namespace proofmark::analyze
