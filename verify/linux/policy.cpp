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

bool is_for_dynamic_linker(const char* name, size_t size) {
  return size >= 3 && name[0] == 'L' && name[1] == 'D' && name[2] == '_';
}

char* find_entry(char** environment, const char* name, size_t size) {
  for (; *environment != nullptr; ++environment) {
    if (has_name(*environment, name, size)) return *environment;
  }
  return nullptr;
}

}  // namespace

bool is_release() {
  return kIsRelease;
}

pm_trust device_trust() {
  pm_trust trust = pm_trust_for_role(&pm_trust_builtin, PM_ROLE_PROGRAM, kBoard);
  trust.flags = is_release() ? 0u : PM_TRUST_ALLOW_TEST_KEYS;
  if (trust.threshold != 0 && trust.threshold < kThreshold) trust.threshold = kThreshold;
  trust.kinds = PM_KIND_BIT(PM_KIND_EXECUTABLE);
  trust.machine = kMachine;
  trust.required_properties = kRequiredProperties;
  trust.minimum_security_version = kMinimumSecurityVersion;
  return trust;
}

void choose_environment(char** environment, const pm_manifest& manifest, char* passed[kMostVariables + 1]) {
  static_assert(sizeof kPassedNames / sizeof kPassedNames[0] + PM_ENVIRONMENT_MAX <= kMostVariables);
  unsigned count = 0;
  const auto pass = [&](const char* name, size_t size) {
    char* entry = find_entry(environment, name, size);
    if (entry != nullptr) passed[count++] = entry;
  };
  for (const Name& fixed : kPassedNames) pass(fixed.text, fixed.size);
  for (uint32_t i = 0; i < manifest.environment_count; ++i) {
    const auto* name = reinterpret_cast<const char*>(manifest.environment[i].data);
    const size_t size = manifest.environment[i].size;
    if (!is_for_dynamic_linker(name, size)) pass(name, size);
  }
  passed[count] = nullptr;
}

}  // namespace proofmark::linux_exec
