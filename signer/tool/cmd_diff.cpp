// SPDX-License-Identifier: Apache-2.0
//
// diff: what one bundle says and another does not. Marks are not checked: to see what changed needs no trust.
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "proofmark/sign/bundle.h"
#include "proofmark/sign/signing.h"
#include "verb.h"

namespace proofmark::sign::tool {
namespace {

struct Options {
  std::string left, right, format = "text";
};

Result<BundleTable> read_bundle(const std::string& path) {
  const auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto mark = view_mark(*file);
  if (!mark) return tl::unexpected(mark.error());
  if (mark->manifest.subject.kind != PM_KIND_BUNDLE)
    return unknown(path, fmt::format("is not a bundle (kind: {})", kind_name(mark->manifest.subject.kind)));
  const VerifierInput input(file->fd());
  const auto reader = std::make_unique<pm_bundle>();
  const auto verdict = pm_bundle_open_unverified(reader.get(), input.io(), mark->trailer.covered);
  if (verdict != PM_DECODED_UNVERIFIED)
    return unknown(path, fmt::format("{}: {}", static_cast<unsigned>(verdict), pm_verdict_text(verdict)));
  return decode_table(*reader, path);
}

// The word and the sign of a line: what the second bundle does to the first.
const char* word_of(const Difference& one) {
  if (one.what == "missing") return "removed";
  return one.what == "extra" ? "added" : one.what.c_str();
}

char sign_of(const Difference& one) {
  if (one.what == "missing") return '-';
  return one.what == "extra" ? '+' : '!';
}

// "expected X, found Y" is said of a tree; of two bundles it is before and after.
std::string change_of(const Difference& one) {
  constexpr std::string_view kBefore = "expected ", kAfter = ", found ";
  const std::size_t comma = one.detail.find(kAfter);
  if (!one.detail.starts_with(kBefore) || comma == std::string::npos) return one.detail;
  return one.detail.substr(kBefore.size(), comma - kBefore.size()) + " -> " + one.detail.substr(comma + kAfter.size());
}

void print_text(const std::vector<Difference>& differences) {
  for (const auto& one : differences)
    fmt::print("{} {}: {}{}{}\n", sign_of(one), printable(one.path), word_of(one), one.detail.empty() ? "" : ": ",
               change_of(one));
}

void print_json(const std::vector<Difference>& differences) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& one : differences)
    list.push_back({{"path", printable(one.path)}, {"what", word_of(one)}, {"detail", change_of(one)}});
  const nlohmann::ordered_json document = {{"differences", std::move(list)}};
  fmt::print("{}\n", document.dump(2));
}

Result<int> diff(const Options& options) {
  const auto left = read_bundle(options.left);
  if (!left) return tl::unexpected(left.error());
  const auto right = read_bundle(options.right);
  if (!right) return tl::unexpected(right.error());
  const auto differences = compare_tables(*left, *right);
  if (options.format == "json")
    print_json(differences);
  else
    print_text(differences);
  return differences.empty() ? kYes : kNo;
}

}  // namespace

void declare_diff(CLI::App& command, int& exit_code) {
  auto options = std::make_shared<Options>();
  command.add_option("A", options->left, "bundle before")->required();
  command.add_option("B", options->right, "bundle after")->required();
  command.add_option("--format", options->format, "text or json (default text)")
      ->check(CLI::IsMember({"text", "json"}));
  command.callback([options, &exit_code] {
    const auto code = diff(*options);
    exit_code = code ? *code : report(code.error());
  });
}

}  // namespace proofmark::sign::tool
