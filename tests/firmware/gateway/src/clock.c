// SPDX-License-Identifier: Apache-2.0
//
// Monotonic time and exponential backoff.
#include "clock.h"

#include <time.h>

enum { kPauseMinMs = 250, kPauseMaxMs = 8000 };

uint64_t clock_now_ms(void) {
  struct timespec now = {0, 0};
  // Cannot fail for CLOCK_MONOTONIC; zero would only delay.
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000U + (uint64_t)now.tv_nsec / 1000000U;
}

bool backoff_is_due(const Backoff* backoff, uint64_t now_ms) {
  return now_ms >= backoff->next_ms;
}

void backoff_fail(Backoff* backoff, uint64_t now_ms) {
  backoff->pause_ms = backoff->pause_ms == 0 ? kPauseMinMs : backoff->pause_ms * 2;
  if (backoff->pause_ms > kPauseMaxMs) {
    backoff->pause_ms = kPauseMaxMs;
  }
  backoff->next_ms = now_ms + backoff->pause_ms;
}

void backoff_reset(Backoff* backoff) {
  backoff->next_ms = 0;
  backoff->pause_ms = 0;
}
