// SPDX-License-Identifier: Apache-2.0
//
// proofmark-guard: answers the kernel's question whether a file may be executed, for whole file systems and as long as it
// runs. What it trusts and how it decides is compiled in. Exit codes: 0 stopped, 2 usage, 3 could not start or go on.
#include "guard.h"

#include "../init/names.h"
#include "decision.h"
#include "device_policy.h"
#include "guard_policy_data.h"
#include "kernel.h"
#include "message.h"
#include "start.h"

namespace proofmark::linux_guard {
namespace {

using linux_exec::Message;
using linux_init::is_same_text;

constexpr int kOutput = 1;
constexpr int kError = 2;
constexpr unsigned kMostMounts = 16;
constexpr uint64_t kPatienceMs = 5000;

struct Options {
  bool is_permissive = false;
  bool is_verbose = false;
  const char* log = kLogPath;
  const char* learned = nullptr;
  const char* mounts[kMostMounts + 1] = {};
  unsigned mount_count = 0;
};

// Large: static, so that the stack stays small.
Guard guard;

int print_help() {
  Message()
      .add(
          "usage: proofmark-guard [--permissive [--learned FILE]] [--mount DIR]... [--log FILE] [--verbose]\n"
          "Refuses the execution of files without a trusted mark.\n"
          "  --permissive    allow everything, and say what would be refused\n"
          "  --learned FILE  add each such file to a list\n"
          "  --mount DIR     guard the file system of DIR, not the board's\n"
          "  --log FILE      not the board's log\n"
          "  --verbose       log acceptances too")
      .write_to(kOutput);
  return 0;
}

int print_version() {
  Message()
      .add("proofmark-guard " PROOFMARK_VERSION " for board ")
      .add(kGuardedBoard)
      .add(", ")
      .add(pm_trust_key_count)
      .add(linux_exec::kIsRelease ? " trusted key(s), release" : " trusted key(s), TEST keys allowed")
      .write_to(kOutput);
  return 0;
}

int usage_error(const char* problem, const char* detail) {
  Message().add("proofmark-guard: error: ").add(problem).add_foreign(detail).write_to(kError);
  Message().add("hint: proofmark-guard --help").write_to(kError);
  return 2;
}

int cannot_start(const char* problem, const char* detail, pm_verdict verdict, long code) {
  Message line;
  line.add("proofmark-guard: error: ").add(problem).add_foreign(detail);
  if (verdict != PM_REFUSED_GUARD_SETUP) line.add(": ").add(text_of(verdict));
  if (code < 0) line.add(" (errno ").add(static_cast<uint64_t>(-code)).add(")");
  line.add(" (PM-E").add(verdict).add(")").write_to(kError);
  return 3;
}

// Takes one option; returns how many arguments it used, 0 when it is none.
int take_option(char** arguments, Options* options) {
  const char* name = arguments[0];
  const char* value = arguments[1];
  if (is_same_text(name, "--permissive")) return options->is_permissive = true, 1;
  if (is_same_text(name, "--verbose")) return options->is_verbose = true, 1;
  if (value == nullptr) return 0;
  if (is_same_text(name, "--log")) return options->log = value, 2;
  if (is_same_text(name, "--learned")) return options->learned = value, 2;
  if (!is_same_text(name, "--mount") || options->mount_count == kMostMounts) return 0;
  options->mounts[options->mount_count++] = value;
  return 2;
}

// No core file, which another program might be started for; not the first that is ended when memory is short; never
// waiting for a lease longer than the kernel.
long prepare_process() {
  long code = linux_exec::forbid_attaching();
  if (code == 0) code = limit_descriptors(kMostDescriptors);
  (void)write_text("/proc/self/oom_score_adj", "-1000");
  char text[16];
  uint64_t seconds = 0;
  if (read_text_at(-1, "/proc/sys/fs/lease-break-time", text, sizeof text) > 0) {
    for (const char* at = text; *at >= '0' && *at <= '9'; ++at)
      seconds = seconds * 10 + static_cast<unsigned>(*at - '0');
  }
  guard.holds.set_patience(seconds * 500 < kPatienceMs ? seconds * 500 : kPatienceMs);
  return code;
}

void tell_service_manager(char** environment) {
  constexpr char kName[] = "NOTIFY_SOCKET=";
  constexpr char kReady[] = "READY=1";
  int descriptor = -1;
  for (; *environment != nullptr; ++environment) {
    const char* entry = *environment;
    size_t same = 0;
    while (same < sizeof kName - 1 && entry[same] == kName[same]) ++same;
    if (same != sizeof kName - 1) continue;
    (void)send_datagram(&descriptor, entry + same, kReady, sizeof kReady - 1);
    if (descriptor >= 0) linux_init::close_file(descriptor);
    return;
  }
}

// Everything that can fail does so before the first question is asked.
int start(const Options& options, char** environment) {
  if (!linux_exec::is_proc_mounted())
    return cannot_start("no proc file system at ", "/proc", PM_REFUSED_GUARD_SETUP, 0);
  long code = prepare_process();
  if (code < 0) return cannot_start("the process cannot be protected", "", PM_REFUSED_GUARD_SETUP, code);
  if (*options.log != '\0' && !guard.audit.open(options.log, kLogBytes)) {
    return cannot_start("cannot write to the log ", options.log, PM_REFUSED_GUARD_SETUP, 0);
  }
  if (options.learned != nullptr && !guard.learned.open(options.learned)) {
    return cannot_start("cannot write to ", options.learned, PM_REFUSED_GUARD_SETUP, 0);
  }
  const char* refused = "";
  const pm_verdict trusted = open_trust(&refused);
  if (trusted != PM_ACCEPTED) return cannot_start("", refused, trusted, 0);
  guard.signals = static_cast<int>(catch_signals());
  guard.group = static_cast<int>(open_group());
  if (guard.group < 0) {
    return cannot_start("no fanotify: it needs root, and CONFIG_FANOTIFY_ACCESS_PERMISSIONS", "",
                        PM_REFUSED_GUARD_SETUP, guard.group);
  }
  uint64_t count = 0;
  const char* const* mounts = options.mount_count != 0 ? options.mounts : kMounts;
  for (; mounts[count] != nullptr; ++count) {
    code = guard_file_system(guard.group, mounts[count]);
    if (code < 0) return cannot_start("cannot guard ", mounts[count], PM_REFUSED_GUARD_SETUP, code);
  }
  guard.audit.note(
      "started", guard.is_permissive ? "file systems are watched, all is allowed" : "file systems are guarded", count);
  tell_service_manager(environment);
  const int ended = supervise(&guard);
  guard.audit.note("stopped", "nothing is guarded any more", 0);
  return ended;
}

}  // namespace
}  // namespace proofmark::linux_guard

int proofmark::linux_exec::program_main(int count, char** arguments, char** environment) {
  using namespace proofmark::linux_guard;
  Options options;
  int next = count > 0 ? 1 : 0;
  for (int used = 1; arguments[next] != nullptr; next += used) {
    if (is_same_text(arguments[next], "--help")) return print_help();
    if (is_same_text(arguments[next], "--version")) return print_version();
    used = take_option(arguments + next, &options);
    if (used == 0) return usage_error("cannot use ", arguments[next]);
  }
  if (options.learned != nullptr && !options.is_permissive) return usage_error("--learned needs --permissive", "");
  guard.is_permissive = options.is_permissive;
  guard.is_verbose = options.is_verbose;
  return start(options, environment);
}
