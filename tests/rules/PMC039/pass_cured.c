// SPDX-License-Identifier: Apache-2.0

extern const char *const kNames[];

const char *const kNames[] = {
    "open", "close", "read", "write", "seek", "stat",
    "link", "unlink", "rename", "sync",
};
