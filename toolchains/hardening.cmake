# SPDX-License-Identifier: Apache-2.0
#
# The compiler hardening set of the OpenSSF guide (Compiler Options Hardening Guide for C and C++, 2026-06), written
# down once, per compiler and architecture. `proofmark_harden(<target>)` applies it, the analyzers prove that it came
# through.
#
#   proofmark_harden(<target> [THIRD_PARTY] [FREESTANDING | NO_EXCEPTIONS])
#     THIRD_PARTY   the same code generation, but only the warnings that are errors: the code is not ours to tidy
#     FREESTANDING  no libc: FORTIFY and library assertions, which call into one, are left out
#     NO_EXCEPTIONS compiles C++ without exceptions, which on arm64 buys back the BTI mark (see below)
#   proofmark_hardening_flags(<compile-var> <link-var> ...)
#     the same as two lists, for INTERFACE libraries
#
# Left out, with reason:
#   -z pac-plt (arm64)     a static-pie signs no PLT entries at start-up, so its first indirect call would fault
#   BTI of C++ on arm64    clang before 22 puts no `bti j` on the landing pads of exceptions (llvm issue 149267), which
#                          libgcc's unwinder reaches by `br`: a marked program dies with SIGILL at its first catch on a
#                          CPU with BTI. C++ that may throw therefore gets PAC alone and no mark
#   -z cet-report (amd64)  glibc's start files carry no CET note, so a libc program has the instructions without the
#                          mark; a FREESTANDING one has both and is held to it
#   -fexceptions for C     only matters to cancelled threads, and costs unwind tables
include_guard(DIRECTORY) # its lists are variables, so each directory that is not below an includer needs them anew

set(_PROOFMARK_CODE
  -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=zero
  -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing)
set(_PROOFMARK_CODE_clang -fstrict-flex-arrays=3)
set(_PROOFMARK_CODE_gcc
  $<$<VERSION_GREATER_EQUAL:$<C_COMPILER_VERSION>,13>:-fstrict-flex-arrays=3>
  $<$<VERSION_GREATER_EQUAL:$<C_COMPILER_VERSION>,15>:-fzero-init-padding-bits=all>)
set(_PROOFMARK_BRANCH_amd64 -fcf-protection=full)
set(_PROOFMARK_BRANCH_arm64 -mbranch-protection=standard)
set(_PROOFMARK_BRANCH_arm64_throwing $<$<COMPILE_LANGUAGE:CXX>:-mbranch-protection=pac-ret>)

set(_PROOFMARK_LIBC -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 $<$<COMPILE_LANGUAGE:CXX>:-D_GLIBCXX_ASSERTIONS>)
set(_PROOFMARK_FREESTANDING
  -U_FORTIFY_SOURCE -ffreestanding $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti>
  $<$<COMPILE_LANGUAGE:CXX>:-fno-threadsafe-statics>)
set(_PROOFMARK_NO_EXCEPTIONS $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)

set(_PROOFMARK_ERRORS
  -Wformat -Werror=format-security -Wdate-time -Werror=date-time
  $<$<COMPILE_LANGUAGE:C>:-Werror=implicit> $<$<COMPILE_LANGUAGE:C>:-Werror=implicit-function-declaration>
  $<$<COMPILE_LANGUAGE:C>:-Werror=incompatible-pointer-types> $<$<COMPILE_LANGUAGE:C>:-Werror=int-conversion>)
set(_PROOFMARK_WARNINGS -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wimplicit-fallthrough)
set(_PROOFMARK_WARNINGS_gcc -Wtrampolines $<$<VERSION_GREATER_EQUAL:$<C_COMPILER_VERSION>,12>:-Wbidi-chars=any>)

set(_PROOFMARK_LINK
  -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code -Wl,--as-needed -Wl,--build-id=sha1)
