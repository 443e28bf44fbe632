# SPDX-License-Identifier: Apache-2.0
#
# cmake -DIN=<link.txt> -DDIRECTORY=<where it is run> -DOUT=<file> -P link_command.cmake
# Writes the link command that a Makefile generator keeps in a text file in the form that `check --link-commands` reads.
# Its File API would only answer at the second configure, because it reads the queries before the project does.
cmake_minimum_required(VERSION 3.25)
file(READ "${IN}" command)
string(STRIP "${command}" command)
string(REPLACE "\\" "\\\\" command "${command}")
string(REPLACE "\"" "\\\"" command "${command}")
file(WRITE "${OUT}" "[{\"directory\": \"${DIRECTORY}\", \"command\": \"${command}\"}]\n")
