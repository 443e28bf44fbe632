// SPDX-License-Identifier: Apache-2.0
//
// What is kept of earlier checks comes back only where it belongs, and never from an entry that somebody damaged.
#include "engine/result_cache.h"

#include <cstdlib>

#include <sys/stat.h>

#include "report/check.h"
#include "report/digest.h"
#include "report/file.h"
#include "scratch.h"

namespace {

using namespace proofmark::analyze;
using namespace proofmark::test;
namespace fs = std::filesystem;
namespace report = proofmark::report;

const std::string kKey(64, 'a');
// No UTF-8, and what a path's other name looks like: an edit is bytes.
const std::string kEdit("%S 100 % \xff \" \0", 15);

// One source tree in `folder`, with one header that is there and one that is not.
AnalysedUnit unit_in(const fs::path& folder, const Relocation& relocation) {
  fs::create_directories(folder);
  (void)report::write_file(folder / "a.c", "int a;\n");
  UnitReads reads;
  reads.content[folder / "a.c"] = report::sha256_hex("int a;\n");
  reads.absent.insert(folder / "first/a.h");
  UnitResult result;
  result.analysed = true;
  report::Finding finding;
  finding.rule = "PMS101";
  finding.message = "100 % wrong";
  finding.where.file = folder / "a.c";
  result.findings.push_back(finding);
  result.fixes.push_back({"PMS101",
                          finding.message,
                          finding.where,
                          {{folder / "a.c", 4, 1, kEdit + folder.string(), report::sha256_hex("int a;\n")}},
                          ""});
  const auto fold = [&](std::string_view path) { return relocation.fold(path); };
  return {7, reads_to_text(reads, fold), relocation.fold_json(unit_result_to_json(result))};
}

ResultCache open_in(const fs::path& folder, const Relocation& relocation, bool read_only = false) {
  ResultCache::Options options;
  options.directory = *CacheDirectory::open(folder);
  options.read_only = read_only;
  return {std::move(options), relocation};
}

std::string paths_are_folded_at_their_ends() {
  const Relocation relocation("/home/me/project", "/home/me/project/build");
  std::string wrong;
  for (const auto& [plain, folded] : {std::pair{"/home/me/project/a.c", "%S/a.c"},
                                      {"-I/home/me/project/build/gen", "-I%B/gen"},
                                      {"/home/me/project", "%S"},
                                      {"/home/me/project2/a.c", "/home/me/project2/a.c"},
                                      {"100%", "100%%"},
                                      {"%S", "%%S"},
                                      {"'/home/me/project' is", "'%S' is"}})
    wrong += same(relocation.fold(plain), folded) + same(relocation.unfold(folded), plain);
  return wrong;
}
std::string directories_that_are_unknown_have_no_name() {
  return same(Relocation("", "/").fold("/a"), "/a") + same(Relocation("", "").unfold("%S/a"), "%S/a");
}
std::string json_is_unfolded_with_its_escapes() {
  const Relocation relocation("/home/m\"e/p", "");
  const std::string folded = relocation.fold_json(R"({"a":["/home/m\"e/p/a.c"]})");
  return same(folded, R"({"a":["%S/a.c"]})") + same(relocation.unfold_json(folded), R"({"a":["/home/m\"e/p/a.c"]})");
}
std::string names_with_line_ends_survive() {
  UnitReads reads;
  reads.absent.insert("/a\nb\\c");
  const auto as_is = [](std::string_view path) { return std::string(path); };
  const std::string text = reads_to_text(reads, as_is);
  const auto line = parse_read_line(text.substr(0, text.size() - 1), as_is);
  return same(text, "- /a\\nb\\\\c\n") + holds(line && line->path == "/a\nb\\c", "the same name");
}
std::string strange_lines_are_none() {
  const auto as_is = [](std::string_view path) { return std::string(path); };
  std::string wrong;
  for (const char* line : {"", "-", "- ", "x /a", "- a", "-/a", "+ /a", "- /a\\", "- /a\\t", "? "})
    wrong += holds(!parse_read_line(line, as_is), line);
  return wrong;
}
std::string manifest_keeps_the_newest_sets() {
  Manifest manifest;
  for (int i = 0; i < 12; ++i) manifest.add("- /" + std::to_string(i) + "\n");
  manifest.add("- /7\n");
  const auto again = manifest_from_text(manifest_to_text(manifest));
  return holds(again && again->sets == manifest.sets, "the same sets") +
         holds(manifest.sets.size() == 8, "eight sets") + same(manifest.sets[0], "- /7\n") +
         same(manifest.sets[1], "- /11\n") +
         holds(!manifest_from_text("cost 1\nset 9\n- /a\n"), "a set that is cut off") +
         holds(!manifest_from_text("cost x\n"), "a cost that is none");
}

