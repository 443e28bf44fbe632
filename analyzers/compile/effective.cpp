// SPDX-License-Identifier: Apache-2.0
//
// Asks the real driver what its flags mean; see effective.h.
#include "compile/effective.h"

#include <cstdlib>

#include <fmt/format.h>

#include "compile/effective_query.h"
#include "compile/options.h"
#include "compile/process.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using std::string_view;

// Definitions that hardening depends on; all others would only split the cache.
bool is_relevant_macro(string_view body) {
  return matches_any(body.substr(0, body.find('=')),
                     {"_FORTIFY_SOURCE", "_GLIBCXX_ASSERTIONS", "_LIBCPP_HARDENING_MODE", "__OPTIMIZE__"});
}

bool has_forced_include(const Words& flags) {
  for (const std::string& flag : flags)
    if (flag.starts_with("-include") || flag.starts_with("-imacros")) return true;
  return false;
}

bool loads_code(string_view cc1_option) {
  return matches_any(cc1_option, {"-load", "-plugin*", "-add-plugin"});
}

class RelevantFlags {
 public:
  explicit RelevantFlags(const Words& flags) : flags_(flags), keep_includes_(has_forced_include(flags)) {}

  Words collect() {
    for (at_ = 0; at_ < flags_.size(); ++at_) one();
    return std::move(out_);
  }

 private:
  void one() {
    const std::string& word = flags_[at_];
    const bool separate = takes_next_word(word) && at_ + 1 < flags_.size();
    const string_view value = separate ? string_view(flags_[at_ + 1]) : string_view();
    if (wanted(word, value)) {
      out_.push_back(word);
      if (separate) out_.emplace_back(value);
    }
    if (separate) ++at_;
    // "-Xclang -load -Xclang x.so": the value of a cc1 option follows in a pair of its own.
    const bool has_value = word == "-Xclang" && loads_code(value) && at_ + 2 < flags_.size();
    if (has_value && flags_[at_ + 1] == "-Xclang") at_ += 2;
  }

  bool wanted(string_view word, string_view value) const {
    if (is_output_or_plugin(word)) return false;
    if (word.starts_with("-D") || word.starts_with("-U"))
      return is_relevant_macro(word.size() > 2 ? word.substr(2) : value);
    if (word == "-Xclang") return !loads_code(value);
    if (matches_any(word, {"-I*", "-iquote*", "-isystem*", "-idirafter*"})) return keep_includes_;
    return !word.starts_with("-W") && word != "-w" && word.starts_with("-");
  }

  const Words& flags_;
  Words out_;
  size_t at_ = 0;
  bool keep_includes_;
};

const char* language_name(Language language) {
  return language == Language::kCxx ? "c++" : "c";
}

std::string first_error_line(string_view text) {
  const size_t at = text.find("error:");
  const size_t begin = at == string_view::npos ? 0 : text.rfind('\n', at) + 1;
  return std::string(text.substr(begin, text.find('\n', begin) - begin));
}

report::Result<ProcessOutput> ask(const Unit& unit, const Words& flags, const Words& question) {
  Words argv{unit.driver};
  argv.insert(argv.end(), flags.begin(), flags.end());
  argv.insert(argv.end(), question.begin(), question.end());
  auto output = run_process(argv, unit.directory);
  if (output && output->exit_code != 0) {
    return tl::unexpected(
        report::Error{fmt::format("{} refuses these flags: {}", unit.driver, first_error_line(output->err)), ""});
  }
  return output;
}

// The directory that holds the compiler's own headers must give way to that of the Clang that parses.
std::string find_builtin_dir(const Unit& unit, const EffectiveFlags& flags) {
  if (flags.compiler.kind == CompilerKind::kClang) {
    for (const std::string& dir : flags.include_dirs)
      if (dir.find("/lib/clang/") != std::string::npos && dir.ends_with("/include")) return dir;
    return "";
  }
  const auto answer = ask(unit, {}, {"-print-file-name=include"});
  if (!answer) return "";
  return fs::weakly_canonical(answer->out.substr(0, answer->out.find('\n'))).string();
}

void take_user_dirs_out(Words& include_dirs, const Unit& unit) {
  for (size_t i = 0; i < unit.flags.size(); ++i) {
    for (string_view option : {"-I", "-isystem", "-idirafter"}) {
      string_view dir = unit.flags[i];
      if (!dir.starts_with(option)) continue;
      dir.remove_prefix(option.size());
      if (dir.empty() && i + 1 < unit.flags.size()) dir = unit.flags[i + 1];
      std::erase_if(include_dirs, [&](const std::string& one) { return one == dir; });
    }
  }
}

// Real path of the driver as execvp would find it.
std::string resolve_driver(const Unit& unit) {
  std::error_code error;
  if (unit.driver.find('/') != std::string::npos)
    return fs::weakly_canonical(unit.directory / unit.driver, error).string();
  const char* path = std::getenv("PATH");
  string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const size_t colon = rest.find(':');
    const fs::path candidate = fs::path(rest.substr(0, colon)) / unit.driver;
    if (fs::exists(candidate, error)) return fs::canonical(candidate, error).string();
    rest = colon == string_view::npos ? string_view() : rest.substr(colon + 1);
  }
  return "";
}

report::Result<std::shared_ptr<const EffectiveFlags>> query(const Unit& unit, const Words& flags) {
  const auto answer = ask(unit, flags, {"-dM", "-E", "-v", "-x", language_name(unit.language), "/dev/null"});
  if (!answer) return tl::unexpected(answer.error());
  auto parsed = parse_driver_answer(answer->out, answer->err);
  if (!parsed) return tl::unexpected(report::Error{fmt::format("{}: {}", unit.driver, parsed.error().message), ""});
  parsed->compiler.resolved = resolve_driver(unit);
  parsed->builtin_dir = find_builtin_dir(unit, *parsed);
  take_user_dirs_out(parsed->include_dirs, unit);
  if (parsed->compiler.kind == CompilerKind::kClang) {
    read_clang_state(*parsed, answer->err);
  } else {
    // -x makes --help=optimizers show the state for this language; no input is needed.
    const auto help =
        ask(unit, flags, {"-Q", "--help=common", "--help=optimizers", "-x", language_name(unit.language)});
    if (!help) return tl::unexpected(help.error());
    read_gcc_state(*parsed, help->out);
  }
  return std::make_shared<const EffectiveFlags>(std::move(*parsed));
}

}  // namespace

Words relevant_flags(const Unit& unit) {
  return RelevantFlags(unit.flags).collect();
}

report::Result<std::shared_ptr<const EffectiveFlags>> FlagResolver::resolve(const Unit& unit) {
  if (!is_known_driver(unit.driver)) {
    return tl::unexpected(report::Error{
        fmt::format("{} is not the name of a known compiler driver (expected gcc, clang or cc, with a target prefix or "
                    "version suffix)",
                    unit.driver),
        "name the wrapper like the compiler it stands for"});
  }
  const Words flags = relevant_flags(unit);
  std::string key = fmt::format("{}\n{}\n{}", unit.driver, unit.directory.string(), language_name(unit.language));
  for (const std::string& flag : flags) key += '\n' + flag;
  if (const auto known = answers_.find(key); known != answers_.end()) return known->second;
  return answers_.emplace(key, query(unit, flags)).first->second;
}

}  // namespace proofmark::analyze
