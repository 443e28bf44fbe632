// SPDX-License-Identifier: Apache-2.0
//
// Reading of assembly; see code_oracle.h.
#include "code_oracle.h"

#include <regex>

namespace proofmark::test {
namespace {

using analyze::Words;

bool has(const std::string& text, const char* pattern) {
  return std::regex_search(text, std::regex(pattern));
}

// The lines of a function, without unwinding directives.
std::string body_of(const std::string& assembly, const std::string& name) {
  const size_t begin = assembly.find("\n" + name + ":");
  const size_t end = assembly.find(".size\t" + name + ",", begin);
  if (begin == std::string::npos || end == std::string::npos) return "";
  return std::regex_replace(assembly.substr(begin, end - begin), std::regex("\\n\\s*(\\.|#|//)[^\\n]*"), "");
}

std::string last_level(const Words& flags) {
  std::string level = "-O0";
  for (const std::string& flag : flags)
    if (flag.starts_with("-O")) level = flag;
  return level;
}

// The value of the feature word in .note.gnu.property: the second number after its type.
int property_bits(const std::string& assembly, bool arm64) {
  const std::regex pattern(
      arm64 ? "\\.(?:word|long|4byte)\\s+(?:0xc0000000|3221225472)[^\\n]*\\n(?:[^\\n]*\\n)*?"
              "\\s*\\.(?:word|long|4byte)\\s+4[^\\n]*\\n[^.]*\\.(?:word|long|4byte)\\s+(0x)?([0-9a-f]+)"
            : "\\.long\\s+(?:0xc0000002|3221225474)[^\\n]*\\n[^.]*\\.long[^\\n]*\\n[^.]*\\.long\\s+"
              "(0x)?([0-9a-f]+)");
  std::smatch match;
  return std::regex_search(assembly, match, pattern) ? std::stoi(match[2], nullptr, 16) : 0;
}

int canary_of(const std::string& assembly) {
  const auto guarded = [&](const char* name) { return has(body_of(assembly, name), "__stack_chk_fail"); };
  if (guarded("pm_plain")) return 3;
  if (guarded("pm_small")) return 2;
  return guarded("pm_array") ? 1 : 0;
}

// The C library is told the level, less one, in the first argument of __printf_chk.
int fortify_of(const std::string& assembly, bool arm64) {
  const std::string body = body_of(assembly, "pm_print");
  // Level 1 leaves printf alone.
  if (!has(body, "__printf_chk")) return has(body_of(assembly, "pm_copy"), "__memcpy_chk") ? 1 : 0;
  const std::regex pattern(arm64 ? "mov\\s+w0, #?(\\d|wzr)" : "(?:movl|pushq)\\s+\\$(\\d),? ?(?:%edi)?");
  std::smatch match;
  return std::regex_search(body, match, pattern) && match[1] != "wzr" ? std::stoi(match[1]) + 1 : 1;
}

std::string init_of(const std::string& body, bool arm64) {
  if (has(body, "-6148914691236517206|-72340172838076674|12297829382473034410|0xaaaaaaaaaaaaaaaa|43690"))
    return "pattern";
  if (has(body, arm64 ? "\\bxzr\\b|mov\\s+x0, #?0\\b" : "(mov|and)[lq]\\s+\\$0, ")) return "zero";
  // GCC's -Os stores a register that it has just cleared.
  const char* cleared =
      "xorl\\s+%eax, %eax\\n(?:(?![^\\n]*(?:\\bcall|, %[er]ax\\b))[^\\n]*\\n)*?\\s*movq\\s+%rax, -?\\d*\\(%r[sb]p\\)";
  if (!arm64 && has(body, cleared)) return "zero";
  return "uninitialized";
}

int branch_of(const std::string& assembly, bool arm64) {
  const int note = property_bits(assembly, arm64);
  const std::string body = body_of(assembly, "pm_array");
  if (arm64) return (note & 1) | (has(body, "paciasp|hint\\s+#?25") ? 2 : 0);
  return (has(body, "endbr64") ? 1 : 0) | (note & 2);
}

int flexible_of(const std::string& assembly) {
  const auto known = [&](const char* name) { return !has(body_of(assembly, name), "[$#, ]-1\\b"); };
  return known("pm_flex0") ? 3 : known("pm_flex1") ? 2 : known("pm_flex4") ? 1 : 0;
}

}  // namespace

const char kCodeProbe[] = R"(#include <stdio.h>
#include <stdlib.h>
#include <string.h>
void pm_use(void *object);
void pm_dead(void);
extern int pm_global;
void pm_array(void) { char b[64]; pm_use(b); }
void pm_small(void) { int v; pm_use(&v); }
int pm_plain(int x) { return x + 3; }
void pm_large(void) { char b[300000]; pm_use(b); }
long pm_zero(void) { long v; pm_use(&v); return v; }
int *pm_address(void) { static int t[4]; pm_use(t); return t; }
int *pm_extern(void) { return &pm_global; }
int pm_null(int *p) { int v = *p; if (!p) return 77; return v; }
int pm_wrap(int x) { return x + 1 > x; }
int pm_alias(int *i, float *f) { *i = 1; *f = 2.0f; return *i; }
struct pm_s4 { int n; char a[4]; };
struct pm_s1 { int n; char a[1]; };
struct pm_s0 { int n; char a[0]; };
long pm_flex4(struct pm_s4 *p) { return (long)__builtin_object_size(p->a, 1); }
long pm_flex1(struct pm_s1 *p) { return (long)__builtin_object_size(p->a, 1); }
long pm_flex0(struct pm_s0 *p) { return (long)__builtin_object_size(p->a, 1); }
void pm_copy(const char *s, unsigned n) { char b[16]; memcpy(b, s, n); pm_use(b); }
void pm_print(int v) { printf("%d %d\n", v, v); }
void pm_dynamic(unsigned n, const char *s, unsigned m) { char *p = malloc(n); if (p) memcpy(p, s, m); pm_use(p); }
void pm_opt(void) { int one = 1; if (one != 1) pm_dead(); }
)";

