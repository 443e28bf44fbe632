// SPDX-License-Identifier: Apache-2.0
//
// Subjects and draws; see subject.h. An entry of a pool may be several words, which stay together.
#include "subject.h"

#include <fmt/format.h>

#include "compile/process.h"

namespace proofmark::test {
namespace {

using analyze::split_words;
using analyze::Words;

const Subject kSubjects[] = {
    {"gcc x86_64", "gcc", {}, false, false, 12},
    {"gcc aarch64", "aarch64-linux-gnu-gcc", {}, false, true, 12},
    {"clang-14 x86_64", "clang-14", {}, true, false, 14},
    {"clang-14 aarch64", "clang-14", {"--target=aarch64-linux-gnu"}, true, true, 14},
    {"clang-19 x86_64", "clang-19", {}, true, false, 19},
    {"clang-19 aarch64", "clang-19", {"--target=aarch64-linux-gnu"}, true, true, 19},
};

const std::vector<std::string> kCode = {"-O0",
                                        "-O1",
                                        "-O2",
                                        "-O3",
                                        "-Os",
                                        "-Og",
                                        "-O2",
                                        "-O2",
                                        "-fstack-protector",
                                        "-fstack-protector-strong",
                                        "-fstack-protector-all",
                                        "-fno-stack-protector",
                                        "-fstack-clash-protection",
                                        "-fno-stack-clash-protection",
                                        "-fPIC",
                                        "-fPIE",
                                        "-fpic",
                                        "-fpie",
                                        "-fno-pic",
                                        "-fno-pie",
                                        "-fno-PIC",
                                        "-fno-PIE",
                                        "-fdelete-null-pointer-checks",
                                        "-fno-delete-null-pointer-checks",
                                        "-fstrict-overflow",
                                        "-fno-strict-overflow",
                                        "-fwrapv",
                                        "-fno-wrapv",
                                        "-ftrapv",
                                        "-fstrict-aliasing",
                                        "-fno-strict-aliasing",
                                        "-D_FORTIFY_SOURCE=1",
                                        "-D_FORTIFY_SOURCE=2",
                                        "-D_FORTIFY_SOURCE=3",
                                        "-U_FORTIFY_SOURCE",
                                        "-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3",
                                        "-D _FORTIFY_SOURCE=2",
                                        "-Wp,-D_FORTIFY_SOURCE=3",
                                        "-Wp,-U_FORTIFY_SOURCE,-D_FORTIFY_SOURCE=2",
                                        "-U _FORTIFY_SOURCE",
                                        "-ftrivial-auto-var-init=pattern",
                                        "-ftrivial-auto-var-init=uninitialized",
                                        "-g",
                                        "-pipe",
                                        "-Wall",
                                        "-fno-omit-frame-pointer",
                                        "-DNDEBUG"};

const std::vector<std::string> kX86 = {"-fcf-protection", "-fcf-protection=full", "-fcf-protection=branch",
                                       "-fcf-protection=return", "-fcf-protection=none"};
const std::vector<std::string> kArm64 = {"-mbranch-protection=standard",     "-mbranch-protection=none",
                                         "-mbranch-protection=bti",          "-mbranch-protection=pac-ret",
                                         "-mbranch-protection=pac-ret+leaf", "-mbranch-protection=bti+pac-ret"};
const std::vector<std::string> kFlexible = {"-fstrict-flex-arrays=0", "-fstrict-flex-arrays=1",
                                            "-fstrict-flex-arrays=2", "-fstrict-flex-arrays=3"};

const std::vector<std::string> kWarnings = {"-Wall",
                                            "-Wextra",
                                            "-Wformat",
                                            "-Wformat=2",
                                            "-Wno-format",
                                            "-Wformat-security",
                                            "-Wno-format-security",
                                            "-Werror",
                                            "-Wno-error",
                                            "-Werror=format-security",
                                            "-Wno-error=format-security",
                                            "-w",
                                            "-Wno-all",
                                            "-Werror=format",
                                            "-Wno-return-type",
                                            "-Wreturn-type",
                                            "-Werror=return-type",
                                            "-Wno-error=return-type",
                                            "-Wuninitialized",
                                            "-Wno-uninitialized",
                                            "-Werror=uninitialized",
                                            "-Werror=implicit-function-declaration",
                                            "-Wno-implicit-function-declaration",
                                            "-Wno-error=implicit-function-declaration",
                                            "-Wno-array-bounds",
                                            "-Werror=array-bounds",
                                            "-Wno-error=array-bounds",
                                            "-Wno-made-up-flag",
                                            "-pedantic",
                                            "-pedantic-errors",
                                            "-Wfatal-errors",
                                            "-Wmissing-prototypes",
                                            "-Wno-int-conversion",
                                            "-Werror=int-conversion",
                                            "-Wno-error=int-conversion",
                                            "-std=c89",
                                            "-std=gnu99",
                                            "-std=c11",
                                            "-O0",
                                            "-O2",
                                            "-O1",
                                            "-Wformat=0",
                                            "-Wno-everything",
                                            "-Wno-extra",
                                            "-Wno-unused"};
const std::vector<std::string> kClangWarnings = {"-Weverything -Wno-unsafe-buffer-usage",
                                                 "-Wno-unknown-warning-option"};

const std::vector<std::string> kLink = {"-Wl,-z,relro",
                                        "-Wl,-z,norelro",
                                        "-Wl,-z,now",
                                        "-Wl,-z,lazy",
                                        "-z now",
                                        "-z lazy",
                                        "-Wl,-znow",
                                        "-Wl,-znorelro",
                                        "-Xlinker -z -Xlinker relro",
                                        "-Wl,-z,execstack",
                                        "-Wl,-z,noexecstack",
                                        "-pie",
                                        "-no-pie",
                                        "-static-pie",
                                        "-shared",
                                        "-static",
                                        "-Wl,-rpath,/opt/a",
                                        "-Wl,-rpath=/opt/b",
                                        "-Wl,-R,/opt/c",
                                        "-Wl,-rpath-link,/opt/d",
                                        "-Wl,--as-needed",
                                        "-Wl,--no-as-needed",
                                        "-lm",
                                        "-ldl",
                                        "-Wl,-z,text",
                                        "-Wl,--enable-new-dtags",
                                        "-Wl,-z,relro,-z,now",
                                        "-Wl,--push-state",
                                        "-Wl,--pop-state",
                                        "-rdynamic",
                                        "-Wl,--build-id",
                                        "-Wl,-O1",
                                        "-Wl,--gc-sections",
                                        "-Wl,-z,separate-code",
                                        "-Wl,-z,defs",
                                        "-Wl,--hash-style=gnu",
                                        "-Wl,-no-pie",
                                        "-Wl,-N",
                                        "-Wl,--no-omagic"};

Words draw(const std::vector<std::string>& pool, size_t most, Random& random) {
  Words flags;
  const size_t count = std::uniform_int_distribution<size_t>(1, most)(random);
  for (size_t i = 0; i < count; ++i) {
    const size_t at = std::uniform_int_distribution<size_t>(0, pool.size() - 1)(random);
    for (std::string& word : split_words(pool[at])) flags.push_back(std::move(word));
  }
  return flags;
}

std::vector<std::string> joined(std::vector<std::string> one, const std::vector<std::string>& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

}  // namespace

std::vector<Subject> installed_subjects() {
  std::vector<Subject> subjects;
  for (const Subject& subject : kSubjects) {
    const auto version = analyze::run_process({subject.driver, "--version"}, "/");
    if (version && version->exit_code == 0) {
      subjects.push_back(subject);
    } else {
      fmt::print("{}: left out: {} is not installed\n", subject.name, subject.driver);
    }
  }
  return subjects;
}

Words draw_code_flags(const Subject& subject, Random& random) {
  std::vector<std::string> pool = joined(kCode, subject.is_arm64 ? kArm64 : kX86);
  pool = joined(pool, subject.is_arm64 ? kArm64 : kX86);
  // Before Clang 16 the wish for zero had to be confirmed.
  pool.emplace_back(subject.is_clang && subject.major < 16
                        ? "-ftrivial-auto-var-init=zero "
                          "-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang"
                        : "-ftrivial-auto-var-init=zero");
  if (subject.is_clang && subject.major >= 16) pool = joined(pool, kFlexible);
  if (!subject.is_clang) pool = joined(pool, {"-fstack-protector-explicit", "-fno-trapv"});
  return draw(pool, 14, random);
}

std::vector<Words> code_flags_once_wrong() {
  return {{"-Os", "-ftrivial-auto-var-init=zero"},
          {"-Os", "-ftrivial-auto-var-init=zero", "-fstack-protector-strong", "-ftrapv"},
          {"-Os", "-fstack-protector-all"}};
}

Words draw_warning_flags(const Subject& subject, Random& random) {
  return draw(subject.is_clang ? joined(kWarnings, kClangWarnings) : kWarnings, 8, random);
}

Words draw_link_flags(const std::string& linker, Random& random) {
  Words flags = draw(kLink, 8, random);
  flags.push_back("-fuse-ld=" + linker);
  return flags;
}

}  // namespace proofmark::test
