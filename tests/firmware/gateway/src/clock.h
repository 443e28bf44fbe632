// SPDX-License-Identifier: Apache-2.0
//
// Time since an arbitrary start, and the growing pauses between attempts to reach a peer.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Milliseconds of CLOCK_MONOTONIC: never steps back, not the time of day.
uint64_t clock_now_ms(void);

// When the next attempt may be made. All zero: at once.
typedef struct {
  uint64_t next_ms;
  uint32_t pause_ms;
} Backoff;

// Whether an attempt is due.
bool backoff_is_due(const Backoff* backoff, uint64_t now_ms);

// An attempt failed: the next pause is twice as long, from 250 ms up to 8 s.
void backoff_fail(Backoff* backoff, uint64_t now_ms);

// An attempt succeeded: the next failure starts again with the shortest pause.
void backoff_reset(Backoff* backoff);
