// SPDX-License-Identifier: Apache-2.0
//
// proofmark-exec: checks a program against the trust that is compiled in, and executes exactly the bytes it has checked.
// It never returns to the program's caller with success by itself: either the program runs in its place, or one line on
// standard error says which check refused. Exit codes: 1 not trusted, 2 usage, 3 could not tell.
#include <proofmark/verify.h>

#include "checked_file.h"
#include "confine.h"
#include "device_policy.h"
#include "elf_file.h"
#include "kernel.h"
#include "loading.h"
#include "marked.h"
#include "message.h"
#include "policy.h"
#include "scripts.h"
#include "start.h"
#include "text.h"

namespace proofmark::linux_exec {
namespace {

constexpr int kOutput = 1;
constexpr int kError = 2;

struct Options {
  bool check_only = false;
  bool verbose = false;
  const char* subject = nullptr;
  char** program = nullptr;  // FILE and its arguments, as execve takes them
};

// Large, and needed once: static, so that the stack stays small.
Verification verification;
ElfFile elf;
char* passed_environment[kMostVariables + 1];

void print_help() {
  Message()
      .add(
          "usage: proofmark-exec [--check] [--subject NAME] [--] FILE [ARGUMENT...]\n"
          "Executes FILE if its proof mark is trusted.\n"
          "  --check         only check, execute nothing\n"
          "  --verbose       say what cannot be guaranteed here\n"
          "  --subject NAME  FILE must be signed under this name\n"
          "  --version       say what is compiled in")
      .write_to(kOutput);
}

void print_version() {
  Message()
      .add("proofmark-exec " PROOFMARK_VERSION " for board ")
      .add(kBoard)
      .add(", ")
      .add(pm_trust_key_count)
      .add(is_release() ? " trusted key(s), release" : " trusted key(s), TEST keys allowed")
      .write_to(kOutput);
}

int usage_error(const char* problem, const char* detail) {
  Message().add("proofmark-exec: error: ").add(problem).add_foreign(detail).write_to(kError);
  Message().add("hint: proofmark-exec --help").write_to(kError);
  return 2;
}

// Says no, with the segment where the content is damaged when that is known.
int refuse(const char* file, pm_verdict verdict) {
  Message message;
  message.add("proofmark-exec: refused: ").add_foreign(file).add(": ").add(loading_text(verdict));
  if (culprit != nullptr) message.add(": ").add_foreign(culprit);
  const pm_damage& damage = verification.result.damage;
  if (damage.located != 0) {
    message.add(" in segment ").add(damage.segment);
    message.add(" (").add(damage.length).add(" bytes at ").add(damage.offset).add(")");
  }
  message.add(" (PM-E").add(verdict).add(")").write_to(kError);
  return pm_verdict_exit_code(verdict);
}

pm_verdict verify_program(const Options& options, CheckedFile* program) {
  pm_trust trust = device_trust();
  trust.subject = options.subject;
  const char* path = options.program[0];
  const pm_verdict verdict =
      verify_marked(path, options.check_only ? Use::kLook : Use::kExecute, trust, program, &verification);
  if constexpr (kStartsScripts) {
    if (is_script(verdict, verification.result)) {
      return verify_script(path, options.check_only ? Use::kLook : Use::kCopy, options.subject, program, &verification);
    }
  }
  return verdict;
}

// A dynamic linker is started like a program, and would then load and start any file that it is given: no mark makes a program
// of it, nor of any other library.
bool is_library() {
  return elf.header.e_type == ET_DYN && find_entry(elf, DT_SONAME) != nullptr;
}

pm_verdict prepare_elf(const Accepted& program, char** arguments, Start* start) {
  const pm_verdict verdict = read_elf(program.file->descriptor(), &elf);
  if (verdict != PM_ACCEPTED) return verdict;
  if (find_segment(elf, PT_INTERP) != nullptr) return prepare_dynamic(elf, program, arguments, start);
  if (is_library()) return PM_REFUSED_EXEC_LIBRARY;
  // What the mark asks for and does not apply here is not skipped.
  if (program.manifest->dependency_count != 0) return PM_REFUSED_EXEC_DEPENDENCIES;
  *start = {program.file->descriptor(), arguments};
  return PM_ACCEPTED;
}

// Of a script the interpreter is started. What is granted is the script's to say, whose mark was asked for.
pm_verdict prepare(const Options& options, const CheckedFile& program, Start* start) {
  const pm_manifest& manifest = verification.result.manifest;
  if constexpr (kStartsScripts) {
    if (manifest.machine == 0) {
      if (manifest.dependency_count != 0) return PM_REFUSED_EXEC_DEPENDENCIES;
      Interpreter interpreter = {};
      const pm_verdict taken = take_interpreter(program, manifest, options.program, &interpreter);
      if (taken != PM_ACCEPTED) return taken;
      Verification* of_interpreter = interpreter.verification;
      return prepare_elf({&interpreter.file, &of_interpreter->result.manifest, &of_interpreter->scratch},
                         interpreter.arguments, start);
    }
  }
  const pm_verdict sealed = seal_checked(program);
  if (sealed != PM_ACCEPTED) return sealed;
  return prepare_elf({&program, &manifest, &verification.scratch}, options.program, start);
}

// One line for the log of a device: what was done, and what is beyond the rights of the caller.
void say_what_holds(const CheckedFile& program) {
  Message message;
  message.add("proofmark-exec: executes ");
  message.add(program.memory >= 0 ? "a sealed copy" : "the file, which fs-verity guards");
  if (!is_root()) message.add("; not root: this user's processes can trace it, and its capability bounding set stays");
  message.write_to(kError);
}

// Returns only when the program could not be started.
pm_verdict start_program(const Options& options, const CheckedFile& program, char** environment) {
  Start start = {};
  pm_verdict verdict = prepare(options, program, &start);
  if (verdict != PM_ACCEPTED) return verdict;
  choose_environment(environment, verification.result.manifest, passed_environment);
  reset_process_state();
  verdict = limit_privileges(verification.result.manifest);
  if (verdict != PM_ACCEPTED) return verdict;
  if (options.verbose) say_what_holds(program);
  verdict = limit_system_calls(verification.result.manifest, start.descriptor, start.arguments);
  if (verdict != PM_ACCEPTED) return verdict;
  if (execute(start.descriptor, start.arguments, passed_environment) < 0) return PM_REFUSED_EXEC_START;
  return PM_REFUSED;
}

int run(const Options& options, char** environment) {
  const char* file = options.program[0];
  const pm_verdict taken = take_descriptors();
  if (taken != PM_ACCEPTED) return refuse(file, taken);
  if (forbid_attaching() != 0) return refuse(file, PM_REFUSED_EXEC_PRIVILEGES);
  CheckedFile program;
  const pm_verdict verdict = verify_program(options, &program);
  if (verdict != PM_ACCEPTED) return refuse(file, verdict);
  if (options.check_only) return 0;
  return refuse(file, start_program(options, program, environment));
}

// Takes one option; returns how many arguments it used, 0 when it is none.
int take_option(char** arguments, Options* options) {
  if (is_same_text(arguments[0], "--check")) {
    options->check_only = true;
    return 1;
  }
  if (is_same_text(arguments[0], "--verbose")) {
    options->verbose = true;
    return 1;
  }
  if (is_same_text(arguments[0], "--subject") && arguments[1] != nullptr) {
    options->subject = arguments[1];
    return 2;
  }
  return 0;
}

}  // namespace

const char* culprit = nullptr;

int program_main(int count, char** arguments, char** environment) {
  Options options;
  int next = count > 0 ? 1 : 0;
  for (int used = 1; used != 0 && arguments[next] != nullptr; next += used) {
    if (is_same_text(arguments[next], "--help")) return print_help(), 0;
    if (is_same_text(arguments[next], "--version")) return print_version(), 0;
    used = take_option(arguments + next, &options);
  }
  const bool ended = arguments[next] != nullptr && is_same_text(arguments[next], "--");
  if (ended) ++next;
  if (arguments[next] == nullptr) return usage_error("no file given", "");
  if (!ended && arguments[next][0] == '-') return usage_error("unknown option ", arguments[next]);
  options.program = arguments + next;
  return run(options, environment);
}

}  // namespace proofmark::linux_exec
