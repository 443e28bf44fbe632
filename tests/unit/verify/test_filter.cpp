// SPDX-License-Identifier: Apache-2.0
//
// The system-call filters of proofmark-exec, run instruction by instruction as the kernel would: what the list names is
// allowed, everything else ends the process, for both architectures. User emulation has no seccomp, so this is where the
// filter of the other architecture is seen to work; tests/e2e/exec asks the kernel itself.
#include "../../../verify/linux/filter.h"

#include <linux/audit.h>
#include <linux/seccomp.h>

#include <vector>

#include "support/harness.h"

namespace proofmark::verify_test {
namespace {

using linux_exec::build_filter;
using linux_exec::Filter;
using linux_exec::FilterRules;

constexpr uint32_t kInvalid = 0xbad;

// The part of classic BPF that filters use; bpf(4), and seccomp_check_filter() of the kernel for what it accepts.
uint32_t interpret(const Filter& filter, const seccomp_data& call, unsigned* steps) {
  uint32_t value = 0;
  *steps = 0;
  for (size_t at = 0; at < filter.size; ++at) {
    const sock_filter& instruction = filter.instructions[at];
    ++*steps;
    switch (instruction.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        if (instruction.k % 4 != 0 || instruction.k > sizeof call - 4) return kInvalid;
        memcpy(&value, reinterpret_cast<const uint8_t*>(&call) + instruction.k, sizeof value);
        break;
      case BPF_JMP | BPF_JEQ | BPF_K:
        at += value == instruction.k ? instruction.jt : instruction.jf;
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
        at += value > instruction.k ? instruction.jt : instruction.jf;
        break;
      case BPF_JMP | BPF_JGE | BPF_K:
        at += value >= instruction.k ? instruction.jt : instruction.jf;
        break;
      case BPF_RET | BPF_K:
        return instruction.k;
      default:
        return kInvalid;
    }
  }
  return kInvalid;  // ran off the end
}

struct Machine {
  uint32_t architecture;
  uint32_t execveat;
};
constexpr Machine kAmd64 = {AUDIT_ARCH_X86_64, 322};
constexpr Machine kArm64 = {AUDIT_ARCH_AARCH64, 281};

struct Bed {
  std::vector<uint16_t> allowed;
  Filter filter;
  seccomp_data start;

  Bed(const Machine& machine, std::vector<uint16_t> list) : allowed(std::move(list)) {
    FilterRules rules = {machine.architecture,
                         {machine.execveat, 4, 0x5555'0123'4567, 0x7ffc'89ab'cdef, 0x1000},
                         allowed.data(),
                         allowed.size()};
    assert_true(build_filter(rules, &filter));
    start = {static_cast<int>(machine.execveat),
             machine.architecture,
             0,
             {4, 0x5555'0123'4567, 0x7ffc'89ab'cdef, 7, 0x1000, 0}};
  }
  uint32_t ask(const seccomp_data& call) const {
    unsigned steps = 0;
    const uint32_t action = interpret(filter, call, &steps);
    assert_true(steps <= 64);
    return action;
  }
  uint32_t ask(uint32_t number) const {
    seccomp_data call = {};
    call.nr = static_cast<int>(number);
    call.arch = start.arch;
    return ask(call);
  }
};

bool contains(const std::vector<uint16_t>& list, uint32_t number) {
  for (const uint16_t entry : list) {
    if (entry == number) return true;
  }
  return false;
}

std::vector<uint16_t> every(unsigned step, unsigned count) {
  std::vector<uint16_t> list;
  for (unsigned i = 0; i < count; ++i) list.push_back(static_cast<uint16_t>(i * step));
  return list;
}

void allows_exactly_the_list(void**) {
  const std::vector<uint16_t> lists[] = {
      {},           {0},          {65535},       {60, 231},     {0, 1, 2, 3, 5, 7, 8, 9},
      every(1, 17), every(2, 16), every(2, 512), every(1, 512), every(127, 512)};
  for (const Machine& machine : {kAmd64, kArm64}) {
    for (const auto& list : lists) {
      const Bed bed(machine, list);
      for (uint32_t number = 0; number < 0x10010; ++number) {
        const uint32_t expected = contains(list, number) ? SECCOMP_RET_ALLOW : SECCOMP_RET_KILL_PROCESS;
        if (bed.ask(number) != expected) fail_msg("system call %u of %zu", number, list.size());
      }
    }
  }
}

// A number with bit 30 is one of the x32 interface: read(2) is 0x40000000 there.
void refuses_other_interfaces(void**) {
  const Bed bed(kAmd64, {0, 1, 2});
  for (const uint32_t number : {0x40000000u, 0x40000001u, 0x80000000u, 0xffffffffu}) {
    assert_int_equal(bed.ask(number), SECCOMP_RET_KILL_PROCESS);
  }
  for (const uint32_t architecture :
       {uint32_t{AUDIT_ARCH_I386}, uint32_t{AUDIT_ARCH_AARCH64}, uint32_t{AUDIT_ARCH_ARM}}) {
    seccomp_data call = {};
    call.arch = architecture;
    assert_int_equal(bed.ask(call), SECCOMP_RET_KILL_PROCESS);
  }
}

void allows_the_start_and_no_other_execveat(void**) {
  for (const Machine& machine : {kAmd64, kArm64}) {
    const Bed bed(machine, {1, 60});
    assert_int_equal(bed.ask(bed.start), SECCOMP_RET_ALLOW);
    for (unsigned argument : {0u, 1u, 2u, 4u}) {
      for (const uint64_t difference : {uint64_t{1}, uint64_t{1} << 32}) {
        if ((argument == 0 || argument == 4) && difference != 1)
          continue;  // of int, the kernel looks at the lower half
        seccomp_data call = bed.start;
        call.args[argument] ^= difference;
        assert_int_equal(bed.ask(call), SECCOMP_RET_KILL_PROCESS);
      }
    }
    // Listed, it is the program's to use.
    const Bed listed(machine, {static_cast<uint16_t>(machine.execveat)});
    assert_int_equal(listed.ask(machine.execveat), SECCOMP_RET_ALLOW);
  }
}

void refuses_more_than_fits(void**) {
  static Filter filter;
  const std::vector<uint16_t> list = every(2, 513);
  const FilterRules rules = {AUDIT_ARCH_X86_64, {}, list.data(), list.size()};
  assert_false(build_filter(rules, &filter));
}

}  // namespace
}  // namespace proofmark::verify_test

int main() {
  using namespace proofmark::verify_test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(allows_exactly_the_list),
      cmocka_unit_test(refuses_other_interfaces),
      cmocka_unit_test(allows_the_start_and_no_other_execveat),
      cmocka_unit_test(refuses_more_than_fits),
  };
  return cmocka_run_group_tests_name("filter", tests, nullptr, nullptr);
}
