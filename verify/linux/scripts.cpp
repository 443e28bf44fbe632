// SPDX-License-Identifier: Apache-2.0
//
// See scripts.h. The kernel's own way with "#!" is not used: it opens the interpreter by its path, unchecked.
#include "scripts.h"

#include "device_policy.h"
#include "kernel.h"
#include "loading.h"
#include "policy.h"

namespace proofmark::linux_exec {
namespace {

constexpr size_t kMostLine = 255;  // behind "#!", as the kernel has it

Verification interpreter_verification;
char line[kMostLine + 3];
char script_path[32];
const char* handed_on[kMostArguments + 4];

bool is_blank(char character) {
  return character == ' ' || character == '\t';
}

// Leaves the first line in `line`, without "#!" and the blanks around. NULL when there is none.
char* read_line(int descriptor, uint64_t size) {
  const size_t taken = size < sizeof line - 1 ? static_cast<size_t>(size) : sizeof line - 1;
  if (!read_fully(descriptor, line, taken, 0) || taken < 2 || line[0] != '#' || line[1] != '!') return nullptr;
  size_t end = 2;
  while (end < taken && line[end] != '\n' && line[end] != '\0') ++end;
  if (end == taken || line[end] != '\n') return nullptr;
  size_t start = 2;
  while (start < end && is_blank(line[start])) ++start;
  while (end > start && is_blank(line[end - 1])) --end;
  line[end] = '\0';
  return line + start;
}

// The whole line, options and all, is one of those that the board allows: an option may make another program of an interpreter.
bool is_allowed(const char* text) {
  for (const char* entry = kScripts; *entry != '\0';) {
    size_t same = 0;
    while (text[same] != '\0' && text[same] == entry[same]) ++same;
    if (text[same] == '\0' && entry[same] == '\n') return true;
    while (*entry != '\n') ++entry;
    ++entry;
  }
  return false;
}

// As the kernel does it: what follows the path is one argument.
char* split_argument(char* text) {
  while (*text != '\0' && !is_blank(*text)) ++text;
  if (*text == '\0') return nullptr;
  *text++ = '\0';
  while (is_blank(*text)) ++text;
  return text;
}

pm_verdict write_arguments(char* path, char* argument, char** arguments) {
  unsigned used = 0;
  handed_on[used++] = path;
  if (argument != nullptr) handed_on[used++] = argument;
  handed_on[used++] = script_path;
  return append_arguments(arguments, handed_on + used);
}

}  // namespace

bool is_script(pm_verdict verdict, const pm_result& result) {
  return verdict == PM_REFUSED_MACHINE && result.authenticated == 1 && result.manifest.machine == 0;
}

pm_verdict verify_script(const char* path, Use use, const char* subject, CheckedFile* script,
                         Verification* verification) {
  pm_trust trust = device_trust();
  trust.subject = subject;
  trust.machine = 0;
  trust.required_properties = 0;
  trust.flags |= PM_TRUST_ALLOW_UNPROVEN;
  *script = {};
  return verify_marked(path, use, trust, script, verification);
}

pm_verdict take_interpreter(const CheckedFile& script, const pm_manifest& manifest, char** arguments,
                            Interpreter* interpreter) {
  if (!is_proc_mounted()) return PM_REFUSED_EXEC_PROC;
  if (!resize(script.memory, manifest.content_length)) return PM_REFUSED_EXEC_COPY;
  pm_verdict verdict = seal_checked(script);
  if (verdict != PM_ACCEPTED) return verdict;
  char* path = read_line(script.memory, manifest.content_length);
  if (path == nullptr) return PM_REFUSED_EXEC_SCRIPT_LINE;
  if (!is_allowed(path)) return PM_REFUSED_EXEC_SCRIPT_INTERPRETER;
  char* argument = split_argument(path);
  culprit = path;
  const pm_trust trust = device_trust();
  interpreter->verification = &interpreter_verification;
  verdict = verify_marked(path, Use::kExecute, trust, &interpreter->file, &interpreter_verification);
  if (verdict == PM_ACCEPTED) verdict = seal_checked(interpreter->file);
  if (verdict != PM_ACCEPTED) return verdict;
  culprit = nullptr;
  write_descriptor_path(script.memory, script_path);
  keep_open(script.memory);
  interpreter->arguments = const_cast<char**>(handed_on);
  return write_arguments(path, argument, arguments);
}

}  // namespace proofmark::linux_exec
