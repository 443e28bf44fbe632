// SPDX-License-Identifier: Apache-2.0
//
// The parse view; see parse_view.h.
#include "compile/parse_view.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "compile/options.h"

namespace proofmark::analyze {
namespace {

namespace fs = std::filesystem;
using std::string_view;

// glibc's headers give attributes to GCC 11 and later that Clang 19 cannot parse.
constexpr int kNewestGccToShow = 10;

bool is_kept_for_any_compiler(string_view word) {
  return matches_any(word, {"-D*",
                            "-U*",
                            "-I*",
                            "-include*",
                            "-imacros*",
                            "-isystem*",
                            "-iquote*",
                            "-idirafter*",
                            "-std=*",
                            "-ansi",
                            "-trigraphs",
                            "-O*",
                            "-pthread",
                            "-fsigned-char",
                            "-funsigned-char",
                            "-fno-signed-char",
                            "-fno-unsigned-char",
                            "-fsigned-bitfields",
                            "-fshort-enums",
                            "-fshort-wchar",
                            "-ffreestanding",
                            "-fhosted",
                            "-fno-builtin*",
                            "-fexceptions",
                            "-fno-exceptions",
                            "-frtti",
                            "-fno-rtti",
                            "-fms-extensions",
                            "-fdeclspec",
                            "-fcf-protection*",
                            "-fgnu89-inline",
                            "-fopenmp",
                            "-fpic",
                            "-fPIC",
                            "-fpie",
                            "-fPIE",
                            "-fno-pic",
                            "-fno-PIC",
                            "-fno-pie",
                            "-fno-PIE",
                            "-ffast-math",
                            "-fchar8_t",
                            "-fno-char8_t",
                            "-fcoroutines",
                            "-fstrict-flex-arrays*",
                            "-fvisibility*",
                            "-fno-threadsafe-statics",
                            "-nostdinc",
                            "-nostdinc++"});
}

// Target options that both compilers spell alike; the others only choose instructions, which no rule looks at.
bool is_kept_gcc_target_option(string_view word) {
  return matches_any(word, {"-m32", "-m64", "-mx32", "-march=*", "-mcpu=*", "-mfpu=*", "-mfloat-abi=*", "-mthumb",
                            "-marm", "-mgeneral-regs-only", "-msse*", "-mavx*", "-maes", "-mpclmul", "-msha",
                            "-mno-sse*", "-mno-avx*", "-msoft-float"});
}

bool is_kept_warning(string_view word, CompilerKind kind) {
  if (kind == CompilerKind::kClang) return word.starts_with("-W") || word.starts_with("-pedantic");
  // GCC's groups hold other warnings than Clang's, so its blanket -Werror would promote what GCC never says.
  return word.starts_with("-W") && word != "-Werror";
}

bool is_kept(string_view word, CompilerKind kind) {
  if (is_output_or_plugin(word) || word == "-w") return false;
  if (is_kept_for_any_compiler(word) || is_kept_warning(word, kind)) return true;
  return kind == CompilerKind::kClang ? word.starts_with("-m") : is_kept_gcc_target_option(word);
}

void append_unit_flags(Words& argv, const Unit& unit, CompilerKind kind) {
  for (size_t i = 0; i < unit.flags.size(); ++i) {
    const std::string& word = unit.flags[i];
    const bool separate = takes_next_word(word) && i + 1 < unit.flags.size();
    if (is_kept(word, kind)) {
      argv.push_back(word);
      if (separate) argv.push_back(unit.flags[i + 1]);
    }
    if (separate) ++i;
  }
}

// The real driver's search list, with Clang's headers in place of the compiler's own.
void append_include_dirs(Words& argv, const EffectiveFlags& effective, const std::string& resource_dir) {
  argv.emplace_back("-nostdinc");
  argv.emplace_back("-nostdinc++");
  const fs::path builtin = effective.builtin_dir;
  for (const std::string& dir : effective.include_dirs) {
    const fs::path canonical = fs::weakly_canonical(dir);
    if (canonical.filename() == "include-fixed") continue;
    argv.emplace_back("-isystem");
    argv.push_back(!builtin.empty() && canonical == builtin ? resource_dir + "/include" : dir);
  }
}

void append_gcc_emulation(Words& argv, const Unit& unit, const Compiler& compiler) {
  // libstdc++ asks __clang__ before it uses built-ins that only GCC has, so C++ is parsed as Clang.
  if (compiler.kind != CompilerKind::kGcc || unit.language != Language::kC) return;
  argv.push_back(compiler.major > kNewestGccToShow ? fmt::format("-fgnuc-version={}.2.1", kNewestGccToShow)
                                                   : "-fgnuc-version=" + compiler.version);
  for (const char* name : {"", "_major__", "_minor__", "_patchlevel__", "_version__"})
    argv.push_back(fmt::format("-U__clang_{}", *name == '\0' ? "_" : name));
  // GCC has these as keywords in C since version 7, and glibc's headers then use them.
  const char* quad = compiler.target.starts_with("x86_64") ? "__float128" : "long double";
  for (const auto& [name, type] :
       std::initializer_list<std::pair<const char*, const char*>>{{"_Float32", "float"},
                                                                  {"_Float64", "double"},
                                                                  {"_Float32x", "double"},
                                                                  {"_Float64x", "long double"},
                                                                  {"_Float128", quad}})
    argv.push_back(fmt::format("-D{}={}", name, type));
}

void append_warnings(Words& argv, const ParseOptions& options, CompilerKind kind) {
  for (const char* quiet : {"unknown-warning-option", "ignored-optimization-argument", "unused-command-line-argument"})
    argv.push_back(fmt::format("-Wno-{}", quiet));
  if (kind == CompilerKind::kGcc) {
    // Errors by default in Clang 19 that older GCCs accept; the policy, not Clang's age, decides about them.
    for (const char* allowed : {"implicit-function-declaration", "implicit-int", "int-conversion",
                                "incompatible-function-pointer-types", "return-type"})
      argv.push_back(fmt::format("-Wno-error={}", allowed));
    argv.emplace_back("-Wno-unknown-attributes");
  }
  for (const std::string& name : options.enforced) {
    argv.push_back("-W" + name);
    argv.push_back("-Werror=" + name);
  }
}

}  // namespace

Words make_parse_view(const Unit& unit, const EffectiveFlags& effective, const ParseOptions& options) {
  const CompilerKind kind = effective.compiler.kind;
  Words argv{"clang",
             "--target=" + effective.compiler.target,
             "-resource-dir=" + options.resource_dir,
             "-fsyntax-only",
             "-ferror-limit=0",
             "-x",
             unit.language == Language::kCxx ? "c++" : "c"};
  append_unit_flags(argv, unit, kind);
  // FORTIFY's wrappers hide the buffer functions from the analyzer; the flag itself is audited by PMF002.
  argv.emplace_back("-U_FORTIFY_SOURCE");
  // Level 0 has no wrappers either, and "#ifdef _FORTIFY_SOURCE" in the source still takes the branch that is built.
  if (effective.has_macro("_FORTIFY_SOURCE")) argv.emplace_back("-D_FORTIFY_SOURCE=0");
  append_include_dirs(argv, effective, options.resource_dir);
  if (options.emulate_gcc) append_gcc_emulation(argv, unit, effective.compiler);
  append_warnings(argv, options, kind);
  argv.push_back(unit.source);
  return argv;
}

}  // namespace proofmark::analyze
