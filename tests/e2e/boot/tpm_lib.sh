# SPDX-License-Identifier: Apache-2.0
#
# Shared by the TPM tests, over lib.sh: a machine with a software TPM, systems that the real signer signs, and what
# `proofmark measure` foretells of them. Sourced; CTest sets PROOFMARK.
# shellcheck shell=bash disable=SC2154 # lib.sh sets them
vectors=$SOURCE/tests/vectors
: "${PROOFMARK:?set by ctest}"

# The drivers that Debian's arm64 kernel for clouds has as modules; on amd64 they are built in, and the board's modules are
# not there.
add_modules() {
  local folder=$work/modules file root
  mkdir -p "$folder"
  [ "$arch" = arm64 ] || return 0
  root=$(guest_kernel "$arch")
  root=${root%/boot/*}
  for file in tpm_tis_core tpm_tis; do
    find "$root" -name "$file.ko.xz" -exec cp {} "$folder" ';'
  done
}

# new_store: $work/first.store is the trust of proofmark-init-tpm, $work/second.store may take its place.
new_store() {
  local store=$work/first.store
  "$PROOFMARK" trust create --root "$vectors/es384.pub.pem" -o "$store" &&
    "$PROOFMARK" trust add-key "$store" "$vectors/es256.pub.pem" --role bundle -o "$store" &&
    "$PROOFMARK" trust add-key "$store" "$vectors/ps256.pub.pem" --role recovery -o "$store" &&
    "$PROOFMARK" trust sign "$store" --key "$vectors/es384.pem" -o "$store" &&
    "$PROOFMARK" trust set "$store" --minimum "qemu-$arch=6" -o "$work/second.store" &&
    "$PROOFMARK" trust sign "$work/second.store" --previous "$store" --key "$vectors/es384.pem" -o "$work/second.store"
} >"$work/trust.out" 2>&1

# seal_tree NAME KEY [SECURITY-VERSION]: the tree's bundle by the real signer; a copy of it as $work/NAME.bundle.
seal_tree() {
  local tree=$work/$1 key=$2 version=${3:-7}
  rm -f "$tree/root.bundle"
  "$PROOFMARK" bundle "$tree" -o "$work/bundle" --key "$vectors/$key.pem" --board "qemu-$arch" --allow-unproven \
    --boards-dir "$SOURCE/boards" --exclude root.bundle --exclude trust.store --security-version "$version" \
    >"$work/bundle.out" 2>&1 || fail "proofmark bundle: $(cat "$work/bundle.out")"
  mv "$work/bundle" "$tree/root.bundle"
  cp "$tree/root.bundle" "$tree.bundle"
}

# new_system NAME KEY [SECURITY-VERSION]: a sample system with the first program that looks at the TPM, signed.
new_system() {
  local name=$1
  new_tree "$name"
  mkdir -p "$work/$name/run"
  chmod 755 "$work/$name/run"
  cp "$bin/proofmark-test-tpm-guest" "$work/$name/sbin/init"
  shift
  seal_tree "$name" "$@"
}

# measure [OPTION...]: what the host foretells.
measure() {
  "$PROOFMARK" measure --board "qemu-$arch" --boards-dir "$SOURCE/boards" --boot "$SOURCE/tests/e2e/boot/boards/tpm.json" \
    --min-security-version 5 --trust "$work/first.store" "$@"
}

# boot_with_tpm SECONDS PROGRAM: boots with the software TPM, whose state lies in $work/tpm. again=boot_again: with the disk as
# the last boot left it.
boot_with_tpm() {
  local seconds=$1 program=$2 state=$work/tpm device=tpm-tis
  [ "$arch" = amd64 ] || device=tpm-tis-device
  [ -d "$state" ] || mkdir "$state"
  rm -f "$work/tpm.sock"
  swtpm socket --tpm2 --tpmstate "dir=$state" --ctrl "type=unixio,path=$work/tpm.sock" --terminate --daemon ||
    fail 'swtpm does not start'
  "${again:-boot}" "$seconds" "$program" -chardev "socket,id=tpm,path=$work/tpm.sock" -tpmdev emulator,id=tpm0,chardev=tpm \
    -device "$device,tpmdev=tpm0"
}

# said WORD: what the guest said behind it.
said() { sed -n "s/^guest: $1 //p" "$work/console.txt"; }

# log_to FILE: the guest's event log.
log_to() { said eventlog | xxd -r -p >"$1"; }

# is EXPECTED FOUND WHAT
is() {
  checks=$((checks + 1))
  [ "$1" = "$2" ] || fail "$3 (expected $1, found $2)"
}

need_tpm() {
  local tool
  need_boot
  for tool in swtpm xxd jq; do command -v "$tool" >/dev/null || skip "$tool is not installed"; done
  [ -x "$bin/proofmark-init-tpm" ] || skip 'no proofmark-init-tpm'
  add_modules
  new_store || fail "no trust store: $(cat "$work/trust.out")"
}

# start_tpm: the software TPM on two ports, as `tpm_port` and `tpm_process`. Ports from which no connection starts: else a
# connection to a port where nobody listens yet may be answered by itself, and holds the port.
start_tpm() {
  local _
  tpm_port=$((10000 + RANDOM % 20000))
  swtpm socket --tpm2 --tpmstate "dir=$work/tpm" --flags not-need-init,startup-clear \
    --server "type=tcp,bindaddr=127.0.0.1,port=$tpm_port" --ctrl "type=tcp,bindaddr=127.0.0.1,port=$((tpm_port + 1))" &
  tpm_process=$!
  for _ in {1..50}; do
    kill -0 "$tpm_process" 2>/dev/null || return 1
    (exec 3<>"/dev/tcp/127.0.0.1/$((tpm_port + 1))") 2>/dev/null && return 0
    sleep 0.1
  done
  return 1
}

# ask_tpm COMMAND...: runs TPM tools on the software TPM while no machine has it.
ask_tpm() {
  local code
  mkdir -p "$work/tpm"
  start_tpm || start_tpm || start_tpm || { echo 'no port for swtpm'; return 1; }
  TPM2TOOLS_TCTI="swtpm:host=127.0.0.1,port=$tpm_port" "$@"
  code=$?
  kill "$tpm_process" 2>/dev/null
  wait "$tpm_process" 2>/dev/null
  return "$code"
}
