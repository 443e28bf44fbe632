# SPDX-License-Identifier: Apache-2.0
#
# Writes down which programs turn sources into binaries: path, version and SHA-256 of compiler, linker and assembler,
# of CMake and Ninja, and the hash of sysroot.lock. Debian's LLVM programs are thin: their code is in shared libraries,
# which are therefore hashed too.
include_guard(GLOBAL)

# _proofmark_record_libraries(PROGRAM OUT): JSON object, path to SHA-256, of the LLVM libraries PROGRAM loads.
function(_proofmark_record_libraries program out)
  set(json "{}")
  execute_process(COMMAND ldd "${program}" OUTPUT_VARIABLE lines ERROR_QUIET)
  string(REGEX MATCHALL "/[^ \n]*lib(LLVM|clang)[^ \n]*" libraries "${lines}")
  foreach(library IN LISTS libraries)
    file(REAL_PATH "${library}" library)
    file(SHA256 "${library}" hash)
    string(JSON json SET "${json}" "${library}" "\"${hash}\"")
  endforeach()
  set(${out} "${json}" PARENT_SCOPE)
endfunction()

# _proofmark_record_program(JSON KEY PROGRAM): adds one program to the document in the variable JSON. A program that
# cannot be found is recorded as null: whoever compares two records must see that nothing is known.
function(_proofmark_record_program variable key program)
  set(json "${${variable}}")
  if(NOT program OR NOT EXISTS "${program}")
    string(JSON json SET "${json}" "${key}" "null")
    set(${variable} "${json}" PARENT_SCOPE)
    return()
  endif()
  execute_process(COMMAND "${program}" --version OUTPUT_VARIABLE version ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REGEX REPLACE "\n.*" "" version "${version}")
  string(REGEX REPLACE "[\"\\]" "" version "${version}")
  file(REAL_PATH "${program}" real)
  file(SHA256 "${real}" hash)
  _proofmark_record_libraries("${real}" libraries)
  string(JSON json SET "${json}" "${key}"
    "{\"path\":\"${program}\",\"version\":\"${version}\",\"sha256\":\"${hash}\",\"libraries\":${libraries}}")
  set(${variable} "${json}" PARENT_SCOPE)
endfunction()

# _proofmark_used(NAME OUT): the file the compiler itself would run as linker or assembler.
function(_proofmark_used name out)
  execute_process(COMMAND "${CMAKE_C_COMPILER}" "-print-prog-name=${name}"
    OUTPUT_VARIABLE path ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT IS_ABSOLUTE "${path}")
    find_program(path_${name} "${path}" NO_CACHE)
    set(path "${path_${name}}")
  endif()
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# proofmark_record_toolchain(FILE)
function(proofmark_record_toolchain file)
  set(linker_name ld)
  if("${CMAKE_EXE_LINKER_FLAGS}" MATCHES "-fuse-ld=([^ ]+)")
    set(linker_name "ld.${CMAKE_MATCH_1}")
  endif()
  _proofmark_used("${linker_name}" linker)
  set(assembler "${CMAKE_C_COMPILER}") # clang assembles by itself
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    _proofmark_used(as assembler)
  endif()
  set(json "{}")
  _proofmark_record_program(json compiler "${CMAKE_C_COMPILER}")
  _proofmark_record_program(json cxx_compiler "${CMAKE_CXX_COMPILER}")
  _proofmark_record_program(json linker "${linker}")
  _proofmark_record_program(json assembler "${assembler}")
  _proofmark_record_program(json cmake "${CMAKE_COMMAND}")
  _proofmark_record_program(json ninja "${CMAKE_MAKE_PROGRAM}")
  file(SHA256 "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/sysroot.lock" lock_hash)
  string(JSON json SET "${json}" sysroot_lock_sha256 "\"${lock_hash}\"")
  file(CONFIGURE OUTPUT "${file}" CONTENT "${json}\n" @ONLY) # leaves an equal file alone
endfunction()
