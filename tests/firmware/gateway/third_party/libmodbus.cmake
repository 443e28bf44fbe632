# SPDX-License-Identifier: Apache-2.0
#
# libmodbus from its pinned Debian source package, Modbus TCP only: the serial backend is not compiled. Sets
#   GATEWAY_LIBMODBUS_SOURCES, _INCLUDES (to compile it), _PUBLIC_INCLUDES (to use it), _DEFINITIONS
set(PROOFMARK_LIBMODBUS_SOURCE "" CACHE PATH "Source tree of libmodbus 3.1.11; empty: the pinned one")
set(libmodbus_dir "${PROOFMARK_LIBMODBUS_SOURCE}")
if(NOT libmodbus_dir)
  include("${PROJECT_SOURCE_DIR}/toolchains/pinned.cmake")
  proofmark_pinned_source(libmodbus libmodbus_dir)
endif()

# What its configure script would write: the version header from its own template, and our config.h.
set(LIBMODBUS_VERSION_MAJOR 3)
set(LIBMODBUS_VERSION_MINOR 1)
set(LIBMODBUS_VERSION_MICRO 11)
set(LIBMODBUS_VERSION 3.1.11)
set(libmodbus_generated "${PROJECT_BINARY_DIR}/generated/libmodbus")
configure_file("${libmodbus_dir}/src/modbus-version.h.in" "${libmodbus_generated}/modbus-version.h" @ONLY)

set(GATEWAY_LIBMODBUS_SOURCES
  "${libmodbus_dir}/src/modbus-data.c"
  "${libmodbus_dir}/src/modbus-tcp.c"
  "${libmodbus_dir}/src/modbus.c")
set(GATEWAY_LIBMODBUS_PUBLIC_INCLUDES "${libmodbus_dir}/src" "${libmodbus_generated}")
set(GATEWAY_LIBMODBUS_INCLUDES "${CMAKE_CURRENT_LIST_DIR}/libmodbus" ${GATEWAY_LIBMODBUS_PUBLIC_INCLUDES})
# modbus-tcp.c asks for two headers before it includes config.h. src/network/numeric_address.h says why the resolver is
# replaced.
set(GATEWAY_LIBMODBUS_DEFINITIONS
  _GNU_SOURCE HAVE_NETINET_IN_H HAVE_NETINET_IP_H
  getaddrinfo=numeric_getaddrinfo freeaddrinfo=numeric_freeaddrinfo)
