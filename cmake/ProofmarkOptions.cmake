# SPDX-License-Identifier: Apache-2.0
#
# What every target of this tree has in common: the language level, warnings as errors, where binaries land, and
# whether this is a host or a device configure.

option(PROOFMARK_BUILD_TESTS "Build the tests (host only)" ON)
option(PROOFMARK_WERROR "Treat warnings in our own code as errors" ON)

# toolchains/common.cmake sets PROOFMARK_ARCH; nothing else may, so a plain cross file cannot slip past the pinned sysroot.
if(DEFINED PROOFMARK_ARCH)
  set(PROOFMARK_DEVICE_BUILD ON)
elseif(CMAKE_CROSSCOMPILING)
  message(FATAL_ERROR "proofmark: error: cross compiling without a Proofmark toolchain file "
    "(expected toolchains/amd64.cmake or toolchains/arm64.cmake)\nhint: cmake --preset amd64, or --preset arm64")
else()
  set(PROOFMARK_DEVICE_BUILD OFF)
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)

add_library(proofmark_options INTERFACE)
target_compile_options(proofmark_options INTERFACE
  -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wimplicit-fallthrough
  $<$<BOOL:${PROOFMARK_WERROR}>:-Werror>)
target_compile_definitions(proofmark_options INTERFACE PROOFMARK_VERSION="${PROJECT_VERSION}")

# Tools look for the boards beside themselves (<bin>/../share/proofmark/boards); in the build tree that is a link.
if(NOT PROOFMARK_DEVICE_BUILD)
  file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/share/proofmark")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/boards" "${PROJECT_BINARY_DIR}/share/proofmark/boards" SYMBOLIC)
endif()
