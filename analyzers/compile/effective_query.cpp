// SPDX-License-Identifier: Apache-2.0
//
// Parsers for what compiler drivers print; see effective_query.h.
#include "compile/effective_query.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

using std::string_view;

string_view trim(string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

template <class Visit>
void for_each_line(string_view text, Visit visit) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    visit(text.substr(0, end));
    text = end == string_view::npos ? string_view() : text.substr(end + 1);
  }
}

int to_int(string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

void read_macro(EffectiveFlags& flags, string_view line) {
  constexpr string_view kDefine = "#define ";
  if (!line.starts_with(kDefine)) return;
  line.remove_prefix(kDefine.size());
  const size_t end = line.find_first_of(" (");
  const string_view value = end == string_view::npos ? string_view() : line.substr(end);
  flags.macros.emplace(line.substr(0, end), trim(value));
}

bool read_version(Compiler& compiler, string_view line, string_view mark, CompilerKind kind) {
  const size_t at = line.find(mark);
  if (at == string_view::npos || line.find("-cc1") != string_view::npos) return false;
  const string_view rest = line.substr(at + mark.size());
  compiler.kind = kind;
  compiler.version = rest.substr(0, rest.find_first_of(" -+("));
  compiler.major = to_int(compiler.version);
  return compiler.major > 0;
}

class LogReader {
 public:
  explicit LogReader(EffectiveFlags& flags) : flags_(flags) {}

  void line(string_view text) {
    if (text.starts_with("Target: ")) flags_.compiler.target = trim(text.substr(8));
    if (flags_.compiler.version.empty() && !read_version(flags_.compiler, text, "clang version ", CompilerKind::kClang))
      read_version(flags_.compiler, text, "gcc version ", CompilerKind::kGcc);
    if (text.starts_with("#include <...> search starts here:")) {
      in_list_ = true;
    } else if (text.starts_with("End of search list.")) {
      in_list_ = false;
    } else if (in_list_) {
      flags_.include_dirs.emplace_back(trim(text));
    }
  }

 private:
  EffectiveFlags& flags_;
  bool in_list_ = false;
};

StackProtector stack_protector_of(const EffectiveFlags& flags) {
  if (flags.has_macro("__SSP_ALL__")) return StackProtector::kAll;
  if (flags.has_macro("__SSP_STRONG__")) return StackProtector::kStrong;
  return flags.has_macro("__SSP__") ? StackProtector::kPlain : StackProtector::kNone;
}

// The last cc1 word that starts with `prefix`, without it.
string_view last_value(const Words& words, string_view prefix) {
  string_view found;
  for (const std::string& word : words)
    if (word.starts_with(prefix)) found = string_view(word).substr(prefix.size());
  return found;
}

bool contains(const Words& words, string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// "  -fwrapv                     		[enabled]" and "  -ftrivial-auto-var-init=[a|b] 	zero"
void read_help_line(std::map<string_view, string_view>& state, string_view line) {
  line = trim(line);
  if (!line.starts_with("-f")) return;
  const size_t gap = line.find_first_of(" \t");
  if (gap == string_view::npos) return;
  string_view name = line.substr(0, gap);
  if (const size_t equals = name.find('='); equals != string_view::npos) name = name.substr(0, equals);
  const string_view value = trim(line.substr(gap));
  if (!value.empty()) state[name] = value;
}

}  // namespace

report::Result<EffectiveFlags> parse_driver_answer(string_view macros, string_view log) {
  EffectiveFlags flags;
  for_each_line(macros, [&](string_view line) { read_macro(flags, line); });
  LogReader reader(flags);
  for_each_line(log, [&](string_view line) { reader.line(line); });
  if (flags.macros.empty() || flags.compiler.version.empty() || flags.compiler.target.empty())
    return tl::unexpected(
        report::Error{"the compiler's answer names no version or target (expected GCC or Clang)", ""});

  flags.optimised = flags.has_macro("__OPTIMIZE__");
  flags.hosted = flags.macro_value("__STDC_HOSTED__") == 1;
  flags.fortify_level = flags.optimised ? flags.macro_value("_FORTIFY_SOURCE") : 0;
  flags.stack_protector = stack_protector_of(flags);
  flags.position_independent = flags.has_macro("__PIE__") || flags.has_macro("__PIC__");
  return flags;
}

Words files_named_in_log(string_view log, const std::filesystem::path& directory) {
  std::set<std::string> files;
  const auto add = [&](string_view name) { files.insert((directory / trim(name)).lexically_normal().string()); };
  for_each_line(log, [&](string_view line) {
    for (const string_view mark : {"Reading specs from ", "Configuration file: "})
      if (line.starts_with(mark)) add(line.substr(mark.size()));
    if (!line.starts_with(" /") && !line.starts_with(" \"/")) return;
    const Words words = split_words(line);
    const string_view program = words.empty() ? string_view() : string_view(words[0]);
    if (program.ends_with("/cc1") || program.ends_with("/cc1plus") || (words.size() > 1 && words[1] == "-cc1"))
      add(program);
  });
  return {files.begin(), files.end()};
}

void read_clang_state(EffectiveFlags& flags, string_view log) {
  Words cc1;
  for_each_line(log, [&](string_view line) {
    if (cc1.empty() && line.find("\" -cc1 ") != string_view::npos) cc1 = split_words(line);
  });
  flags.stack_clash_protection = contains(cc1, "-fstack-clash-protection");
  flags.keeps_null_checks = contains(cc1, "-fno-delete-null-pointer-checks");
  flags.defined_overflow = contains(cc1, "-fwrapv") || contains(cc1, "-ftrapv");
  flags.strict_aliasing = !contains(cc1, "-relaxed-aliasing");
  flags.strict_flex_arrays = to_int(last_value(cc1, "-fstrict-flex-arrays="));
  if (const string_view init = last_value(cc1, "-ftrivial-auto-var-init="); !init.empty()) flags.auto_var_init = init;
}

void read_gcc_state(EffectiveFlags& flags, string_view help) {
  std::map<string_view, string_view> state;
  for_each_line(help, [&](string_view line) { read_help_line(state, line); });
  const auto is = [&](string_view name, string_view value) {
    const auto found = state.find(name);
    return found != state.end() && found->second == value;
  };
  // Spec files can change what the compiler gets, and leave the macros of -E as they were.
  if (state.contains("-fstack-protector")) {
    flags.stack_protector = is("-fstack-protector-all", "[enabled]")      ? StackProtector::kAll
                            : is("-fstack-protector-strong", "[enabled]") ? StackProtector::kStrong
                            : is("-fstack-protector", "[enabled]")        ? StackProtector::kPlain
                                                                          : StackProtector::kNone;
  }
  flags.stack_clash_protection = is("-fstack-clash-protection", "[enabled]");
  flags.keeps_null_checks = is("-fdelete-null-pointer-checks", "[disabled]");
  // -ftrapv does not count: at -O2, GCC drops an addition that only feeds a comparison, and then the comparison.
  flags.defined_overflow = is("-fwrapv", "[enabled]");
  flags.strict_aliasing = !is("-fstrict-aliasing", "[disabled]");
  if (const auto found = state.find("-fstrict-flex-arrays"); found != state.end())
    flags.strict_flex_arrays = to_int(found->second);
  if (const auto found = state.find("-ftrivial-auto-var-init"); found != state.end())
    flags.auto_var_init = found->second;
}

int EffectiveFlags::macro_value(string_view name) const {
  const auto found = macros.find(name);
  return found == macros.end() ? 0 : to_int(found->second);
}

std::string Compiler::describe() const {
  return fmt::format("{} {} for {}", kind == CompilerKind::kGcc ? "GCC" : "Clang", version, target);
}

}  // namespace proofmark::analyze
