// SPDX-License-Identifier: Apache-2.0
//
// See tree_check.h.
#include "tree_check.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tree_progress.h"
#include "verb.h"
#include "verifier_options.h"

namespace proofmark::sign::tool {
namespace {

// The bytes that are verified must be the bytes that are used, whoever writes to the file meanwhile.
Result<InputFile> private_copy(const InputFile& file) {
  constexpr std::size_t kPiece = 1 << 20;
  Descriptor copy(::memfd_create("bundle", MFD_CLOEXEC));
  if (copy.get() < 0) return unknown(file.path(), "no memory for a copy of it");
  for (std::uint64_t at = 0; at < file.size();) {
    const auto piece = file.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, file.size() - at)));
    if (!piece) return tl::unexpected(piece.error());
    if (::write(copy.get(), piece->data(), piece->size()) != static_cast<ssize_t>(piece->size()))
      return unknown(file.path(), "no memory for a copy of it");
    at += piece->size();
  }
  return InputFile::adopt(std::move(copy), file.path());
}

bool lies_below(const std::string& path, const std::string& directory) {
  return directory.empty() || path == directory || path.starts_with(directory + "/");
}

// What is on disk sorted by what the bundle has to say about it.
struct Sorted {
  std::vector<TreeName> known;  // in the bundle
  std::vector<Difference> extra;
};

// A pattern that matches a directory, in the bundle or not, allows everything in it; what lies in it comes right behind it.
Sorted sort_names(const Listing& listing, const BundleTable& table, const PathPatterns& allowed) {
  Sorted sorted;
  std::size_t i = 0;
  std::optional<std::string> free;
  for (const auto& name : listing.names) {
    while (i < table.size() && path_precedes(table[i].path, name.path)) ++i;
    if (!(free && lies_below(name.path, *free)) && allowed.match(name.path)) free = name.path;
    if (i < table.size() && table[i].path == name.path)
      sorted.known.push_back(name);
    else if (!free || !lies_below(name.path, *free))
      sorted.extra.push_back({name.path, "extra", type_name(name.type)});
  }
  for (const auto& mount : listing.mounts)
    sorted.extra.push_back({mount, "mount", "another file system is mounted here, and was not looked at"});
  return sorted;
}

bool is_hidden(const std::string& path, const Listing& listing) {
  return std::any_of(listing.mounts.begin(), listing.mounts.end(),
                     [&](const auto& mount) { return lies_below(path, mount); });
}

// The digest of a damaged file says nothing that the damage does not say better.
bool is_told(const Difference& difference, const std::vector<Difference>& damaged) {
  return std::any_of(damaged.begin(), damaged.end(),
                     [&](const auto& one) { return one.path == difference.path && one.what == difference.what; });
}

}  // namespace

void declare_tree_options(CLI::App& command, TreeCheckOptions& options) {
  command
      .add_option(
          "--allow-extra", options.allow_extra,
          "pattern of paths below the root that need not be in the bundle, such as var/log/*; may be given again")
      ->allow_extra_args(false);
  command.add_flag("--cross-file-systems", options.cross_file_systems, "look at what is mounted below the root, too");
  command.add_option("-j,--jobs", options.jobs, "files that are read at once (default: one for each core)");
}

void declare_tree_check(CLI::App& command, TreeCheckOptions& options) {
  auto* root = command.add_option("--root", options.root, "directory that must be what the bundle says");
  declare_tree_options(command, options);
  command.add_flag("--quick", options.quick,
                   "believe the kernel's fs-verity where it guards a file, and read only the others");
  command.add_option("--format", options.format, "how differences are written: text or json (default text)")
      ->check(CLI::IsMember({"text", "json"}));
  for (const char* name : {"--allow-extra", "--cross-file-systems", "--jobs", "--quick", "--format"})
    command.get_option(name)->needs(root);
}

