// SPDX-License-Identifier: Apache-2.0
//
// What the kernel is handed to start a program that was accepted. Which programs can be started is decided when the launcher
// is built: static_only.cpp refuses those with a dynamic linker, dynamic.cpp checks what they load.
#pragma once

#include "checked_file.h"
#include "elf_file.h"

namespace proofmark::linux_exec {

constexpr unsigned kMostArguments = 16384;

// What was accepted, and the memory in which the verification took place.
struct Accepted {
  const CheckedFile* file;
  const pm_manifest* manifest;
  pm_scratch* scratch;
};

struct Start {
  int descriptor;          // what the kernel starts
  char* const* arguments;  // as execve takes them
};

// For an ELF program with an interpreter: fills `start`. `arguments` is the program's argument vector. Returns PM_ACCEPTED
// or the refusal.
[[nodiscard]] pm_verdict prepare_dynamic(const ElfFile& elf, const Accepted& program, char** arguments, Start* start);

// Puts all `arguments` but the first into `to`, which has room for kMostArguments, and the null pointer that ends them.
[[nodiscard]] inline pm_verdict append_arguments(char** arguments, const char** to) {
  for (unsigned i = 1; arguments[i] != nullptr; ++i) {
    if (i > kMostArguments) return PM_REFUSED_EXEC_ARGUMENTS;
    *to++ = arguments[i];
  }
  *to = nullptr;
  return PM_ACCEPTED;
}

// One line for people; the words of verdict.h for all numbers that are not of loading.
[[nodiscard]] const char* loading_text(pm_verdict verdict);

// The path of the file that a refusal is about, when it is not the one on the command line; else NULL.
extern const char* culprit;

}  // namespace proofmark::linux_exec
