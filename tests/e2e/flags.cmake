# SPDX-License-Identifier: Apache-2.0
#
# The resolver against real compilers and linkers, on random flags: a short run always, thousands of draws under the label
# long. The seed is fixed, so that a failure repeats.
file(GLOB flag_property_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/flags/property/*.cpp")
add_executable(flag_property ${flag_property_sources})
target_link_libraries(flag_property PRIVATE proofmark_compile proofmark_options)
foreach(run code:12:2000 warnings:4:400 link:40:2000)
  string(REPLACE ":" ";" run "${run}")
  list(GET run 0 property)
  list(GET run 1 draws)
  list(GET run 2 many)
  add_test(NAME e2e.flags.${property} COMMAND flag_property ${property} ${draws})
  add_test(NAME e2e.flags.${property}.long COMMAND flag_property ${property} ${many} 20260101)
  set_tests_properties(e2e.flags.${property} PROPERTIES TIMEOUT 300)
  set_tests_properties(e2e.flags.${property}.long PROPERTIES TIMEOUT 14400 LABELS long)
endforeach()
