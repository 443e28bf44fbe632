// SPDX-License-Identifier: Apache-2.0
//
// Kept results of functions: what comes back, and what is not believed.
#include "engine/function_results.h"

#include <filesystem>

#include <sys/stat.h>

#include <fmt/format.h>

#include "report/check.h"
#include "report/file.h"
#include "scratch.h"

namespace {

using namespace proofmark;
using namespace proofmark::analyze;
using namespace proofmark::test;

namespace fs = std::filesystem;

class Folder {
 public:
  fs::path file(const std::string& key = "key") const {
    return scratch_.path() / "cache/functions" / key.substr(0, 2) / key;
  }
  // Opened anew each time, as a run does.
  const CacheDirectory* directory() const {
    opened_ = CacheDirectory::open(scratch_.path() / "cache");
    return opened_ ? &*opened_ : nullptr;
  }

 private:
  Scratch scratch_;
  mutable report::Result<CacheDirectory> opened_ = tl::unexpected(report::Error{});
};

KeptFunction sample() {
  KeptFunction function;
  report::Finding finding;
  finding.rule = "PMS105";
  finding.message = "dereference of null pointer";
  finding.cwe = 476;
  finding.path.push_back({{}, "assuming 'p' is null"});
  function.reports.push_back({finding, {{0, 17}, {-1, 4}}});
  function.inlined = {2, 5};
  function.too_long = {5};
  return function;
}

void keep_sample(const Folder& folder) {
  FunctionResults results(folder.directory(), "key");
  results.keep("digest", sample());
  results.save();
}

bool is_known(const Folder& folder, const std::string& key = "key") {
  return FunctionResults(folder.directory(), key).find("digest") != nullptr;
}

std::string change(const Folder& folder, std::string_view from, std::string_view to) {
  std::string text = *report::read_file(folder.file());
  const size_t at = text.find(from);
  if (at == std::string::npos) return "nothing to change";
  text.replace(at, from.size(), to);
  return report::write_private_file(folder.file(), text) ? "" : "cannot be written";
}

std::string gives_back_what_was_kept() {
  const Folder folder;
  keep_sample(folder);
  const FunctionResults results(folder.directory(), "key");
  const KeptFunction* kept = results.find("digest");
  if (kept == nullptr) return "not found";
  if (kept->reports.size() != 1 || kept->reports[0].places != sample().reports[0].places) return "other reports";
  if (kept->inlined != sample().inlined || kept->too_long != sample().too_long) return "other functions";
  if (auto wrong = same(kept->reports[0].finding.path[0].message, "assuming 'p' is null"); !wrong.empty()) return wrong;
  return results.find("other") == nullptr ? "" : "found what was not kept";
}
std::string keeps_what_was_there() {
  const Folder folder;
  keep_sample(folder);
  FunctionResults more(folder.directory(), "key");
  more.keep("second", sample());
  more.save();
  return is_known(folder) ? "" : "lost";
}
std::string refuses_a_changed_bit() {
  const Folder folder;
  keep_sample(folder);
  if (!is_known(folder)) return "not kept";
  if (auto failed = change(folder, "PMS105", "PMS106"); !failed.empty()) return failed;
  return is_known(folder) ? "believed" : "";
}
std::string refuses_a_lost_end() {
  const Folder folder;
  keep_sample(folder);
  const std::string text = *report::read_file(folder.file());
  for (size_t length = 0; length < text.size(); ++length) {
    if (!report::write_private_file(folder.file(), text.substr(0, length))) return "cannot be written";
    if (is_known(folder)) return fmt::format("believed with {} bytes", length);
  }
  return "";
}
std::string refuses_another_key() {
  const Folder folder;
  keep_sample(folder);
  fs::copy_file(folder.file(), folder.file("kez"));
  return is_known(folder, "kez") ? "believed" : "";
}
std::string refuses_what_others_can_write() {
  const Folder folder;
  keep_sample(folder);
  ::chmod(folder.file().c_str(), 0620);
  if (is_known(folder)) return "believed a file";
  ::chmod(folder.file().c_str(), 0600);
  if (!is_known(folder)) return "refused a private file";
  return "";
}
std::string writes_private_files_under_any_umask() {
  const Folder folder;
  const mode_t before = ::umask(0);
  keep_sample(folder);
  ::umask(before);
  return is_known(folder) ? "" : "not found again";
}
std::string works_without_a_directory() {
  FunctionResults results(nullptr, "key");
  results.keep("digest", sample());
  results.save();
  return results.find("digest") == nullptr ? "" : "kept without a place";
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<gives_back_what_was_kept>("gives_back_what_was_kept"),
      named<keeps_what_was_there>("keeps_what_was_there"),
      named<refuses_a_changed_bit>("refuses_a_changed_bit"),
      named<refuses_a_lost_end>("refuses_a_lost_end"),
      named<refuses_another_key>("refuses_another_key"),
      named<refuses_what_others_can_write>("refuses_what_others_can_write"),
      named<writes_private_files_under_any_umask>("writes_private_files_under_any_umask"),
      named<works_without_a_directory>("works_without_a_directory"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
