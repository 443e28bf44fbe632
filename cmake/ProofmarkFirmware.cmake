# SPDX-License-Identifier: Apache-2.0
#
# The public module: turns sources into a proved, signed and verified firmware, one Ninja edge per step and per board.
#
#   proofmark_firmware_library(<name> SOURCES <file>... [BOARD <board>...] [INCLUDES <dir>...] [DEFINITIONS <def>...]
#                              [OPTIONS <flag>...] [THIRD_PARTY])
#   proofmark_firmware(<target> BOARD <board>... SOURCES <file>... [LIBRARIES <name>...] [INCLUDES <dir>...]
#                      [DEFINITIONS <def>...] [WAIVERS <file>] [SECURITY_VERSION <n>] [CONFIGURATION <name>])
#   proofmark_configuration(<name> CONFIG <file.json> [ENV <environment>] [CERT_HASH sha256:<hex>] [SET <key=value>...])
#   proofmark_device_programs(BOARD <board>...)
#
# Boards of another architecture than the toolchain's are left to the build that serves them. For each other board B the
# edges are: compile and link -> <target>.elf | check one unit, check the link -> evidence | split symbols -> <target> and
# debug/.build-id | audit -> evidence | report -> report.html | sign -> <target>.signed | verify -> <target>.verified. The target <target>.B
# asks for all of them; everything lands in <build>/firmware/<target>.B/.

include(ProofmarkBoards)
include("${CMAKE_CURRENT_LIST_DIR}/../toolchains/hardening.cmake")
include(ProofmarkSteps)

# A static library for each board, named <name>.<board>; THIRD_PARTY keeps its own warnings from failing the build.
function(proofmark_firmware_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "THIRD_PARTY" "" "BOARD;SOURCES;INCLUDES;DEFINITIONS;OPTIONS")
  if(NOT arg_BOARD)
    set(arg_BOARD ${PROOFMARK_BOARDS})
  endif()
  proofmark_boards_for_this_arch(boards ${arg_BOARD})
  foreach(board IN LISTS boards)
    set(target "${name}.${board}")
    set(kind "")
    if(arg_THIRD_PARTY)
      set(kind THIRD_PARTY)
    endif()
    add_library(${target} STATIC EXCLUDE_FROM_ALL ${arg_SOURCES})
    target_include_directories(${target} PRIVATE ${arg_INCLUDES})
    target_compile_definitions(${target} PRIVATE ${arg_DEFINITIONS})
    target_compile_options(${target} PRIVATE ${arg_OPTIONS})
    _proofmark_for_board(${target} ${board} "${kind}")
    _proofmark_remember_units(${target} ${arg_SOURCES})
  endforeach()
endfunction()

