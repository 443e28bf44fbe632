# SPDX-License-Identifier: Apache-2.0
#
# CMake toolchain shared by every architecture: clang-19 and lld-19, static-pie, against the pinned sysroot. amd64 is
# cross compiled like any other, so that nothing of the build machine can reach a device. CMake reads a toolchain file
# several times per configure; everything here is idempotent.
include("${CMAKE_CURRENT_LIST_DIR}/pinned.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/boards.cmake")

get_property(_proofmark_is_probe GLOBAL PROPERTY IN_TRY_COMPILE)
if(NOT _proofmark_is_probe)
  proofmark_require_boards("${PROOFMARK_ARCH}")
endif()

set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${PROOFMARK_MACHINE})
proofmark_sysroot(${PROOFMARK_ARCH} CMAKE_SYSROOT)

foreach(language C CXX ASM)
  set(CMAKE_${language}_COMPILER_TARGET ${PROOFMARK_TRIPLE})
endforeach()
set(CMAKE_C_COMPILER clang-19)
set(CMAKE_CXX_COMPILER clang++-19)
set(CMAKE_ASM_COMPILER clang-19)
foreach(tool AR RANLIB NM OBJCOPY OBJDUMP READELF STRIP ADDR2LINE)
  string(TOLOWER "llvm-${tool}-19" program)
  find_program(CMAKE_${tool} "${program}" REQUIRED)
endforeach()
find_program(CMAKE_LINKER ld.lld-19 REQUIRED)

# Firmware is optimised and its symbols are kept: without a build type CMake would pass neither -O nor -g, and the policy
# would refuse every unit.
set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type")

# Headers and libraries come from the sysroot or from targets of this build, programs from the build machine.
set(CMAKE_FIND_ROOT_PATH "${CMAKE_SYSROOT}")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

if(NOT CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL PROOFMARK_MACHINE)
  find_program(PROOFMARK_EMULATOR_PATH NAMES ${PROOFMARK_EMULATOR}-static ${PROOFMARK_EMULATOR})
  if(PROOFMARK_EMULATOR_PATH)
    set(CMAKE_CROSSCOMPILING_EMULATOR "${PROOFMARK_EMULATOR_PATH}")
  endif()
endif()

# No path of the build machine may enter an object, in debug information or in __FILE__. Of several maps that match, the
# last one given wins, so the most specific directory comes last.
cmake_path(GET CMAKE_SYSROOT PARENT_PATH _proofmark_sysroots)
cmake_path(GET _proofmark_sysroots PARENT_PATH _proofmark_pinned)
string(JOIN " " _proofmark_flags
  "-ffile-prefix-map=${CMAKE_SOURCE_DIR}=/src"
  "-ffile-prefix-map=${CMAKE_BINARY_DIR}=/build"
  "-ffile-prefix-map=${_proofmark_pinned}/source=/src/third_party"
  "-ffile-prefix-map=${CMAKE_SYSROOT}=/sysroot"
  -fPIE)
set(CMAKE_C_FLAGS_INIT "${_proofmark_flags}")
set(CMAKE_CXX_FLAGS_INIT "${_proofmark_flags}")
set(CMAKE_ASM_FLAGS_INIT "${_proofmark_flags}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-fuse-ld=lld-19 -static-pie -Wl,--build-id=sha1")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-fuse-ld=lld-19 -Wl,--build-id=sha1")

# The flags above are remembered from the first configure of a build directory; a new lock means another sysroot.
if(NOT _proofmark_is_probe)
  if(DEFINED CACHE{PROOFMARK_PINNED_ROOT} AND NOT PROOFMARK_PINNED_ROOT STREQUAL _proofmark_pinned)
    message(FATAL_ERROR "proofmark: error: ${CMAKE_BINARY_DIR}: configured for other pinned inputs "
      "(expected ${_proofmark_pinned}, found ${PROOFMARK_PINNED_ROOT})\n"
      "hint: sysroot.lock or PROOFMARK_CACHE changed: cmake --fresh --preset ${PROOFMARK_ARCH}")
  endif()
  set(PROOFMARK_PINNED_ROOT "${_proofmark_pinned}" CACHE INTERNAL "Unpacked inputs of toolchains/sysroot.lock")
  if(NOT DEFINED CMAKE_PROJECT_INCLUDE)
    set(CMAKE_PROJECT_INCLUDE "${CMAKE_CURRENT_LIST_DIR}/project.cmake")
  endif()
endif()
