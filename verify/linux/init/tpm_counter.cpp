// SPDX-License-Identifier: Apache-2.0
//
// See tpm_counter.h.
#include "tpm_counter.h"

#include "boot_policy_data.h"
#include "report.h"
#include "tpm_nv.h"
#include "tpm_shared.h"

namespace proofmark::linux_init {
namespace {

uint32_t load(const uint8_t bytes[4]) {
  uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) value = value << 8 | bytes[i];
  return value;
}

void store(uint8_t bytes[4], uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<uint8_t>(value >> (24 - 8 * i));
}

uint32_t larger(uint32_t left, uint32_t right) {
  return left > right ? left : right;
}

// The place that a line on the console names is the state's or the slot's; what the TPM said is a line of its own.
pm_verdict explain(pm_verdict verdict) {
  if (verdict != PM_ACCEPTED) say_refused({"tpm", false, 0}, describe_tpm(verdict), verdict);
  return verdict;
}

pm_verdict read(Versions* newest) {
  Tpm* tpm = nullptr;
  uint8_t data[kTpmNvSize];
  pm_verdict verdict = open_shared_tpm(&tpm);
  if (verdict == PM_ACCEPTED) verdict = tpm_nv_read(tpm, kTpm.counter, data);
  if (verdict == PM_ACCEPTED) *newest = {load(data), load(data + 4)};
  return explain(verdict);
}

// One write for both numbers, of which the TPM makes all or nothing.
pm_verdict raise(Versions versions) {
  Versions now = {};
  const pm_verdict verdict = read(&now);
  if (verdict != PM_ACCEPTED) return verdict;
  Tpm* tpm = nullptr;
  uint8_t data[kTpmNvSize];
  store(data, larger(now.system, versions.system));
  store(data + 4, larger(now.store, versions.store));
  const pm_verdict opened = open_shared_tpm(&tpm);
  return explain(opened == PM_ACCEPTED ? tpm_nv_write(tpm, kTpm.counter, data) : opened);
}

// Where there is nothing to lock, the recovery has to start all the same: it is what repairs the device.
pm_verdict lock() {
  Tpm* tpm = nullptr;
  if (open_shared_tpm(&tpm) != PM_ACCEPTED) return PM_ACCEPTED;
  uint8_t data[kTpmNvSize];
  const pm_verdict verdict = tpm_nv_read(tpm, kTpm.counter, data);
  if (verdict == PM_REFUSED_TPM_COUNTER) return PM_ACCEPTED;
  return explain(verdict == PM_ACCEPTED ? tpm_nv_lock(tpm, kTpm.counter) : verdict);
}

}  // namespace

const Counter kTpmCounter = {"TPM", read, raise, lock};

}  // namespace proofmark::linux_init
