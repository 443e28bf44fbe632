# SPDX-License-Identifier: Apache-2.0
#
# cmake -DIN=<database> -DOUT=<database> -DTARGETS=<target>,... -P select_commands.cmake
# Writes the entries of a compile database that belong to the named targets. One source may be compiled for several
# boards; each board's analysis must see its own command only. OUT keeps its time stamp when nothing changed.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "," ";" targets "${TARGETS}")
file(READ "${IN}" database)
string(JSON count LENGTH "${database}")
math(EXPR last "${count} - 1")
set(selected "")
foreach(index RANGE ${last})
  string(JSON entry GET "${database}" ${index})
  string(JSON command GET "${entry}" command)
  foreach(target IN LISTS targets)
    string(FIND "${command}" "CMakeFiles/${target}.dir/" at) # part of the object's name
    if(NOT at EQUAL -1)
      list(APPEND selected "${index}")
      break()
    endif()
  endforeach()
endforeach()
set(text "[")
set(separator "\n")
foreach(index IN LISTS selected)
  string(JSON entry GET "${database}" ${index})
  string(APPEND text "${separator}${entry}")
  set(separator ",\n")
endforeach()
string(APPEND text "\n]\n")
file(CONFIGURE OUTPUT "${OUT}" CONTENT "@text@" @ONLY)