# With clang the linker is lld, which fails on an unmarked input; the GNU linker of gcc 12 only warns about force-bti.
set(_PROOFMARK_LINK_clang_arm64 -Wl,-z,force-bti,-z,bti-report=error)
set(_PROOFMARK_LINK_clang_arm64_throwing $<$<NOT:$<LINK_LANGUAGE:CXX>>:-Wl,-z,force-bti,-z,bti-report=error>)
set(_PROOFMARK_LINK_freestanding -nostdlib)
set(_PROOFMARK_LINK_freestanding_clang_amd64 -Wl,-z,cet-report=error)

# _proofmark_hardening_target(COMPILER-OUT ARCH-OUT): clang|gcc and amd64|arm64 of this configure.
function(_proofmark_hardening_target compiler arch)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "^(Clang|GNU)$")
    message(FATAL_ERROR "proofmark: error: ${CMAKE_C_COMPILER}: no hardening set for this compiler "
      "(expected Clang or GNU, found ${CMAKE_C_COMPILER_ID})")
  endif()
  string(REPLACE "GNU" gcc id "${CMAKE_C_COMPILER_ID}")
  string(TOLOWER "${id}" id)
  set(found "${PROOFMARK_ARCH}")
  if(NOT found)
    string(REPLACE x86_64 amd64 found "${CMAKE_SYSTEM_PROCESSOR}")
    string(REPLACE aarch64 arm64 found "${found}")
  endif()
  if(NOT DEFINED _PROOFMARK_BRANCH_${found})
    message(FATAL_ERROR "proofmark: error: no hardening set for this architecture "
      "(expected amd64 or arm64, found ${found})")
  endif()
  set(${compiler} "${id}" PARENT_SCOPE)
  set(${arch} "${found}" PARENT_SCOPE)
endfunction()

function(proofmark_hardening_flags compile_out link_out)
  cmake_parse_arguments(PARSE_ARGV 2 arg "THIRD_PARTY;FREESTANDING;NO_EXCEPTIONS" "" "")
  _proofmark_hardening_target(compiler arch)
  set(throwing "")
  if(compiler STREQUAL clang AND CMAKE_C_COMPILER_VERSION VERSION_LESS 22
     AND NOT arg_FREESTANDING AND NOT arg_NO_EXCEPTIONS AND DEFINED _PROOFMARK_BRANCH_${arch}_throwing)
    set(throwing _throwing)
  endif()

  set(compile ${_PROOFMARK_CODE} ${_PROOFMARK_CODE_${compiler}})
  set(link ${_PROOFMARK_LINK} ${_PROOFMARK_LINK_${compiler}_${arch}${throwing}})
  if(arg_FREESTANDING)
    list(APPEND compile ${_PROOFMARK_FREESTANDING})
    list(APPEND link ${_PROOFMARK_LINK_freestanding} ${_PROOFMARK_LINK_freestanding_${compiler}_${arch}})
  else()
    list(APPEND compile ${_PROOFMARK_LIBC})
  endif()
  if(arg_FREESTANDING OR arg_NO_EXCEPTIONS)
    list(APPEND compile ${_PROOFMARK_NO_EXCEPTIONS})
  endif()
  if(NOT arg_THIRD_PARTY)
    list(APPEND compile ${_PROOFMARK_WARNINGS} ${_PROOFMARK_WARNINGS_${compiler}})
  endif()
  list(APPEND compile ${_PROOFMARK_ERRORS})

  # Assembly takes the branch protection only: it makes the compiler define what hand-written code must test.
  set(branch ${_PROOFMARK_BRANCH_${arch}})
  if(throwing)
    list(APPEND branch ${_PROOFMARK_BRANCH_${arch}_throwing}) # the last one wins
  endif()
  set(${compile_out} "$<$<COMPILE_LANGUAGE:C,CXX>:${compile}>" ${branch} PARENT_SCOPE)
  set(${link_out} ${link} PARENT_SCOPE)
endfunction()

function(proofmark_harden target)
  proofmark_hardening_flags(compile link ${ARGN})
  target_compile_options(${target} PRIVATE ${compile})
  get_target_property(type ${target} TYPE)
  if(NOT type STREQUAL "STATIC_LIBRARY" AND NOT type STREQUAL "OBJECT_LIBRARY")
    target_link_options(${target} PRIVATE ${link})
  endif()
endfunction()
