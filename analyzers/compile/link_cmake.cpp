// SPDX-License-Identifier: Apache-2.0
//
// Reader of CMake's File API reply; see link_cmake.h. CMake leaves out what its link rules add by themselves, so -shared
// and -o are put back here.
#include "compile/link_cmake.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "report/file.h"
#include "report/json_reader.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Replies are named index-<time>.json; the newest counts.
fs::path newest_index(const fs::path& reply) {
  fs::path newest;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(reply, error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("index-") && name.ends_with(".json") && name > newest.filename().string())
      newest = entry.path();
  }
  return newest;
}

class ReplyReader : private report::JsonReader {
 public:
  explicit ReplyReader(fs::path reply) : reply_(std::move(reply)) {}

  report::Result<std::vector<LinkCommand>> read(const fs::path& index) {
    const json root = load(index);
    const json* model = nullptr;
    for (const json& object : list(root, "objects")) {
      const std::string kind = text(object, "kind");
      if (kind == "codemodel") model = &object;
      if (kind == "toolchains") read_compilers(load(reply_ / text(object, "jsonFile")));
    }
    if (model == nullptr) {
      fail("it has no codemodel");
    } else {
      read_model(load(reply_ / text(*model, "jsonFile")));
    }
    if (problem().empty()) return std::move(links_);
    return tl::unexpected(report::Error{fmt::format("{}: {}", index.string(), problem()), "configure again"});
  }

 private:
  // File names come from the reply itself: one that leaves its folder is not read.
  json load(const fs::path& file) {
    if (file.lexically_normal().parent_path() != reply_.lexically_normal()) {
      fail(file.string() + ": lies outside of the reply");
      return {};
    }
    auto read = report::read_json(file);
    if (read) return std::move(*read);
    fail(read.error().message);
    return {};
  }

  void read_compilers(const json& toolchains) {
    for (const json& one : list(toolchains, "toolchains")) {
      const json& compiler = member(one, "compiler");
      if (compiler.contains("path")) compilers_[text(one, "language")] = text(compiler, "path");
    }
  }

  void read_model(const json& model) {
    build_ = text(member(model, "paths"), "build");
    for (const json& configuration : list(model, "configurations"))
      for (const json& target : list(configuration, "targets")) read_target(load(reply_ / text(target, "jsonFile")));
  }

  void read_target(const json& target) {
    const std::string type = text(target, "type");
    const bool shared = type == "SHARED_LIBRARY" || type == "MODULE_LIBRARY";
    if (!shared && type != "EXECUTABLE") return;
    const json& link = member(target, "link");
    const json& artifacts = list(target, "artifacts");
    if (artifacts.empty()) return;
    LinkCommand command;
    command.directory = build_;
    command.target = text(artifacts.front(), "path");
    const std::string language = text(link, "language");
    const auto compiler = compilers_.find(language);
    command.arguments.push_back(compiler != compilers_.end() ? compiler->second : language == "CXX" ? "c++" : "cc");
    if (shared) command.arguments.emplace_back("-shared");
    if (link.contains("commandFragments"))
      for (const json& fragment : list(link, "commandFragments"))
        for (std::string& word : split_words(text(fragment, "fragment"))) command.arguments.push_back(std::move(word));
    command.arguments.insert(command.arguments.end(), {"-o", command.target});
    links_.push_back(std::move(command));
  }

  fs::path reply_, build_;
  std::map<std::string, std::string> compilers_;
  std::vector<LinkCommand> links_;
};

}  // namespace

report::Result<std::vector<LinkCommand>> read_cmake_reply(const fs::path& build_dir) {
  const fs::path reply = fs::absolute(build_dir) / ".cmake/api/v1/reply";
  const fs::path index = newest_index(reply);
  if (index.empty()) {
    return tl::unexpected(
        report::Error{fmt::format("{}: no reply of CMake's File API", reply.string()),
                      "create the empty files codemodel-v2 and toolchains-v1 in .cmake/api/v1/query of the build "
                      "directory and configure again"});
  }
  return ReplyReader(reply).read(index);
}

}  // namespace proofmark::analyze
