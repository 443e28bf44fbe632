// SPDX-License-Identifier: Apache-2.0
//
// install: makes the kernel guard a tree. The whole tree is held against its bundle first, because fs-verity cannot be taken
// off again; then every regular file gets it. Doing it twice, or going on where it was cut off, is the same.
#include <fcntl.h>
#include <linux/fsverity.h>
#include <sys/ioctl.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "tree_check.h"
#include "verb.h"
#include "verifier_options.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  VerifierOptions trust;
  TreeCheckOptions tree;
  std::string bundle;
};

const char* hint_for(int error) {
  switch (error) {
    case ENOTTY:
    case EOPNOTSUPP:
      return "the file system must have the feature (ext4: mkfs.ext4 -O verity, or tune2fs -O verity) and the kernel "
             "CONFIG_FS_VERITY";
    case ETXTBSY:
      return "nobody may have the file open for writing";
    case EROFS:
      return "mount the file system for writing";
    default:
      return "";
  }
}

// True when it was switched on now, false when it was on before.
Result<bool> enable(const Tree& tree, const BundleEntry& entry) {
  const auto fd = tree.open_file(entry.path);
  if (!fd) return tl::unexpected(fd.error());
  fsverity_enable_arg request{};
  request.version = PM_VERITY_VERSION;
  request.hash_algorithm = FS_VERITY_HASH_ALG_SHA256;
  request.block_size = PM_BLOCK_SIZE;
  while (::ioctl(fd->get(), FS_IOC_ENABLE_VERITY, &request) != 0) {
    if (errno == EEXIST) return false;
    if (errno == EINTR) continue;
    const int error = errno;
    return unknown(tree.full_name(entry.path), fmt::format("fs-verity cannot be enabled: {}", std::strerror(error)),
                   hint_for(error));
  }
  return true;
}

// Between the check and the switch a file may have changed; afterwards it cannot.
Result<std::vector<Difference>> check(const Tree& tree, const BundleTable& table, TreeCheckOptions options,
                                      bool quick) {
  options.quick = quick;
  return compare_with_tree(tree, table, options);
}

int print_refusal(const Options& options, const std::vector<Difference>& differences, const char* when) {
  print_differences(options.tree.root, differences, false);
  fmt::print("{}: NOT TRUSTED: {} {} {}\n", options.tree.root, differences.size(),
             differences.size() == 1 ? "difference" : "differences", when);
  return kNo;
}

Result<int> install(const Options& options) {
  const auto trust = load_trust(options.trust);
  if (!trust) return tl::unexpected(trust.error());
  const auto bundle = open_bundle(options.bundle, *trust, false);
  if (!bundle) return tl::unexpected(bundle.error());
  if (!bundle->table) return bundle->exit_code;
  const auto tree = Tree::open(options.tree.root, options.tree.cross_file_systems);
  if (!tree) return tl::unexpected(tree.error());
  const auto before = check(*tree, *bundle->table, options.tree, true);
  if (!before) return tl::unexpected(before.error());
  if (!before->empty()) return print_refusal(options, *before, "before anything was done");

  std::uint64_t enabled = 0, files = 0;
  for (const auto& entry : *bundle->table) {
    if (entry.type != PM_BUNDLE_REGULAR) continue;
    const auto now = enable(*tree, entry);
    if (!now) return tl::unexpected(now.error());
    ++files;
    enabled += *now ? 1 : 0;
  }
  const auto after = check(*tree, *bundle->table, options.tree, true);
  if (!after) return tl::unexpected(after.error());
  if (!after->empty()) return print_refusal(options, *after, "after fs-verity was enabled");
  fmt::print("{}: fs-verity guards {} files, {} of them since now\n", options.tree.root, files, enabled);
  return kYes;
}

}  // namespace

void declare_install(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command
      .add_option("ROOTFS", options->tree.root, "directory that the bundle was made of, on the medium of the device")
      ->required();
  command.add_option("BUNDLE", options->bundle, "what `proofmark bundle` wrote")->required();
  add_verifier_options(command, options->trust);
  declare_tree_options(command, options->tree);
  command.callback([options, &exit_code] {
    const auto code = install(*options);
    exit_code = code ? *code : report(code.error());
  });
}

}  // namespace proofmark::sign::tool
