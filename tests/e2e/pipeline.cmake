# SPDX-License-Identifier: Apache-2.0
#
# The pipeline as a user of proofmark_firmware() meets it.
foreach(arch amd64 arm64)
  add_test(NAME e2e.pipeline.incremental.${arch}
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/pipeline/incremental.sh" "${PROJECT_SOURCE_DIR}" ${arch})
  set_tests_properties(e2e.pipeline.incremental.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    RESOURCE_LOCK build_${arch})
  add_test(NAME e2e.pipeline.refuses.${arch}
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/pipeline/refuses.sh" "${PROJECT_SOURCE_DIR}" ${arch})
  set_tests_properties(e2e.pipeline.refuses.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    RESOURCE_LOCK build_${arch})
  add_test(NAME e2e.pipeline.report.${arch}
    COMMAND "${CMAKE_CURRENT_LIST_DIR}/pipeline/report.sh" "${PROJECT_SOURCE_DIR}" ${arch})
  set_tests_properties(e2e.pipeline.report.${arch} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600
    RESOURCE_LOCK build_${arch})
endforeach()
