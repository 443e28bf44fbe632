// SPDX-License-Identifier: Apache-2.0
//
// A C library's header without checking wrappers, as musl has it.
#ifndef _STRING_H
#define _STRING_H
char *strcpy(char *restrict to, const char *restrict from);
#endif