ObservedCode observe_code(const std::string& assembly, const Subject& subject, const Words& flags) {
  const std::string level = last_level(flags);
  const bool optimises = level == "-O2" || level == "-O3" || level == "-Os";
  const bool arm64 = subject.is_arm64;
  const auto body = [&](const char* name) { return body_of(assembly, name); };
  ObservedCode seen;
  seen.optimised = !has(body("pm_opt"), "pm_dead");
  seen.canary = canary_of(assembly);
  seen.stack_clash = has(body("pm_large"), arm64 ? "str\\s+xzr, \\[sp" : "orq\\s+\\$0, |movq\\s+\\$0, \\(%rsp\\)");
  seen.auto_var_init = init_of(body("pm_zero"), arm64);
  seen.position_independent =
      arm64 ? has(body("pm_extern"), ":got") : has(body("pm_address"), "leaq\\s+[^\\n]*t(\\.\\d+)?\\(%rip\\)");
  if (optimises) seen.keeps_null_checks = has(body("pm_null"), "\\b77\\b");
  if (optimises)
    seen.strict_aliasing = !has(body("pm_alias"), arm64 ? "ldr\\s+w0, \\[x0\\]" : "movl\\s+\\(%rdi\\), %eax");
  // GCC's -ftrapv traps here and folds there: the resolver promises nothing of it, and nothing is compared.
  if (subject.is_clang ? *seen.optimised : !has(body("pm_wrap"), "__addv"))
    seen.defined_overflow = has(body("pm_wrap"), arm64 ? "__addv|cset|csinc|adds\\s" : "__addv|set[a-z]+\\s|jo\\s");
  if (subject.is_clang && subject.major >= 16 && *seen.optimised) seen.flexible_arrays = flexible_of(assembly);
  seen.fortify = fortify_of(assembly, arm64);
  seen.checks_sizes = has(body("pm_copy"), "__memcpy_chk");
  seen.checks_dynamic_sizes = has(body("pm_dynamic"), "__memcpy_chk");
  seen.branch = branch_of(assembly, arm64);
  return seen;
}

}  // namespace proofmark::test
