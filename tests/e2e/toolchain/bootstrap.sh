#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# bootstrap.sh on a locked-down machine: it names what is missing, why, and the exact command, and changes nothing.
set -euo pipefail
# shellcheck source=tests/e2e/toolchain/lib.sh
source "$(dirname "$0")/lib.sh"

# A package database that knows nothing, and an apt-get that must not be used.
mkdir "$work/bin"
printf '#!/bin/sh\n' >"$work/bin/dpkg-query"
printf '#!/bin/sh\ntouch "%s"\n' "$work/used" >"$work/bin/apt-get"
printf '#!/bin/sh\n' >"$work/bin/apt-cache"
chmod +x "$work"/bin/*
locked_down() { PATH=$work/bin:$PATH "$tree/bootstrap.sh" "$@" --no-install; }

expect 3 'missing: llvm-19-dev (the analyzers are built on LLVM)' locked_down deps
expect 3 'hint: sudo apt-get install -y --no-install-recommends llvm-19-dev libclang-19-dev' locked_down deps
[[ ! -e $work/used ]] || give_up '--no-install called apt-get'
expect 0 'usage: ./bootstrap.sh demo|test|bench|deps' "$tree/bootstrap.sh" --help
expect 2 'usage:' "$tree/bootstrap.sh"
expect 2 'usage:' "$tree/bootstrap.sh" test --nonsense
expect 2 'usage:' "$tree/bootstrap.sh" nonsense
