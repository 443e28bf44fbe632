// SPDX-License-Identifier: Apache-2.0
//
// Option families; see options.h.
#include "compile/options.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace proofmark::analyze {
namespace {

using std::string_view;

constexpr std::array<string_view, 29> kSeparateValue = {
    "-o",         "-I",       "-D",        "-U",           "-L",       "-l",       "-B",          "-T",
    "-MF",        "-MT",      "-MQ",       "-MJ",          "-include", "-imacros", "-isystem",    "-iquote",
    "-idirafter", "-iprefix", "-isysroot", "-iwithprefix", "-Xclang",  "-Xlinker", "-Xassembler", "-target",
    "--sysroot",  "--param",  "-arch",     "-z",           "-wrapper"};

}  // namespace

bool takes_next_word(string_view option) {
  return std::find(kSeparateValue.begin(), kSeparateValue.end(), option) != kSeparateValue.end();
}

bool is_output_or_plugin(string_view option) {
  return matches_any(option, {"-o*",
                              "-c",
                              "-S",
                              "-E",
                              "-M*",
                              "-save-temps*",
                              "--save-temps*",
                              "-fsyntax-only",
                              "-pipe",
                              "-wrapper*",
                              "-fplugin*",
                              "-fpass-plugin*",
                              "-fdump*",
                              "-ftime-*",
                              "--coverage",
                              "-fprofile-*",
                              "-dumpdir*",
                              "-dumpbase*",
                              "-l*",
                              "-L*",
                              "-Wl,*",
                              "-Wa,*",
                              "-Xlinker",
                              "-Xassembler",
                              "-T*",
                              "-fdiagnostics*",
                              "-v",
                              "-###",
                              "-gsplit-dwarf*",
                              "--serialize-diagnostics*",
                              "-index-store-path*"});
}

Words option_values(const Words& flags, std::initializer_list<string_view> options) {
  Words values;
  for (size_t i = 0; i < flags.size(); ++i) {
    for (string_view option : options) {
      string_view value = flags[i];
      if (!value.starts_with(option)) continue;
      value.remove_prefix(option.size());
      if (value.empty() && i + 1 < flags.size()) value = flags[i + 1];
      if (!value.empty()) values.emplace_back(value);
    }
  }
  return values;
}

bool matches_any(string_view word, Patterns patterns) {
  return std::any_of(patterns.begin(), patterns.end(), [word](string_view pattern) {
    if (!pattern.ends_with('*')) return word == pattern;
    return word.starts_with(pattern.substr(0, pattern.size() - 1));
  });
}

void Request::add(const std::string& word, bool wants) {
  if (!words.empty()) words += ' ';
  words += word;
  if (wants) {
    wanted = word;
    overridden.clear();
  } else {
    rival = word;
    overridden = wanted.empty() ? "" : word;
  }
}

Request find_request(const Words& flags, Patterns wanted, Patterns rivals) {
  Request request;
  for (const std::string& flag : flags) {
    const bool wants = matches_any(flag, wanted);
    if (wants || matches_any(flag, rivals)) request.add(flag, wants);
  }
  return request;
}

std::string Request::explain(string_view effective) const {
  if (wanted.empty() && rival.empty()) return fmt::format("not requested, effective {}", effective);
  if (wanted.empty()) return fmt::format("requested {}, effective {}", rival, effective);
  if (overridden.empty()) return fmt::format("requested {}, effective {}", wanted, effective);
  return fmt::format("requested {}, effective {}: later {} wins", wanted, effective, overridden);
}

Request find_macro_request(const Words& flags, string_view name) {
  Request request;
  for (size_t i = 0; i < flags.size(); ++i) {
    string_view word = flags[i];
    if (!word.starts_with("-D") && !word.starts_with("-U")) continue;
    const char kind = word[1];
    string_view body = word.substr(2);
    if (body.empty() && i + 1 < flags.size()) body = flags[++i];
    if (body.substr(0, body.find('=')) == name) request.add(fmt::format("-{}{}", kind, body), kind == 'D');
  }
  return request;
}

std::string requested_macro(const Words& flags, string_view name) {
  const Request request = find_macro_request(flags, name);
  if (request.wanted.empty() || !request.overridden.empty()) return "";
  const size_t equals = request.wanted.find('=');
  return equals == std::string::npos ? "1" : request.wanted.substr(equals + 1);
}

}  // namespace proofmark::analyze
