// SPDX-License-Identifier: Apache-2.0
//
// Policies and boards: what they say, and the exact message for each way of being wrong.
#include <filesystem>

#include "check.h"
#include "report/file.h"
#include "report/policy.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using report::Board;
using report::Policy;

// A folder of its own that goes away with the test.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / "proofmark-policy-test") {
    fs::remove_all(path_);
    fs::create_directories(path_ / "arch");
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path put(const std::string& name, std::string_view text) const {
    if (!report::write_file(path_ / name, text)) return "(can't write)";
    return path_ / name;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The message for a policy file with this text, without the folder.
std::string policy_error(std::string_view text) {
  const Folder folder;
  const std::string message = error_of(Policy::load(folder.put("p.json", text)));
  const std::string prefix = (folder.path() / "p.json").string() + ": ";
  return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
}

std::string shipped_policy_loads() {
  const auto policy = Policy::load(fs::path(BOARDS_DIR) / "policies/openssf-2026-06.json");
  if (!policy) return policy.error().message;
  const report::RuleInfo rule{"PME001", "", "", report::Level::kOff, 0};
  const report::RuleInfo unnamed{"PME999", "", "", report::Level::kShould, 0};
  return holds(policy->level(rule) == report::Level::kMust, "PME001 is a must") +
         holds(policy->level(unnamed) == report::Level::kShould, "a rule that is not named has its own level") +
         holds(policy->parameter("PME001", "link").is_array(), "PME001.link is there") +
         holds(policy->parameter("PME001", "nothing").is_null(), "an unknown parameter is null") +
         holds(policy->sha256().size() == 64, "it has a digest") + holds(!policy->prebuilt().empty(), "it has waivers");
}

std::string wrong_policies_are_named() {
  return same(policy_error("[]"), "not a policy (expected a JSON object)") +
         same(policy_error("{"),
              "not valid JSON at line 1, column 2: syntax error while parsing object key - unexpected "
              "end of input; expected string literal") +
         same(policy_error(R"({"version":1})"), R"("name" is missing)") +
         same(policy_error(R"({"name":"p"})"), "unknown policy version (expected 1, found none)") +
         same(policy_error(R"({"name":"p","version":2})"), "unknown policy version (expected 1, found 2)") +
         same(policy_error(R"({"name":"p","version":1,"rulez":{}})"), R"(unknown member "rulez")") +
         same(policy_error(R"({"name":"p","version":1,"rules":{"PMF001":"most"}})"),
              R"(rule PMF001: unknown level (expected off, advisory, should or must, found "most"))") +
         same(policy_error(R"({"name":"p","version":1,"prebuilt":[{"archive":"libc.a"}]})"),
              R"(prebuilt libc.a: "reason" is missing)") +
         same(
             policy_error(
                 R"({"name":"p","version":1,"prebuilt":[{"archive":"x","reason":"r","owner":"o","expires":"2027-02-30"}]})"),
             R"(prebuilt x: not a date (expected YYYY-MM-DD, found "2027-02-30"))");
}

// A prebuilt archive that is accepted by its name alone is any archive.
std::string prebuilt_needs_more_than_a_name() {
  const auto with = [](const std::string& identity) {
    return policy_error(
        R"({"name":"p","version":1,"prebuilt":[{"archive":"x","reason":"r","owner":"o","expires":"2027-02-20")" +
        identity + "}]}");
  };
  const std::string digest(64, 'a');
  return same(with(""), R"(prebuilt x: needs either "within": "sysroot" or "sha256")") +
         same(with(R"(,"within":"sysroot","sha256":")" + digest + '"'),
              R"(prebuilt x: needs either "within": "sysroot" or "sha256")") +
         same(with(R"(,"within":"/usr")"), R"(prebuilt x: "within" is unknown (expected "sysroot", found "/usr"))") +
         same(with(R"(,"sha256":"ABC")"), R"(prebuilt x: "sha256" is not 64 lower-case hex digits (found "ABC"))") +
         same(with(R"(,"sha256":")" + digest + '"'), "(no error)") + same(with(R"(,"within":"sysroot")"), "(no error)");
}

std::string board_inherits() {
  const auto board = Board::load(BOARDS_DIR, "qemu-arm64");
  if (!board) return board.error().message;
  return same(board->name(), "qemu-arm64") + same(board->get("machine").get<std::string>(), "aarch64") +
         holds(board->get("no-such-key").is_null(), "a missing key is null") +
         same(board->policy_file().string(), std::string(BOARDS_DIR) + "/policies/openssf-2026-06.json");
}

std::string unknown_board_lists_the_known() {
  const Folder folder;
  folder.put("one.json", "{}");
  folder.put("two.json", "{}");
  folder.put("schema.json", "{}");
  const auto board = Board::load(folder.path(), "three");
  return holds(!board, "it is refused") + same(board ? "" : board.error().hint, "known boards: one, two");
}

std::string names_can_not_leave_the_folder() {
  const Folder folder;
  folder.put("arch/a.json", R"({"inherits":"../../etc/passwd"})");
  return holds(!Board::load(folder.path(), "../arch/a"), "board with ..") +
         holds(error_of(Board::load(folder.path(), "arch/a"))
                   .ends_with("\"inherits\" is not a board name (found \"../../etc/passwd\")"),
               "inherits with ..");
}

std::string circular_inheritance_ends() {
  const Folder folder;
  folder.put("a.json", R"({"inherits":"b"})");
  folder.put("b.json", R"({"inherits":"a"})");
  return holds(error_of(Board::load(folder.path(), "a")).ends_with("runs in a circle"), "the circle is named");
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {named<shipped_policy_loads>("shipped_policy_loads"),
                              named<wrong_policies_are_named>("wrong_policies_are_named"),
                              named<prebuilt_needs_more_than_a_name>("prebuilt_needs_more_than_a_name"),
                              named<board_inherits>("board_inherits"),
                              named<unknown_board_lists_the_known>("unknown_board_lists_the_known"),
                              named<names_can_not_leave_the_folder>("names_can_not_leave_the_folder"),
                              named<circular_inheritance_ends>("circular_inheritance_ends")};
  return cmocka_run_group_tests_name("report policy", tests, nullptr, nullptr);
}
