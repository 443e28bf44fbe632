// SPDX-License-Identifier: Apache-2.0
//
// One verb of the command line. The table in main.cpp is the only list of verbs: dispatch, help and completion come from it.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "proofmark/sign/error.h"

namespace proofmark::sign::tool {

// Exit codes of every program of the project.
enum ExitCode : int { kYes = 0, kNo = 1, kUsage = 2, kUnknown = 3 };

struct Verb {
  const char* name;
  const char* summary;
  // Declares the options and sets the callback that does the work; the callback stores the exit code.
  void (*declare)(CLI::App& command, int& exit_code);
};

void declare_keygen(CLI::App& command, int& exit_code);
void declare_pubkey(CLI::App& command, int& exit_code);
void declare_keyinfo(CLI::App& command, int& exit_code);
void declare_sign(CLI::App& command, int& exit_code);
void declare_verify(CLI::App& command, int& exit_code);
void declare_bundle(CLI::App& command, int& exit_code);
void declare_diff(CLI::App& command, int& exit_code);
void declare_companion(CLI::App& command, int& exit_code);
void declare_install(CLI::App& command, int& exit_code);
void declare_measure(CLI::App& command, int& exit_code);
void declare_info(CLI::App& command, int& exit_code);
void declare_unsign(CLI::App& command, int& exit_code);
void declare_digest(CLI::App& command, int& exit_code);
void declare_attach(CLI::App& command, int& exit_code);
void declare_trust(CLI::App& command, int& exit_code);
void declare_configure(CLI::App& command, int& exit_code);

// Writes the error to standard error and returns its exit code.
int report(const Error& error);

// Says on standard error what an output did not get from its input.
void warn_dropped(const std::string& output, const std::vector<std::string>& dropped);

}  // namespace proofmark::sign::tool
