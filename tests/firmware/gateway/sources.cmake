# SPDX-License-Identifier: Apache-2.0
#
# The gateway's own sources and settings, for the firmware build and for the host build that the tests run. Sets
#   GATEWAY_SOURCES, GATEWAY_INCLUDES, GATEWAY_CONFIGURATION (site.json), GATEWAY_ENVIRONMENT
set(PROOFMARK_GATEWAY_SITE "loopback" CACHE STRING "Site of the sample gateway: a folder of config/, or a path to one")

set(GATEWAY_DIR "${CMAKE_CURRENT_LIST_DIR}")
set(GATEWAY_SOURCES
  src/backlog.c
  src/clock.c
  src/config.c
  src/gateway.c
  src/log.c
  src/main.c
  src/modbus/crc16.c
  src/modbus/encoder.c
  src/modbus/poller.c
  src/network/handler.c
  src/network/numeric_address.c
  src/network/publisher.c
  src/network/telemetry.c
  src/options.c
  src/selftest.c
  src/signals.c
  src/watchdog.c)
list(TRANSFORM GATEWAY_SOURCES PREPEND "${GATEWAY_DIR}/")

set(gateway_site "${PROOFMARK_GATEWAY_SITE}")
cmake_path(ABSOLUTE_PATH gateway_site BASE_DIRECTORY "${GATEWAY_DIR}/config")
if(NOT EXISTS "${gateway_site}/site.json")
  message(FATAL_ERROR "proofmark: error: ${gateway_site}/site.json: no such file (expected the configuration of a site)\n"
    "hint: -DPROOFMARK_GATEWAY_SITE=loopback, or the path of a folder with a site.json")
endif()
set(GATEWAY_INCLUDES "${GATEWAY_DIR}/src")
set(GATEWAY_CONFIGURATION "${gateway_site}/site.json")
cmake_path(GET gateway_site FILENAME GATEWAY_ENVIRONMENT)

# Host builds make site.h with the proofmark that they build; the firmware has proofmark_configuration() for it. Further
# arguments go to `proofmark configure`.
function(gateway_site_for_host target)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/site")
  file(MAKE_DIRECTORY "${out}")
  add_custom_command(OUTPUT "${out}/site.c" "${out}/site.h" VERBATIM DEPENDS proofmark-sign "${GATEWAY_CONFIGURATION}"
    COMMAND proofmark-sign configure --env ${GATEWAY_ENVIRONMENT} ${ARGN} "${GATEWAY_CONFIGURATION}" -o "${out}/site.c")
  target_sources(${target} PRIVATE "${out}/site.c")
  target_include_directories(${target} PRIVATE "${out}")
endfunction()