# Read-only data out of a configuration (docs/configuration.md), for proofmark_firmware(... CONFIGURATION <name>). The header
# is <name>.h.
function(proofmark_configuration name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CONFIG;ENV;CERT_HASH" "SET")
  if(NOT arg_CONFIG)
    message(FATAL_ERROR "proofmark: error: ${name}: no configuration given (expected CONFIG <file.json>)")
  endif()
  cmake_path(ABSOLUTE_PATH arg_CONFIG BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
  set(out "${PROJECT_BINARY_DIR}/configuration/${name}")
  file(MAKE_DIRECTORY "${out}")
  set(options "")
  if(arg_ENV)
    list(APPEND options --env "${arg_ENV}")
  endif()
  if(arg_CERT_HASH)
    list(APPEND options --cert-hash "${arg_CERT_HASH}")
  endif()
  foreach(setting IN LISTS arg_SET)
    list(APPEND options --set "${setting}")
  endforeach()
  add_custom_command(OUTPUT "${out}/${name}.c" "${out}/${name}.h" "${out}/${name}.binding.json"
    COMMAND "${_proofmark}" configure ${options} "${arg_CONFIG}" -o "${out}/${name}.c"
    DEPENDS "${arg_CONFIG}" "${PROOFMARK_HOST_TOOLS}/bin/proofmark-sign"
    COMMENT "Compiling configuration ${name}" VERBATIM)
  set_property(GLOBAL PROPERTY PROOFMARK_CONFIGURATION_${name} "${out}")
endfunction()

function(proofmark_firmware name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "WAIVERS;SECURITY_VERSION;CONFIGURATION" "BOARD;SOURCES;LIBRARIES;INCLUDES;DEFINITIONS")
  if(NOT arg_SECURITY_VERSION)
    set(arg_SECURITY_VERSION 1)
  endif()
  set(binding "")
  if(arg_CONFIGURATION)
    get_property(configuration GLOBAL PROPERTY PROOFMARK_CONFIGURATION_${arg_CONFIGURATION})
    if(NOT configuration)
      message(FATAL_ERROR "proofmark: error: ${name}: no configuration ${arg_CONFIGURATION} (expected proofmark_configuration() before)")
    endif()
    list(APPEND arg_SOURCES "${configuration}/${arg_CONFIGURATION}.c")
    list(APPEND arg_INCLUDES "${configuration}")
    set(binding "${configuration}/${arg_CONFIGURATION}.binding.json")
  endif()
  proofmark_boards_for_this_arch(boards ${arg_BOARD})
  foreach(board IN LISTS boards)
    set(target "${name}.${board}")
    set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
    file(MAKE_DIRECTORY "${out}")
    add_executable(${target}.elf EXCLUDE_FROM_ALL ${arg_SOURCES})
    set_target_properties(${target}.elf PROPERTIES OUTPUT_NAME "${name}.elf" RUNTIME_OUTPUT_DIRECTORY "${out}")
    target_include_directories(${target}.elf PRIVATE ${arg_INCLUDES})
    target_compile_definitions(${target}.elf PRIVATE ${arg_DEFINITIONS})
    list(TRANSFORM arg_LIBRARIES APPEND ".${board}" OUTPUT_VARIABLE libraries)
    target_link_libraries(${target}.elf PRIVATE ${libraries})
    target_link_options(${target}.elf PRIVATE "LINKER:--Map=${out}/${name}.map")
    _proofmark_for_board(${target}.elf ${board} "")
    _proofmark_remember_units(${target}.elf ${arg_SOURCES})
    _proofmark_pipeline(${target} ${name} ${board} "${libraries}" "${arg_WAIVERS}" ${arg_SECURITY_VERSION}
      "${binding}")
  endforeach()
endfunction()

# proofmark-exec for each board, with the trust store of the firmware key compiled in. A key of one's own makes a release
# build, which refuses test keys; only the key made here may be one.
function(proofmark_device_programs)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "BOARD")
  set(release "")
  if(PROOFMARK_KEY)
    set(release RELEASE)
  endif()
  proofmark_boards_for_this_arch(boards ${arg_BOARD})
  foreach(board IN LISTS boards)
    proofmark_add_exec(proofmark-exec.${board} TRUST "${PROOFMARK_TRUST_SOURCE}" BOARD ${board} ${release})
    set_target_properties(proofmark-exec.${board} PROPERTIES EXCLUDE_FROM_ALL OFF)
  endforeach()
endfunction()

# What a board adds to a target: CPU flags and the hardening set.
function(_proofmark_for_board target board kind)
  proofmark_board_get_list(${board} cpu_flags cpu_flags)
  target_compile_options(${target} PRIVATE ${cpu_flags})
  if(kind STREQUAL "")
    proofmark_harden(${target})
  else()
    proofmark_harden(${target} ${kind})
  endif()
endfunction()

# Keeps the absolute paths of a target's C and C++ units: each becomes a check edge of the firmware that links it.
function(_proofmark_remember_units target)
  set(units "")
  foreach(source IN LISTS ARGN)
    if(source MATCHES "\\.(c|cc|cpp|cxx)$")
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE OUTPUT_VARIABLE unit)
      list(APPEND units "${unit}")
    endif()
  endforeach()
  set_property(TARGET ${target} PROPERTY PROOFMARK_UNITS "${units}")
endfunction()
