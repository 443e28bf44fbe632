// SPDX-License-Identifier: Apache-2.0
//
// The writers of the whole picture: exact text and JSON, and that names from hostile files stay names in each of them.
#include <filesystem>

#include <nlohmann/json.hpp>

#include "check.h"
#include "layers_samples.h"
#include "report/file.h"
#include "report/html_text.h"
#include "report/picture_writers.h"

namespace proofmark::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using report::Picture;

Picture sample() {
  auto picture = report::join({check_layers(), audit_layers()}, {});
  return picture ? std::move(*picture) : Picture{};
}

std::string golden(const char* name) {
  return report::read_file(fs::path(TEST_DATA) / name).value_or("(missing)");
}

std::string text_matches_golden_file() {
  return same(report::picture_to_text(sample(), false), golden("picture.txt"));
}

std::string json_matches_golden_file() {
  return same(report::picture_to_json(sample()), golden("picture.json"));
}

std::string text_lines_fit_a_terminal() {
  const std::string text = report::picture_to_text(sample(), false);
  std::string wide;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end - at > 110) wide += text.substr(at, end - at);
    at = end + 1;
  }
  return same(wide, "");
}

std::string colours_only_when_asked() {
  return holds(report::picture_to_text(sample(), false).find('\033') == std::string::npos, "plain text is plain") +
         holds(report::picture_to_text(sample(), true).find("\033[1;31m") != std::string::npos, "what blocks is red");
}

std::string text_obeys_no_escape_sequence_of_a_name() {
  report::Layers check = check_layers();
  source_function(check, "handle_command").symbol = "\033]0;owned\007";
  report::Layers audit = audit_layers();
  realised_function(audit, "handle_command").symbol = "\033]0;owned\007";
  const auto picture = report::join({check, audit}, {});
  const std::string text = report::picture_to_text(*picture, false);
  return holds(text.find("?]0;owned?") != std::string::npos, "control characters are replaced") +
         holds(text.find('\033') == std::string::npos, "no escape sequence");
}

std::string sarif_holds_the_findings_of_all_layers() {
  const json results = json::parse(report::picture_to_sarif(sample(), {}))["runs"][0]["results"];
  std::string found;
  for (const json& result : results) found += result["ruleId"].get<std::string>() + " ";
  return same(found, "PME010 PMS201 PMX102 PMF002 PMF003 PMS201 PMX101 ");
}

std::string waived_findings_are_counted_by_owner_and_rule() {
  report::Layers check = check_layers();
  for (report::Finding& finding : check.evidence.findings)
    if (!finding.waived_by.empty()) finding.waived_by = "<b>\033";
  const auto hostile = report::join({check, audit_layers()}, {});
  const std::string page = report::picture_to_html(sample(), {});
  return holds(page.find("<tr><th>alice<td>1</tr>\n<tr><th>PMS201<td>1</tr>") != std::string::npos, "in the page") +
         holds(report::picture_to_html(*hostile, {}).find("<th>&lt;b&gt;\xEF\xBF\xBD<td>1") != std::string::npos,
               "an owner is no markup") +
         holds(report::picture_to_text(*hostile, false).find("\n  <b>?  ") != std::string::npos,
               "nor an escape sequence");
}

std::string html_escapes_what_could_be_markup() {
  return same(report::escape_html("<a href=\"x\" id='y'>&</a>"),
              "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&lt;/a&gt;") +
         same(report::escape_html("a\xffz\xc0\xaf\xed\xa0\x80"),
              "a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD") +
         same(report::escape_html("\xE2\x80\xAEgpj.c\x1b"), "[U+202E]gpj.c\xEF\xBF\xBD") +
         same(report::escape_html("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x92"), "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x92");
}

// The empty string's SHA-256 in base64 is well known.
std::string policy_names_the_hash_of_the_script() {
  return same(report::csp_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
}

std::string page_holds_no_markup_of_a_name() {
  const std::string page = report::picture_to_html(sample(), {});
  return holds(page.find("<img") == std::string::npos, "no element from a symbol") +
         holds(page.find("<script>alert") == std::string::npos, "no element from a file name") +
         holds(page.find("default-src 'none'") != std::string::npos, "and a policy, were there one") +
         same(report::picture_to_html(sample(), {}), page);
}

std::string shown(report::Excerpts& excerpts, const std::string& file, unsigned line) {
  std::string text;
  for (const auto& one : excerpts.around(file, {line}, line)) text += one.text + "|";
  return text;
}

// A layers file can name any file; only what lies in the source folder may be published.
std::string excerpts_never_leave_the_source_folder() {
  const fs::path folder = fs::temp_directory_path() / "proofmark-excerpts-test";
  fs::remove_all(folder);
  fs::create_directories(folder / "src/net");
  fs::create_directories(folder / "srcs");
  (void)report::write_file(folder / "secret", "secret\n");
  (void)report::write_file(folder / "srcs/beside", "secret\n");
  (void)report::write_file(folder / "src/net/a.c", "one\ntwo\n");
  fs::create_symlink(folder / "secret", folder / "src/link");
  report::Excerpts excerpts(folder / "src");
  std::string wrong = same(shown(excerpts, (folder / "src/net/a.c").string(), 2), "one|two|") +
                      same(shown(excerpts, "/mapped/elsewhere/net/a.c", 1), "one|") +
                      same(shown(excerpts, "net/a.c", 1), "one|");
  for (const std::string& file :
       {(folder / "secret").string(), (folder / "src/../secret").string(), std::string("../secret"),
        (folder / "src/link").string(), std::string("link"), (folder / "srcs/beside").string(), std::string(),
        std::string("/"), std::string("net"), std::string("a\0.c", 4)})
    wrong += same(shown(excerpts, file, 1), "");
  report::Excerpts none({});
  wrong += same(shown(none, (folder / "src/net/a.c").string(), 1), "");
  fs::remove_all(folder);
  return wrong;
}

}  // namespace
}  // namespace proofmark::test

int main() {
  using namespace proofmark::test;
  const CMUnitTest tests[] = {
      named<text_matches_golden_file>("text_matches_golden_file"),
      named<json_matches_golden_file>("json_matches_golden_file"),
      named<text_lines_fit_a_terminal>("text_lines_fit_a_terminal"),
      named<colours_only_when_asked>("colours_only_when_asked"),
      named<text_obeys_no_escape_sequence_of_a_name>("text_obeys_no_escape_sequence_of_a_name"),
      named<sarif_holds_the_findings_of_all_layers>("sarif_holds_the_findings_of_all_layers"),
      named<waived_findings_are_counted_by_owner_and_rule>("waived_findings_are_counted_by_owner_and_rule"),
      named<html_escapes_what_could_be_markup>("html_escapes_what_could_be_markup"),
      named<policy_names_the_hash_of_the_script>("policy_names_the_hash_of_the_script"),
      named<page_holds_no_markup_of_a_name>("page_holds_no_markup_of_a_name"),
      named<excerpts_never_leave_the_source_folder>("excerpts_never_leave_the_source_folder")};
  return cmocka_run_group_tests_name("picture", tests, nullptr, nullptr);
}