std::string result_comes_back_in_another_place() {
  const Scratch scratch;
  const Relocation here((scratch / "here").string(), ""), there((scratch / "there").string(), "");
  open_in(scratch / "cache", here).keep(kKey, unit_in(scratch / "here", here));
  unit_in(scratch / "there", there);
  fs::remove_all(scratch / "here");
  ResultCache cache = open_in(scratch / "cache", there);
  const auto found = cache.find(kKey);
  if (!found) return "nothing found\n";
  return same(found->findings.at(0).where.file, (scratch / "there/a.c").string()) +
         same(found->findings.at(0).message, "100 % wrong") +
         same(found->fixes.at(0).edits.at(0).file, (scratch / "there/a.c").string()) +
         same(found->fixes.at(0).edits.at(0).text, kEdit + (scratch / "here").string()) +
         holds(cache.manifest(kKey).cost_ms == 7, "the cost is known");
}
// From a cache that somebody else may have written.
std::string strange_fixes_are_none() {
  UnitResult result;
  result.fixes.push_back({"PMS101", "wrong", {"/a.c", 1, 1}, {{"/a.c", 4, 1, "b", kKey}}, ""});
  const std::string sound = unit_result_to_json(result);
  std::string wrong = holds(unit_result_from_json(sound).has_value(), "as it was");
  for (const auto& [part, other] : {std::pair{"\"offset\": 4", "\"offset\": -4"},
                                    {"\"length\": 1", "\"length\": 99999999999"},
                                    {"\"file\": \"/a.c\"", "\"file\": 7"},
                                    {"98", "256"},
                                    {"98", "\"b\""},
                                    {"98", "[98]"},
                                    {"\"edits\"", "\"edit\""},
                                    {"\"bytes\"", "\"byte\""}}) {
    std::string damaged = sound;
    const size_t at = damaged.find(part);
    if (at == std::string::npos) return wrong + "no " + part + " in " + sound;
    damaged.replace(at, std::string(part).size(), other);
    wrong += holds(!unit_result_from_json(damaged), other);
  }
  return wrong;
}
std::string change_is_seen() {
  const Scratch scratch;
  const Relocation relocation(scratch / "src", "");
  open_in(scratch / "cache", relocation).keep(kKey, unit_in(scratch / "src", relocation));
  const auto found = [&](const std::string& key) {
    return open_in(scratch / "cache", relocation).find(key).has_value();
  };
  std::string wrong = holds(found(kKey), "found as it was") + holds(!found(std::string(64, 'b')), "another unit");
  fs::create_directories(scratch / "src/first");
  (void)report::write_file(scratch / "src/first/a.h", "");
  wrong += holds(!found(kKey), "a header that was absent");
  fs::remove(scratch / "src/first/a.h");
  wrong += holds(found(kKey), "gone again");
  (void)report::write_file(scratch / "src/a.c", "int b;\n");
  wrong += holds(!found(kKey), "another source");
  (void)report::write_file(scratch / "src/a.c", "int a;\n");
  return wrong + holds(found(kKey), "the old source");
}
std::string failed_unit_is_no_hit() {
  const Scratch scratch;
  const Relocation relocation(scratch / "src", "");
  AnalysedUnit unit = unit_in(scratch / "src", relocation);
  unit.result = relocation.fold_json(unit_result_to_json(failed_unit("why")));
  ResultCache cache = open_in(scratch / "cache", relocation);
  cache.keep(kKey, unit);
  std::string wrong = holds(!cache.find(kKey), "not taken for a result");
  UnitResult refused = failed_unit("why");
  refused.lasting = true;
  unit.result = relocation.fold_json(unit_result_to_json(refused));
  cache.keep(kKey, unit);
  const auto found = open_in(scratch / "cache", relocation).find(kKey);
  return wrong + holds(found && !found->analysed && found->failure == "why", "a refusal that will be there again");
}
std::string read_only_cache_changes_nothing() {
  const Scratch scratch;
  const Relocation relocation(scratch / "src", "");
  ResultCache cache = open_in(scratch / "cache", relocation, /*read_only=*/true);
  cache.keep(kKey, unit_in(scratch / "src", relocation));
  return holds(CacheDirectory::open(scratch / "cache")->usage().entries == 0, "nothing written");
}

