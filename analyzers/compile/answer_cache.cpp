// SPDX-License-Identifier: Apache-2.0
//
// The cache on disk; see answer_cache.h.
#include "compile/answer_cache.h"

#include <array>
#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "compile/launcher.h"
#include "report/digest.h"
#include "report/file.h"

extern char** environ;

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kFormat = 1;
constexpr size_t kMaxEntry = size_t{1} << 20;

// Identity of a file's content as far as a stat can tell: "<mtime>:<size>", empty when there is no such file.
std::string stamp(const std::string& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) return "";
  return fmt::format("{}.{:09}:{}", status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size);
}

// What the compilers read besides their arguments. PATH, because wrappers find the real compiler in it.
json environment() {
  json variables = json::object();
  for (char** at = environ; *at != nullptr; ++at) {
    const std::string_view entry = *at;
    const std::string_view name = entry.substr(0, entry.find('='));
    if (name == "PATH" || name == "HOME" || name == "XDG_CONFIG_HOME" || is_compiler_variable(name))
      variables[std::string(name)] = entry.substr(std::min(entry.size(), name.size() + 1));
  }
  return variables;
}

json key_of(const Question& question) {
  const std::string driver = resolve_driver(question);
  return {{"question", question.identity()},
          {"driver", driver},
          {"driver_stamp", stamp(driver)},
          {"environment", environment()},
          {"format", kFormat},
          {"program", PROOFMARK_VERSION},
          {"program_stamp", stamp("/proc/self/exe")}};
}

fs::path entry_file(const fs::path& directory, const json& key) {
  return directory / (report::sha256_hex(report::dump_json(key)) + ".json");
}

bool all_unchanged(const json& depends_on) {
  if (!depends_on.is_object()) return false;
  for (const auto& [file, known] : depends_on.items())
    if (!known.is_string() || known.get_ref<const std::string&>() != stamp(file)) return false;
  return true;
}

}  // namespace

AnswerCache::AnswerCache(const fs::path& directory) {
  if (!directory.empty() && report::make_private_directory(fs::absolute(directory)))
    directory_ = fs::absolute(directory);
}

std::optional<json> AnswerCache::find(const Question& question) const {
  if (directory_.empty()) return std::nullopt;
  const json key = key_of(question);
  const json entry = json::parse(report::read_private_file(entry_file(directory_, key), kMaxEntry).value_or(""),
                                 nullptr, /*allow_exceptions=*/false);
  if (!entry.is_object() || !entry.contains("answer")) return std::nullopt;
  if (entry.value("key", json()) != key || !all_unchanged(entry.value("depends_on", json()))) return std::nullopt;
  return entry["answer"];
}

void AnswerCache::keep(const Question& question, const json& answer, const Words& depends_on) const {
  if (directory_.empty()) return;
  const json key = key_of(question);
  json stamps = json::object();
  for (const std::string& file : depends_on) stamps[file] = stamp(file);
  (void)report::write_private_file(entry_file(directory_, key),
                                   report::dump_json({{"key", key}, {"depends_on", stamps}, {"answer", answer}}));
}

fs::path default_cache_dir() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return fs::path(cache) / "proofmark/flags";
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) / ".cache/proofmark/flags" : fs::path();
}

}  // namespace proofmark::analyze
