#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The command line of the audit: exit codes, messages, formats, evidence and waivers.
# Environment: PROOFMARK_ELF, BOARDS_DIR.
# shellcheck source=tests/e2e/audit/build.sh
. "$(dirname "$0")/build.sh"
use_toolchain amd64 || { echo "skipped: $compiler is not installed"; exit 77; }
build sound && build bad ld=-Wl,-z,execstack || { echo 'the samples do not build'; exit 1; }

# expect CODE "TEXT" ARGUMENTS...: exit code and a line of output or error that holds TEXT.
expect() {
  local code=$1 text=$2 found
  shift 2
  "$PROOFMARK_ELF" "$@" >"$work/out" 2>"$work/err"
  found=$?
  [ "$found" -eq "$code" ] || fail "$*: exit code $found (expected $code): $(head -n 2 "$work/err")"
  grep -qF -- "$text" "$work/out" "$work/err" || fail "$*: no \"$text\" in: $(cat "$work/out" "$work/err" | head -n 5)"
}
full=(--board "$board" --boards-dir "$BOARDS_DIR" --debug-dir "$work/debug")

expect 0 'Usage: proofmark-elf' --help
[ -s "$work/err" ] && fail '--help writes to standard error'
expect 0 'proofmark-elf ' --version
expect 2 'hint: proofmark-elf' audit
expect 2 'hint: proofmark-elf' audit --no-such-option "$work/sound"
expect 2 '--format: yaml not in' audit --format yaml "$work/sound"
expect 2 '--evidence needs --board' audit "$work/sound" --evidence "$work/e.json"
expect 2 'not a folder, but there are several ELF files' audit "$work/sound" "$work/bad" "${full[@]}" --evidence "$work/e.json"
expect 2 '--forbid-path src: not an absolute path' audit "$work/sound" --forbid-path src
expect 3 'unknown board' audit "$work/sound" --board nothing --boards-dir "$BOARDS_DIR"
expect 3 'known boards: qemu-amd64' audit "$work/sound" --board nothing --boards-dir "$BOARDS_DIR"
expect 3 "$work/none: can't open: No such file" audit "$work/none"
expect 3 'found a directory' audit "$work"
expect 3 'found a device' audit /dev/null
expect 3 'not an ELF file' audit "$here/sample.c"
: >"$work/empty"; expect 3 'the file is empty' audit "$work/empty"
head -c 3000 "$work/sound" >"$work/short"; expect 3 'truncated' audit "$work/short"
expect 3 'not a link map' audit "$work/sound" "${full[@]}" --map "$here/sample.c"

# One unreadable file does not hide the findings of another, and the answer stays incomplete.
expect 3 'the stack is executable [PME006] [CWE-119]' audit "$work/empty" "$work/bad" "${full[@]}" --map "$work/bad.map"
expect 1 'the stack is executable [PME006] [CWE-119]' audit "$work/bad" "${full[@]}" --map "$work/bad.map"
for format in sarif json; do
  expect 1 'the stack is executable' audit "$work/bad" "${full[@]}" --map "$work/bad.map" --format "$format"
  jq -e . "$work/out" >/dev/null || fail "--format $format is not JSON"
done

# Evidence: of this very file, passing, with units and prebuilt objects as DWARF and map have them.
expect 0 '0 errors' audit "$work/sound" "${full[@]}" --map "$work/sound.map" --evidence "$work/e.json"
get() { jq -r "$1" "$work/e.json"; }
[ "$(get .verdict)" = pass ] || fail "verdict $(get .verdict)"
[ "$(get .artifact.sha256)" = "$(sha256sum <"$work/sound" | cut -d' ' -f1)" ] || fail 'digest of another file'
[ "$(get .policy.sha256)" = "$(sha256sum <"$BOARDS_DIR/policies/openssf-2026-06.json" | cut -d' ' -f1)" ] || fail 'policy digest'
[ "$(get .artifact.build_id)" = "$(readelf -n "$work/sound" | sed -n 's/.*Build ID: //p')" ] || fail 'build-id'
[ "$(get '.units | length')" -eq 2 ] || fail "units: $(get -c .units)"
[ "$(get '.properties | join(" ")')" = 'static pie relro bind-now nx-stack no-writable-code no-textrel canary fortify branch-protection stack-clash no-build-path no-runpath' ] ||
  fail "properties: $(get '.properties | join(" ")')"

