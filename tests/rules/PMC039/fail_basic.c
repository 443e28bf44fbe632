// SPDX-License-Identifier: Apache-2.0

extern const char *const kNames[];

const char *const kNames[] = {
    "open", "close", "read", "write", "seek", "stat"  // expect: PMC039
    "link", "unlink", "rename", "sync",
};
