// SPDX-License-Identifier: Apache-2.0
//
// bundle: the table of a tree, under one mark. The gate asks every ELF file in it for a mark of its own.
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "board_options.h"
#include "key_options.h"
#include "proofmark/sign/bundle_gate.h"
#include "tree_progress.h"
#include "verb.h"
#include "verifier_options.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string root, output, name, boards_dir, owner, report;
  std::vector<std::string> keys, boards, trust, exclude;
  KeyOptions key_options;
  std::uint32_t security_version = 0;
  unsigned jobs = 0;
  bool allow_unproven = false, cross_file_systems = false;
};

constexpr const char* kGateHint =
    "sign every ELF file in the tree with evidence, or bundle with --allow-unproven, which devices refuse unless their "
    "trust allows it";

struct Owner {
  std::uint32_t uid = 0, gid = 0;
};

Result<std::optional<Owner>> parse_owner(const std::string& text) {
  if (text.empty()) return std::optional<Owner>{};
  Owner owner;
  int used = -1;
  // NOLINTNEXTLINE(cert-err34-c): what follows the numbers is checked by %n
  if (std::sscanf(text.c_str(), "%9u:%9u%n", &owner.uid, &owner.gid, &used) != 2 ||
      static_cast<std::size_t>(used) != text.size())
    return usage("", fmt::format("--owner \"{}\" is not UID:GID", text), "as in --owner 0:0");
  return std::optional<Owner>(owner);
}

// A signer that was killed could not take its unfinished output away, and nobody wants that on a device.
Result<void> refuse_leftovers(const Tree& tree, const Listing& listing) {
  for (const auto& name : listing.names) {
    if (is_temporary_name(std::string_view(name.path).substr(name.path.rfind('/') + 1)))
      return unknown(tree.full_name(name.path), "is the unfinished output of a signer that was killed",
                     "remove it, and see that what it was to become is there");
  }
  return {};
}

Result<void> refuse_what_no_table_holds(const Tree& tree, const Listing& listing) {
  if (listing.mounts.empty()) return {};
  return unknown(tree.full_name(listing.mounts.front()), "another file system is mounted here",
                 "unmount it, leave it out with --exclude, or take it in with --cross-file-systems");
}

Result<BundleTable> read_tree(const Tree& tree, const Options& options, BundleGate& gate) {
  const auto listing = tree.list(PathPatterns(options.exclude));
  if (!listing) return tl::unexpected(listing.error());
  if (auto ok = refuse_what_no_table_holds(tree, *listing); !ok) return tl::unexpected(ok.error());
  if (auto ok = refuse_leftovers(tree, *listing); !ok) return tl::unexpected(ok.error());
  TreeProgress progress;
  Tree::ReadOptions read;
  read.jobs = options.jobs;
  read.unchanged = true;
  read.progress = &progress;
  read.inspect = [&gate](std::size_t index, const BundleEntry& entry, int fd) {
    return gate.inspect(index, entry, fd);
  };
  const ProgressLine line(progress);
  auto found = tree.read(listing->names, read);
  if (!found) return tl::unexpected(found.error());
  if (!found->lists.empty())
    return unknown(tree.full_name(found->lists.front()),
                   "has an access control list, which grants what no bundle can vouch for",
                   "remove it (setfacl -b), or leave the file out with --exclude");
  return std::move(found->table);
}

Result<void> write_report(const Options& options, const BundleGate& gate, const GateAnswer& answer) {
  if (options.report.empty()) return {};
  const nlohmann::ordered_json document = {
      {"elf_files", gate.elf_files()}, {"proven", answer.objections.empty()}, {"objections", answer.objections}};
  return write_file(options.report, document.dump(2) + "\n", 0644, true);
}

// A tree that was never signed has thousands of objections, which say all the same; a report has all of them.
Result<Proof> pass_gate(const Options& options, const BundleGate& gate) {
  constexpr std::size_t kShown = 20;
  const GateAnswer answer = gate.answer();
  if (auto done = write_report(options, gate, answer); !done) return tl::unexpected(done.error());
  const std::size_t count = answer.objections.size();
  for (std::size_t i = 0; i < std::min(count, kShown); ++i)
    fmt::print(stderr, "proofmark: {}: {}: {}\n", options.allow_unproven ? "warning" : "error", options.root,
               answer.objections[i]);
  if (count > kShown) fmt::print(stderr, "proofmark: note: {} more; --report FILE has all\n", count - kShown);
  if (count == 0 || options.allow_unproven) return answer.proof;
  return refused(options.root, fmt::format("not signed: not proved ({} {})", count, count == 1 ? "reason" : "reasons"),
                 kGateHint);
}

