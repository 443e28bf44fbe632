// SPDX-License-Identifier: Apache-2.0
//
// See tpm_shared.h.
#include "tpm_shared.h"

#include "boot_policy_data.h"
#include "kernel.h"
#include "names.h"
#include "system.h"
#include "tpm_device.h"

namespace proofmark::linux_init {
namespace {

constexpr unsigned kPollMs = 20;
// The first lets several programs use the TPM; the second is there, too, on kernels that manage no TPM 2.0 sessions.
constexpr const char* kDevices[] = {"/dev/tpmrm0", "/dev/tpm0"};

Tpm shared;
const char* device = kDevices[0];

pm_verdict open_device() {
  for (unsigned waited_ms = 0;; waited_ms += kPollMs) {
    for (const char* path : kDevices) {
      if (!linux_exec::is_there(path)) continue;
      device = path;
      const long descriptor = open_tpm(path);
      if (descriptor < 0) return PM_REFUSED_TPM_DEVICE;
      shared.descriptor = static_cast<int>(descriptor);
      return PM_ACCEPTED;
    }
    if (waited_ms >= kTpm.wait_ms) return PM_REFUSED_TPM_ABSENT;
    sleep_ms(kPollMs);
  }
}

}  // namespace

pm_verdict open_shared_tpm(Tpm** tpm) {
  static pm_verdict verdict = PM_REFUSED;  // nothing was tried yet
  if (verdict == PM_REFUSED) verdict = open_device();
  *tpm = &shared;
  return verdict;
}

const char* describe_tpm(pm_verdict verdict) {
  constexpr char kCode[] = ": code 0x";
  static char text[32 + sizeof kCode + 8];
  if (verdict != PM_REFUSED_TPM_CODE) return device;
  const uint8_t code[] = {static_cast<uint8_t>(shared.code >> 24), static_cast<uint8_t>(shared.code >> 16),
                          static_cast<uint8_t>(shared.code >> 8), static_cast<uint8_t>(shared.code)};
  copy_text(text, device);
  copy_text(text + text_length(device), kCode);
  write_hex(text + text_length(text), code, sizeof code);
  return text;
}

}  // namespace proofmark::linux_init
