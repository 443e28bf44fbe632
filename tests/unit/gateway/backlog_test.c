// SPDX-License-Identifier: Apache-2.0
//
// The ring of waiting samples: order, bound, and which one is given up.
#include "backlog.h"
#include "cmocka_prelude.h"

static void push_numbered(Backlog* backlog, uint32_t sequence) {
  const Sample sample = {.sequence = sequence};
  backlog_push(backlog, &sample);
}

static void empty_backlog_has_nothing(void** state) {
  (void)state;
  static Backlog backlog;
  assert_null(backlog_peek(&backlog));
  backlog_pop(&backlog);
  assert_int_equal(backlog.count, 0);
}

static void gives_back_in_order(void** state) {
  (void)state;
  static Backlog backlog;
  push_numbered(&backlog, 1);
  push_numbered(&backlog, 2);
  assert_int_equal(backlog_peek(&backlog)->sequence, 1);
  backlog_pop(&backlog);
  assert_int_equal(backlog_peek(&backlog)->sequence, 2);
  backlog_pop(&backlog);
  assert_null(backlog_peek(&backlog));
}

static void gives_up_the_oldest_when_full(void** state) {
  (void)state;
  static Backlog backlog;
  for (uint32_t i = 1; i <= kBacklogSize + 3; ++i) {
    push_numbered(&backlog, i);
  }
  assert_int_equal(backlog.count, kBacklogSize);
  assert_int_equal(backlog.dropped, 3);
  for (uint32_t i = 4; i <= kBacklogSize + 3; ++i) {
    assert_int_equal(backlog_peek(&backlog)->sequence, i);
    backlog_pop(&backlog);
  }
  assert_null(backlog_peek(&backlog));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(empty_backlog_has_nothing),
      cmocka_unit_test(gives_back_in_order),
      cmocka_unit_test(gives_up_the_oldest_when_full),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
