// SPDX-License-Identifier: Apache-2.0
//
// A medium for the boot state that loses power. What is written waits in a cache until sync(); when the power goes, of each
// write that still waits there the first bytes are on the medium, or none, as the test says. Then nothing works any more,
// until power_on().
#pragma once

#include <array>
#include <cstring>

#include "../../../../verify/linux/init/boot_state.h"

class FakeMedium {
 public:
  static constexpr size_t kNever = ~size_t{0};

  proofmark::linux_init::StateIo io() { return {this, read, write, sync}; }

  // The power goes in the write number `write` from now on, after `bytes` of it. With all bytes of it: before its sync().
  void cut_at(size_t write, size_t bytes) {
    writes_left_ = write;
    bytes_left_ = bytes;
  }
  // The power goes now: what was not synced is lost.
  void cut_now() {
    cache_ = bytes_;
    power_on();
  }
  void power_on() {
    has_power_ = true;
    writes_left_ = kNever;
    cache_ = bytes_;
  }

  void spoil(size_t offset) {
    bytes_[offset] ^= 0x40;
    power_on();
  }
  void wipe() {
    std::memset(bytes_.data(), 0, bytes_.size());
    power_on();
  }
  // Reads that touch [offset, offset + size) fail, as those of a sector do that was torn.
  void make_unreadable(size_t offset, size_t size) {
    bad_offset_ = offset;
    bad_size_ = size;
  }
  void refuse_writes(bool refuse) { refuses_writes_ = refuse; }

  [[nodiscard]] bool has_power() const { return has_power_; }
  [[nodiscard]] size_t writes() const { return writes_; }

 private:
  static FakeMedium& self(void* context) { return *static_cast<FakeMedium*>(context); }

  static bool read(void* context, uint64_t offset, void* buffer, size_t size) {
    FakeMedium& medium = self(context);
    if (!medium.has_power_ || offset + size > medium.cache_.size()) return false;
    if (offset < medium.bad_offset_ + medium.bad_size_ && medium.bad_offset_ < offset + size) return false;
    std::memcpy(buffer, medium.cache_.data() + offset, size);
    return true;
  }

  static bool write(void* context, uint64_t offset, const void* buffer, size_t size) {
    FakeMedium& medium = self(context);
    if (!medium.has_power_ || medium.refuses_writes_ || offset + size > medium.cache_.size()) return false;
    ++medium.writes_;
    if (medium.writes_left_ == 0) {
      std::memcpy(medium.bytes_.data() + offset, buffer, medium.bytes_left_ < size ? medium.bytes_left_ : size);
      medium.has_power_ = false;
      return false;
    }
    --medium.writes_left_;
    std::memcpy(medium.cache_.data() + offset, buffer, size);
    return true;
  }

  static bool sync(void* context) {
    FakeMedium& medium = self(context);
    if (!medium.has_power_) return false;
    medium.bytes_ = medium.cache_;
    return true;
  }

  std::array<uint8_t, proofmark::linux_init::kStateSize> bytes_ = {};  // what survives
  std::array<uint8_t, proofmark::linux_init::kStateSize> cache_ = {};
  bool has_power_ = true;
  bool refuses_writes_ = false;
  size_t writes_ = 0;
  size_t writes_left_ = kNever;
  size_t bytes_left_ = 0;
  size_t bad_offset_ = 0;
  size_t bad_size_ = 0;
};
