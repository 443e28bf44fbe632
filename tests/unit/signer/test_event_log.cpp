// SPDX-License-Identifier: Apache-2.0
//
// Event logs: a small one, what comes out of it, and everything that is no such log.
#include "proofmark/sign/event_log.h"
#include "support.h"

namespace proofmark::sign::test {
namespace {

void put(Bytes& to, std::uint64_t value, unsigned size) {
  for (unsigned i = 0; i < size; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
void put(Bytes& to, std::string_view text) {
  to.insert(to.end(), text.begin(), text.end());
}

// Header of a log whose events have digests of these algorithms.
Bytes header(std::initializer_list<std::pair<unsigned, unsigned>> algorithms) {
  Bytes event;
  put(event, std::string_view("Spec ID Event03\0", 16));
  put(event, 0x0202006a00000000, 8);
  put(event, algorithms.size(), 4);
  for (const auto& [algorithm, size] : algorithms) put(event, algorithm, 2), put(event, size, 2);
  put(event, 0, 1);
  Bytes log;
  put(log, 0, 4);
  put(log, 3, 4);
  log.resize(log.size() + 20);
  put(log, event.size(), 4);
  log.insert(log.end(), event.begin(), event.end());
  return log;
}

void add_event(Bytes& log, unsigned pcr, std::string_view text) {
  put(log, pcr, 4);
  put(log, 13, 4);
  put(log, 2, 4);
  put(log, 4, 2);
  log.resize(log.size() + 20, 0x11);
  put(log, 11, 2);
  log.resize(log.size() + 32, 0x22);
  put(log, text.size(), 4);
  put(log, text);
}

Bytes sample() {
  Bytes log = header({{4, 20}, {11, 32}});
  add_event(log, 12, "first");
  add_event(log, 13, "");
  return log;
}

bool is_refused(const Bytes& log, std::string_view why) {
  const auto events = decode_event_log(log, "log");
  return !events && events.error().what.find(why) != std::string::npos;
}

void reads_every_event(void**) {
  const auto events = decode_event_log(sample(), "log");
  assert_true(events.has_value());
  assert_int_equal(events->size(), 2);
  assert_int_equal((*events)[0].pcr, 12);
  assert_int_equal((*events)[0].type, 13);
  assert_int_equal((*events)[0].digest[31], 0x22);
  assert_string_equal((*events)[0].text.c_str(), "first");
  assert_int_equal((*events)[1].pcr, 13);
}

void rejects_logs_that_are_cut_off(void**) {
  const Bytes log = sample();
  const std::size_t first = header({{4, 20}, {11, 32}}).size();
  Bytes one = header({{4, 20}, {11, 32}});
  add_event(one, 12, "first");
  for (std::size_t size = 0; size < log.size(); ++size) {
    const Bytes cut(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(size));
    const bool is_whole = size == first || size == one.size();
    assert_int_equal(decode_event_log(cut, "log").has_value(), is_whole);
  }
}

void rejects_what_is_no_such_log(void**) {
  assert_true(is_refused({}, "not an event log"));
  assert_true(is_refused(header({{4, 20}}), "not an event log"));
  assert_true(is_refused(header({{11, 20}}), "not an event log"));
  Bytes other = sample();
  other[32] ^= 1;
  assert_true(is_refused(other, "not an event log"));
  Bytes unknown = header({{11, 32}});
  add_event(unknown, 12, "with a digest that the header does not have");
  assert_true(is_refused(unknown, "event 1 is cut off or malformed"));
  assert_true(is_refused(Bytes(kMaxEventLogSize + 1), "too long"));
}

}  // namespace
}  // namespace proofmark::sign::test

int main() {
  using namespace proofmark::sign::test;
  const CMUnitTest tests[] = {
      cmocka_unit_test(reads_every_event),
      cmocka_unit_test(rejects_logs_that_are_cut_off),
      cmocka_unit_test(rejects_what_is_no_such_log),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
