// SPDX-License-Identifier: Apache-2.0
//
// sign: the gate first, then the mark. With --allow-unproven the objections of the gate become warnings and the mark says
// that nothing was proved.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "boards_dir.h"
#include "key_options.h"
#include "proofmark/sign/evidence.h"
#include "proofmark/sign/signing.h"
#include "readers_of_ends.h"
#include "trust_option.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string input, output, name, boards_dir, debug;
  std::vector<std::string> keys, boards, evidence;
  KeyOptions key_options;
  TrustOption trust;
  std::uint32_t security_version = 0;
  std::uint32_t reserve = 0;
  bool allow_unproven = false, detached = false, as_data = false, replace = false, add = false;
};

// Texts in a mark are short and printable, so that a device can show them as they are.
Result<void> check_text(const std::string& text, const char* what, std::size_t most, const char* hint) {
  const bool printable = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c <= 0x7e; });
  if (!printable) return usage("", fmt::format("the {} has characters other than printable ASCII", what), hint);
  if (text.empty() || text.size() > most)
    return usage(
        "", fmt::format("the {} \"{}\" does not fit (expected 1 to {} bytes, found {})", what, text, most, text.size()),
        hint);
  return {};
}

Result<std::vector<BoardFacts>> load_boards(const Options& options) {
  std::vector<BoardFacts> boards;
  if (options.boards.size() > PM_BOARDS_MAX)
    return usage("", fmt::format("too many boards (expected at most {}, found {})", static_cast<int>(PM_BOARDS_MAX),
                                 options.boards.size()));
  const std::filesystem::path directory =
      options.boards_dir.empty() ? default_boards_dir() : std::filesystem::path(options.boards_dir);
  for (const auto& name : options.boards) {
    auto board = load_board(directory, name);
    if (!board) return tl::unexpected(board.error());
    if (auto ok = check_text(board->name, "board name", PM_BOARD_NAME_MAX, "shorten \"name\" in the board file"); !ok)
      return tl::unexpected(ok.error());
    boards.push_back(std::move(*board));
  }
  return boards;
}

// Without a debug archive there is nothing to bind. With one, it must belong to this build.
Result<std::optional<Digest>> debug_digest(const Options& options, const Candidate& candidate) {
  if (options.debug.empty()) return std::optional<Digest>{};
  const auto digest = debug_archive(options.debug, candidate.build_id);
  if (!digest) return tl::unexpected(digest.error());
  return std::optional<Digest>(*digest);
}

