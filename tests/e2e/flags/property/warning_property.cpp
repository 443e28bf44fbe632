// SPDX-License-Identifier: Apache-2.0
//
// Random flags about warnings. The oracle knows no option names: a unit with one defect either fails to compile, or says
// more than its sound twin does, or neither.
#include <algorithm>
#include <array>

#include "compile/process.h"
#include "compile/resolver.h"
#include "properties.h"
#include "report.h"

namespace proofmark::test {
namespace {

using namespace analyze;

struct Defect {
  const char* warning;
  const char* bad;
  const char* sound;
};

constexpr std::array kDefects = {
    Defect{"format-security",
           "int printf(const char *, ...);\nvoid f(const char *s);\nvoid f(const char *s) { printf(s); }\n",
           "int printf(const char *, ...);\nvoid f(const char *s);\nvoid f(const char *s) { printf(\"%s\", s); }\n"},
    Defect{"format", "int printf(const char *, ...);\nvoid f(long v);\nvoid f(long v) { printf(\"%s\", v); }\n",
           "int printf(const char *, ...);\nvoid f(long v);\nvoid f(long v) { printf(\"%ld\", v); }\n"},
    Defect{"return-type", "int f(int v);\nint f(int v) { if (v) return v; }\n",
           "int f(int v);\nint f(int v) { return v; }\n"},
    Defect{"uninitialized", "int f(void);\nint f(void) { int v; return v + 1; }\n",
           "int f(void);\nint f(void) { int v = 1; return v + 1; }\n"},
    Defect{"implicit-function-declaration", "void f(void);\nvoid f(void) { unknown_one(3); }\n",
           "void unknown_one(int);\nvoid f(void);\nvoid f(void) { unknown_one(3); }\n"},
    Defect{"int-conversion", "void g(char *);\nvoid f(long v);\nvoid f(long v) { g(v); }\n",
           "void g(char *);\nvoid f(char *v);\nvoid f(char *v) { g(v); }\n"},
    Defect{"array-bounds", "extern char t[4];\nint f(void);\nint f(void) { return t[7]; }\n",
           "extern char t[4];\nint f(void);\nint f(void) { return t[2]; }\n"}};

struct Said {
  bool failed = false;
  size_t diagnostics = 0;
};

Said compile(const Subject& subject, const Words& flags, const char* source) {
  Words argv{subject.driver};
  argv.insert(argv.end(), subject.target.begin(), subject.target.end());
  argv.insert(argv.end(), flags.begin(), flags.end());
  argv.insert(argv.end(), {"-S", "-o", "-", "-x", "c", "-"});
  const auto run = run_process(argv, "/", {source, {}});
  if (!run) return {true, 0};
  Said said{run->exit_code != 0, 0};
  for (size_t at = run->err.find("<stdin>:"); at != std::string::npos; at = run->err.find("<stdin>:", at + 1))
    if (const size_t end = run->err.find('\n', at);
        run->err.substr(at, end - at).find("warning: ") != std::string::npos)
      ++said.diagnostics;
  return said;
}

std::string name(WarningLevel level) {
  return level == WarningLevel::kOff ? "off" : level == WarningLevel::kWarning ? "warning" : "error";
}

void one_draw(const Subject& subject, const Words& flags, FlagResolver& resolver, Agreement& agreement) {
  std::vector<std::string> names;
  for (const Defect& defect : kDefects) names.emplace_back(defect.warning);
  Words argv{subject.driver};
  argv.insert(argv.end(), subject.target.begin(), subject.target.end());
  argv.insert(argv.end(), flags.begin(), flags.end());
  argv.insert(argv.end(), {"-c", "/probe.c"});
  const auto unit = prepare_unit({"/", "/probe.c", argv});
  const auto told = unit ? resolver.resolve(*unit) : tl::unexpected(unit.error());
  if (!told) return;
  const auto state = resolver.warnings(*unit, **told, names);
  // Flags that contradict each other make every compilation fail: then there is nothing to tell.
  if (!state) {
    // Without the words that can weaken, GCC may refuse what is left: then the rule judges by the words.
    if (std::ranges::any_of(flags, can_weaken)) return;
    const bool fails = compile(subject, flags, kDefects[0].sound).failed;
    return agreement.compare("answer", "refused", fails ? "refused" : "accepted", flags);
  }
  for (const Defect& defect : kDefects) {
    const Said sound = compile(subject, flags, defect.sound);
    if (sound.failed) continue;  // -Weverything -Werror and the like: nothing can be told
    const Said bad = compile(subject, flags, defect.bad);
    const WarningLevel done = bad.failed                            ? WarningLevel::kError
                              : bad.diagnostics > sound.diagnostics ? WarningLevel::kWarning
                                                                    : WarningLevel::kOff;
    agreement.compare(defect.warning, name(state->levels.at(defect.warning)), name(done), flags);
  }
}

}  // namespace

size_t warning_property(const Subject& subject, size_t draws, Random& random) {
  FlagResolver resolver;
  Agreement agreement(subject.name + " warnings");
  for (size_t i = 0; i < draws; ++i) one_draw(subject, draw_warning_flags(subject, random), resolver, agreement);
  return agreement.conclude(draws);
}

}  // namespace proofmark::test
