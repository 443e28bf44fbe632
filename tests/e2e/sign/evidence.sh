# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# A small folder of boards, and the evidence for files on them that `check` and `audit` would write. Sourced after lib.sh, in the
# folder of the test; defines `policy`.
mkdir -p boards/arch boards/policies
echo '{"name": "gate", "rules": {}}' >boards/policies/gate.json
echo '{"name": "arch/amd64", "machine": "x86_64", "policy": "gate"}' >boards/arch/amd64.json
echo '{"name": "gateway-1", "inherits": "arch/amd64"}' >boards/gateway-1.json
echo '{"name": "gateway-2", "inherits": "arch/amd64", "machine": "aarch64"}' >boards/gateway-2.json
policy=$(sha256sum boards/policies/gate.json | cut -d' ' -f1)

version=$("$SIGN" --version | sed 's/.* //')
# common KIND: the members that both kinds of evidence have.
common() {
  local tool=proofmark-analyze
  [ "$1" = audit ] && tool=proofmark-elf
  printf '"proofmark_evidence": 1, "kind": "%s", "tool": {"name": "%s", "version": "%s"}, "board": "gateway-1", ' "$1" "$tool" "$version"
  printf '"policy": {"name": "gate", "sha256": "%s"}, "verdict": "pass", "findings": [{"level": "must", "waived_by": "me"}], ' "$policy"
  printf '"counts": {"findings": 0, "advisory": 0, "waived": 1}'
}
unit() { printf '{"name": "%s", "source": "x", "source_sha256": "", "command_sha256": "", "status": "%s"}' "$1" "$2"; }
# check_evidence UNIT: of main.c and UNIT.
check_evidence() { printf '{%s, "properties": ["pie", "canary", "fortify", "path-sensitive"], "units": [%s, %s]}' "$(common check)" "$(unit /src/main.c analysed)" "$(unit "$1" analysed)"; }
# audit_evidence WAIVED SHA256: of a file that was made of main.c and net.c, and of an archive.
audit_evidence() {
  printf '{%s, "properties": ["pie", "relro"], "units": ["/src/main.c", "/src/net.c"], ' "$(common audit)"
  printf '"prebuilt": [{"archive": "libc.a", "members": 3, "waived": %s}], "artifact": {"sha256": "%s", "size": 1}, "debug": null}' "$1" "$2"
}
