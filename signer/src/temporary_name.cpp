// SPDX-License-Identifier: Apache-2.0
//
// The table of temporary names. A signal handler reads it at any moment, so entries are fixed storage and each is complete
// before its flag says so.
#include "temporary_name.h"

#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <cstdint>
#include <cstring>
#include <functional>

#include <fmt/format.h>

#include "proofmark/sign/files.h"

namespace proofmark::sign {
namespace {

constexpr std::string_view kPrefix = ".proofmark-";
constexpr std::size_t kDigits = 16;

enum class State : int { kFree, kFilling, kUsed };
static_assert(std::atomic<State>::is_always_lock_free);

struct Entry {
  std::atomic<State> state = State::kFree;
  std::atomic<std::size_t> hash = 0;  // of the name, which only the signal handler reads
  std::array<char, PATH_MAX> name{};
};

// More files than any of our programs writes at once; what finds no place is only not removed when a signal comes.
std::array<Entry, 16> entries;

void remember(const std::string& name) {
  if (name.size() >= PATH_MAX) return;
  for (auto& entry : entries) {
    State expected = State::kFree;
    if (!entry.state.compare_exchange_strong(expected, State::kFilling)) continue;
    std::memcpy(entry.name.data(), name.c_str(), name.size() + 1);
    entry.hash.store(std::hash<std::string>()(name));
    entry.state.store(State::kUsed);
    return;
  }
}

}  // namespace

std::string new_temporary_name(const std::string& directory) {
  std::uint64_t number = 0;
  // Without random bytes the process id keeps processes apart, and O_EXCL keeps everything else apart.
  if (::getrandom(&number, sizeof number, 0) != sizeof number) number = static_cast<std::uint64_t>(::getpid());
  std::string name = fmt::format("{}/{}{:0{}x}", directory, kPrefix, number, kDigits);
  remember(name);
  return name;
}

bool is_temporary_name(std::string_view name) {
  return name.starts_with(kPrefix) && name.size() == kPrefix.size() + kDigits &&
         name.substr(kPrefix.size()).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void forget_temporary_name(const std::string& name) {
  for (auto& entry : entries) {
    if (entry.state.load() != State::kUsed || entry.hash.load() != std::hash<std::string>()(name)) continue;
    entry.state.store(State::kFree);
    return;
  }
}

void remove_temporaries() noexcept {
  for (auto& entry : entries) {
    if (entry.state.load() == State::kUsed) ::unlink(entry.name.data());
  }
}

}  // namespace proofmark::sign
