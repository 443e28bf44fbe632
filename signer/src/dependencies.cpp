// SPDX-License-Identifier: Apache-2.0
//
// See dependencies.h.
#include "proofmark/sign/dependencies.h"

#include <elf.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "dynamic_facts.h"
#include "proofmark/sign/signing.h"

namespace proofmark::sign {
namespace {

std::vector<std::string> usual_directories(std::uint16_t machine) {
  const std::string triplet = machine == EM_AARCH64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  return {"/lib/" + triplet, "/usr/lib/" + triplet, "/lib64", "/usr/lib64", "/lib", "/usr/lib"};
}

Result<void> refuse_steering(const InputFile& file, const LoadingFacts& facts) {
  if (facts.steering.empty()) return {};
  return refused(file.path(),
                 fmt::format("has {}, which has the dynamic linker look for files by itself", facts.steering),
                 "link without it, or remove it: patchelf --remove-rpath");
}

class Search {
 public:
  Search(Descriptor root, const LoadingRule& rule, std::uint16_t machine)
      : root_(std::move(root)), rule_(rule), machine_(machine), directories_(rule.directories) {
    for (auto& directory : usual_directories(machine)) directories_.push_back(std::move(directory));
  }

  // A file of the device. Links, absolute ones too, do not lead out of its root. kUnknown with no `what`: there is none.
  Result<InputFile> open(const std::string& path) const {
    open_how how{};
    how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    how.resolve = RESOLVE_IN_ROOT;
    Descriptor found(static_cast<int>(syscall(SYS_openat2, root_.get(), path.c_str(), &how, sizeof how)));
    if (found.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return unknown(path, "");
    if (found.get() < 0)
      return unknown(rule_.root.string() + path, fmt::format("cannot be opened: {}", strerror(errno)));
    return InputFile::adopt(std::move(found), rule_.root.string() + path);
  }

  // The first file of this name that is for the machine, as the dynamic linker passes over the others.
  Result<void> find(const std::string& name, const std::string& wanted_by) {
    if (name.empty() || name.find_first_of("/$") != std::string::npos)
      return refused(wanted_by, fmt::format("needs \"{}\", which is no plain name of a library", name));
    for (const auto& directory : directories_) {
      const std::string path = directory + "/" + name;
      const auto file = open(path);
      if (!file && file.error().what.empty()) continue;
      if (!file) return tl::unexpected(file.error());
      const auto facts = read_loading_facts(*file);
      if (!facts) return tl::unexpected(facts.error());
      if (facts->is_elf && facts->machine == machine_) return take(path, *file, *facts, name);
    }
    return refused(wanted_by, fmt::format("needs {}, which is not in {}", name, fmt::join(directories_, ", ")),
                   "name its directory on the device with --library-dir");
  }

  Result<void> take(const std::string& path, const InputFile& file, const LoadingFacts& facts,
                    const std::string& name) {
    if (facts.name.empty() || (!name.empty() && facts.name != name))
      return refused(file.path(),
                     fmt::format("goes by another name (DT_SONAME) than it is asked for (expected {}, found {})",
                                 name.empty() ? "one" : name, facts.name.empty() ? "none" : facts.name));
    if (auto ok = refuse_steering(file, facts); !ok) return ok;
    if (path.size() > PM_DEPENDENCY_NAME_MAX || found_.size() == PM_DEPENDENCIES_MAX)
      return refused(file.path(),
                     fmt::format("does not fit the mark (expected at most {} files with paths of {} bytes)",
                                 static_cast<int>(PM_DEPENDENCIES_MAX), static_cast<int>(PM_DEPENDENCY_NAME_MAX)));
    const auto digest = fs_verity(file, file.size());
    if (!digest) return tl::unexpected(digest.error());
    found_.push_back({path, *digest});
    names_.insert(facts.name);
    for (const auto& needed : facts.needed) wanted_.emplace_back(needed, file.path());
    return {};
  }

  Result<std::vector<Dependency>> run(const LoadingFacts& program, const std::string& path) {
    const auto linker = open(program.interpreter);
    if (!linker && linker.error().what.empty())
      return refused(path,
                     fmt::format("its dynamic linker is not there: {}", rule_.root.string() + program.interpreter));
    if (!linker) return tl::unexpected(linker.error());
    const auto facts = read_loading_facts(*linker);
    if (!facts) return tl::unexpected(facts.error());
    if (facts->machine != machine_)
      return refused(linker->path(),
                     fmt::format("is for another machine (expected {}, found {})", machine_, facts->machine));
    for (const auto& needed : program.needed) wanted_.emplace_back(needed, path);
    for (const auto& name : rule_.also) wanted_.emplace_back(name, path);
    if (auto ok = take(program.interpreter, *linker, *facts, ""); !ok) return tl::unexpected(ok.error());
    while (!wanted_.empty()) {
      const auto [name, wanted_by] = wanted_.front();
      wanted_.pop_front();
      if (names_.contains(name)) continue;
      if (auto ok = find(name, wanted_by); !ok) return tl::unexpected(ok.error());
    }
    return std::move(found_);
  }

 private:
  Descriptor root_;
  const LoadingRule& rule_;
  std::uint16_t machine_;
  std::vector<std::string> directories_;
  std::vector<Dependency> found_;
  std::set<std::string> names_;
  std::deque<std::pair<std::string, std::string>> wanted_;  // name, and the file that needs it
};

}  // namespace

Result<std::vector<Dependency>> find_dependencies(const InputFile& program, const LoadingRule& rule) {
  const auto facts = read_loading_facts(program);
  if (!facts) return tl::unexpected(facts.error());
  if (facts->interpreter.empty())
    return refused(program.path(), "has no dynamic linker, so it loads nothing", "sign it without --dependencies");
  if (!facts->interpreter.starts_with("/"))
    return refused(program.path(), fmt::format("names its dynamic linker by no absolute path: {}", facts->interpreter));
  if (auto ok = refuse_steering(program, *facts); !ok) return tl::unexpected(ok.error());
  for (const auto& directory : rule.directories) {
    if (!directory.starts_with("/"))
      return usage("", fmt::format("a library directory is no absolute path: {}", directory));
  }
  Descriptor root(open(rule.root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (root.get() < 0) return unknown(rule.root.string(), fmt::format("cannot be opened: {}", strerror(errno)));
  LoadingRule shown = rule;
  // "/" and "/sysroot/" in front of an absolute path.
  std::string text = rule.root.string();
  while (text.ends_with('/')) text.pop_back();
  shown.root = text;
  return Search(std::move(root), shown, facts->machine).run(*facts, program.path());
}

}  // namespace proofmark::sign
