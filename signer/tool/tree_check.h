// SPDX-License-Identifier: Apache-2.0
//
// A tree held against its bundle: shared by `verify --root` and `install`.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "proofmark/sign/companion.h"
#include "proofmark/sign/signing.h"
#include "proofmark/sign/tree.h"

namespace proofmark::sign::tool {

struct TreeCheckOptions {
  std::string root;
  std::vector<std::string> allow_extra;
  std::string format = "text";
  unsigned jobs = 0;
  bool quick = false, cross_file_systems = false;
};

// --root and what belongs to it.
void declare_tree_check(CLI::App& command, TreeCheckOptions& options);
// The part of it that is not about output: --allow-extra, --cross-file-systems, -j.
void declare_tree_options(CLI::App& command, TreeCheckOptions& options);

// A bundle that the verifier accepted.
struct TrustedBundle {
  int exit_code = 0;   // what a verb returns when there is no table
  CompanionHead head;  // its name and version
  std::optional<BundleTable> table;
};

// Reads the bundle once, so that what is used is what was verified, and prints the verdict; to standard error when
// standard output is for machines.
Result<TrustedBundle> open_bundle(const std::string& path, const TrustRequest& trust, bool quiet);

// Everything that differs, in the order of the paths.
Result<std::vector<Difference>> compare_with_tree(const Tree& tree, const BundleTable& table,
                                                  const TreeCheckOptions& options);

// Writes one line for each, or one JSON document.
void print_differences(const std::string& root, const std::vector<Difference>& differences, bool json);

// The whole of `verify --root`; returns the exit code.
Result<int> check_tree(const std::string& bundle, const TrustRequest& trust, const TreeCheckOptions& options);

}  // namespace proofmark::sign::tool
