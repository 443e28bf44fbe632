# SPDX-License-Identifier: Apache-2.0
#
# Real packages under both compilers for both architectures; the large ones only in a long run.
add_test(NAME e2e.packages.libmodbus
  COMMAND "${CMAKE_CURRENT_LIST_DIR}/packages/packages.sh" "${PROJECT_BINARY_DIR}" libmodbus)
add_test(NAME e2e.packages.all
  COMMAND "${CMAKE_CURRENT_LIST_DIR}/packages/packages.sh" "${PROJECT_BINARY_DIR}" mosquitto dropbear lighttpd)
set_tests_properties(e2e.packages.libmodbus PROPERTIES TIMEOUT 600)
set_tests_properties(e2e.packages.all PROPERTIES TIMEOUT 3600 LABELS long)
