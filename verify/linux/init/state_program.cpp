// SPDX-License-Identifier: Apache-2.0
//
// proofmark-state: the record of proofmark-init (boot_state.h) from within the running system. Its main use is one call,
// when the system has found that it works: proofmark-state commit. It has no more rights than whoever calls it, and can
// do nothing that writing to the medium could not.
#include "boot_policy_data.h"
#include "kernel.h"
#include "message.h"
#include "names.h"
#include "rollback.h"
#include "start.h"
#include "state_file.h"

namespace proofmark::linux_init {
namespace {

using linux_exec::Message;

enum ExitCode { kYes = 0, kNo = 1, kUsage = 2, kCouldNot = 3 };

constexpr int kOutput = 1;
constexpr int kErrors = 2;

struct Call {
  const char* path;
  const char* slot;  // as it was typed, NULL when there is none
};

int complain(const Call& call, const char* what, ExitCode code) {
  Message().add("proofmark-state: error: ").add_foreign(call.path).add(": ").add(what).write_to(kErrors);
  return code;
}

int explain() {
  Message()
      .add(
          "usage: proofmark-state commit|show|create|try SLOT [--path FILE]\n"
          "  commit    the running system works: what is older is refused from now on\n"
          "  show      what is remembered\n"
          "  create    makes the record of a new device; there must be none\n"
          "  try SLOT  SLOT holds another system: gives it its tries, to be started first")
      .write_to(kErrors);
  return kUsage;
}

void add_place(uint32_t place, Message* line) {
  if (place == kNoPlace) {
    line->add("none");
  } else if (place == kRecoveryPlace) {
    line->add("recovery");
  } else {
    line->add("slot ").add(place);
  }
}

void add_versions(const Versions& versions, Message* line) {
  line->add("system ").add(versions.system).add(", trust store ").add(versions.store);
}

// Not negative: a slot of the board.
int parse_slot(const char* text) {
  if (text == nullptr || *text == '\0') return -1;
  uint32_t slot = 0;
  for (; *text != '\0'; ++text) {
    if (*text < '0' || *text > '9') return -1;
    slot = slot * 10 + static_cast<uint32_t>(*text - '0');
    if (slot >= kSlotCount) return -1;
  }
  return static_cast<int>(slot);
}

int commit(const Call& call, StateCopies* copies) {
  switch (commit_attempt(copies, kRollbackPolicy.tries)) {
    case Committed::kNow:
    case Committed::kBefore:
      return kYes;
    case Committed::kNothing:
      return complain(call, "nothing to commit: no slot's system runs", kNo);
    default:
      return complain(call, "cannot be written", kCouldNot);
  }
}

int show(const Call& call, StateCopies* copies) {
  const BootState& state = copies->state;
  Message line;
  line.add("record: ").add_foreign(call.path).add(", write ").add(state.sequence).write_to(kOutput);
  line.add("committed: ");
  add_versions(state.committed, &line);
  line.write_to(kOutput);
  line.add("running: ");
  add_place(state.attempt, &line);
  if (state.attempt < kMostSlots) add_versions(state.proposed, &line.add(", "));
  line.write_to(kOutput);
  line.add("first: slot ").add(state.first_slot).write_to(kOutput);
  line.add("tries left:");
  for (uint32_t slot = 0; slot < kSlotCount; ++slot) line.add(" ").add(state.tries[slot]);
  line.write_to(kOutput);
  line.add("refused since the last commit, first: ");
  add_place(state.reason_place, &line);
  if (state.reason != 0) line.add(" (PM-E").add(state.reason).add(")");
  line.write_to(kOutput);
  return kYes;
}

int try_slot(const Call& call, StateCopies* copies) {
  const int slot = parse_slot(call.slot);
  if (slot < 0) return complain(call, "no slot of this board", kUsage);
  copies->state.first_slot = static_cast<uint32_t>(slot);
  copies->state.tries[slot] = kRollbackPolicy.tries;
  return save_state(copies) ? kYes : complain(call, "cannot be written", kCouldNot);
}

// A record that is there is never replaced: it would forget what it is for.
int create(const Call& call, StateCopies* copies) {
  if (copies->state.sequence != 0) return complain(call, "there is a record already", kNo);
  const bool written = create_state(copies->io, fresh_state(kRollbackPolicy.tries));
  return written ? kYes : complain(call, "cannot be written", kCouldNot);
}

struct Verb {
  const char* name;
  bool needs_record;
  int (*run)(const Call& call, StateCopies* copies);
};
constexpr Verb kVerbs[] = {
    {"commit", true, commit}, {"show", true, show}, {"try", true, try_slot}, {"create", false, create}};

int run(const Verb& verb, const Call& call) {
  StateFile file;
  if (!open_state_file(call.path, &file)) return complain(call, "cannot be opened", kCouldNot);
  StateCopies copies;
  const Loaded loaded = load_state(io_of(&file), &copies);
  if (loaded == Loaded::kUnreadable) return complain(call, "cannot be read", kCouldNot);
  if (loaded == Loaded::kLost && verb.needs_record) return complain(call, "no copy of the record is whole", kNo);
  return verb.run(call, &copies);
}

}  // namespace
}  // namespace proofmark::linux_init

int proofmark::linux_exec::program_main(int count, char** arguments, char**) {
  using namespace proofmark::linux_init;
  if (count < 2) return explain();
  Call call = {kStatePath, nullptr};
  for (int i = 2; i < count; ++i) {
    if (is_same_text(arguments[i], "--path") && i + 1 < count) {
      call.path = arguments[++i];
    } else if (call.slot == nullptr && is_same_text(arguments[1], "try")) {
      call.slot = arguments[i];
    } else {
      return explain();
    }
  }
  for (const Verb& verb : kVerbs) {
    if (is_same_text(arguments[1], verb.name)) return run(verb, call);
  }
  return explain();
}
