// SPDX-License-Identifier: Apache-2.0
//
// See measurement.h. Never more than 2 + 1 per medium + 2 events.
#include "measurement.h"

#include <proofmark/hash.h>

#include "boot_policy_data.h"
#include "event_log.h"
#include "message.h"
#include "names.h"
#include "system.h"
#include "tpm.h"
#include "tpm_shared.h"

namespace proofmark::linux_init {
namespace {

using linux_exec::Message;

Tpm* tpm = nullptr;
int event_log = -1;
// Why the TPM is not used; PM_REFUSED: nothing was tried yet.
pm_verdict state = PM_REFUSED;

void add_digest(Message* text, const char* what, const uint8_t digest[PM_DIGEST_SIZE]) {
  char hex[2 * PM_DIGEST_SIZE + 1];
  write_hex(hex, digest, PM_DIGEST_SIZE);
  text->add(what).add(" sha256:").add(hex);
}

// The digest goes into the PCR first: the log may say less than the TPM, never more.
pm_verdict measure(const Message& text) {
  uint8_t digest[PM_DIGEST_SIZE];
  pm_sha256 hash;
  pm_sha256_start(&hash, pm_choose_hash_kernel());
  pm_sha256_update(&hash, text.text(), text.size());
  pm_sha256_finish(&hash, digest);
  const pm_verdict verdict = tpm_extend_pcr(tpm, kTpm.pcr, digest);
  if (verdict != PM_ACCEPTED || event_log < 0) return verdict;
  if (!write_event(event_log, kTpm.pcr, digest, text.text(), text.size())) {
    say("the event log cannot be written: it is not complete");
    close_file(event_log);
    event_log = -1;
  }
  return PM_ACCEPTED;
}

pm_verdict measure_trust(const pm_trust_set& set) {
  uint8_t digest[PM_DIGEST_SIZE];
  pm_trust_digest(&set, digest);
  Message text;
  add_digest(&text, "trust", digest);
  return measure(text);
}

pm_verdict measure_what_is_compiled_in() {
  pm_verdict verdict = open_shared_tpm(&tpm);
  if (verdict != PM_ACCEPTED) return verdict;
  uint8_t value[kTpmDigestSize];
  verdict = tpm_read_pcr(tpm, kTpm.pcr, value);
  if (verdict != PM_ACCEPTED) return verdict;
  if (kTpm.event_log[0] != '\0') {
    event_log = static_cast<int>(create_event_log(kTpm.event_log, kTpm.event_log_directory));
    if (event_log < 0) say("the event log cannot be written: there is none");
  }
  Message text;
  add_digest(&text, "policy", kTpm.policy_digest);
  verdict = measure(text);
  return verdict == PM_ACCEPTED ? measure_trust(pm_trust_builtin) : verdict;
}

// From the first failure on the TPM is left alone: a PCR with a gap in it would tell something that did not happen.
void fail(pm_verdict verdict) {
  state = verdict;
  if (kTpm.is_required) return;
  say_refused({"tpm", false, 0}, describe_tpm(verdict), verdict);
  say("tpm: going on without it, because the board does not require it");
}

pm_verdict measure_bundle(const Acceptance& acceptance) {
  if (acceptance.trust->keys != pm_trust_builtin.keys) {
    const pm_verdict verdict = measure_trust(*acceptance.trust);
    if (verdict != PM_ACCEPTED) return verdict;
  }
  Message text;
  add_digest(&text, acceptance.is_recovery ? "recovery" : "bundle", acceptance.content_digest);
  text.add(" security-version ").add(acceptance.security_version);
  text.add(acceptance.is_proven ? " proven" : " unproven");
  return measure(text);
}

}  // namespace

pm_verdict measure_start() {
  if (!kTpm.is_used) return PM_ACCEPTED;
  state = measure_what_is_compiled_in();
  if (state == PM_ACCEPTED) return PM_ACCEPTED;
  fail(state);
  if (!kTpm.is_required) return PM_ACCEPTED;
  say_refused({"tpm", false, 0}, describe_tpm(state), state);
  return state;
}

void measure_refused(const Place& place, pm_verdict verdict) {
  if (!kTpm.is_used || state != PM_ACCEPTED) return;
  Message text;
  text.add("refused ").add(place.text);
  if (place.has_number) text.add(" ").add(place.number);
  text.add(" PM-E").add(verdict);
  const pm_verdict measured = measure(text);
  if (measured != PM_ACCEPTED) fail(measured);
}

pm_verdict measure_accepted(const Acceptance& acceptance, const char** subject) {
  if (!kTpm.is_used) return PM_ACCEPTED;
  if (state == PM_ACCEPTED) {
    const pm_verdict measured = measure_bundle(acceptance);
    if (measured != PM_ACCEPTED) fail(measured);
  }
  if (state == PM_ACCEPTED || !kTpm.is_required) return PM_ACCEPTED;
  *subject = describe_tpm(state);
  return state;
}

}  // namespace proofmark::linux_init
