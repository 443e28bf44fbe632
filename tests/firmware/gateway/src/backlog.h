// SPDX-License-Identifier: Apache-2.0
//
// Samples that wait for the broker: a ring of fixed size, so that an outage costs old samples, never memory.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "modbus/encoder.h"

enum { kBacklogSize = 64 };

// All zero is an empty backlog.
typedef struct {
  Sample samples[kBacklogSize];
  uint32_t first;
  uint32_t count;
  uint32_t dropped;  // since start
} Backlog;

// Adds a copy of the sample; a full backlog gives up its oldest one and counts it in `dropped`.
void backlog_push(Backlog* backlog, const Sample* sample);

// The oldest sample, owned by the backlog and valid until the next push or pop; NULL when empty.
const Sample* backlog_peek(const Backlog* backlog);

// Removes the oldest sample, if any.
void backlog_pop(Backlog* backlog);
