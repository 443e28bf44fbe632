#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Levels that depend on the compiler, its version, the machine and the artifact, as `check` and `audit` apply them.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

echo 'int answer(void); int answer(void) { return 42; }' >a.c

# levels JSON: policy.json whose only rule that is on is PMF003, with these levels.
levels() {
  {
    printf '{"name": "test", "version": 1, "rules": {'
    { "$PROOFMARK_ANALYZE" rules; "$PROOFMARK_ELF" rules; } | awk -v rule="$1" '$1 != rule { printf "\"%s\": \"off\", ", $1 }'
    printf '"%s": %s}}\n' "$1" "$2"
  } >policy.json
}

# check TEXT "COMMAND" OPTIONS...: how a.c compiled by the command stands, in the report's words.
check() {
  local text=$1 command=$2
  shift 2
  printf '[{"directory": "%s", "file": "a.c", "command": "%s -c a.c"}]' "$work" "$command" >compile_commands.json
  "$PROOFMARK_ANALYZE" check -p . --policy policy.json "$@" >out 2>err
  grep -qF -- "$text" out err || fail "$command $*: no \"$text\" in: $(cat out err)"
}

levels PMF003 '[{"when": {"compiler": "gcc", "below": 13}, "level": "advisory"},
  {"when": {"compiler": "gcc", "from": 13}, "level": "off"},
  {"when": {"artifact": "kernel-module"}, "level": "should"}, {"level": "must"}]'
check '0 errors, 0 warnings, 1 note' gcc-12
check '1 error' clang-19
check '0 errors, 1 warning, 0 notes' 'clang-19 -D__KERNEL__'
check '0 errors, 1 warning, 0 notes' clang-19 --artifact kernel-module
check '1 error' clang-19 --artifact executable

levels PMF003 '[{"when": {"machine": "aarch64"}, "level": "should"}, {"level": "must"}]'
check '0 errors, 1 warning' aarch64-linux-gnu-gcc-12
check '0 errors, 1 warning' 'clang-19 --target=aarch64-linux-gnu'
check '1 error' gcc-12

# The ELF audit knows machine and artifact.
levels PME011 '[{"when": {"machine": "x86_64", "artifact": "executable"}, "level": "advisory"},
  {"when": {"artifact": "shared-library"}, "level": "off"}, {"when": {"artifact": "object"}, "level": "should"}, {"level": "must"}]'
audit() {
  "$PROOFMARK_ELF" audit "$2" --policy policy.json >out 2>err
  grep -qF -- "$1" out err || fail "audit $2: no \"$1\" in: $(cat out err)"
}
echo 'int main(void) { return 0; }' >main.c
gcc-12 -Wl,--build-id=none main.c -o program || fail 'no program'
gcc-12 -shared -fPIC -Wl,--build-id=none a.c -o library.so || fail 'no library'
audit '0 errors, 0 warnings, 1 note' program
audit '0 errors, 0 warnings, 0 notes' library.so
[ "$failures" = 0 ] && echo ok
exit $((failures != 0))
