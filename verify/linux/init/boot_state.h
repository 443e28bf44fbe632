// SPDX-License-Identifier: Apache-2.0
//
// What a device remembers from boot to boot: the newest versions that were in force, how often each slot may still be
// tried, what was started last, and why something was refused first. Two copies on a small partition or in a file, written
// in turn, so that whatever a power cut leaves of one, the other is whole. docs/boot.md has the layout.
//
// The code is of no operating system: a test cuts the power at every byte of every write.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace proofmark::linux_init {

// Of a system: the security version in its bundle's mark, and the version of the trust store it was checked with.
struct Versions {
  uint32_t system;
  uint32_t store;
};

constexpr uint32_t kMostSlots = 16;
constexpr uint32_t kNoPlace = 0xFFFFFFFF;
constexpr uint32_t kRecoveryPlace = 0xFFFFFFFE;

struct BootState {
  uint64_t sequence;    // grows with every write; 0 is of none
  Versions committed;   // newest that a started system reported good; only grows
  uint32_t attempt;     // slot that is being tried or runs, kRecoveryPlace, or kNoPlace
  Versions proposed;    // of what was started there; both 0 as long as nothing was
  uint32_t first_slot;  // is tried before the others
  uint32_t reason;      // number of the first refusal since the last commit, 0: there was none
  uint32_t reason_place;
  uint8_t tries[kMostSlots];  // left, per slot
};

// Where the copies are. Each returns false when it failed; `sync` returns when what was written survives a power cut.
struct StateIo {
  void* context;
  bool (*read)(void* context, uint64_t offset, void* buffer, size_t size);
  bool (*write)(void* context, uint64_t offset, const void* buffer, size_t size);
  bool (*sync)(void* context);
};

// A copy fills a block of 4 KiB. The second one lies 64 KiB further on, so that a flash page that dies with the power in
// the middle of a write is not a part of both.
constexpr size_t kStateBlockSize = 4096;
constexpr uint64_t kSecondCopyOffset = 65536;
constexpr uint64_t kStateSize = kSecondCopyOffset + kStateBlockSize;

enum class Loaded {
  kGood,
  kLost,        // it can be read, and neither copy is one
  kUnreadable,  // not even that
};

// What was read, and from which copy; the next write goes to the other one.
struct StateCopies {
  StateIo io;
  BootState state;
  unsigned current;
};

// Takes the newer copy of those that are whole. When none is, `state` is all zero.
[[nodiscard]] Loaded load_state(const StateIo& io, StateCopies* copies);

// Writes `state` over the older copy and waits until it is there for good. Returns false when that failed; then the copy
// before it is still whole.
[[nodiscard]] bool save_state(StateCopies* copies);

// The state of a device that never started anything: nothing committed, `tries` for each slot.
[[nodiscard]] BootState fresh_state(uint8_t tries);
// Writes both copies, whatever was there.
[[nodiscard]] bool create_state(const StateIo& io, const BootState& state);

}  // namespace proofmark::linux_init
