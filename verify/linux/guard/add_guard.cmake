# SPDX-License-Identifier: Apache-2.0
#
#   proofmark_add_guard(<target> TRUST <trust.cpp> BOARD <board> [GUARD <file.json>] [RELEASE] [THRESHOLD <n>]
#                       [MINIMUM_SECURITY_VERSION <n>] [PROPERTIES <name>...])
#     TRUST      source with the trusted keys: proofmark trust compile, or pubkey --format cpp (then no trust stores)
#     GUARD      file with the "guard" section, in the place of the board's own
#     the others as for proofmark_add_exec()
#   The program is <build>/bin/<target>, stripped; debug information beside it.
include_guard()
include(ProofmarkBoards)
set(PROOFMARK_GUARD_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE INTERNAL "")

function(proofmark_add_guard target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RELEASE" "TRUST;BOARD;GUARD;THRESHOLD;MINIMUM_SECURITY_VERSION" "PROPERTIES")
  if(NOT arg_BOARD OR NOT arg_TRUST)
    message(FATAL_ERROR "proofmark: error: ${target}: no board or no trust given (expected BOARD <board> TRUST <file>)")
  endif()
  _proofmark_device_policy(${target}) # sets the defaults of THRESHOLD and the like
  _proofmark_guard_policy(${target})
  set(d "${PROOFMARK_GUARD_DIR}")
  set(l "${PROOFMARK_LINUX_DIR}")
  add_executable(${target} EXCLUDE_FROM_ALL
    "${d}/audit.cpp" "${d}/cache.cpp" "${d}/decision.cpp" "${d}/guard.cpp" "${d}/holds.cpp" "${d}/learned.cpp" "${d}/supervisor.cpp"
    "${d}/system.cpp" "${d}/worker.cpp" "${l}/init/checked_bundle.cpp" "${l}/init/system.cpp" "${arg_TRUST}")
  target_include_directories(${target} PRIVATE "${d}")
  _proofmark_device_program(${target} ${PROOFMARK_SMALL_CODE})
endfunction()

# Writes guard_policy_data.h.
macro(_proofmark_guard_policy target)
  if(arg_GUARD)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${arg_GUARD}")
    file(READ "${arg_GUARD}" guard)
  else()
    proofmark_board_get("${arg_BOARD}" guard guard)
  endif()
  if(NOT guard)
    message(FATAL_ERROR "proofmark: error: ${target}: board '${arg_BOARD}' has no \"guard\" section")
  endif()
  _proofmark_guard_mounts("${guard}" mounts)
  _proofmark_boot_texts("${guard}" root=/ bundle=none trust_store=none log=none log_bytes=1048576 records_per_second=50
    unstable=refuse scripts=refuse loaders=refuse unproven=refuse failing=closed)
  foreach(key bundle trust_store log)
    string(REGEX REPLACE "^none$" "" ${key} "${${key}}")
  endforeach()
  _proofmark_boot_choice("${unstable}" accept_unstable accept=true refuse=false)
  _proofmark_boot_choice("${scripts}" accept_scripts accept=true refuse=false)
  _proofmark_boot_choice("${loaders}" accept_loaders accept=true refuse=false)
  _proofmark_boot_choice("${unproven}" allow_unproven accept=true refuse=false)
  _proofmark_boot_choice("${failing}" failing closed=kClosed open=kOpen reboot=kReboot halt=kHalt)
  configure_file("${PROOFMARK_GUARD_DIR}/guard_policy_data.h.in"
    "${CMAKE_CURRENT_BINARY_DIR}/${target}.policy/guard_policy_data.h" @ONLY)
endmacro()

function(_proofmark_guard_mounts guard out)
  string(JSON count LENGTH "${guard}" mounts)
  math(EXPR last "${count} - 1")
  set(mounts "")
  foreach(index RANGE ${last})
    string(JSON mount GET "${guard}" mounts ${index})
    if(NOT mount MATCHES "^/[-A-Za-z0-9/_.]*$")
      message(FATAL_ERROR "proofmark: error: guard: mount '${mount}' cannot be used (expected an absolute path)")
    endif()
    string(APPEND mounts "\"${mount}\", ")
  endforeach()
  set(${out} "${mounts}" PARENT_SCOPE)
endfunction()
