// SPDX-License-Identifier: Apache-2.0
//
// Runs the check over every sample in tests/rules/<ID>/ and compares what it finds with what the samples expect: in a
// line that ends with "// expect: ID...", for the whole unit by "// expect-unit: ID...", in a line of a header that the
// sample includes by "// expect-header: LINE ID...", and nothing else. Then it adds
// the flags that a rule's page advises to each failing sample of a flag rule, and the finding must be gone. Of the pages
// of source rules it compiles the example, which must have the finding, and the cure, which must not.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compile/process.h"
#include "compile/question.h"
#include "report/evidence.h"
#include "report/file.h"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using proofmark::analyze::split_words;
using proofmark::analyze::Words;

using Expectation = std::pair<unsigned, std::string>;  // line (0: the unit), rule
constexpr unsigned kInHeader = 100000;                 // added to the line in a header

const char kCommonFlags[] =
    "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE "
    "-ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing "
    "-D_GLIBCXX_ASSERTIONS -ffile-prefix-map=@DIR@=.";
const char kCommonLinkFlags[] = "-Wl,-z,relro,-z,now,-z,noexecstack,-z,text,--as-needed";

struct Sample {
  fs::path file;
  std::string rule;
  std::string driver = "clang-19";
  std::string flags;
  std::string link_flags;  // not empty: it is linked, too
  std::set<Expectation> expected;

  bool expects_own_rule() const {
    return std::any_of(expected.begin(), expected.end(), [this](const auto& one) { return one.second == rule; });
  }
  bool fails() const { return file.filename().string().starts_with("fail_"); }
  bool is_arm64() const { return driver.starts_with("aarch64"); }
};

struct Paths {
  fs::path analyze, samples, pages, work;
};

std::string after(const std::string& line, const std::string& mark) {
  const size_t at = line.find(mark);
  return at == std::string::npos ? "" : line.substr(at + mark.size());
}

Sample read_sample(const fs::path& file) {
  Sample sample;
  sample.file = file;
  sample.rule = file.parent_path().filename();
  std::ifstream in(file);
  std::string line;
  for (unsigned number = 1; std::getline(in, line); ++number) {
    if (const auto flags = after(line, "// flags: "); !flags.empty()) sample.flags = flags;
    if (const auto flags = after(line, "// link-flags: "); !flags.empty()) sample.link_flags = flags;
    if (const auto driver = after(line, "// driver: "); !driver.empty()) sample.driver = driver;
    for (const std::string& rule : split_words(after(line, " expect-unit: "))) sample.expected.emplace(0, rule);
    const Words in_header = split_words(after(line, "// expect-header: "));
    for (size_t i = 1; i < in_header.size(); ++i)
      sample.expected.emplace(kInHeader + static_cast<unsigned>(std::stoul(in_header[0])), in_header[i]);
    for (const std::string& rule : split_words(after(line, "// expect: "))) sample.expected.emplace(number, rule);
  }
  return sample;
}

// What a GCC finds can only be heard from one.
bool lacks_gcc(const Sample& sample) {
  const bool needs_gcc = sample.rule.starts_with("PMG") || sample.rule == "PMT006";
  return needs_gcc &&
         proofmark::analyze::resolve_driver({"", sample.driver, "/", proofmark::analyze::Language::kC, {}, {}}).empty();
}

std::vector<Sample> read_samples(const fs::path& folder) {
  std::vector<Sample> samples;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (name.starts_with("fail_") || name.starts_with("pass_") || name.starts_with("na_"))
      samples.push_back(read_sample(entry.path()));
  }
  const size_t skipped = std::erase_if(samples, lacks_gcc);
  if (skipped != 0) fmt::print("skipped {} samples of PMG rules: no GCC is installed\n", skipped);
  std::sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
  return samples;
}

Words command_for(const Sample& sample, const std::string& extra) {
  std::string line = sample.driver + ' ' + kCommonFlags;
  if (sample.driver.starts_with("clang")) line += " -fstrict-flex-arrays=3";
  if (sample.is_arm64())
    line += " -mbranch-protection=standard";
  else if (sample.flags.find("--target=") == std::string::npos)
    line += " -fcf-protection=full";
  line += ' ' + sample.flags + ' ' + extra;
  const std::string folder = sample.file.parent_path();
  for (size_t at = line.find("@DIR@"); at != std::string::npos; at = line.find("@DIR@")) line.replace(at, 5, folder);
  Words words = split_words(line);
  words.insert(words.end(), {"-c", sample.file.string(), "-o", "/dev/null"});
  return words;
}

