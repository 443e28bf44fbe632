// SPDX-License-Identifier: Apache-2.0
//
// The probes; see warning_probe.h.
#include "compile/warning_probe.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

using std::string_view;

struct Probe {
  string_view name;
  string_view reported_as;  // other names that compilers give to it, each between spaces
  bool in_c, in_cxx;
  string_view code;  // "@" stands for a name of its own
};

constexpr string_view kSecondChoice = "fortify-source";
constexpr string_view kPrelude =
    "__attribute__((format(printf, 1, 2))) void pm_print(const char *format, ...);\n"
    "void pm_use(void *object);\n";

// "uninitialized" is read at once, so that no optimisation is needed to see it; array-bounds needs -O2 in GCC whatever
// one writes.
constexpr std::array kProbes = {
    Probe{"array-bounds", " array-bounds= ", true, true,
          "extern int @a[3];\nint @(void);\nint @(void) { return @a[5]; }\n"},
    Probe{"date-time", "", true, true, "const char *@(void);\nconst char *@(void) { return __DATE__; }\n"},
    Probe{"division-by-zero", " div-by-zero ", true, true, "int @(int x);\nint @(int x) { return x / 0; }\n"},
    Probe{"format", " format= ", true, true, "void @(void);\nvoid @(void) { pm_print(\"%d\", \"x\"); }\n"},
    Probe{"format-nonliteral", "", true, true,
          "void @(const char *f, int x);\nvoid @(const char *f, int x) { pm_print(f, x); }\n"},
    Probe{"format-security", "", true, true, "void @(const char *f);\nvoid @(const char *f) { pm_print(f); }\n"},
    Probe{"fortify-source", " stringop-overflow stringop-overflow= ", true, true,
          "void @(void);\nvoid @(void) { char b[4]; __builtin_memset(b, 1, 9); pm_use(b); }\nvoid @m(void);\n"
          "void @m(void) { char *b = (char *)__builtin_malloc(4); __builtin_memset(b, 1, 9); pm_use(b); }\n"},
    Probe{"implicit-fallthrough", " implicit-fallthrough= ", true, true,
          "int @(int x);\nint @(int x) { switch (x) { case 1: x = 3; case 2: return x; default: return 0; } }\n"},
    Probe{"implicit-function-declaration", " implicit ", true, false, "int @(void);\nint @(void) { return @u(); }\n"},
    Probe{"implicit-int", " implicit ", true, false, "extern @;\n"},
    Probe{"incompatible-pointer-types", "", true, false, "int *@(char *p);\nint *@(char *p) { return p; }\n"},
    Probe{"int-conversion", " fpermissive ", true, true, "int *@(int v);\nint *@(int v) { return v; }\n"},
    Probe{"return-stack-address", " return-local-addr ", true, true,
          "int *@(void);\nint *@(void) { int v = 0; return &v; }\n"},
    Probe{"return-type", "", true, true, "int @(void);\nint @(void) { }\n"},
    Probe{"shift-count-overflow", "", true, true, "int @(int x);\nint @(int x) { return x << 40; }\n"},
    Probe{"sizeof-pointer-memaccess", "", true, true,
          "void @(char *p);\nvoid @(char *p) { __builtin_memset(p, 0, sizeof(p)); }\n"},
    Probe{"uninitialized", "", true, true, "int @(void);\nint @(void) { int v; return v; }\n"},
    Probe{"unsequenced", " sequence-point ", true, true, "int @(int i);\nint @(int i) { return i++ + i++; }\n"},
    Probe{"vla", "", true, true, "void @(int n);\nvoid @(int n) { char b[n]; pm_use(b); }\n"},
};

// The policy may use either compiler's name.
const Probe* find_probe(string_view name) {
  const auto* found = std::find_if(kProbes.begin(), kProbes.end(), [&](const Probe& probe) {
    return probe.name == name || probe.reported_as.find(fmt::format(" {} ", name)) != string_view::npos;
  });
  return found == kProbes.end() ? nullptr : found;
}

bool speaks_of(string_view name, const Diagnostic& diagnostic) {
  const Probe* probe = find_probe(name);
  return probe != nullptr && !diagnostic.option.empty() &&
         (diagnostic.option == probe->name ||
          probe->reported_as.find(fmt::format(" {} ", diagnostic.option)) != string_view::npos);
}

std::string named_code(const Probe& probe, size_t number) {
  std::string code(probe.code);
  for (size_t at = code.find('@'); at != std::string::npos; at = code.find('@', at))
    code.replace(at, 1, fmt::format("pm_{}", number));
  return code;
}

// "-Werror,-Wformat-security", "-Werror=format-security", "-Wformat=", "-fpermissive"
std::string option_in(string_view brackets) {
  if (const size_t comma = brackets.rfind(','); comma != string_view::npos) brackets = brackets.substr(comma + 1);
  for (string_view prefix : {"-Werror=", "-W", "-"}) {
    if (!brackets.starts_with(prefix)) continue;
    return std::string(brackets.substr(prefix.size()));
  }
  return "";
}

