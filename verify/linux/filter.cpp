// SPDX-License-Identifier: Apache-2.0
//
// See filter.h. The list is cut into runs of consecutive numbers, the runs into groups. A group that lies below the number
// asked for is passed over by one jump, so the kernel walks through 48 instructions at most, not 512.
#include "filter.h"

#include <linux/seccomp.h>

namespace proofmark::linux_exec {
namespace {

constexpr uint32_t kNumber = __builtin_offsetof(seccomp_data, nr);
constexpr uint32_t kArchitecture = __builtin_offsetof(seccomp_data, arch);
constexpr uint32_t kArguments = __builtin_offsetof(seccomp_data, args);

struct Run {
  uint32_t first;
  uint32_t last;
};

class Writer {
 public:
  explicit Writer(Filter* filter) : filter_(filter) { filter_->size = 0; }

  void add(uint16_t code, uint32_t value, uint8_t if_true = 0, uint8_t if_false = 0) {
    filter_->instructions[filter_->size++] = {code, if_true, if_false, value};
  }
  void load(uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset); }
  void finish(uint32_t action) { add(BPF_RET | BPF_K, action); }
  // Goes on with the next instruction when the value is `value`, else over `skipped` more.
  void require(uint32_t value, size_t skipped) {
    add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, static_cast<uint8_t>(skipped));
  }

 private:
  Filter* filter_;
};

// Both architectures are little endian, so the lower half of an argument comes first.
void allow_start(Writer* out, const StartCall& start) {
  struct Half {
    uint32_t offset;
    uint32_t value;
  };
  const Half halves[] = {
      {kArguments, start.descriptor},
      {kArguments + 8, static_cast<uint32_t>(start.path)},
      {kArguments + 12, static_cast<uint32_t>(start.path >> 32)},
      {kArguments + 16, static_cast<uint32_t>(start.arguments)},
      {kArguments + 20, static_cast<uint32_t>(start.arguments >> 32)},
      {kArguments + 32, start.flags},
  };
  constexpr size_t kHalves = sizeof halves / sizeof halves[0];
  // Behind the comparisons stand two instructions: allow, and load the number again for the groups.
  out->require(start.number, 2 * kHalves + 2);
  for (size_t i = 0; i < kHalves; ++i) {
    out->load(halves[i].offset);
    out->require(halves[i].value, 2 * (kHalves - 1 - i) + 1);
  }
  out->finish(SECCOMP_RET_ALLOW);
  out->load(kNumber);
}

Run take_run(const FilterRules& rules, size_t* next) {
  Run run = {rules.allowed[*next], rules.allowed[*next]};
  for (++*next; *next < rules.count && rules.allowed[*next] == run.last + 1; ++*next) ++run.last;
  return run;
}

// `left` entries of the group follow this one; behind them stand the two results, deny and allow.
void add_run(Writer* out, Run run, size_t left) {
  const auto to_allow = static_cast<uint8_t>(left + 1);
  if (run.first == run.last) {
    out->add(BPF_JMP | BPF_JEQ | BPF_K, run.first, to_allow, 0);
    return;
  }
  out->add(BPF_JMP | BPF_JGE | BPF_K, run.first, 0, 1);
  out->add(BPF_JMP | BPF_JGT | BPF_K, run.last, 0, to_allow);
}

size_t length_of(Run run) {
  return run.first == run.last ? 1 : 2;
}

void add_group(Writer* out, const Run* runs, size_t count) {
  size_t length = 0;
  for (size_t i = 0; i < count; ++i) length += length_of(runs[i]);
  out->add(BPF_JMP | BPF_JGT | BPF_K, runs[count - 1].last, static_cast<uint8_t>(length + 2), 0);
  for (size_t i = 0; i < count; ++i) {
    length -= length_of(runs[i]);
    add_run(out, runs[i], length);
  }
  out->finish(SECCOMP_RET_KILL_PROCESS);
  out->finish(SECCOMP_RET_ALLOW);
}

}  // namespace

bool build_filter(const FilterRules& rules, Filter* filter) {
  if (rules.count > kMostAllowed) return false;
  Writer out(filter);
  out.load(kArchitecture);
  out.add(BPF_JMP | BPF_JEQ | BPF_K, rules.architecture, 1, 0);
  out.finish(SECCOMP_RET_KILL_PROCESS);
  out.load(kNumber);
  allow_start(&out, rules.start);
  // The numbers of the x32 interface have bit 30 set; no entry of 16 bits ever equals one.
  for (size_t next = 0; next < rules.count;) {
    Run runs[kGroupSize];
    size_t count = 0;
    while (count < kGroupSize && next < rules.count) runs[count++] = take_run(rules, &next);
    add_group(&out, runs, count);
  }
  out.finish(SECCOMP_RET_KILL_PROCESS);
  return true;
}

}  // namespace proofmark::linux_exec
