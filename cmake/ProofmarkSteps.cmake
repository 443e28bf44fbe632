# SPDX-License-Identifier: Apache-2.0
#
# The edges behind proofmark_firmware(): each step is one command with named inputs and outputs, so that touching one
# source repeats only what depends on it. Used by ProofmarkFirmware.cmake; not for projects to call.

set(PROOFMARK_HOST_TOOLS "" CACHE PATH "Build or install folder of the host tools (has bin/proofmark)")
set(PROOFMARK_KEY "" CACHE FILEPATH "Signing key (PEM); empty: a test key is made in the build folder")

foreach(tool proofmark proofmark-analyze proofmark-elf proofmark-report proofmark-sign)
  if(NOT EXISTS "${PROOFMARK_HOST_TOOLS}/bin/${tool}")
    message(FATAL_ERROR "proofmark: error: ${PROOFMARK_HOST_TOOLS}/bin/${tool}: host tool missing\n"
      "hint: cmake --preset host && cmake --build --preset host, then -DPROOFMARK_HOST_TOOLS=build/host")
  endif()
endforeach()
set(_proofmark "${PROOFMARK_HOST_TOOLS}/bin/proofmark")
set(_proofmark_scripts "${CMAKE_CURRENT_LIST_DIR}")

# The firmware key and its public half. A build without -DPROOFMARK_KEY gets a key marked TEST, which release builds of
# the verifier refuse.
function(_proofmark_key_edges)
  set(keys "${PROJECT_BINARY_DIR}/keys")
  file(MAKE_DIRECTORY "${keys}")
  set(key "${PROOFMARK_KEY}")
  if(NOT key)
    set(key "${keys}/test-key.pem")
    add_custom_command(OUTPUT "${key}" COMMAND "${_proofmark}" keygen --test -o "${key}"
      COMMENT "Making a TEST signing key" VERBATIM)
  endif()
  add_custom_command(OUTPUT "${keys}/public.pem" "${keys}/trust.cpp"
    COMMAND "${_proofmark}" pubkey "${key}" -o "${keys}/public.pem"
    COMMAND "${_proofmark}" pubkey "${key}" --format cpp -o "${keys}/trust.cpp"
    DEPENDS "${key}" "${PROOFMARK_HOST_TOOLS}/bin/proofmark-sign" COMMENT "Deriving the trust store" VERBATIM)
  add_custom_target(proofmark_trust DEPENDS "${keys}/public.pem" "${keys}/trust.cpp")
  set(PROOFMARK_SIGNING_KEY "${key}" CACHE INTERNAL "")
  set(PROOFMARK_PUBLIC_KEY "${keys}/public.pem" CACHE INTERNAL "")
  set(PROOFMARK_TRUST_SOURCE "${keys}/trust.cpp" CACHE INTERNAL "")
endfunction()
_proofmark_key_edges()

function(_proofmark_pipeline target name board libraries waivers security_version binding)
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  proofmark_board_files(${board} policy_inputs)
  list(APPEND policy_inputs ${waivers} ${binding}) # units may include the header that is made with the binding
  _proofmark_check_edges(${target} ${board} "${libraries}" "${policy_inputs}" "${waivers}")
  _proofmark_split_edge(${target} ${name})
  _proofmark_audit_edge(${target} ${name} ${board} "${policy_inputs}")
  _proofmark_report_edge(${target} ${name} ${board})
  _proofmark_sign_edges(${target} ${name} ${board} ${security_version} "${policy_inputs}" "${binding}")
  add_custom_target(${target} ALL DEPENDS "${out}/${name}.verified" "${out}/report.html")
endfunction()

