# SPDX-License-Identifier: Apache-2.0
#
# Joins the layers of a firmware for its reviewers. The build does not stop for what the page says: check, audit and the
# signer judge, and stop it themselves. It stops when the layers can't be joined at all.
foreach(format html json)
  file(REMOVE "${OUT}.${format}")
  execute_process(COMMAND "${PROOFMARK}" report --format ${format} --source-root "${SOURCES}" -o "${OUT}.${format}"
    "${CHECK}" "${AUDIT}" RESULT_VARIABLE status ERROR_VARIABLE message)
  if(NOT EXISTS "${OUT}.${format}")
    message(FATAL_ERROR "${message}")
  endif()
endforeach()
if(NOT status EQUAL 0)
  message(STATUS "proofmark report: exit code ${status}, see ${OUT}.html")
endif()
