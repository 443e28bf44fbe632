// SPDX-License-Identifier: Apache-2.0
//
// CMocka for C++, and the one call that most tests make: build a file from a plan and ask the verifier about it.
#pragma once

// CMocka wants these four first, in this order.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

extern "C" {
#include <cmocka.h>
}

#include <cstdio>
#include <initializer_list>

#include "marked_file.h"
#include "memory_io.h"

namespace proofmark::verify_test {

// Working memory that every test of a program shares.
struct Bench {
  MarkedFile file;
  MarkedFile mark;
  pm_scratch scratch;
  pm_result result;
};

inline Bench* bench() {
  static Bench shared;
  return &shared;
}

inline pm_verdict verify_bytes(const uint8_t* bytes, size_t size, const pm_trust& trust) {
  MemoryFile memory;
  memory.bytes = bytes;
  memory.size = size;
  const pm_io io = io_of(&memory);
  return pm_verify(&io, &trust, &bench()->scratch, &bench()->result);
}

inline pm_verdict verify_plan(const FilePlan& plan, const pm_trust& trust) {
  make_file(plan, &bench()->file);
  return verify_bytes(bench()->file.bytes, bench()->file.size, trust);
}

// The same with trust in the plan's first key.
inline pm_verdict verify_plan(const FilePlan& plan) {
  return verify_plan(plan, trust_in(&public_key(plan.keys[0]), 1));
}

// 10,000 bytes that are not all the same: three blocks, the last one not full.
inline FilePlan sample_plan() {
  static uint8_t content[10000];
  for (size_t i = 0; i < sizeof content; ++i) content[i] = static_cast<uint8_t>(i * 7 + i / 251);
  return plan_for(content, sizeof content);
}

}  // namespace proofmark::verify_test
