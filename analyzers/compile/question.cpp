// SPDX-License-Identifier: Apache-2.0
//
// Questions; see question.h.
#include "compile/question.h"

#include <cstdlib>

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using std::string_view;

// Families whose values are never paths, as long as they contain no slash.
bool is_pathless_family(string_view word) {
  return matches_any(word,
                     {"-O*",           "-f*",      "-m*",   "-std=*",     "-D*",       "-U*",        "-g*",
                      "-W*",           "-w",       "-ansi", "-pedantic*", "-pthread",  "-nostdinc*", "-undef",
                      "-static*",      "-shared*", "-pie",  "-no-pie",    "-rdynamic", "-nostdlib*", "-nodefaultlibs",
                      "-nostartfiles", "-r",       "-s",    "-z",         "--target=*"}) &&
         word.find('/') == string_view::npos;
}

// "-I/usr/include", "--sysroot=/opt/x", "-specs=/opt/x.specs": nothing but the value starts with a slash.
bool is_absolute_option(string_view word) {
  const size_t slash = word.find('/');
  if (slash == string_view::npos) return false;
  const string_view option = word.substr(0, slash);
  return matches_any(option,
                     {"-I", "-L", "-B", "-isystem", "-iquote", "-idirafter", "-include", "-imacros", "-isysroot"}) ||
         (option.ends_with('=') && option.find_first_of(".,") == string_view::npos);
}

}  // namespace

const char* language_name(Language language) {
  return language == Language::kCxx ? "c++" : "c";
}

bool has_relative_path(const Words& flags) {
  for (size_t i = 0; i < flags.size(); ++i) {
    const string_view word = flags[i];
    const bool separate = takes_next_word(word) && i + 1 < flags.size();
    const string_view value = separate ? string_view(flags[++i]) : string_view();
    if (is_pathless_family(word) && (!separate || value.find('/') == string_view::npos)) continue;
    if (separate ? value.starts_with('/') || word == "-target" : is_absolute_option(word)) continue;
    return true;
  }
  return false;
}

nlohmann::json Question::identity() const {
  nlohmann::json identity{
      {"topic", topic}, {"driver", driver}, {"language", language_name(language)}, {"flags", flags}};
  if (!environment.empty()) identity["environment"] = environment;
  const bool driver_is_relative = driver.find('/') != std::string::npos && !driver.starts_with('/');
  if (driver_is_relative || has_relative_path(flags) || has_relative_path(environment))
    identity["directory"] = directory.string();
  return identity;
}

std::string resolve_driver(const Question& question) {
  std::error_code error;
  if (question.driver.find('/') != std::string::npos)
    return fs::weakly_canonical(question.directory / question.driver, error).string();
  const char* path = std::getenv("PATH");
  string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const size_t colon = rest.find(':');
    const fs::path candidate = fs::path(rest.substr(0, colon)) / question.driver;
    if (fs::exists(candidate, error)) return fs::canonical(candidate, error).string();
    rest = colon == string_view::npos ? string_view() : rest.substr(colon + 1);
  }
  return "";
}

}  // namespace proofmark::analyze
