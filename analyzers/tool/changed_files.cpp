// SPDX-License-Identifier: Apache-2.0
//
// Changed files; see changed_files.h.
#include "tool/changed_files.h"

#include <filesystem>

#include <fmt/format.h>

#include "compile/options.h"
#include "tool/git.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using report::Error;

report::Result<std::string> git(const std::string& directory, const Words& words) {
  const auto run = ask_git(words, directory);
  if (!run) return tl::unexpected(run.error());
  if (run->exit_code == 0) return run->out;
  return tl::unexpected(Error{first_line(run->err), ""});
}

// What describes a build, so that the flags of any unit may be others now.
bool describes_build(const std::string& name) {
  return name.ends_with(".cmake") || name.ends_with(".mk") || name.ends_with(".ninja") || name.ends_with(".am") ||
         name.ends_with(".ac") || name.ends_with("_defconfig") ||
         matches_any(name,
                     {"CMakeLists.txt", "CMakePresets.json", "Makefile*", "GNUmakefile", "makefile", "meson.build",
                      "meson_options.txt", "configure", "Kconfig*", "Kbuild", ".config", "defconfig"});
}

}  // namespace

report::Result<std::set<std::string>> changed_files(const std::string& directory, const std::string& revision) {
  if (directory.empty()) return tl::unexpected(Error{"the sources have no directory in common", ""});
  const auto top = git(directory, {"rev-parse", "--show-toplevel"});
  if (!top) return tl::unexpected(top.error());
  const auto base = git(directory, {"merge-base", "--end-of-options", revision, "HEAD"});
  if (!base) return tl::unexpected(Error{fmt::format("no commit that {} and HEAD have in common", revision), ""});
  std::set<std::string> files;
  const fs::path root = first_line(*top);
  for (const Words& question : {Words{"diff", "--name-only", "--no-renames", "--no-ext-diff",
                                      "--ignore-submodules=none", "-z", first_line(*base)},
                                Words{"ls-files", "--others", "--exclude-standard", "-z"}}) {
    const auto names = git(root.string(), question);
    if (!names) return tl::unexpected(names.error());
    for (const fs::path file : names_of(*names)) {
      if (describes_build(file.filename().string()))
        return tl::unexpected(
            Error{fmt::format("{} has changed, so any unit may have other flags", file.string()), ""});
      std::error_code error;
      files.insert(fs::weakly_canonical(root / file, error).string());
    }
  }
  return files;
}

}  // namespace proofmark::analyze
