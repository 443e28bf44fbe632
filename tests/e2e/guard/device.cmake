# SPDX-License-Identifier: Apache-2.0
#
# Device half of the guard tests: a guard that refuses what it may refuse, one that accepts what it may accept, one with a
# bundle and a trust store, one that restarts the device when it fails, and the programs that try to get by it.
set(guard_tests "${PROJECT_SOURCE_DIR}/tests/e2e/guard")

foreach(kind test lenient bundle reboot)
  proofmark_add_guard(proofmark-guard-${kind} TRUST "${trust}" BOARD qemu-${PROOFMARK_ARCH}
    GUARD "${guard_tests}/boards/${kind}.json" MINIMUM_SECURITY_VERSION 5)
endforeach()

foreach(program race execs guarded)
  add_executable(proofmark-test-${program} EXCLUDE_FROM_ALL "${guard_tests}/${program}.c")
  target_compile_definitions(proofmark-test-${program} PRIVATE _GNU_SOURCE)
  proofmark_harden(proofmark-test-${program})
  target_link_options(proofmark-test-${program} PRIVATE LINKER:--strip-all)
endforeach()

add_custom_target(proofmark_guard_tests DEPENDS proofmark-guard-test proofmark-guard-lenient proofmark-guard-bundle proofmark-guard-reboot
  proofmark-test-race proofmark-test-execs proofmark-test-guarded)
