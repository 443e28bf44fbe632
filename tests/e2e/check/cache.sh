#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Compilers are asked once: the answers are kept on disk, and dropped when the driver, a file that it read, or the entry
# itself has changed; a recorded toolchain lets a run start nothing at all.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir bin
printf '#!/bin/sh\necho "$*" >>%s/asked\nexec clang-19 "$@"\n' "$work" >bin/clang
chmod +x bin/clang
database "$work/bin/clang $clang_flags" src/sound.c
amd64+=(src/sound.c --flag-cache "$work/cache")
asked() { if [ -e asked ]; then wc -l <asked; else echo 0; fi; }

# unchanged WHY, changed WHY: runs again; whether the compiler was asked.
unchanged() { rm -f asked; expect 0 '0 errors' "${amd64[@]}"; [ "$(asked)" = 0 ] || fail "$1: asked $(asked) times"; }
changed() { rm -f asked; expect 0 '0 errors' "${amd64[@]}"; [ "$(asked)" != 0 ] || fail "$1: not asked"; }

changed 'an empty cache'
unchanged 'a full cache'
[ "$(stat -c %a cache)" = 700 ] || fail 'the cache can be read by others'
rm -rf cache
umask 002
changed 'an empty cache where groups share files'
unchanged 'a full cache where groups share files'
umask 022
touch bin/clang
changed 'a newer driver'
unchanged 'the same driver'

# Every entry damaged in turn: asked again, and whole afterwards.
for damage in 'truncate -s 20' 'truncate -s 0' 'sed -i s/strong/none/' 'sed -i s/"fortify_level"/"x"/' 'chmod 666'; do
  for entry in cache/*.json; do $damage "$entry"; done
  changed "$damage"
  unchanged "after $damage"
done
for entry in cache/*.json; do mv "$entry" kept; ln -s "$work/kept" "$entry"; done
changed 'entries that are links'
rm -rf cache; mkdir -m 777 cache
changed 'a cache that everybody can write to'
changed 'still the same'
rm -rf cache

# Another environment, another set of flags.
unset CPATH
changed 'a new cache'
rm -f asked
CPATH=$work expect 0 '0 errors' "${amd64[@]}"
[ "$(asked)" != 0 ] || fail 'CPATH: not asked'

# Forced headers and configuration files belong to the answer.
echo '#define FORCED 1' >forced.h
printf -- '-fstack-protector-strong\n' >extra.cfg
database "$work/bin/clang --config=$work/extra.cfg $clang_flags -include $work/forced.h" src/sound.c
changed 'other flags'
unchanged 'the same flags'
sleep 0.01; echo '#define FORCED 2' >forced.h
changed 'a changed forced header'
sleep 0.01; echo '-O2' >>extra.cfg
changed 'a changed configuration file'

# The directory only counts where a relative path does: two folders, one question.
rm -f asked; rm -rf cache; mkdir elsewhere; cp src/sound.c elsewhere
flags=$(tr -s '\n ' ' ' <<<"${clang_flags/-Isrc\/modbus/-I$work/src/modbus -I$work/src}")
printf '[{"directory": "%s", "file": "%s", "command": "%s -c %s"},{"directory": "%s", "file": "%s", "command": "%s -c %s"}]' \
  "$work" "$work/src/sound.c" "$work/bin/clang $flags" "$work/src/sound.c" \
  "$work/elsewhere" "$work/elsewhere/sound.c" "$work/bin/clang $flags" "$work/elsewhere/sound.c" >compile_commands.json
expect 0 'in 2 units' check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --flag-cache none
[ "$(grep -c -- '-dM' asked)" = 1 ] || fail "two folders: asked $(grep -c -- '-dM' asked) times"
[ -e cache ] && fail '--flag-cache none wrote a cache'

# Record, then replay where nothing can be started.
expect 0 'in 2 units' check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --record-toolchain toolchain.json --evidence recorded.json
rm -f asked bin/clang
expect 0 'in 2 units' check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --no-exec --toolchain toolchain.json --evidence replayed.json
cmp -s recorded.json replayed.json || fail 'the replay says something else'
if command -v strace >/dev/null && strace -o trace -e trace=execve true 2>/dev/null; then
  strace -f -o trace -e trace=execve,execveat "$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" \
    --no-exec --toolchain toolchain.json >out 2>err
  [ "$(grep -cE 'execve(at)?\(' trace)" = 1 ] || fail "the replay starts programs: $(head -n 3 trace)"
fi
PATH='' "$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --no-exec --toolchain toolchain.json >out 2>err ||
  fail "the replay needs PATH: $(cat out err)"

# What was not recorded is not guessed, and a strange file is refused.
sed -i 's/-fstrict-flex-arrays=3/-fstrict-flex-arrays=2/g' compile_commands.json
expect 3 'hint: record it again' check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --no-exec --toolchain toolchain.json
grep -q 'PMT003' out || fail 'a missing answer is not PMT003'
echo '{"proofmark_toolchain": 9}' >strange.json
expect 3 'not a recorded toolchain' check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --no-exec --toolchain strange.json
expect 2 '--toolchain' check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --no-exec
finish
