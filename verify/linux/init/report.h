// SPDX-License-Identifier: Apache-2.0
//
// What an operator gets to see: one line per event on the console, the same line in the kernel log, and refusals in the
// memory that survives a reset (pstore), where the kernel has one.
#pragma once

#include <proofmark/verdict.h>

#include <stdint.h>

#include "message.h"

namespace proofmark::linux_init {

// Where a refusal happened: "slot 1", "recovery", or what was being done before any medium was looked at.
struct Place {
  const char* text;
  bool has_number;
  uint64_t number;
};

// "proofmark-init: " and what `say` adds.
void say(const char* text);
void say_accepted(const Place& place, uint32_t entries, uint32_t security_version);
// `path` is the file that was refused; NULL when there is none. Everything in it may come from an attacker.
void say_refused(const Place& place, const char* path, pm_verdict verdict);

// The words for a verdict: those of the verifier, or those of the stage 11xx, which is ours.
const char* text_of(pm_verdict verdict);

}  // namespace proofmark::linux_init