# One edge per translation unit, each writing its own layers with the evidence in them and failing on its own findings; then
# one that joins them. The join reads the waivers again, because only there can an unused one be told.
function(_proofmark_check_edges target board libraries policy_inputs waivers)
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  set(database "${out}/compile_commands.json")
  list(JOIN libraries "," library_names)
  add_custom_command(OUTPUT "${database}"
    COMMAND "${CMAKE_COMMAND}" "-DIN=${PROJECT_BINARY_DIR}/compile_commands.json" "-DOUT=${database}"
      "-DTARGETS=${target}.elf,${library_names}" -P "${_proofmark_scripts}/select_commands.cmake"
    DEPENDS "${PROJECT_BINARY_DIR}/compile_commands.json" "${_proofmark_scripts}/select_commands.cmake"
    COMMENT "[${board}] selecting the compile commands of ${target}" VERBATIM)
  list(TRANSFORM waivers PREPEND "--waivers=" OUTPUT_VARIABLE waiver_options)
  set(layers "")
  foreach(owner ${target}.elf ${libraries})
    get_target_property(units ${owner} PROOFMARK_UNITS)
    foreach(unit IN LISTS units)
      _proofmark_unit_edge("${owner}" "${unit}" "${board}" "${database}" "${policy_inputs}" unit_layers)
      list(APPEND layers "${unit_layers}")
    endforeach()
  endforeach()
  _proofmark_link_edge(${target} "${board}" "${policy_inputs}" "${waiver_options}" link_layers)
  list(APPEND layers "${link_layers}")
  add_custom_command(OUTPUT "${out}/check.evidence.json" "${out}/check.layers.json"
    COMMAND "${_proofmark}" merge ${waiver_options} --evidence "${out}/check.evidence.json"
      --layers "${out}/check.layers.json" ${layers}
    DEPENDS ${layers} ${policy_inputs} "${PROOFMARK_HOST_TOOLS}/bin/proofmark-analyze"
    COMMENT "[${board}] joining the evidence of ${target}" VERBATIM)
endfunction()

function(_proofmark_unit_edge owner unit board database policy_inputs out_layers)
  cmake_path(GET database PARENT_PATH out)
  string(SHA256 id "${owner} ${unit}")
  string(SUBSTRING "${id}" 0 8 id)
  cmake_path(GET unit FILENAME file)
  set(layers "${out}/units/${file}.${id}.json")
  file(MAKE_DIRECTORY "${out}/units")
  add_custom_command(OUTPUT "${layers}"
    COMMAND "${_proofmark}" check -p "${out}" --board ${board} --boards-dir "${PROOFMARK_BOARDS_DIR}"
      --flag-cache "${PROJECT_BINARY_DIR}/flag-cache" ${waiver_options} --layers "${layers}" --depfile "${layers}.d" "${unit}"
    DEPENDS "${unit}" "${database}" ${policy_inputs} "${PROOFMARK_HOST_TOOLS}/bin/proofmark-analyze"
    DEPFILE "${layers}.d" COMMENT "[${board}] check ${file}" VERBATIM)
  set(${out_layers} "${layers}" PARENT_SCOPE)
endfunction()

# The step that links the firmware. What the file has is the audit's to say; here the word is named that made it so.
function(_proofmark_link_edge target board policy_inputs waiver_options out_layers)
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  set(links ninja)
  set(tell "")
  if(NOT CMAKE_GENERATOR MATCHES "Ninja")
    set(links "${out}/link_commands.json")
    set(tell COMMAND "${CMAKE_COMMAND}" "-DIN=${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.elf.dir/link.txt"
      "-DDIRECTORY=${CMAKE_CURRENT_BINARY_DIR}" "-DOUT=${links}" -P "${_proofmark_scripts}/link_command.cmake")
  endif()
  add_custom_command(OUTPUT "${out}/link.layers.json" ${tell}
    COMMAND "${_proofmark}" check -p "${PROJECT_BINARY_DIR}" --link-commands "${links}" --board ${board}
      --boards-dir "${PROOFMARK_BOARDS_DIR}" --flag-cache "${PROJECT_BINARY_DIR}/flag-cache" ${waiver_options}
      --layers "${out}/link.layers.json" "$<TARGET_FILE:${target}.elf>"
    DEPENDS ${target}.elf ${policy_inputs} "${PROOFMARK_HOST_TOOLS}/bin/proofmark-analyze"
    COMMENT "[${board}] check the link of ${target}" VERBATIM)
  set(${out_layers} "${out}/link.layers.json" PARENT_SCOPE)
endfunction()