class Prober {
 public:
  Prober(const std::vector<std::string>& names, const Words& flags, const CompileProbe& compile)
      : pending_(names.begin(), names.end()), flags_(flags), compile_(compile) {
    for (const std::string& name : names) levels_[name] = WarningLevel::kOff;
  }

  report::Result<WarningLevels> run() {
    // GCC says of one write that it is out of an array's bounds or that it overflows, and prefers the former.
    const bool overflow = std::erase_if(pending_, [](const std::string& name) {
                            return find_probe(name) == find_probe(kSecondChoice);
                          }) > 0;
    if (auto first = rounds(); !first || !overflow) return first;
    for (const auto& [name, level] : levels_)
      if (find_probe(name) == find_probe(kSecondChoice)) pending_ = {name};
    quiet_.insert("array-bounds");
    return rounds();
  }

 private:
  report::Result<WarningLevels> rounds() {
    // Every round but the last takes a name out of the list or an unrelated option out of the way.
    const size_t limit = 2 * pending_.size() + 8;
    for (size_t round = 0; round < limit && !pending_.empty(); ++round) {
      const auto diagnostics = ask({pending_.begin(), pending_.end()});
      if (!diagnostics) return tl::unexpected(diagnostics.error());
      const bool any_error = std::ranges::any_of(*diagnostics, &Diagnostic::is_error);
      if (!take(*diagnostics) && any_error) return one_by_one();
      if (!any_error) break;
    }
    return levels_;
  }

  report::Result<std::vector<Diagnostic>> ask(const std::vector<std::string>& names) {
    Words flags = flags_;
    for (const std::string& option : quiet_) flags.push_back("-Wno-" + option);
    const auto said = compile_(probe_source(names), flags);
    if (!said) return tl::unexpected(said.error());
    return read_diagnostics(*said);
  }

  // True when something was learnt.
  bool take(const std::vector<Diagnostic>& diagnostics) {
    bool learnt = false;
    for (const Diagnostic& diagnostic : diagnostics) {
      bool ours = false;
      for (auto& [name, level] : levels_) {
        if (!speaks_of(name, diagnostic)) continue;
        ours = true;
        learnt |= pending_.erase(name) > 0;
        level = std::max(level, diagnostic.is_error ? WarningLevel::kError : WarningLevel::kWarning);
      }
      if (!ours && diagnostic.is_error && !diagnostic.option.empty()) learnt |= quiet_.insert(diagnostic.option).second;
    }
    return learnt;
  }

  // What is left has errors without a name: an error in a unit with one probe is that probe's.
  report::Result<WarningLevels> one_by_one() {
    for (const std::string& name : std::set<std::string>(pending_)) {
      const auto diagnostics = ask({name});
      if (!diagnostics) return tl::unexpected(diagnostics.error());
      take(*diagnostics);
      if (pending_.contains(name) && std::ranges::any_of(*diagnostics, &Diagnostic::is_error))
        levels_[name] = WarningLevel::kError;
    }
    return levels_;
  }

  std::set<std::string> pending_, quiet_;
  const Words& flags_;
  const CompileProbe& compile_;
  WarningLevels levels_;
};

}  // namespace

std::vector<Diagnostic> read_diagnostics(string_view text) {
  std::vector<Diagnostic> diagnostics;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const string_view line = text.substr(0, end);
    text = end == string_view::npos ? string_view() : text.substr(end + 1);
    // "cc1: warning: '-Wformat-security' ignored without '-Wformat'" is about the flags.
    if (!line.starts_with("<stdin>:")) continue;
    const size_t error = line.find("error: ");
    if (error == string_view::npos && line.find("warning: ") == string_view::npos) continue;
    const size_t open = line.ends_with(']') ? line.rfind('[') : string_view::npos;
    const string_view brackets =
        open == string_view::npos ? string_view() : line.substr(open + 1, line.size() - open - 2);
    diagnostics.push_back({error != string_view::npos, option_in(brackets)});
  }
  return diagnostics;
}

std::vector<std::string> probed_warnings(const std::vector<std::string>& names, Language language, CompilerKind kind) {
  std::vector<std::string> probed;
  for (const std::string& name : names) {
    const Probe* probe = find_probe(name);
    if (probe == nullptr || !(language == Language::kCxx ? probe->in_cxx : probe->in_c)) continue;
    // Only GCC's -fpermissive makes this a warning in C++.
    if (probe->name == "int-conversion" && language == Language::kCxx && kind == CompilerKind::kClang) continue;
    probed.push_back(name);
  }
  return probed;
}

std::string probe_source(const std::vector<std::string>& names) {
  std::string source(kPrelude);
  for (size_t i = 0; i < names.size(); ++i)
    if (const Probe* probe = find_probe(names[i]); probe != nullptr) source += named_code(*probe, i);
  return source;
}

report::Result<WarningLevels> probe_levels(const std::vector<std::string>& names, const Words& flags,
                                           const CompileProbe& compile) {
  return Prober(names, flags, compile).run();
}

}  // namespace proofmark::analyze
