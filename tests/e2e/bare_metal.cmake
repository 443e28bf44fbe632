# SPDX-License-Identifier: Apache-2.0
#
# The bare-metal example under QEMU; its device half comes from tests/attacks.
if(TARGET proofmark-sign)
  add_test(NAME e2e.bare_metal COMMAND "${CMAKE_CURRENT_LIST_DIR}/bare_metal/boots.sh" "${PROJECT_SOURCE_DIR}")
  set_tests_properties(e2e.bare_metal PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 180 FIXTURES_REQUIRED device_arm64
    ENVIRONMENT "SIGN=$<TARGET_FILE:proofmark-test-sign>;SIGNER=$<TARGET_FILE:proofmark-sign>;DEVICE_BUILDS=${PROOFMARK_DEVICE_BUILDS}")
endif()
