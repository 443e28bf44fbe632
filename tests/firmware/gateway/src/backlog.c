// SPDX-License-Identifier: Apache-2.0
//
// The ring of waiting samples.
#include "backlog.h"

#include <stddef.h>

void backlog_push(Backlog* backlog, const Sample* sample) {
  if (backlog->count == kBacklogSize) {
    backlog_pop(backlog);
    ++backlog->dropped;
  }
  backlog->samples[(backlog->first + backlog->count) % kBacklogSize] = *sample;
  ++backlog->count;
}

const Sample* backlog_peek(const Backlog* backlog) {
  return backlog->count == 0 ? NULL : &backlog->samples[backlog->first];
}

void backlog_pop(Backlog* backlog) {
  if (backlog->count != 0) {
    backlog->first = (backlog->first + 1) % kBacklogSize;
    --backlog->count;
  }
}
