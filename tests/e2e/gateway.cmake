# SPDX-License-Identifier: Apache-2.0
#
# End-to-end tests of the sample gateway against a real Modbus server and a real MQTT broker: once built for the host
# from the same sources, and once per architecture with the firmware, where a device build has made it.
set(gateway_firmware_dir "${PROJECT_SOURCE_DIR}/tests/firmware/gateway")
include("${gateway_firmware_dir}/sources.cmake")
include("${gateway_firmware_dir}/third_party/libmodbus.cmake")
include("${gateway_firmware_dir}/third_party/mosquitto.cmake")

add_library(gateway_numeric_address STATIC "${gateway_firmware_dir}/src/network/numeric_address.c")
target_include_directories(gateway_numeric_address PRIVATE ${GATEWAY_INCLUDES})
target_link_libraries(gateway_numeric_address PRIVATE proofmark_options)

foreach(library LIBMODBUS MOSQUITTO)
  string(TOLOWER "gateway_${library}" target)
  add_library(${target} STATIC ${GATEWAY_${library}_SOURCES})
  target_include_directories(${target} PRIVATE ${GATEWAY_${library}_INCLUDES})
  target_include_directories(${target} SYSTEM INTERFACE ${GATEWAY_${library}_PUBLIC_INCLUDES})
  target_compile_definitions(${target} PRIVATE ${GATEWAY_${library}_DEFINITIONS})
  target_compile_options(${target} PRIVATE -w ${GATEWAY_${library}_OPTIONS})  # -w: not our code
  target_link_libraries(${target} PRIVATE gateway_numeric_address)
endforeach()

add_executable(gateway-host ${GATEWAY_SOURCES})
set(gateway_site_options "")
target_include_directories(gateway-host PRIVATE ${GATEWAY_INCLUDES})
target_compile_definitions(gateway-host PRIVATE _GNU_SOURCE)
target_compile_options(gateway-host PRIVATE -Wformat=2)
if(CMAKE_C_FLAGS MATCHES "-fsanitize=")
  set(gateway_site_options --set memory_limit_bytes=0)  # the sanitizers' shadow exceeds any
  set(gateway_host_options --unlimited)
endif()
gateway_site_for_host(gateway-host ${gateway_site_options})
target_link_libraries(gateway-host PRIVATE gateway_libmodbus gateway_mosquitto proofmark_options)

add_executable(modbus-test-server "${CMAKE_CURRENT_LIST_DIR}/gateway/modbus_server.c")
target_compile_definitions(modbus-test-server PRIVATE _GNU_SOURCE)
target_link_libraries(modbus-test-server PRIVATE gateway_libmodbus proofmark_options)

set(gateway_runner "${CMAKE_CURRENT_LIST_DIR}/gateway/run_gateway.sh")
set(gateway_server --server $<TARGET_FILE:modbus-test-server>)
add_test(NAME e2e.gateway.host COMMAND "${gateway_runner}" ${gateway_server} ${gateway_host_options}
  -- $<TARGET_FILE:gateway-host>)
foreach(arch amd64 arm64)
  add_test(NAME e2e.gateway.${arch} COMMAND "${CMAKE_CURRENT_LIST_DIR}/gateway/run_firmware.sh"
    ${arch} "${PROJECT_SOURCE_DIR}/build/${arch}" "${gateway_runner}" ${gateway_server})
endforeach()
add_test(NAME e2e.gateway.startup COMMAND "${CMAKE_CURRENT_LIST_DIR}/gateway/count_startup.sh"
  "${PROJECT_SOURCE_DIR}/build/amd64/firmware/gateway.qemu-amd64/gateway.elf")
foreach(arch amd64 arm64)
  add_test(NAME e2e.gateway.link.${arch}
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/gateway/lost_link_flag.sh" "${PROJECT_SOURCE_DIR}" ${arch})
  add_test(NAME e2e.gateway.configuration.${arch} COMMAND "${CMAKE_CURRENT_LIST_DIR}/gateway/configuration.sh"
    $<TARGET_FILE:proofmark-sign> "${PROJECT_SOURCE_DIR}/build/${arch}" ${arch})
  set_tests_properties(e2e.gateway.configuration.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 60)
  set_tests_properties(e2e.gateway.link.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()
set_tests_properties(e2e.gateway.host e2e.gateway.amd64 e2e.gateway.arm64 e2e.gateway.startup PROPERTIES
  SKIP_RETURN_CODE 77 TIMEOUT 120)
add_test(NAME e2e.gateway.patches COMMAND "${CMAKE_CURRENT_LIST_DIR}/gateway/check_patches.sh"
  "${gateway_firmware_dir}" "${gateway_firmware_dir}/config/loopback")
set_tests_properties(e2e.gateway.patches PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 60)
