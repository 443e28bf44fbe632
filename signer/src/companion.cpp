// SPDX-License-Identifier: Apache-2.0
//
// The texts of companion policies: Linux Documentation/ABI/testing/ima_policy, and Documentation/admin-guide/LSM/ipe.rst.
#include "proofmark/sign/companion.h"

#include <set>

#include <fmt/format.h>

namespace proofmark::sign {
namespace {

std::string_view file_name(const BundleEntry& entry) {
  const std::string_view path = entry.path;
  return path.substr(path.rfind('/') + 1);
}

// A policy's name is one word.
std::string one_word(const std::string& name) {
  std::string word;
  for (const char c : name) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    word += plain ? c : '_';
  }
  return word;
}

void append_rules(std::string& text, const BundleTable& table, bool modules, const char* operation) {
  std::set<Digest> seen;
  for (const auto& entry : table) {
    if (!(modules ? is_module(entry) : may_be_code(entry)) || !seen.insert(entry.digest).second) continue;
    text += fmt::format("# {}\nop={} fsverity_digest=sha256:{} action=ALLOW\n", printable(entry.path), operation,
                        to_hex(entry.digest));
  }
}

}  // namespace

bool is_module(const BundleEntry& entry) {
  return entry.type == PM_BUNDLE_REGULAR && file_name(entry).ends_with(".ko");
}

bool may_be_code(const BundleEntry& entry) {
  constexpr std::uint32_t kAnyExecute = 0111;
  if (entry.type != PM_BUNDLE_REGULAR) return false;
  const std::string_view name = file_name(entry);
  return (entry.mode & kAnyExecute) != 0 || name.ends_with(".so") || name.find(".so.") != name.npos;
}

std::string ima_policy(const CompanionHead& head) {
  std::string text = fmt::format("# proofmark companion ima: bundle {}, security version {}\n", one_word(head.name),
                                 head.security_version);
  constexpr const char* kUses[] = {"func=BPRM_CHECK",
                                   "func=MMAP_CHECK mask=MAY_EXEC"};  // not for modules, says the kernel
  for (const char* use : kUses) text += fmt::format("measure {} digest_type=verity template=ima-sigv2\n", use);
  for (const char* use : kUses) text += fmt::format("appraise {} digest_type=verity appraise_type=sigv3\n", use);
  return text;
}

// A version has three parts of 16 bits; ours has 32 bits.
std::string ipe_policy(const CompanionHead& head, const BundleTable& table,
                       const std::optional<Digest>& dm_verity_root) {
  std::string text = fmt::format(
      "policy_name={} policy_version=0.{}.{}\n"
      "# proofmark companion ipe: bundle {}, security version {}\n"
      "DEFAULT action=ALLOW\n"
      "DEFAULT op=EXECUTE action=DENY\n"
      "DEFAULT op=KMODULE action=DENY\n"
      "op=EXECUTE boot_verified=TRUE action=ALLOW\n"
      "op=KMODULE boot_verified=TRUE action=ALLOW\n",
      one_word(head.name), head.security_version >> 16, head.security_version & 0xffff, one_word(head.name),
      head.security_version);
  if (dm_verity_root) {
    for (const char* operation : {"EXECUTE", "KMODULE"})
      text += fmt::format("op={} dmverity_roothash=sha256:{} action=ALLOW\n", operation, to_hex(*dm_verity_root));
    return text;
  }
  append_rules(text, table, false, "EXECUTE");
  append_rules(text, table, true, "KMODULE");
  return text;
}

}  // namespace proofmark::sign