Result<GateAnswer> pass_gate(const Options& options, const Candidate& candidate, const std::vector<BoardFacts>& boards,
                             const std::optional<Digest>& debug) {
  GateRequest request;
  request.boards = boards;
  request.machine = candidate.machine;
  request.debug = debug;
  for (const auto& file : options.evidence) {
    auto evidence = read_evidence(file);
    if (!evidence) return tl::unexpected(evidence.error());
    request.evidence.push_back(std::move(*evidence));
  }
  // Without a board no evidence can count, so the pass over the file is saved.
  const Result<Digest> artifact = boards.empty() ? Result<Digest>(Digest{}) : sha256(candidate.file);
  if (!artifact) return tl::unexpected(artifact.error());
  request.artifact = *artifact;
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

Result<void> check_signature_count(const Options& options) {
  const std::size_t count = options.keys.size() + options.reserve;
  if (count <= PM_SIGNATURES_MAX) return {};
  return usage("", fmt::format("too many signatures (expected at most {}, found {} keys and room for {} more)",
                               static_cast<int>(PM_SIGNATURES_MAX), options.keys.size(), options.reserve));
}

// What the mark says was decided when it was struck; here only a signature is added to it.
Result<void> add(const Options& options, const std::vector<std::unique_ptr<Signer>>& keys) {
  if (!options.trust.store.empty()) {
    const auto file = InputFile::open(options.detached ? options.input + PM_DETACHED_SUFFIX : options.input);
    if (!file) return tl::unexpected(file.error());
    const auto view = view_mark(*file);
    if (!view) return tl::unexpected(view.error());
    const Subject& subject = view->manifest.subject;
    const Signing signing{options.input, subject.kind, subject.boards, view->manifest.security_version};
    if (auto ok = check_may_sign(options.trust, signing, keys); !ok) return ok;
  }
  AddRequest request;
  request.output = options.output;
  request.detached = options.detached;
  request.allow_unproven = options.allow_unproven;
  for (const auto& key : keys) request.keys.push_back(key.get());
  const auto done = add_signatures(options.input, request);
  if (!done) return tl::unexpected(done.error());
  warn_dropped(options.output, done->dropped);
  fmt::print("{}: signature added, content sha256:{}\n", options.output, to_hex(done->content_digest));
  return {};
}

Result<void> sign(const Options& options) {
  if (auto ok = check_signature_count(options); !ok) return ok;
  const auto keys = open_signers(options.keys, options.key_options);
  if (!keys) return tl::unexpected(keys.error());
  if (options.add) return add(options, *keys);
  const auto boards = load_boards(options);
  if (!boards) return tl::unexpected(boards.error());
  const auto candidate = options.replace ? open_for_replacement(options.input, options.as_data, options.output)
                                         : open_candidate(options.input, options.as_data);
  if (!candidate) return tl::unexpected(candidate.error());

  SignRequest request;
  request.output = options.output;
  request.name = options.name.empty() ? std::filesystem::path(options.input).filename().string() : options.name;
  request.security_version = options.security_version;
  request.detached = options.detached;
  request.reserve = options.reserve;
  if (auto ok = check_text(request.name, "name", PM_NAME_MAX, "choose another with --name"); !ok) return ok;
  for (const auto& board : *boards) request.boards.push_back(board.name);
  if (request.boards.empty()) request.boards.emplace_back(PM_ANY_BOARD);
  const Signing signing{options.input, candidate->kind, request.boards, request.security_version};
  if (auto ok = check_may_sign(options.trust, signing, *keys); !ok) return ok;
  const auto debug = debug_digest(options, *candidate);
  if (!debug) return tl::unexpected(debug.error());
  auto answer = pass_gate(options, *candidate, *boards, *debug);
  if (!answer) return tl::unexpected(answer.error());
  if (auto ok = options.detached ? Result<void>{} : warn_about_readers(options.input, candidate->file); !ok) return ok;
  request.proof = answer->proof;
  request.bindings.symbols = *debug;
  for (const auto& key : *keys) request.keys.push_back(key.get());

  const auto done = sign_file(*candidate, request);
  if (!done) return tl::unexpected(done.error());
  warn_dropped(options.output, done->dropped);
  fmt::print("{}: signed, {}, content sha256:{}\n", options.output,
             request.proof.status == PM_PROVEN ? "proven" : "UNPROVEN", to_hex(done->content_digest));
  return {};
}

// Signing what is signed.
void declare_repetition(CLI::App& command, Options& options) {
  auto* replace =
      command.add_flag("--replace", options.replace, "strike a new mark in the place of the one that IN carries");
  replace->excludes(command.get_option("--detached"));
  command.add_option("--reserve", options.reserve,
                     "RSA or ECDSA signatures for which the mark keeps room, for --add (default 0)");
  auto* add =
      command.add_flag("--add", options.add,
                       "add a signature to the mark that IN carries and change nothing else; with --detached, to "
                       "IN.proofmark");
  for (const char* fixed :
       {"--replace", "--board", "--evidence", "--debug", "--security-version", "--name", "--reserve", "--data"})
    add->excludes(command.get_option(fixed));
}

}  // namespace

void declare_sign(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("IN", options->input, "file to sign: ELF, or anything else")->required();
  command.add_option("-o,--output", options->output, "file to write; may be IN")->required();
  command.add_option("--key", options->keys, "PEM file, pkcs11: URI or exec:PROGRAM; up to four, one signature each")
      ->required()
      ->allow_extra_args(false);
  command.add_option("--board", options->boards, "board that the file is for; may be given again")
      ->allow_extra_args(false);
  command
      .add_option("--evidence", options->evidence,
                  "what `proofmark check` and `proofmark audit` found; may be given again")
      ->allow_extra_args(false);
  command.add_option("--debug", options->debug, "debug archive of the file, to bind it to the mark");
  command.add_option("--security-version", options->security_version,
                     "number that only grows, against downgrades (default 0)");
  command.add_option("--name", options->name, "name in the mark (default: the file name of IN)");
  command.add_option("--boards-dir", options->boards_dir, "where the boards and policies are");
  add_key_options(command, options->key_options, true);
  add_trust_options(command, options->trust);
  command.add_flag("--allow-unproven", options->allow_unproven, "sign although the gate objects; the mark says so");
  command.add_flag("--detached", options->detached, "write only the mark, to stand beside IN as IN.proofmark");
  command.add_flag("--data", options->as_data, "sign an ELF file as plain data, without a section");
  declare_repetition(command, *options);
  command.callback([options, &exit_code] {
    if (const auto done = sign(*options); !done) exit_code = report(done.error());
  });
}

}  // namespace proofmark::sign::tool