// A file in memory, so that the table is signed by the same code as any other file and never lies about unsigned.
Result<Candidate> candidate_of(const Bytes& table) {
  Descriptor fd(::memfd_create("bundle", MFD_CLOEXEC));
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (fd.get() < 0 || ::fchmod(fd.get(), 0666 & ~mask) != 0) return unknown("", "no memory for the table");
  if (!write_fully(fd.get(), table)) return unknown("", "no memory for the table");
  auto file = InputFile::adopt(std::move(fd), "the table of the bundle");
  if (!file) return tl::unexpected(file.error());
  return Candidate{std::move(*file), PM_KIND_BUNDLE, 0, std::nullopt};
}

void print_done(const Options& options, const BundleTable& table, const SignReport& done, bool proven) {
  std::uint64_t bytes = 0;
  for (const auto& entry : table) bytes += entry.size;
  fmt::print("{}: bundle of {} entries, {} bytes in files, {}, content sha256:{}\n", options.output, table.size(),
             bytes, proven ? "proven" : "UNPROVEN", to_hex(done.content_digest));
}

Result<void> bundle(const Options& options) {
  const auto owner = parse_owner(options.owner);
  if (!owner) return tl::unexpected(owner.error());
  const auto keys = open_signers(options.keys, options.key_options);
  if (!keys) return tl::unexpected(keys.error());
  const auto boards = load_boards(options.boards, options.boards_dir);
  if (!boards) return tl::unexpected(boards.error());
  VerifierOptions whom;
  whom.trust = options.trust;
  auto trust = load_trust(whom);
  if (!trust) return tl::unexpected(trust.error());
  const auto tree = Tree::open(options.root, options.cross_file_systems);
  if (!tree) return tl::unexpected(tree.error());

  SignRequest request;
  request.output = options.output;
  request.name = options.name.empty() ? "bundle" : options.name;
  request.security_version = options.security_version;
  if (auto ok = check_text(request.name, "name", PM_NAME_MAX, "choose another with --name"); !ok) return ok;
  for (const auto& board : *boards) request.boards.push_back(board.name);
  if (request.boards.empty()) request.boards.emplace_back(PM_ANY_BOARD);
  for (const auto& key : *keys) request.keys.push_back(key.get());

  BundleGate gate(*tree, *boards, std::move(*trust));
  auto table = read_tree(*tree, options, gate);
  if (!table) return tl::unexpected(table.error());
  if (*owner)
    for (auto& entry : *table) entry.uid = (*owner)->uid, entry.gid = (*owner)->gid;
  const auto proof = pass_gate(options, gate);
  if (!proof) return tl::unexpected(proof.error());
  request.proof = *proof;
  const auto bytes = encode_table(*table, options.root);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto candidate = candidate_of(*bytes);
  if (!candidate) return tl::unexpected(candidate.error());
  const auto done = sign_file(*candidate, request);
  if (!done) return tl::unexpected(done.error());
  print_done(options, *table, *done, proof->status == PM_PROVEN);
  return {};
}

}  // namespace

void declare_bundle(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("ROOTFS", options->root, "directory that becomes the root of the device")->required();
  command.add_option("-o,--output", options->output, "bundle to write")->required();
  command.add_option("--key", options->keys, "PEM file, pkcs11: URI or exec:PROGRAM; up to four, one signature each")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--board", options->boards, "board that the bundle is for; may be given again")
      ->allow_extra_args(false);
  command
      .add_option(
          "--trust", options->trust,
          "trust store, or public key in PEM, whose marks on ELF files in the tree count; keys may be given again")
      ->allow_extra_args(false);
  command.add_option("--security-version", options->security_version,
                     "number that only grows, against downgrades (default 0)");
  command.add_option("--name", options->name, "name in the mark (default: bundle)");
  command
      .add_option("--exclude", options->exclude, "pattern of paths below ROOTFS that are left out; may be given again")
      ->allow_extra_args(false);
  command.add_flag("--cross-file-systems", options->cross_file_systems, "take in what is mounted below ROOTFS");
  command.add_option("--owner", options->owner, "UID:GID that every file gets in the bundle (default: as it is)");
  command.add_option("--report", options->report, "file for the gate's objections, in JSON");
  command.add_option("-j,--jobs", options->jobs, "files that are read at once (default: one for each core)");
  command.add_option("--boards-dir", options->boards_dir, "where the boards and policies are");
  add_key_options(command, options->key_options, true);
  command.add_flag("--allow-unproven", options->allow_unproven, "sign although the gate objects; the mark says so");
  command.callback([options, &exit_code] {
    if (const auto done = bundle(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
