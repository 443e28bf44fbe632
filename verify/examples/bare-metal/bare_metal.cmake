# SPDX-License-Identifier: Apache-2.0
#
#   proofmark_add_bare_metal(<target> TRUST <trust.cpp> [BOARD <board>] [SUBJECT <name>] [RELEASE]
#                            [MINIMUM_SECURITY_VERSION <n>])
#     TRUST    source with the trusted keys: proofmark pubkey KEY --format cpp, or proofmark trust compile
#     BOARD    that the mark must name, qemu-arm64 by default
#     SUBJECT  name that the mark must carry, payload by default
#     RELEASE  refuses TEST keys
#   The program is <build>/bin/<target>, an ELF file with fixed addresses. Its options are those of every device program; the
#   toolchain links for Linux, which the last two link options undo.
include_guard()
set(PROOFMARK_BARE_METAL_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE INTERNAL "")

function(proofmark_add_bare_metal target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "RELEASE" "TRUST;BOARD;SUBJECT;MINIMUM_SECURITY_VERSION" "")
  foreach(pair BOARD=qemu-arm64 SUBJECT=payload MINIMUM_SECURITY_VERSION=0)
    string(REPLACE "=" ";" pair "${pair}")
    list(GET pair 0 name)
    if(NOT DEFINED arg_${name})
      list(GET pair 1 arg_${name})
    endif()
  endforeach()
  set(d "${PROOFMARK_BARE_METAL_DIR}")
  add_executable(${target} EXCLUDE_FROM_ALL "${d}/start.cpp" "${d}/mmu.cpp" "${d}/board.cpp" "${d}/port.cpp" "${d}/message.cpp"
    "${d}/image.cpp" "${d}/main.cpp" "${PROOFMARK_LINUX_DIR}/memory.cpp" "${arg_TRUST}")
  target_compile_definitions(${target} PRIVATE BARE_METAL_BOARD="${arg_BOARD}" BARE_METAL_SUBJECT="${arg_SUBJECT}"
    BARE_METAL_RELEASE=$<BOOL:${arg_RELEASE}> BARE_METAL_MINIMUM_SECURITY_VERSION=${arg_MINIMUM_SECURITY_VERSION})
  target_link_libraries(${target} PRIVATE proofmark_verify)
  _proofmark_bare_metal_program(${target} program.ld)
endfunction()

# proofmark_add_bare_metal_payload(<target>): what the example starts, <build>/bin/<target>.bin.
function(proofmark_add_bare_metal_payload target)
  set(d "${PROOFMARK_BARE_METAL_DIR}")
  add_executable(${target} EXCLUDE_FROM_ALL "${d}/payload.cpp" "${d}/board.cpp")
  target_compile_options(${target} PRIVATE -mstrict-align) # it runs without address translation
  _proofmark_bare_metal_program(${target} payload.ld)
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND ${CMAKE_OBJCOPY} -O binary $<TARGET_FILE:${target}> $<TARGET_FILE:${target}>.bin)
endfunction()

function(_proofmark_bare_metal_program target script)
  set(script "${PROOFMARK_BARE_METAL_DIR}/${script}")
  target_link_libraries(${target} PRIVATE proofmark_options)
  target_compile_options(${target} PRIVATE ${PROOFMARK_SMALL_CODE} -ffunction-sections -fdata-sections)
  proofmark_harden(${target} FREESTANDING)
  target_link_options(${target} PRIVATE LINKER:--gc-sections LINKER:-T,${script} LINKER:-no-pie)
  set_target_properties(${target} PROPERTIES LINK_DEPENDS "${script}")
endfunction()
