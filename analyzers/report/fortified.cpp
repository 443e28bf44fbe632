// SPDX-License-Identifier: Apache-2.0
//
// The table of checked functions; see fortified.h.
#include "report/fortified.h"

#include <algorithm>
#include <array>

namespace proofmark::report {
namespace {

// Sorted. What "nm libc.a" of the pinned sysroot lists as __NAME_chk, without longjmp and fdelt, which check no buffer.
constexpr auto kFortifiable = std::to_array<std::string_view>({
    "asprintf",   "confstr",         "dprintf",        "explicit_bzero",  "fgets",          "fgets_unlocked",
    "fgetws",     "fgetws_unlocked", "fprintf",        "fread",           "fread_unlocked", "fwprintf",
    "getcwd",     "getdomainname",   "getgroups",      "gethostname",     "getlogin_r",     "gets",
    "getwd",      "mbsnrtowcs",      "mbsrtowcs",      "mbstowcs",        "memcpy",         "memmove",
    "mempcpy",    "memset",          "obstack_printf", "obstack_vprintf", "poll",           "ppoll",
    "pread",      "pread64",         "printf",         "ptsname_r",       "read",           "readlink",
    "readlinkat", "realpath",        "recv",           "recvfrom",        "snprintf",       "sprintf",
    "stpcpy",     "stpncpy",         "strcat",         "strcpy",          "strlcat",        "strlcpy",
    "strncat",    "strncpy",         "swprintf",       "syslog",          "ttyname_r",      "vasprintf",
    "vdprintf",   "vfprintf",        "vfwprintf",      "vprintf",         "vsnprintf",      "vsprintf",
    "vswprintf",  "vsyslog",         "vwprintf",       "wcpcpy",          "wcpncpy",        "wcrtomb",
    "wcscat",     "wcscpy",          "wcslcat",        "wcslcpy",         "wcsncat",        "wcsncpy",
    "wcsnrtombs", "wcsrtombs",       "wcstombs",       "wctomb",          "wmemcpy",        "wmemmove",
    "wmempcpy",   "wmemset",         "wprintf",
});
static_assert(std::ranges::is_sorted(kFortifiable));

}  // namespace

bool is_fortifiable(std::string_view function) {
  return std::ranges::binary_search(kFortifiable, function);
}

std::string_view plain_name_of_checked(std::string_view symbol) {
  constexpr std::string_view kPrefix = "__", kSuffix = "_chk";
  if (!symbol.starts_with(kPrefix) || !symbol.ends_with(kSuffix)) return {};
  symbol.remove_prefix(kPrefix.size());
  if (symbol.size() <= kSuffix.size()) return {};
  symbol.remove_suffix(kSuffix.size());
  return is_fortifiable(symbol) ? symbol : std::string_view{};
}

}  // namespace proofmark::report
