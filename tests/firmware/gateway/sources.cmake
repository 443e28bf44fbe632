# SPDX-License-Identifier: Apache-2.0
#
# The gateway's own sources and settings, for the firmware build and for the host build that the tests run. Sets
#   GATEWAY_SOURCES, GATEWAY_INCLUDES
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
if(NOT EXISTS "${gateway_site}/site.h")
  message(FATAL_ERROR "proofmark: error: ${gateway_site}/site.h: no such file (expected the configuration of a site)\n"
    "hint: -DPROOFMARK_GATEWAY_SITE=loopback, or the path of a folder with a site.h")
endif()
set(GATEWAY_INCLUDES "${GATEWAY_DIR}/src" "${gateway_site}")