// Findings about the link step count for the sample.
json link_entry(const Sample& sample, const std::string& extra) {
  Words words = split_words(fmt::format("{} {} {} {}", sample.driver, kCommonLinkFlags, sample.link_flags, extra));
  words.insert(words.end(), {sample.file.string() + ".o", "-o", sample.file.string()});
  return {{"directory", sample.file.parent_path()}, {"arguments", words}};
}

// All samples in one run of the program; findings by sample. Extra flags are for the link step where there is one.
std::map<std::string, std::set<Expectation>> check(const Paths& paths, const std::vector<Sample>& samples,
                                                   const std::vector<std::string>& extra_flags) {
  json database = json::array(), links = json::array();
  for (size_t i = 0; i < samples.size(); ++i) {
    const bool is_linked = !samples[i].link_flags.empty();
    database.push_back({{"directory", samples[i].file.parent_path()},
                        {"file", samples[i].file},
                        {"arguments", command_for(samples[i], is_linked ? "" : extra_flags[i])}});
    if (is_linked) links.push_back(link_entry(samples[i], extra_flags[i]));
  }
  fs::create_directories(paths.work);
  (void)proofmark::report::write_file(paths.work / "compile_commands.json", proofmark::report::dump_json(database));
  (void)proofmark::report::write_file(paths.work / "link_commands.json", proofmark::report::dump_json(links));
  const auto run = proofmark::analyze::run_process(
      {paths.analyze, "check", "-p", paths.work, "--policy", paths.samples / "policy.json", "-j2", "--evidence",
       paths.work / "evidence.json", "-o", paths.work / "report.txt", "--flag-cache", paths.work / "cache"},
      paths.work, {"", {}, std::chrono::seconds(600)});
  if (!run || run->out.size() + run->err.size() != 0)
    fmt::print("check said: {}{}\n", run ? run->out : run.error().message, run ? run->err : "");

  std::map<std::string, std::set<Expectation>> found;
  const auto evidence = proofmark::report::read_evidence(paths.work / "evidence.json");
  if (!evidence) {
    fmt::print("{}\n", evidence.error().message);
    std::exit(1);
  }
  for (const auto& finding : evidence->findings) {
    const bool in_header = finding.where.line != 0 && finding.where.file != finding.unit;
    found[finding.unit].emplace(finding.where.line + (in_header ? kInHeader : 0), finding.rule);
  }
  return found;
}

std::string list(const std::set<Expectation>& set) {
  std::string text;
  for (const auto& [line, rule] : set) text += line == 0 ? " " + rule : fmt::format(" {}@{}", rule, line);
  return text.empty() ? " nothing" : text;
}

int compare(const std::vector<Sample>& samples, const std::map<std::string, std::set<Expectation>>& found) {
  int failures = 0;
  for (const Sample& sample : samples) {
    const auto at = found.find(sample.file);
    std::set<Expectation> actual = at == found.end() ? std::set<Expectation>() : at->second;
    // What is said about a compiler is said once, for no unit in particular.
    const auto about_tools = found.find("");
    for (const char* rule : {"PMT002", "PMT005"}) {
      const bool said = about_tools != found.end() && about_tools->second.contains({0, rule});
      if (said && sample.expected.contains({0, rule})) actual.emplace(0, rule);
    }
    // clang-tidy's checks are judged on samples of their own: other samples are not written to please them.
    const auto judge_alone = [&](std::string_view family) {
      if (!sample.rule.starts_with(family))
        std::erase_if(actual, [&](const Expectation& one) { return one.second.starts_with(family); });
    };
    judge_alone("PMC");
    // So are GCC's findings, and its samples are what our own rules find as well, in other words.
    judge_alone("PMG");
    if (sample.rule.starts_with("PMG"))
      std::erase_if(actual, [](const Expectation& one) { return one.second.starts_with("PMS"); });
    // A passing sample may be found by other rules: assembly, for one, is always listed.
    const bool named_well = sample.fails() == sample.expects_own_rule();
    if (!named_well) fmt::print("{}: its name and what it expects disagree\n", sample.file.string());
    if (actual == sample.expected && named_well) continue;
    fmt::print("FAILED {}\n  expected{}\n  found   {}\n", sample.file.string(), list(sample.expected), list(actual));
    ++failures;
  }
  return failures;
}

