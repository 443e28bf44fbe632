// SPDX-License-Identifier: Apache-2.0
//
// Jobs; see job_count.h.
#include "tool/job_count.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#include <sched.h>

namespace proofmark::analyze {
namespace {

constexpr std::uint64_t kBytesPerJob = std::uint64_t{600} << 20;
constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

unsigned usable_cores() {
  cpu_set_t cores;
  return ::sched_getaffinity(0, sizeof cores, &cores) == 0 ? static_cast<unsigned>(CPU_COUNT(&cores)) : 1;
}

std::uint64_t available_in_machine() {
  std::ifstream file("/proc/meminfo");
  for (std::string name; file >> name;) {
    std::uint64_t kib = 0;
    if (name == "MemAvailable:" && file >> kib) return kib << 10;
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return kNoLimit;
}

// "max" is no number: no limit.
std::optional<std::uint64_t> read_number(const std::string& file) {
  std::ifstream stream(file);
  std::uint64_t number = 0;
  if (stream >> number) return number;
  return std::nullopt;
}

// Of version 2; a container sees its own group as the root.
std::uint64_t available_in_group() {
  std::ifstream file("/proc/self/cgroup");
  std::string line, path;
  while (std::getline(file, line))
    if (line.starts_with("0::")) path = line.substr(3);
  for (const std::string& folder : {"/sys/fs/cgroup" + path, std::string("/sys/fs/cgroup")}) {
    const auto limit = read_number(folder + "/memory.max");
    const auto used = read_number(folder + "/memory.current");
    if (limit && used) return *limit > *used ? *limit - *used : 0;
  }
  return kNoLimit;
}

}  // namespace

unsigned jobs_for(unsigned cores, std::uint64_t available_bytes) {
  const auto fit = std::min<std::uint64_t>(available_bytes / kBytesPerJob, cores);
  return std::max(1u, static_cast<unsigned>(fit));
}

unsigned automatic_jobs() {
  return jobs_for(usable_cores(), std::min(available_in_machine(), available_in_group()));
}

}  // namespace proofmark::analyze
