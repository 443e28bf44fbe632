// SPDX-License-Identifier: Apache-2.0
//
// See policy.h. device_policy.h is generated for each device program.
#include "policy.h"

#include "arch.h"
#include "device_policy.h"

namespace proofmark::linux_exec {
namespace {

struct Name {
  size_t size;
  char text[16];
};

template <size_t kSize>
constexpr Name name(const char (&text)[kSize]) {
  static_assert(kSize <= sizeof Name::text);
  Name made = {kSize - 1, {}};
  for (size_t i = 0; i < kSize; ++i) made.text[i] = text[i];
  return made;
}

// What steers no loader and no library, and what a service manager needs to be heard.
constexpr Name kPassedNames[] = {name("PATH"),          name("TERM"),         name("TZ"),           name("LANG"),
                                 name("LC_ALL"),        name("HOME"),         name("USER"),         name("LOGNAME"),
                                 name("NOTIFY_SOCKET"), name("WATCHDOG_PID"), name("WATCHDOG_USEC")};

bool has_name(const char* entry, const char* name, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    if (entry[i] == '\0' || entry[i] != name[i]) return false;
  }
  return entry[size] == '=';
}

bool is_for_dynamic_linker(const char* entry) {
  return entry[0] == 'L' && entry[1] == 'D' && entry[2] == '_';
}

}  // namespace

bool is_release() {
  return kIsRelease;
}

pm_trust device_trust() {
  pm_trust trust = {};
  trust.version = PM_TRUST_VERSION;
  trust.flags = is_release() ? 0u : PM_TRUST_ALLOW_TEST_KEYS;
  trust.keys = pm_trust_keys;
  trust.key_count = pm_trust_key_count;
  trust.threshold = kThreshold;
  trust.board = kBoard;
  trust.kinds = PM_KIND_BIT(PM_KIND_EXECUTABLE);
  trust.machine = kMachine;
  trust.required_properties = kRequiredProperties;
  trust.minimum_security_version = kMinimumSecurityVersion;
  return trust;
}

bool may_pass(const char* entry, const pm_manifest& manifest) {
  if (is_for_dynamic_linker(entry)) return false;
  for (const Name& passed : kPassedNames) {
    if (has_name(entry, passed.text, passed.size)) return true;
  }
  for (uint32_t i = 0; i < manifest.environment_count; ++i) {
    const pm_bytes& listed = manifest.environment[i];
    if (has_name(entry, reinterpret_cast<const char*>(listed.data), listed.size)) return true;
  }
  return false;
}

}  // namespace proofmark::linux_exec
