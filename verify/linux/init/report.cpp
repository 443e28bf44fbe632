// SPDX-License-Identifier: Apache-2.0
//
// See report.h.
#include "report.h"

#include "kernel.h"
#include "system.h"
#include "text.h"

namespace proofmark::linux_init {
namespace {

using linux_exec::Message;

constexpr int kConsole = 1;

// The texts of the stage 11xx stay here: no other program can say them, and proofmark-exec has to stay small.
constexpr linux_exec::VerdictText kTexts[] = {
    {PM_REFUSED_BOOT_MOUNT, "a file system of the board cannot be mounted"},
    {PM_REFUSED_BOOT_MEDIUM, "the medium is not there or cannot be mounted"},
    {PM_REFUSED_BOOT_BUNDLE_OPEN, "the bundle is not there or no regular file"},
    {PM_REFUSED_BOOT_MEMORY, "the bundle cannot be copied into memory"},
    {PM_REFUSED_BOOT_STORE_OPEN, "the trust store cannot be read"},
    {PM_REFUSED_BOOT_ENTRY_MISSING, "the bundle lists it, the medium does not have it"},
    {PM_REFUSED_BOOT_ENTRY_TYPE, "not the type of file that was signed"},
    {PM_REFUSED_BOOT_ENTRY_OWNER, "not the owner and group that were signed"},
    {PM_REFUSED_BOOT_ENTRY_MODE, "not the permissions that were signed"},
    {PM_REFUSED_BOOT_ENTRY_SIZE, "not the size or device number that was signed"},
    {PM_REFUSED_BOOT_ENTRY_TARGET, "the link does not lead where it was signed to lead"},
    {PM_REFUSED_BOOT_ENTRY_CAPABILITY, "not the file capabilities that were signed"},
    {PM_REFUSED_BOOT_ENTRY_READ, "it cannot be read"},
    {PM_REFUSED_BOOT_ENTRY_CONTENT, "the content is not what was signed"},
    {PM_REFUSED_BOOT_EXTRA, "it was not signed with the system"},
    {PM_REFUSED_BOOT_INIT, "the first program is not in the bundle, or no executable file"},
    {PM_REFUSED_BOOT_SWITCH_ROOT, "the root cannot be switched"},
    {PM_REFUSED_BOOT_START, "the kernel did not start it"},
    {PM_REFUSED_BOOT_ROLLBACK, "older than the newest system that worked here"},
    {PM_REFUSED_BOOT_STORE_GONE, "its trust store is gone, or older than the newest that was in force here"},
    {PM_REFUSED_BOOT_TRIES, "its tries are used up: it was started and never reported success"},
    {PM_REFUSED_BOOT_STATE_READ, "the record of what worked here cannot be read"},
    {PM_REFUSED_BOOT_STATE_LOST, "the record of what worked here is lost: no copy of it is whole"},
    {PM_REFUSED_BOOT_STATE_WRITE, "the record of what is tried cannot be written"},
    {PM_REFUSED_BOOT_MODULE, "the kernel does not take this module"},
    {PM_REFUSED_TPM_ABSENT, "there is no TPM"},
    {PM_REFUSED_TPM_DEVICE, "the TPM cannot be used"},
    {PM_REFUSED_TPM_TIMEOUT, "the TPM does not answer in time"},
    {PM_REFUSED_TPM_ANSWER, "the TPM's answer is malformed"},
    {PM_REFUSED_TPM_CODE, "the TPM refuses the command"},
    {PM_REFUSED_TPM_BANK, "the TPM has no SHA-256 bank in use"},
    {PM_REFUSED_TPM_COUNTER, "the TPM's counter is not there, or not one that can be locked"},
};

// Composes the line for the file `path` and writes it there, when there is such a file.
template <typename Compose>
void keep(const char* path, const char* before, const Compose& compose) {
  const long descriptor = open_to_write(path);
  if (descriptor < 0) return;
  Message line;
  line.add(before);
  compose(&line);
  line.write_to(static_cast<int>(descriptor));
  close_file(static_cast<int>(descriptor));
}

// A record of the kernel log has a level in front: 5, notice. Whoever reads the log sees it; a quiet console does not
// show it a second time.
template <typename Compose>
void publish(bool is_refusal, const Compose& compose) {
  keep("/dev/kmsg", "<5>", compose);
  if (is_refusal) keep("/dev/pmsg0", "", compose);
  Message line;
  compose(&line);
  line.write_to(kConsole);
}

void add_place(const Place& place, Message* line) {
  line->add("proofmark-init: ").add(place.text);
  if (place.has_number) line->add(" ").add(place.number);
  line->add(": ");
}

}  // namespace

const char* text_of(pm_verdict verdict) {
  return linux_exec::find_text(kTexts, verdict, pm_verdict_text(verdict));
}

void say(const char* text) {
  publish(false, [&](Message* line) { line->add("proofmark-init: ").add(text); });
}

void say_accepted(const Place& place, uint32_t entries, uint32_t security_version) {
  publish(false, [&](Message* line) {
    add_place(place, line);
    line->add("accepted: ").add(entries).add(" files, security version ").add(security_version);
  });
}

void say_refused(const Place& place, const char* path, pm_verdict verdict) {
  publish(true, [&](Message* line) {
    add_place(place, line);
    line->add("refused: ");
    if (path != nullptr) line->add_foreign(path).add(": ");
    line->add(text_of(verdict)).add(" (PM-E").add(verdict).add(")");
  });
}

}  // namespace proofmark::linux_init
