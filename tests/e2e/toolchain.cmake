# SPDX-License-Identifier: Apache-2.0
#
# The fetcher, the cross toolchains and the set-up script. None of these tests uses the network.
foreach(subject fetch configure hardened bootstrap)
  add_test(NAME e2e.toolchain.${subject} COMMAND "${CMAKE_CURRENT_LIST_DIR}/toolchain/${subject}.sh")
  set_tests_properties(e2e.toolchain.${subject} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77)
endforeach()