// Every byte of every entry changed, and every entry cut off everywhere: the unit is not found, or found as it was.
std::string mutated_entries_are_seen() {
  const Scratch scratch;
  const Relocation relocation(scratch / "src", "");
  const AnalysedUnit unit = unit_in(scratch / "src", relocation);
  std::vector<fs::path> files;
  open_in(scratch / "cache", relocation).keep(kKey, unit);
  for (const auto& entry : fs::recursive_directory_iterator(scratch / "cache"))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::string wrong = holds(files.size() == 2, "a manifest and a result");
  for (const fs::path& file : files) {
    const std::string sound = *report::read_file(file);
    for (size_t at = 0; at < 2 * sound.size(); ++at) {
      std::string damaged = sound;
      if (at < sound.size())
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
      else
        damaged.resize(at - sound.size());
      (void)report::write_file(file, damaged);
      ResultCache cache = open_in(scratch / "cache", relocation);
      if (cache.find(kKey)) wrong += "damage " + std::to_string(at) + " of " + file.string() + " is believed\n";
      if (!damaged.empty() && cache.damaged() != 1) wrong += "damage " + std::to_string(at) + " is not counted\n";
      if (fs::exists(file) && !damaged.empty()) wrong += "damage " + std::to_string(at) + " is kept\n";
    }
    (void)report::write_file(file, sound);
  }
  return wrong + holds(open_in(scratch / "cache", relocation).find(kKey).has_value(), "sound in the end");
}
std::string entry_of_another_name_is_seen() {
  const std::string sealed = seal_entry({EntryKind::kResult, kKey}, "text");
  return holds(open_entry({EntryKind::kResult, kKey}, sealed) == "text", "the right name") +
         holds(!open_entry({EntryKind::kManifest, kKey}, sealed), "another kind") +
         holds(!open_entry({EntryKind::kResult, std::string(64, 'b')}, sealed), "another key");
}
std::string secret_is_needed() {
  const EntryName name{EntryKind::kResult, kKey};
  return holds(open_entry(name, seal_entry(name, "text", "secret"), "secret") == "text", "the right secret") +
         holds(!open_entry(name, seal_entry(name, "text", "secret"), "other"), "another secret") +
         holds(!open_entry(name, seal_entry(name, "text"), "secret"), "no secret at all");
}

std::string entry_that_others_can_write_is_none() {
  const Scratch scratch;
  const CacheDirectory directory = *CacheDirectory::open(scratch / "cache");
  const EntryName name{EntryKind::kResult, kKey};
  directory.write(name, "sealed");
  const fs::path file = scratch / "cache" / "result" / "aa" / kKey;
  std::string wrong = same(directory.read(name), "sealed");
  ::chmod(file.c_str(), 0664);
  wrong += holds(directory.read(name) != "sealed", "writable by the group");
  fs::rename(file, scratch / "elsewhere");
  fs::create_symlink(scratch / "elsewhere", file);
  wrong += holds(directory.read(name) != "sealed", "a link");
  fs::remove(file);
  ::mkfifo(file.c_str(), 0600);
  return wrong + holds(directory.read(name) != "sealed", "a pipe");
}
std::string directory_that_others_can_write_is_refused() {
  const Scratch scratch;
  fs::create_directory(scratch / "open");
  ::chmod((scratch / "open").c_str(), 0777);
  fs::create_directory_symlink(scratch.path(), scratch / "link");
  return holds(!CacheDirectory::open(scratch / "open"), "writable by all") +
         holds(!CacheDirectory::open(scratch / "link"), "a link") +
         holds(CacheDirectory::open(scratch / "new/one").has_value(), "a new one");
}
std::string trimming_removes_what_was_not_used_for_longest() {
  const Scratch scratch;
  const CacheDirectory directory = *CacheDirectory::open(scratch / "cache");
  for (const char letter : {'a', 'b', 'c'}) {
    const EntryName name{EntryKind::kResult, std::string(64, letter)};
    directory.write(name, std::string(1000, letter));
    fs::last_write_time(scratch / "cache" / "result" / std::string(2, letter) / name.key,
                        fs::file_time_type::clock::now() - std::chrono::hours(100 - letter));
  }
  (void)directory.read({EntryKind::kResult, std::string(64, 'a')});  // the oldest is used
  const CacheUsage left = directory.trim(2500);
  return holds(left.entries == 2 && left.bytes == 2000, "two are left") +
         holds(directory.read({EntryKind::kResult, std::string(64, 'b')}).empty(), "the second oldest went") +
         holds(directory.trim(0).entries == 0, "all went");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      named<paths_are_folded_at_their_ends>("paths_are_folded_at_their_ends"),
      named<directories_that_are_unknown_have_no_name>("directories_that_are_unknown_have_no_name"),
      named<json_is_unfolded_with_its_escapes>("json_is_unfolded_with_its_escapes"),
      named<names_with_line_ends_survive>("names_with_line_ends_survive"),
      named<strange_lines_are_none>("strange_lines_are_none"),
      named<manifest_keeps_the_newest_sets>("manifest_keeps_the_newest_sets"),
      named<result_comes_back_in_another_place>("result_comes_back_in_another_place"),
      named<strange_fixes_are_none>("strange_fixes_are_none"),
      named<change_is_seen>("change_is_seen"),
      named<failed_unit_is_no_hit>("failed_unit_is_no_hit"),
      named<read_only_cache_changes_nothing>("read_only_cache_changes_nothing"),
      named<mutated_entries_are_seen>("mutated_entries_are_seen"),
      named<entry_of_another_name_is_seen>("entry_of_another_name_is_seen"),
      named<secret_is_needed>("secret_is_needed"),
      named<entry_that_others_can_write_is_none>("entry_that_others_can_write_is_none"),
      named<directory_that_others_can_write_is_refused>("directory_that_others_can_write_is_refused"),
      named<trimming_removes_what_was_not_used_for_longest>("trimming_removes_what_was_not_used_for_longest"),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
