// SPDX-License-Identifier: Apache-2.0
//
// Scripts: files that an interpreter executes. Which interpreters may is the board's to say, when the launcher is built
// (proofmark_add_exec(... SCRIPTS ...)); that the script is genuine, its mark; and that the interpreter is, the interpreter's.
#pragma once

#include "marked.h"

namespace proofmark::linux_exec {

// The mark is genuine, and says that the file is a script: executable, for no machine.
[[nodiscard]] bool is_script(pm_verdict verdict, const pm_result& result);

// Verifies `path` as a script: the same keys, board and versions as for a program. What is proved of machine code cannot be
// demanded of a script, so a board that wants none has no SCRIPTS.
[[nodiscard]] pm_verdict verify_script(const char* path, Use use, const char* subject, CheckedFile* script,
                                       Verification* verification);

struct Interpreter {
  CheckedFile file;
  Verification* verification;
  char** arguments;  // of the interpreter
};

// Finds the interpreter of an accepted script and verifies it as a program; `interpreter` is what is to be started instead. The
// script's copy ends where its mark begins, and is reached by its descriptor. Returns PM_ACCEPTED or the refusal.
[[nodiscard]] pm_verdict take_interpreter(const CheckedFile& script, const pm_manifest& manifest, char** arguments,
                                          Interpreter* interpreter);

}  // namespace proofmark::linux_exec