Result<TrustedBundle> open_bundle(const std::string& path, const TrustRequest& trust, bool quiet) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto copy = private_copy(*file);
  if (!copy) return tl::unexpected(copy.error());
  Verification check;
  check.run(copy->fd(), -1, trust);
  TrustedBundle bundle;
  if (check.verdict() != PM_ACCEPTED) {
    bundle.exit_code = print_refused(*file, check.result());
    return bundle;
  }
  const VerifierInput input(copy->fd());
  const auto reader = std::make_unique<pm_bundle>();
  if (const auto verdict = pm_bundle_open(reader.get(), input.io(), &check.result()); verdict != PM_ACCEPTED)
    return tl::unexpected(
        Error{Outcome::kRefused,
              path,
              fmt::format("{}: {} (kind: {})", static_cast<unsigned>(verdict), pm_verdict_text(verdict),
                          kind_name(static_cast<pm_kind>(check.result().manifest.kind))),
              {}});
  auto table = decode_table(*reader, path);
  if (!table) return tl::unexpected(table.error());
  if (!quiet) print_accepted(path, check.result(), trust);
  bundle.head = {check.result().name, check.result().security_version};
  bundle.table = std::move(*table);
  return bundle;
}

Result<std::vector<Difference>> compare_with_tree(const Tree& tree, const BundleTable& table,
                                                  const TreeCheckOptions& options) {
  const auto listing = tree.list(PathPatterns());
  if (!listing) return tl::unexpected(listing.error());
  Sorted sorted = sort_names(*listing, table, PathPatterns(options.allow_extra));
  TreeProgress progress;
  Tree::ReadOptions read;
  read.hashing = options.quick ? Hashing::kMeasure : Hashing::kRead;
  read.jobs = options.jobs;
  read.progress = &progress;
  read.tell_damage = true;
  const ProgressLine line(progress);
  const auto found = tree.read(sorted.known, read);
  if (!found) return tl::unexpected(found.error());
  std::vector<Difference> differences = std::move(sorted.extra);
  for (auto& difference : compare_tables(table, found->table)) {
    const bool hidden = difference.what == "missing" && is_hidden(difference.path, *listing);
    if (!hidden && !is_told(difference, found->damaged)) differences.push_back(std::move(difference));
  }
  differences.insert(differences.end(), found->damaged.begin(), found->damaged.end());
  for (const auto& path : found->lists)
    differences.push_back({path, "list", "has an access control list, which no bundle can vouch for"});
  std::sort(differences.begin(), differences.end(), [](const auto& a, const auto& b) {
    return a.path == b.path ? a.what < b.what : path_precedes(a.path, b.path);
  });
  return differences;
}

void print_differences(const std::string& root, const std::vector<Difference>& differences, bool json) {
  if (!json) {
    for (const auto& one : differences) fmt::print("{}/{}: {}: {}\n", root, printable(one.path), one.what, one.detail);
    return;
  }
  auto list = nlohmann::ordered_json::array();
  for (const auto& one : differences)
    list.push_back({{"path", printable(one.path)}, {"what", one.what}, {"detail", one.detail}});
  const nlohmann::ordered_json document = {{"differences", std::move(list)}};
  fmt::print("{}\n", document.dump(2));
}

Result<int> check_tree(const std::string& bundle, const TrustRequest& trust, const TreeCheckOptions& options) {
  const bool json = options.format == "json";
  const auto opened = open_bundle(bundle, trust, json);
  if (!opened) return tl::unexpected(opened.error());
  if (!opened->table) return opened->exit_code;
  const auto tree = Tree::open(options.root, options.cross_file_systems);
  if (!tree) return tl::unexpected(tree.error());
  const auto differences = compare_with_tree(*tree, *opened->table, options);
  if (!differences) return tl::unexpected(differences.error());
  print_differences(options.root, *differences, json);
  if (!json && differences->empty())
    fmt::print("{}: as the bundle says: {} entries\n", options.root, opened->table->size());
  if (!json && !differences->empty())
    fmt::print("{}: NOT TRUSTED: {} {}\n", options.root, differences->size(),
               differences->size() == 1 ? "difference" : "differences");
  return differences->empty() ? kYes : kNo;
}

}  // namespace proofmark::sign::tool
