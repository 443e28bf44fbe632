// SPDX-License-Identifier: Apache-2.0
struct Switch {
  unsigned kind;
  unsigned char reserved[1];
};

unsigned char reserved(const struct Switch *which);

unsigned char reserved(const struct Switch *which) {
  return which->reserved[0];
}