# Layers: every function with its protections, and the evidence they belong to.
expect 0 '0 errors' audit "$work/sound" "${full[@]}" --map "$work/sound.map" --layers "$work/l.json"
layer() { jq -r "$1" "$work/l.json"; }
[ "$(layer '.functions[] | select(.symbol == "sum") | .protections[] | select(.property == "canary") | .state')" = held ] ||
  fail "layers: no canary in sum: $(layer -c .functions)"
[ "$(layer '.functions[] | select(.symbol == "sum") | .unit | endswith("/sample.c")')" = true ] || fail 'layers: no unit'
[ "$(layer '.functions[] | select(.symbol == "touch") | .origin')" = "$board.runtime.o" ] || fail 'layers: no origin'
[ "$(layer .evidence.artifact.sha256)" = "$(get .artifact.sha256)" ] || fail 'layers: evidence of another file'
expect 2 'not a folder, but there are several ELF files' audit "$work/sound" "$work/bad" --layers "$work/l.json"
expect 2 'a policy has rules about functions' audit "$work/sound" "${full[@]}" --functions off
expect 0 'PME017' audit "$work/sound" --functions off --format json
[ "$(jq -r '.files[0].rules[] | select(.id == "PME017") | .status' "$work/out")" = not-applicable ] || fail 'functions off'

# Several files: a folder of evidence.
mkdir "$work/evidence"
expect 1 'in 2 files' audit "$work/sound" "$work/bad" --board "$board" --boards-dir "$BOARDS_DIR" --evidence "$work/evidence"
[ -s "$work/evidence/sound.audit.json" ] && [ -s "$work/evidence/bad.audit.json" ] || fail 'no evidence per file'

# Archives, member by member, and folders.
mkdir -p "$work/tree/deep" && cp "$work/bad" "$work/tree/deep/bad" && echo text >"$work/tree/deep/notes"
printf '.text\n' >"$work/nomark.s" && "$compiler" -c "$work/nomark.s" -o "$work/nomark.o" 2>/dev/null
compile "$here/library.c" "$work/marked.o" && rm -f "$work/tree/lib.a" && ar rc "$work/tree/lib.a" "$work/nomark.o" "$work/marked.o"
expect 1 'lib.a(nomark.o): error: no .note.GNU-stack section' audit "$work/tree/lib.a"
grep -q 'marked.o).*PME019' "$work/out" && fail 'PME019 on a member that has the mark'
grep -q 'lib.a(nomark.o): .*not marked for IBT' "$work/out" || fail 'PME010 does not name the member that has no note'
expect 1 'the stack is executable [PME006]' audit -r -j 2 "$work/tree"
grep -q 'in 3 files' "$work/out" || fail "-r: $(tail -n 1 "$work/out")"
expect 3 'found a directory' audit "$work/tree"
printf '!<arch>\nshort' >"$work/short.a"; expect 3 'damaged archive' audit "$work/short.a"
printf '!<arch>\n' >"$work/none.a"; expect 3 'holds no ELF file' audit "$work/none.a"

# Waivers cover, expire, and must be of use.
waiver() { printf '{"waivers":[{"rule":"%s","place":"**/bad","reason":"r","owner":"alice","expires":"%s"}]}' "$1" "$2" >"$work/w.json"; }
waived=(audit "$work/bad" "${full[@]}" --map "$work/bad.map" --waivers "$work/w.json")
waiver PME006 2999-01-01; expect 0 '1 waived' "${waived[@]}"
waiver PME006 2020-01-01; expect 1 'by alice expired on 2020-01-01 [PMX001]' "${waived[@]}"
waiver PME007 2999-01-01; expect 1 'covers no finding [PMX002]' "${waived[@]}"
waiver PMF001 2999-01-01; expect 1 '0 warnings' "${waived[@]}"
finish
