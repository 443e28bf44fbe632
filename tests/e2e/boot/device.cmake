# SPDX-License-Identifier: Apache-2.0
#
# Device half of the boot tests: proofmark-init with the test keys and test boards, and the systems that it starts.
set(boot_tests "${PROJECT_SOURCE_DIR}/tests/e2e/boot")

proofmark_add_init(proofmark-init-test TRUST "${trust}" BOARD qemu-${PROOFMARK_ARCH} BOOT "${boot_tests}/boards/many.json"
  MINIMUM_SECURITY_VERSION 5)

foreach(board state halt)
  proofmark_add_init(proofmark-init-${board} TRUST "${trust}" BOARD qemu-${PROOFMARK_ARCH} BOOT "${boot_tests}/boards/${board}.json"
    MINIMUM_SECURITY_VERSION 5)
endforeach()
proofmark_add_state(proofmark-state-test BOARD qemu-${PROOFMARK_ARCH} BOOT "${boot_tests}/boards/state.json")

foreach(pair guest=guest_init gateway-system=gateway_system plain-init=plain_init)
  string(REGEX MATCH "^(.*)=(.*)$" pair "${pair}")
  add_executable(proofmark-test-${CMAKE_MATCH_1} EXCLUDE_FROM_ALL "${boot_tests}/${CMAKE_MATCH_2}.c")
  target_compile_definitions(proofmark-test-${CMAKE_MATCH_1} PRIVATE _GNU_SOURCE)
  proofmark_harden(proofmark-test-${CMAKE_MATCH_1})
  target_link_options(proofmark-test-${CMAKE_MATCH_1} PRIVATE LINKER:--strip-all)
endforeach()
cmake_language(DEFER CALL add_dependencies proofmark_boot_tests proofmark-test-plain-init) # tests/bench/boot.sh

# The heat meter of the gateway's own tests, for the guest.
set(gateway "${PROJECT_SOURCE_DIR}/tests/firmware/gateway")
include("${gateway}/third_party/libmodbus.cmake")
add_executable(proofmark-test-meter EXCLUDE_FROM_ALL "${boot_tests}/../gateway/modbus_server.c"
  "${gateway}/src/network/numeric_address.c" ${GATEWAY_LIBMODBUS_SOURCES})
target_include_directories(proofmark-test-meter PRIVATE "${gateway}/src" ${GATEWAY_LIBMODBUS_INCLUDES})
target_compile_definitions(proofmark-test-meter PRIVATE ${GATEWAY_LIBMODBUS_DEFINITIONS})
proofmark_harden(proofmark-test-meter THIRD_PARTY)
target_compile_options(proofmark-test-meter PRIVATE -w)  # most of it is not our code; the host compiles ours with warnings
target_link_options(proofmark-test-meter PRIVATE LINKER:--strip-all)

# With a TPM, needed or not, and with trust that the real signer can be told about.
configure_file("${boot_tests}/tpm_trust.inc" "${CMAKE_CURRENT_BINARY_DIR}/tpm_trust.cpp" COPYONLY)
proofmark_add_init(proofmark-init-tpm TRUST "${CMAKE_CURRENT_BINARY_DIR}/tpm_trust.cpp" BOARD qemu-${PROOFMARK_ARCH}
  BOOT "${boot_tests}/boards/tpm.json" MINIMUM_SECURITY_VERSION 5)
proofmark_add_init(proofmark-init-tpm-optional TRUST "${CMAKE_CURRENT_BINARY_DIR}/tpm_trust.cpp"
  BOARD qemu-${PROOFMARK_ARCH} BOOT "${boot_tests}/boards/tpm_optional.json" MINIMUM_SECURITY_VERSION 5)
proofmark_add_init(proofmark-init-tpm-counter TRUST "${CMAKE_CURRENT_BINARY_DIR}/tpm_trust.cpp"
  BOARD qemu-${PROOFMARK_ARCH} BOOT "${boot_tests}/boards/tpm_counter.json" MINIMUM_SECURITY_VERSION 5)
add_executable(proofmark-test-tpm-guest EXCLUDE_FROM_ALL "${boot_tests}/tpm_guest.c")
proofmark_harden(proofmark-test-tpm-guest)
target_link_options(proofmark-test-tpm-guest PRIVATE LINKER:--strip-all)

add_executable(proofmark-test-verity EXCLUDE_FROM_ALL "${boot_tests}/verity_guest.c")
target_compile_definitions(proofmark-test-verity PRIVATE _GNU_SOURCE)
proofmark_harden(proofmark-test-verity)
target_link_options(proofmark-test-verity PRIVATE LINKER:--strip-all)

add_custom_target(proofmark_boot_tests DEPENDS proofmark-test-verity proofmark-init-test proofmark-init-state proofmark-init-halt proofmark-state-test
  proofmark-init-tpm proofmark-init-tpm-optional proofmark-init-tpm-counter proofmark-test-tpm-guest proofmark-test-guest proofmark-test-gateway-system proofmark-test-meter)
