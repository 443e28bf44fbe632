# SPDX-License-Identifier: Apache-2.0
#
# Keys end to end: where secrets come from, and every kind of signer there is beside a plain file.
add_library(proofmark-test-faulty-module MODULE "${CMAKE_CURRENT_LIST_DIR}/keys/faulty_module.c")
target_include_directories(proofmark-test-faulty-module PRIVATE ${P11_KIT_INCLUDE_DIRS})
target_link_libraries(proofmark-test-faulty-module PRIVATE proofmark_options ${CMAKE_DL_LIBS})
foreach(name helper keygen pkcs11 secrets twostep)
  add_test(NAME e2e.keys.${name} COMMAND "${CMAKE_CURRENT_LIST_DIR}/keys/${name}.sh")
  set_tests_properties(e2e.keys.${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600 ENVIRONMENT
    "SIGN=$<TARGET_FILE:proofmark-sign>;VECTORS=${PROJECT_SOURCE_DIR}/tests/vectors;FAULTY=$<TARGET_FILE:proofmark-test-faulty-module>;HSS=$<TARGET_FILE:proofmark-test-hss-signer>")
endforeach()
