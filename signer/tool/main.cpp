// SPDX-License-Identifier: Apache-2.0
//
// proofmark-sign: strikes marks, takes them off, checks them. The whole of its command line is the table below.
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "proofmark/sign/files.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

constexpr std::array<Verb, 16> kVerbs = {{
    {"keygen", "make a signing key", declare_keygen},
    {"pubkey", "write the public key, or the trust source for a device", declare_pubkey},
    {"keyinfo", "say what a key is", declare_keyinfo},
    {"sign", "sign a file that was proved", declare_sign},
    {"verify", "check the marks of files against trusted keys", declare_verify},
    {"bundle", "sign a whole root file system", declare_bundle},
    {"diff", "compare two bundles", declare_diff},
    {"install", "let fs-verity guard the files of a bundle", declare_install},
    {"companion", "write the policy for IMA or IPE that lets a bundle run", declare_companion},
    {"measure", "foretell what a TPM holds after a boot", declare_measure},
    {"info", "show the mark of a file without checking it", declare_info},
    {"unsign", "take the mark off", declare_unsign},
    {"configure", "compile configuration into read-only data", declare_configure},
    {"trust", "make, sign, show and compare trust stores", declare_trust},
    {"digest", "print the digests of a file, or write what is to be signed", declare_digest},
    {"attach", "make the signed file of signatures made elsewhere", declare_attach},
}};

// CLI11 words its own errors; ours have one shape.
int report_parse_error(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
  std::fprintf(stderr, "proofmark: error: %s\nhint: proofmark VERB --help lists the options\n", error.what());
  return kUsage;
}

// Nothing half-written outlives the program, whatever ends it; the shell still sees the signal.
void end_by_signal(int number) {
  remove_temporaries();
  (void)std::signal(number, SIG_DFL);
  (void)::raise(number);
}

void handle_signals() {
  for (const int number : {SIGHUP, SIGINT, SIGTERM}) {
    // What the parent ignores (nohup) stays ignored.
    if (std::signal(number, end_by_signal) == SIG_IGN) (void)std::signal(number, SIG_IGN);
  }
  // A file that grows beyond a limit is an error like a full disk.
  (void)std::signal(SIGXFSZ, SIG_IGN);
}

int run(int argc, char** argv) {
  CLI::App app("Signs firmware that was proved, and checks the marks.", "proofmark-sign");
  app.set_version_flag("--version", "proofmark-sign " PROOFMARK_VERSION);
  app.require_subcommand(1);
  int exit_code = kYes;
  for (const auto& verb : kVerbs) {
    CLI::App& command = *app.add_subcommand(verb.name, verb.summary);
    // Declaring the options of all verbs takes as long as checking a small file.
    if (argc > 1 && std::strcmp(argv[1], verb.name) == 0) verb.declare(command, exit_code);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return report_parse_error(app, error);
  }
  if (std::fflush(stdout) == 0) return exit_code;
  // An answer that nobody can read is none.
  const int failed = report(
      Error{Outcome::kUnknown, "standard output", std::string("cannot be written: ") + std::strerror(errno), {}});
  return exit_code == kYes ? failed : exit_code;
}

}  // namespace

int report(const Error& error) {
  (void)std::fflush(stdout);  // both streams may be one file, where what was said first belongs first
  std::fputs(message(error).c_str(), stderr);
  return static_cast<int>(error.outcome);
}

void warn_dropped(const std::string& output, const std::vector<std::string>& dropped) {
  for (const auto& what : dropped)
    std::fprintf(stderr, "proofmark: warning: %s: not taken over: %s\n", output.c_str(), what.c_str());
}

}  // namespace proofmark::sign::tool

int main(int argc, char** argv) {
  // Memory is the one thing that may still run out anywhere.
  proofmark::sign::tool::handle_signals();
  try {
    return proofmark::sign::tool::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "proofmark: error: %s\n", error.what());
    return proofmark::sign::tool::kUnknown;
  }
}
