// SPDX-License-Identifier: Apache-2.0
//
// What a command's flags really mean, as told by the compiler itself. Re-implementing "the last one wins" is wrong too
// often (wrappers and spec files inject flags, warning flags follow other rules), so each distinct set of flags is
// given once to the real driver; resolver.h does that.
#pragma once

#include <map>
#include <string>

#include "compile/unit.h"

namespace proofmark::analyze {

enum class CompilerKind { kGcc, kClang };
enum class StackProtector { kNone, kPlain, kStrong, kAll };

struct Compiler {
  CompilerKind kind = CompilerKind::kGcc;
  std::string version;  // "12.2.0"
  int major = 0;
  std::string target;    // as the driver prints it: "aarch64-linux-gnu"
  std::string resolved;  // real path of the driver, empty when it is not found in PATH

  std::string describe() const;  // "GCC 12.2.0 for aarch64-linux-gnu"
};

struct EffectiveFlags {
  Compiler compiler;
  std::map<std::string, std::string, std::less<>> macros;  // predefined and from the command line
  Words include_dirs;                                      // the #include <...> search list, in order
  Words depends_on;                                        // files that the answer depends on, there or not
  std::string builtin_dir;  // the one of them with the compiler's own stddef.h, empty under -nostdinc

  bool optimised = false;
  bool hosted = true;
  int fortify_level = 0;  // 0 also when not optimised, because then the level has no effect
  StackProtector stack_protector = StackProtector::kNone;
  bool stack_clash_protection = false;
  bool position_independent = false;
  std::string auto_var_init = "uninitialized";
  bool keeps_null_checks = false;
  bool defined_overflow = false;
  bool strict_aliasing = true;
  int strict_flex_arrays = 0;

  bool has_macro(std::string_view name) const { return macros.find(name) != macros.end(); }
  int macro_value(std::string_view name) const;  // 0 when absent or not a number
  bool is_arch(std::string_view prefix) const { return compiler.target.starts_with(prefix); }
};

// The flags of the unit that can change the answer: definitions that no rule reads, include paths, outputs, renamed
// paths, plugins and wrappers are left out; warnings, too, unless they are asked for.
Words relevant_flags(const Unit& unit, bool with_warnings = false);

}  // namespace proofmark::analyze