// The flags in a page's block "```flags" or, for one architecture, "```flags aarch64"; "```link-flags" for link rules.
std::string advised_flags(const fs::path& page, bool arm64) {
  std::ifstream in(page);
  std::string line, flags;
  bool inside = false;
  while (std::getline(in, line)) {
    if (line == "```") inside = false;
    if (inside) flags += line + ' ';
    if (line == "```flags" || line == "```link-flags" || line == (arm64 ? "```flags aarch64" : "```flags x86_64"))
      inside = true;
  }
  return flags;
}

int check_advice(const Paths& paths, const std::vector<Sample>& samples) {
  std::vector<Sample> cured;
  std::vector<std::string> flags;
  for (const Sample& sample : samples) {
    const std::string advice = advised_flags(paths.pages / (sample.rule + ".md"), sample.is_arm64());
    if (!sample.fails() || advice.empty()) continue;
    cured.push_back(sample);
    cured.back().expected.clear();
    flags.push_back(advice);
  }
  Paths second = paths;
  second.work /= "cured";
  const auto found = check(second, cured, flags);
  int failures = 0;
  for (const Sample& sample : cured) {
    const auto at = found.find(sample.file);
    if (at == found.end() || !at->second.contains({0, sample.rule})) continue;
    fmt::print("FAILED {}: the advice in {}.md does not cure it\n", sample.file.string(), sample.rule);
    ++failures;
  }
  fmt::print("{} samples cured by the advice of their page\n", static_cast<int>(cured.size()) - failures);
  return failures + (cured.empty() ? 1 : 0);
}

// The code under a page's heading, when its fence says "c" and, if it is not clang-19, the driver; "-" says that the code
// is no unit of its own.
struct PageCode {
  std::string driver = "clang-19", text;
};

PageCode page_code(const fs::path& page, const std::string& heading) {
  std::ifstream in(page);
  std::string line;
  PageCode code;
  bool below = false, inside = false;
  while (std::getline(in, line)) {
    if (line.starts_with("## ")) below = line == heading;
    if (inside && line == "```") break;
    if (inside) code.text += line + '\n';
    if (!below || !line.starts_with("```c")) continue;
    inside = true;
    if (line.size() > 5) code.driver = line.substr(5);
  }
  return code;
}

// Source rules: the page's example has the finding, its cure has not.
int check_pages(const Paths& paths) {
  std::vector<Sample> samples;
  fs::create_directories(paths.work / "pages");
  for (const auto& entry : fs::directory_iterator(paths.pages)) {
    const std::string rule = entry.path().stem();
    if (rule < "PMS201" || rule > "PMS399") continue;
    for (const char* heading : {"## Example", "## Cure"}) {
      const PageCode code = page_code(entry.path(), heading);
      if (code.driver == "-" || code.text.empty()) continue;
      const bool is_example = std::string_view(heading) == "## Example";
      Sample& sample = samples.emplace_back();
      sample.file = paths.work / "pages" / (rule + (is_example ? ".example.c" : ".cure.c"));
      sample.rule = rule;
      sample.driver = code.driver;
      if (is_example) sample.expected.emplace(0, rule);
      (void)proofmark::report::write_file(sample.file, code.text);
    }
  }
  Paths pages = paths;
  pages.work /= "pages";
  const auto found = check(pages, samples, std::vector<std::string>(samples.size()));
  int failures = 0;
  for (const Sample& sample : samples) {
    const auto at = found.find(sample.file);
    bool has = false, parsed = true;
    for (const auto& [line, rule] : at == found.end() ? std::set<Expectation>() : at->second) {
      has = has || rule == sample.rule;
      parsed = parsed && rule != "PMT001";
    }
    if (parsed && has == !sample.expected.empty()) continue;
    fmt::print("FAILED {}.md: its {} does not hold what it says\n", sample.rule,
               sample.expected.empty() ? "cure" : "example");
    ++failures;
  }
  fmt::print("{} blocks of code in pages, {} failed\n", samples.size(), failures);
  return failures + (samples.empty() ? 1 : 0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const Paths paths{argv[1], argv[2], argv[3], argv[4]};
  const std::vector<Sample> samples = read_samples(paths.samples);
  const int failures = compare(samples, check(paths, samples, std::vector<std::string>(samples.size())));
  fmt::print("{} samples, {} failed\n", samples.size(), failures);
  return failures + check_advice(paths, samples) + check_pages(paths) == 0 && !samples.empty() ? 0 : 1;
}