# Splits the symbols off into an archive that debuggers and symbol servers search by build-id.
function(_proofmark_split_edge target name)
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  add_custom_command(OUTPUT "${out}/${name}" "${out}/${name}.debug-path"
    COMMAND "${CMAKE_COMMAND}" "-DELF=${out}/${name}.elf" "-DSTRIPPED=${out}/${name}" "-DDEBUG_DIR=${out}/debug"
      "-DOBJCOPY=${CMAKE_OBJCOPY}" "-DREADELF=${CMAKE_READELF}" -P "${_proofmark_scripts}/split_debug.cmake"
    DEPENDS ${target}.elf "${_proofmark_scripts}/split_debug.cmake" COMMENT "[${target}] split symbols" VERBATIM)
endfunction()

function(_proofmark_audit_edge target name board policy_inputs)
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  add_custom_command(OUTPUT "${out}/audit.evidence.json" "${out}/audit.layers.json"
    COMMAND "${_proofmark}" audit "${out}/${name}" --board ${board} --boards-dir "${PROOFMARK_BOARDS_DIR}"
      --debug-dir "${out}/debug" --map "${out}/${name}.map" --sysroot "${CMAKE_SYSROOT}"
      --evidence "${out}/audit.evidence.json" --layers "${out}/audit.layers.json" --forbid-path "${PROJECT_SOURCE_DIR}"
      --forbid-path "${PROJECT_BINARY_DIR}"
    DEPENDS "${out}/${name}" ${policy_inputs} "${PROOFMARK_HOST_TOOLS}/bin/proofmark-elf"
    COMMENT "[${board}] audit ${name}" VERBATIM)
endfunction()

# The whole picture for reviewers, as a page and as JSON; the signature does not wait for it.
function(_proofmark_report_edge target name board)
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  add_custom_command(OUTPUT "${out}/report.html" "${out}/report.json"
    COMMAND "${CMAKE_COMMAND}" "-DPROOFMARK=${_proofmark}" "-DOUT=${out}/report" "-DSOURCES=${PROJECT_SOURCE_DIR}"
      "-DCHECK=${out}/check.layers.json" "-DAUDIT=${out}/audit.layers.json" -P "${_proofmark_scripts}/write_report.cmake"
    DEPENDS "${out}/check.layers.json" "${out}/audit.layers.json" "${_proofmark_scripts}/write_report.cmake"
      "${PROOFMARK_HOST_TOOLS}/bin/proofmark-report"
    COMMENT "[${board}] report on ${name}" VERBATIM)
endfunction()

function(_proofmark_sign_edges target name board security_version policy_inputs binding)
  set(configuration "")
  if(binding)
    set(configuration --configuration "${binding}")
  endif()
  set(out "${PROJECT_BINARY_DIR}/firmware/${target}")
  add_custom_command(OUTPUT "${out}/${name}.signed"
    COMMAND "${_proofmark}" sign --key "${PROOFMARK_SIGNING_KEY}" --board ${board} --boards-dir "${PROOFMARK_BOARDS_DIR}"
      --name ${name} --security-version ${security_version} ${configuration} --evidence "${out}/check.evidence.json"
      --evidence "${out}/audit.evidence.json" "${out}/${name}" -o "${out}/${name}.signed"
    DEPENDS "${out}/${name}" "${out}/check.evidence.json" "${out}/audit.evidence.json" "${PROOFMARK_SIGNING_KEY}"
      ${binding} ${policy_inputs} "${PROOFMARK_HOST_TOOLS}/bin/proofmark-sign"
    COMMENT "[${board}] sign ${name}" VERBATIM)
  add_custom_command(OUTPUT "${out}/${name}.verified"
    COMMAND "${_proofmark}" verify --trust "${PROOFMARK_PUBLIC_KEY}" --board ${board} "${out}/${name}.signed"
    COMMAND "${CMAKE_COMMAND}" -E touch "${out}/${name}.verified"
    DEPENDS "${out}/${name}.signed" "${PROOFMARK_PUBLIC_KEY}" "${PROOFMARK_HOST_TOOLS}/bin/proofmark-sign"
    COMMENT "[${board}] verify ${name}" VERBATIM)
endfunction()
