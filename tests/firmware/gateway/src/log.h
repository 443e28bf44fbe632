// SPDX-License-Identifier: Apache-2.0
//
// Log lines on stderr, one write(2) each: no buffer that a crash could lose and no lock.
#pragma once

typedef enum { kLogError, kLogWarning, kLogInfo } LogLevel;

// Writes "gateway: LEVEL: text\n". Lines longer than 255 bytes are cut.
void log_line(LogLevel level, const char* format, ...) __attribute__((format(printf, 2, 3)));
