# SPDX-License-Identifier: Apache-2.0
#
# The signer end to end: real programs, every error text, the gate, trust stores, the committed vectors, files beyond 4 GiB, and what is left
# when it is interrupted.
foreach(name vectors zoo again interrupted outputs debug tools kernel library errors failures verify gate large trust configure runtime dependencies)
  add_test(NAME e2e.sign.${name} COMMAND "${CMAKE_CURRENT_LIST_DIR}/sign/${name}.sh")
  set_tests_properties(e2e.sign.${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900 ENVIRONMENT
    "SIGN=$<TARGET_FILE:proofmark-sign>;VECTORS=${PROJECT_SOURCE_DIR}/tests/vectors;BUILD=${PROJECT_BINARY_DIR};HSS_SIGNER=$<TARGET_FILE:proofmark-test-hss-signer>")
endforeach()
# Downloads a kernel once.
set_tests_properties(e2e.sign.kernel PROPERTIES LABELS long)
add_test(NAME e2e.sign.changed COMMAND "${CMAKE_CURRENT_LIST_DIR}/sign/changed.sh")
set_tests_properties(e2e.sign.changed PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 300 ENVIRONMENT
  "SIGN=$<TARGET_FILE:proofmark-sign>;VECTORS=${PROJECT_SOURCE_DIR}/tests/vectors;ANALYZE=$<TARGET_FILE:proofmark-analyze>;ELF=$<TARGET_FILE:proofmark-elf>")
