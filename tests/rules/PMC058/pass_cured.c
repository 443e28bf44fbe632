// SPDX-License-Identifier: Apache-2.0
// flags: -Wno-tautological-compare

struct Frame {
  int first, last;
};

int is_empty(const struct Frame *frame);

int is_empty(const struct Frame *frame) {
  return frame->first == frame->last;
}
