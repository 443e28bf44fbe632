// SPDX-License-Identifier: Apache-2.0
//
// See sign_options.h. With --allow-unproven the objections of the gate become warnings and the mark says that nothing was
// proved.
#include "sign_options.h"

#include <algorithm>

#include <fmt/format.h>

#include "binding_option.h"
#include "board_options.h"
#include "proofmark/sign/dependencies.h"
#include "proofmark/sign/evidence.h"
#include "readers_of_ends.h"
#include "runtime_file.h"

namespace proofmark::sign::tool {
namespace {

// Without a debug archive there is nothing to bind. With one, it must belong to this build.
Result<std::optional<Digest>> debug_digest(const SignOptions& options, const Candidate& candidate) {
  if (options.debug.empty()) return std::optional<Digest>{};
  const auto digest = debug_archive(options.debug, candidate.build_id);
  if (!digest) return tl::unexpected(digest.error());
  return std::optional<Digest>(*digest);
}

Result<GateAnswer> pass_gate(const SignOptions& options, const Candidate& candidate,
                             const std::vector<BoardFacts>& boards, const std::optional<Digest>& debug) {
  GateRequest request;
  request.boards = boards;
  request.machine = candidate.machine;
  request.debug = debug;
  for (const auto& file : options.evidence) {
    auto evidence = read_evidence(file);
    if (!evidence) return tl::unexpected(evidence.error());
    request.evidence.push_back(std::move(*evidence));
  }
  // Only an audit is about the whole file; without one the pass over it is saved.
  const bool audited = std::any_of(request.evidence.begin(), request.evidence.end(),
                                   [](const auto& evidence) { return evidence.kind == EvidenceKind::kAudit; });
  if (audited) {
    const auto artifact = sha256(candidate.file);
    if (!artifact) return tl::unexpected(artifact.error());
    request.artifact = *artifact;
  }
  GateAnswer answer = examine(request);
  if (answer.objections.empty()) return answer;
  for (const auto& line : answer.objections)
    fmt::print(stderr, "proofmark: {}: {}: {}\n", options.allow_unproven ? "warning" : "error", options.input, line);
  if (options.allow_unproven) return answer;
  return refused(
      options.input,
      fmt::format("not signed: not proved ({} {})", answer.objections.size(),
                  answer.objections.size() == 1 ? "reason" : "reasons"),
      "cure what is named above, or sign with --allow-unproven, which devices refuse unless their trust allows it");
}

Result<void> take_dependencies(const SignOptions& options, const Candidate& candidate, SignRequest& request) {
  if (options.dependencies.empty()) return {};
  auto found =
      find_dependencies(candidate.file, {options.dependencies, options.library_directories, options.also_loads});
  if (!found) return tl::unexpected(found.error());
  request.dependencies = std::move(*found);
  return {};
}

}  // namespace

Result<void> check_signature_count(const SignOptions& options) {
  const std::size_t count = options.keys.size() + options.reserve;
  if (count <= PM_SIGNATURES_MAX) return {};
  return usage("", fmt::format("too many signatures (expected at most {}, found {} keys and room for {} more)",
                               static_cast<int>(PM_SIGNATURES_MAX), options.keys.size(), options.reserve));
}

Result<Prepared> prepare(const SignOptions& options, const std::vector<std::unique_ptr<Signer>>& keys) {
  const auto boards = load_boards(options.boards, options.boards_dir);
  if (!boards) return tl::unexpected(boards.error());
  auto candidate = options.replace ? open_for_replacement(options.input, options.as_data, options.output)
                                   : open_candidate(options.input, options.as_data);
  if (!candidate) return tl::unexpected(candidate.error());
  if (auto ok = options.script ? take_as_script(*candidate) : Result<void>{}; !ok) return tl::unexpected(ok.error());

  SignRequest request;
  request.name = options.name.empty() ? std::filesystem::path(options.input).filename().string() : options.name;
  request.security_version = options.security_version;
  request.detached = options.detached;
  request.reserve = options.reserve;
  if (auto ok = check_text(request.name, "name", PM_NAME_MAX, "choose another with --name"); !ok)
    return tl::unexpected(ok.error());
  for (const auto& board : *boards) request.boards.push_back(board.name);
  if (request.boards.empty()) request.boards.emplace_back(PM_ANY_BOARD);
  const Signing signing{options.input, candidate->kind, request.boards, request.security_version};
  auto revoked = check_may_sign(options.trust, signing, keys);
  if (!revoked) return tl::unexpected(revoked.error());
  request.revoked_contents = std::move(*revoked);
  if (!options.runtime.empty()) {
    auto runtime = read_runtime(options.runtime, candidate->machine);
    if (!runtime) return tl::unexpected(runtime.error());
    request.runtime = std::move(*runtime);
  }
  if (auto ok = take_dependencies(options, *candidate, request); !ok) return tl::unexpected(ok.error());
  const auto debug = debug_digest(options, *candidate);
  if (!debug) return tl::unexpected(debug.error());
  auto answer = pass_gate(options, *candidate, *boards, *debug);
  if (!answer) return tl::unexpected(answer.error());
  if (auto ok = options.detached ? Result<void>{} : warn_about_readers(options.input, candidate->file); !ok)
    return tl::unexpected(ok.error());
  request.proof = answer->proof;
  const auto bindings = find_configuration(candidate->file, options.configuration);
  if (!bindings) return tl::unexpected(bindings.error());
  request.bindings = *bindings;
  request.bindings.symbols = *debug;
  for (const auto& key : keys) request.keys.push_back(key.get());
  return Prepared{std::move(*candidate), std::move(request)};
}

void declare_sign_options(CLI::App& command, SignOptions& options) {
  command.add_option("--board", options.boards, "board that the file is for; may be given again")
      ->allow_extra_args(false);
  command
      .add_option("--evidence", options.evidence,
                  "what `proofmark check` and `proofmark audit` found; may be given again")
      ->allow_extra_args(false);
  command.add_option("--debug", options.debug, "debug archive of the file, to bind it to the mark");
  command.add_option("--configuration", options.configuration,
                     "binding that `proofmark configure` wrote: the program must hold this configuration");
  command.add_option("--runtime", options.runtime,
                     "JSON file: system calls, capabilities and environment variables that the program is granted");
  auto* dependencies = command.add_option(
      "--dependencies", options.dependencies,
      "root file system of the device: the mark lists the dynamic linker and all libraries that IN loads from there");
  command
      .add_option("--library-dir", options.library_directories,
                  "directory on the device where libraries are looked for before the usual ones; may be given again")
      ->allow_extra_args(false)
      ->needs(dependencies);
  command
      .add_option("--also-loads", options.also_loads,
                  "library (libNAME.so.N) that IN opens when it runs, for the list; may be given again")
      ->allow_extra_args(false)
      ->needs(dependencies);
  command.add_option("--security-version", options.security_version,
                     "number that only grows, against downgrades (default 0)");
  command.add_option("--name", options.name, "name in the mark (default: the file name of IN)");
  command.add_option("--boards-dir", options.boards_dir, "where the boards and policies are");
  add_key_options(command, options.key_options, true);
  add_trust_options(command, options.trust);
  command.add_flag("--allow-unproven", options.allow_unproven, "sign although the gate objects; the mark says so");
  command.add_flag("--detached", options.detached, "write only the mark, to stand beside IN as IN.proofmark");
  command.add_flag("--data", options.as_data, "sign an ELF file as plain data, without a section")
      ->excludes(dependencies);
}

}  // namespace proofmark::sign::tool
