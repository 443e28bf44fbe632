# SPDX-License-Identifier: Apache-2.0
#
# Where the inputs pinned in sysroot.lock lie once toolchains/fetch.sh has unpacked them. The directory is named by the
# hash of the lock, so a build can only ever see what the lock says.
include_guard(GLOBAL)

# _proofmark_pinned_root(OUT): the unpacked tree of the current lock; it need not exist.
function(_proofmark_pinned_root out)
  if(DEFINED ENV{PROOFMARK_CACHE} AND NOT "$ENV{PROOFMARK_CACHE}" STREQUAL "")
    set(cache "$ENV{PROOFMARK_CACHE}")
  elseif(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(cache "$ENV{XDG_CACHE_HOME}/proofmark")
  else()
    set(cache "$ENV{HOME}/.cache/proofmark")
  endif()
  file(SHA256 "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/sysroot.lock" hash)
  string(SUBSTRING "${hash}" 0 16 hash)
  set(${out} "${cache}/pinned/${hash}" PARENT_SCOPE)
endfunction()

function(_proofmark_pinned_directory kind name out)
  _proofmark_pinned_root(root)
  if(NOT IS_DIRECTORY "${root}/${kind}/${name}")
    message(FATAL_ERROR "proofmark: error: ${root}/${kind}/${name}: the pinned ${kind} '${name}' is not there\n"
      "hint: run toolchains/fetch.sh (or ./bootstrap.sh deps); sysroot.lock names what can be asked for")
  endif()
  set_property(DIRECTORY APPEND PROPERTY
    CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/sysroot.lock")
  set(${out} "${root}/${kind}/${name}" PARENT_SCOPE)
endfunction()

# proofmark_pinned_source(<name> <out>): the unpacked source tree of mbedtls, libmodbus or mosquitto.
function(proofmark_pinned_source name out)
  _proofmark_pinned_directory(source "${name}" directory)
  set(${out} "${directory}" PARENT_SCOPE)
endfunction()

# proofmark_sysroot(<arch> <out>): the sysroot of amd64 or arm64.
function(proofmark_sysroot arch out)
  _proofmark_pinned_directory(sysroot "${arch}" directory)
  set(${out} "${directory}" PARENT_SCOPE)
endfunction()
