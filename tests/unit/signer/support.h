// SPDX-License-Identifier: Apache-2.0
//
// What the signer's unit tests share. CMocka leaves a failing test by longjmp, so bodies assert on plain values only;
// helpers do the work and say on standard error what they saw.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
// CMocka wants the headers above first.
extern "C" {
#include <cmocka.h>
}
// Its macro of this name would break every header with a member function fail().
#undef fail

#include <filesystem>
#include <string>
#include <string_view>

#include "proofmark/sign/error.h"

namespace proofmark::sign::test {

// Says what differs; true when nothing does.
bool same(const std::string& found, const std::string& expected);
bool same(const Bytes& found, const Bytes& expected);

// True when the result is an error whose message() is exactly this.
template <class T>
bool fails_with(const Result<T>& result, const std::string& expected) {
  return same(result ? "(no error)" : message(result.error()), expected);
}

// A fresh directory for this process; removed at exit.
const std::filesystem::path& scratch();
std::filesystem::path write(const std::string& name, ByteView bytes);
std::filesystem::path write(const std::string& name, std::string_view text);
Bytes read(const std::filesystem::path& path);

}  // namespace proofmark::sign::test
