# SPDX-License-Identifier: Apache-2.0
#
# Installs the signer for other build systems; docs/library.md shows the use. Component `signer-programs`: the command line with
# boards and policies. Component `signer-library`: headers, static libraries, a CMake package and a pkg-config file; the
# libraries behind it lie in a folder of their own, so that our mbedTLS is never taken for the system's.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(PROGRAMS "$<TARGET_FILE:proofmark>" "$<TARGET_FILE:proofmark-sign>" DESTINATION "${CMAKE_INSTALL_BINDIR}"
  COMPONENT signer-programs)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/boards" DESTINATION "${CMAKE_INSTALL_DATADIR}/proofmark" COMPONENT signer-programs
  FILES_MATCHING PATTERN "*.json")

set(component signer-library)

install(DIRECTORY "${PROJECT_SOURCE_DIR}/signer/include/" "${PROJECT_SOURCE_DIR}/verify/include/"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT ${component}
  FILES_MATCHING PATTERN "*.h" PATTERN "cbor.h" EXCLUDE PATTERN "digest.h" EXCLUDE PATTERN "elf_image.h" EXCLUDE)
install(FILES "$<TARGET_FILE:proofmark_sign_library>" DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT ${component})
foreach(part proofmark_verify_host proofmark_port_libc mbedcrypto)
  string(REPLACE "proofmark_" "" name "${part}")
  install(FILES "$<TARGET_FILE:${part}>" DESTINATION "${CMAKE_INSTALL_LIBDIR}/proofmark" RENAME "libproofmark_${name}.a"
    COMPONENT ${component})
endforeach()

set(package "${CMAKE_INSTALL_LIBDIR}/cmake/proofmark-sign")
configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/proofmark-sign-config.cmake.in"
  "${PROJECT_BINARY_DIR}/package/proofmark-sign-config.cmake" INSTALL_DESTINATION "${package}"
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/proofmark-sign-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/package/proofmark-sign-config.cmake"
  "${PROJECT_BINARY_DIR}/package/proofmark-sign-config-version.cmake" DESTINATION "${package}" COMPONENT ${component})

# At install time, because only then the prefix is known (cmake --install --prefix).
install(CODE "
  set(PROJECT_VERSION \"${PROJECT_VERSION}\")
  set(CMAKE_INSTALL_LIBDIR \"${CMAKE_INSTALL_LIBDIR}\")
  set(CMAKE_INSTALL_INCLUDEDIR \"${CMAKE_INSTALL_INCLUDEDIR}\")
  configure_file(\"${CMAKE_CURRENT_LIST_DIR}/proofmark-sign.pc.in\" \"${PROJECT_BINARY_DIR}/package/proofmark-sign.pc\" @ONLY)
" COMPONENT ${component})
install(FILES "${PROJECT_BINARY_DIR}/package/proofmark-sign.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
  COMPONENT ${component})
