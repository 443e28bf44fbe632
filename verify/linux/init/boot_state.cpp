// SPDX-License-Identifier: Apache-2.0
//
// See boot_state.h.
#include "boot_state.h"

#include <proofmark/hash.h>

namespace proofmark::linux_init {
namespace {

// Numbers are little endian. The digest is no signature: whoever can write the medium can make one. It tells a whole
// copy from a torn one, and nothing more.
struct StateRecord {
  uint8_t magic[8];
  uint8_t sequence[8];
  uint8_t committed_system[4];
  uint8_t committed_store[4];
  uint8_t attempt[4];
  uint8_t proposed_system[4];
  uint8_t proposed_store[4];
  uint8_t first_slot[4];
  uint8_t reason[4];
  uint8_t reason_place[4];
  uint8_t tries[kMostSlots];
  uint8_t digest[PM_DIGEST_SIZE];
};
static_assert(sizeof(StateRecord) == 96 && alignof(StateRecord) == 1 && sizeof(StateRecord) <= 512,
              "smaller than the smallest sector");

constexpr char kMagic[] = "PMSTATE1";

template <typename Number, size_t kSize>
Number get(const uint8_t (&bytes)[kSize]) {
  static_assert(sizeof(Number) == kSize);
  Number number = 0;
  for (size_t i = 0; i < kSize; ++i) number |= Number{bytes[i]} << (8 * i);
  return number;
}

template <typename Number, size_t kSize>
void put(Number number, uint8_t (&bytes)[kSize]) {
  static_assert(sizeof(Number) == kSize);
  for (size_t i = 0; i < kSize; ++i) bytes[i] = static_cast<uint8_t>(number >> (8 * i));
}

void digest_of(const StateRecord& record, uint8_t digest[PM_DIGEST_SIZE]) {
  pm_sha256 hash;
  pm_sha256_start(&hash, pm_portable_hash_kernel());
  pm_sha256_update(&hash, &record, offsetof(StateRecord, digest));
  pm_sha256_finish(&hash, digest);
}

void encode(const BootState& state, StateRecord* record) {
  __builtin_memcpy(record->magic, kMagic, sizeof record->magic);
  put(state.sequence, record->sequence);
  put(state.committed.system, record->committed_system);
  put(state.committed.store, record->committed_store);
  put(state.attempt, record->attempt);
  put(state.proposed.system, record->proposed_system);
  put(state.proposed.store, record->proposed_store);
  put(state.first_slot, record->first_slot);
  put(state.reason, record->reason);
  put(state.reason_place, record->reason_place);
  __builtin_memcpy(record->tries, state.tries, sizeof record->tries);
  digest_of(*record, record->digest);
}

bool decode(const StateRecord& record, BootState* state) {
  uint8_t digest[PM_DIGEST_SIZE];
  digest_of(record, digest);
  if (__builtin_memcmp(record.magic, kMagic, sizeof record.magic) != 0) return false;
  if (__builtin_memcmp(record.digest, digest, sizeof digest) != 0) return false;
  state->sequence = get<uint64_t>(record.sequence);
  state->committed = {get<uint32_t>(record.committed_system), get<uint32_t>(record.committed_store)};
  state->attempt = get<uint32_t>(record.attempt);
  state->proposed = {get<uint32_t>(record.proposed_system), get<uint32_t>(record.proposed_store)};
  state->first_slot = get<uint32_t>(record.first_slot);
  state->reason = get<uint32_t>(record.reason);
  state->reason_place = get<uint32_t>(record.reason_place);
  __builtin_memcpy(state->tries, record.tries, sizeof record.tries);
  return true;
}

uint64_t offset_of(unsigned copy) {
  return copy == 0 ? 0 : kSecondCopyOffset;
}

bool write_copy(const StateIo& io, unsigned copy, const BootState& state) {
  alignas(8) uint8_t block[kStateBlockSize] = {};
  encode(state, reinterpret_cast<StateRecord*>(block));
  return io.write(io.context, offset_of(copy), block, sizeof block) && io.sync(io.context);
}

}  // namespace

Loaded load_state(const StateIo& io, StateCopies* copies) {
  *copies = {io, {}, 0};
  bool is_read = false;
  bool is_found = false;
  for (unsigned copy = 0; copy < 2; ++copy) {
    StateRecord record;
    BootState state;
    if (!io.read(io.context, offset_of(copy), &record, sizeof record)) continue;
    is_read = true;
    if (!decode(record, &state)) continue;
    if (is_found && state.sequence <= copies->state.sequence) continue;
    copies->state = state;
    copies->current = copy;
    is_found = true;
  }
  if (is_found) return Loaded::kGood;
  return is_read ? Loaded::kLost : Loaded::kUnreadable;
}

bool save_state(StateCopies* copies) {
  BootState next = copies->state;
  ++next.sequence;
  if (next.sequence == 0) return false;  // no device writes that often: somebody made the record up
  const unsigned other = 1 - copies->current;
  if (!write_copy(copies->io, other, next)) return false;
  copies->state = next;
  copies->current = other;
  return true;
}

BootState fresh_state(uint8_t tries) {
  BootState state = {};
  state.attempt = kNoPlace;
  state.reason_place = kNoPlace;
  for (uint8_t& left : state.tries) left = tries;
  return state;
}

bool create_state(const StateIo& io, const BootState& state) {
  BootState older = state;
  BootState newer = state;
  older.sequence = 1;  // 0 is no record
  newer.sequence = 2;
  return write_copy(io, 0, older) && write_copy(io, 1, newer);
}

}  // namespace proofmark::linux_init
