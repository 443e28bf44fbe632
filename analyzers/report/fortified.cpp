// SPDX-License-Identifier: Apache-2.0
//
// From the headers bits/*2.h and bits/*-fortified.h of glibc 2.41; each list is sorted for the search.
#include "report/fortified.h"

#include <algorithm>

namespace proofmark::report {
namespace {

// With level 2 or 3 a call becomes __<name>_chk whatever its arguments are: it is their %n that is checked.
constexpr std::string_view kAlways[] = {"asprintf",  "dprintf", "fprintf",   "fwprintf", "obstack_printf",
                                        "printf",    "syslog",  "vasprintf", "vdprintf", "vfprintf",
                                        "vfwprintf", "vprintf", "vsyslog",   "vwprintf", "wprintf"};
constexpr std::string_view kSometimes[] = {
    "confstr",   "explicit_bzero", "fgets",      "fgets_unlocked", "fgetws",     "fread",    "fread_unlocked",
    "getcwd",    "getdomainname",  "getgroups",  "gethostname",    "getlogin_r", "gets",     "getwd",
    "inet_ntop", "inet_pton",      "mbsnrtowcs", "mbsrtowcs",      "mbstowcs",   "memcpy",   "memmove",
    "mempcpy",   "memset",         "poll",       "ppoll",          "pread",      "pread64",  "ptsname_r",
    "read",      "readlink",       "readlinkat", "realpath",       "recv",       "recvfrom", "snprintf",
    "sprintf",   "stpcpy",         "stpncpy",    "strcat",         "strcpy",     "strlcat",  "strlcpy",
    "strncat",   "strncpy",        "swprintf",   "ttyname_r",      "vsnprintf",  "vsprintf", "vswprintf",
    "wcpcpy",    "wcpncpy",        "wcrtomb",    "wcscat",         "wcscpy",     "wcslcat",  "wcslcpy",
    "wcsncat",   "wcsncpy",        "wcsnrtombs", "wcsrtombs",      "wcstombs",   "wctomb",   "wmemcpy",
    "wmemmove",  "wmempcpy",       "wmemset"};
static_assert(std::ranges::is_sorted(kAlways) && std::ranges::is_sorted(kSometimes));

}  // namespace

bool is_checked_variant(std::string_view name) {
  return name.starts_with("__") && name.ends_with("_chk") && name != "__stack_chk";
}

bool is_always_fortified(std::string_view name) {
  return std::ranges::binary_search(kAlways, name);
}

bool is_fortifiable(std::string_view name) {
  return is_always_fortified(name) || std::ranges::binary_search(kSometimes, name);
}

}  // namespace proofmark::report
