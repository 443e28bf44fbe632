#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Whatever ends the signer, the output is the old file or the new one. Every writing verb runs once for each of its system
# calls and each of: killed, full disk, input/output error, interrupted, and (where outputs have temporary names) terminated.
# strace counts the calls and injects what happens. Then the same with real limits: a full file system, a size limit,
# short reads and writes.
# shellcheck source=tests/e2e/sign/lib.sh
. "$(dirname "$0")/lib.sh"
command -v strace >/dev/null || { echo 'skipped: strace is not installed'; exit 77; }
clang=$(command -v clang-19) || { echo 'skipped: clang-19 is not installed'; exit 77; }
strace -o /dev/null true 2>/dev/null || { echo 'skipped: programs cannot be traced here'; exit 77; }
"$clang" -O1 -shared -fPIC -o shim.so "$VECTORS/../e2e/sign/shim.c" || exit 1
es256=$VECTORS/es256.pem

# What the verbs start from and what they make of it, in folders that are copied for each run.
mkdir start expected
cp "$VECTORS/amd64.elf" start/in
printf 'old output\n' >start/out
"$SIGN" sign --allow-unproven --key "$es256" --name in start/in -o start/signed >/dev/null 2>&1
"$SIGN" sign --allow-unproven --key "$es256" --reserve 1 --name in start/in -o start/one >/dev/null 2>&1
mkdir start/tree && cp "$VECTORS/amd64.elf" start/tree/app && ln -s app start/tree/sh
"$SIGN" digest --allow-unproven --key "$VECTORS/es256.pub.pem" --name in start/in >/dev/null 2>&1
openssl dgst -sha256 -sign "$es256" -out start/sig start/in.request.* || exit 1
"$SIGN" trust create --root "$es256" -o start/draft >/dev/null || exit 1
"$SIGN" trust sign start/draft --key "$es256" -o start/out.trust >/dev/null || exit 1
echo '{"proofmark_configuration": 1, "name": "site", "schema": {"port": {"type": "int", "min": 1, "max": 9}}, "values": {"port": 1},
  "environments": {"prod": {}}}' >start/config.json
sign=("$SIGN" sign --allow-unproven --name in --key "$es256")

# verb NAME FILE COMMAND...: registers a verb that writes FILE of the working folder.
command=()
declare -A output
declare -A beside=([configure]='out.h out.binding.json') # each complete or not there, but not all at once
names=()
verb() {
  local name=$1
  output[$name]=$2
  shift 2
  names+=("$name")
  printf '%q ' "$@" >"$work/$name.command"
  (cp -r start "expected/$name" && cd "expected/$name" && . "$work/$name.command") >/dev/null 2>&1 || fail "$name does not work"
}
verb sign out "${sign[@]}" in -o out
verb sign-new new "${sign[@]}" in -o new
verb sign-in-place in "${sign[@]}" in -o in
verb sign-detached out "${sign[@]}" --detached in -o out
verb sign-replace signed "$SIGN" sign --allow-unproven --name in --replace --key "$VECTORS/es384.pem" signed -o signed
verb sign-add one "$SIGN" sign --allow-unproven --add --key "$VECTORS/es384.pem" one -o one
verb unsign out "$SIGN" unsign signed -o out
verb pubkey out "$SIGN" pubkey "$es256" -o out
verb attach out "$SIGN" attach in sig -o out
verb bundle out "$SIGN" bundle --allow-unproven --jobs 1 --key "$es256" tree -o out
verb trust-sign out "$SIGN" trust sign draft --key "$es256" -o out
verb trust-compile out "$SIGN" trust compile out.trust -o out
verb configure out "$SIGN" configure --env prod config.json -o out
verb keygen new "$SIGN" keygen --test --alg es256 -o new

# new NAME: the output is the complete new file. A key is random, so it only has to be one.
new() {
  if [ "$1" = keygen ]; then
    "$SIGN" keyinfo run/new 2>/dev/null | grep -q 'test only' && [ "$(stat -c %a run/new)" = 600 ]
  else
    cmp -s "expected/$1/${output[$1]}" "run/${output[$1]}"
  fi
}
old() {
  if [ -e "start/${output[$1]}" ]; then cmp -s "start/${output[$1]}" "run/${output[$1]}"; else [ ! -e "run/${output[$1]}" ]; fi
}

# calls NAME OPTION...: "CALL N" for each system call after the program has taken over (its first act is to handle signals).
calls() {
  local name=$1
  shift
  rm -rf run && cp -r start run
  (cd run && strace "$@" -o ../trace "${command[@]}") >said.out 2>said
  awk -F'(' '
    /^[a-z0-9_]+\(/ { ++count[$1]; if ($1 == "rt_sigaction" && /SIGHUP/) started = 1; if (started) print $1, count[$1] }' trace |
    grep -vE '^(exit_group|brk) ' # brk never fails with an error number
}

# errors CALL: what the call may fail with.
errors() {
  case $1 in
    read | pread64 | getrandom) echo error=EIO error=EINTR ;;
    write | openat | linkat | ftruncate | fsync | lseek) echo error=ENOSPC error=EIO error=EINTR ;;
    mmap) echo error=ENOMEM ;;
    *) echo error=EIO ;;
  esac
}

# once NAME CALL N EFFECT OPTION...: runs the verb with EFFECT at that call, and looks at what is there afterwards.
once() {
  local name=$1 call=$2 when=$3 effect=$4 status where="$1, $4 at $2 $3" file=${output[$1]}
  shift 4
  cases=$((cases + 1))
  rm -rf run && cp -r start run
  { (cd run && exec strace "$@" -o /dev/null --inject="$call:$effect:when=$when" "${command[@]}") >said.out 2>said; } 2>/dev/null
  status=$?
  if new "$name"; then
    :
  elif ! old "$name"; then
    fail "$where: the output is neither the old file nor the new one"
  elif [ "$status" -eq 0 ]; then
    fail "$where: exit code 0, and the output is the old file"
  fi
  case $effect in
    error=*) after_error "$where" "$call" "$status" ;;
    signal=TERM) [ "$status" -eq 143 ] || fail "$where: exit code $status (expected 143)" ;;
    *) rm -f run/.proofmark-* ;;
  esac
  diff -rq start run | grep -vxF -e "Files start/$file and run/$file differ" -e "Only in run: $file" >others
  for file in ${beside[$name]:-}; do
    sed -i "/^Only in run: $file\$/d" others
    [ ! -e "run/$file" ] || cmp -s "expected/$name/$file" "run/$file" || fail "$where: $file is not complete"
  done
  [ ! -s others ] || fail "$where: other files changed or left: $(cat others)"
}

# after_error WHERE CALL STATUS: said in one line, with the exit code for it.
after_error() {
  case $3 in
    0) ;;
    3)
      [ "$2" = write ] || [ "$(grep -c '^proofmark: error: ' said)" -eq 1 ] || fail "$1: not one error: $(cat said)"
      [ "$2" = write ] || ! grep -qv '^proofmark: \|^hint: ' said || fail "$1: more than errors: $(cat said)"
      ;;
    *) fail "$1: exit code $3: $(cat said)" ;;
  esac
}

for name in attach bundle trust-sign trust-compile configure; do
  eval "command=($(cat "$name.command"))"
  calls "$name" >list
  [ "$(wc -l <list)" -gt 10 ] || fail "$name: no system calls found: $(head -3 trace)"
  while read -r call when; do
    for effect in signal=KILL $(errors "$call"); do once "$name" "$call" "$when" "$effect"; done
  done <list
  calls "$name" -E "LD_PRELOAD=$work/shim.so" -E SHIM_NAMED=1 >list
  grep -q '^rename\|^unlink' list || fail "$name: outputs have no temporary names: $(cat list)"
  while read -r call when; do
    effects='signal=KILL signal=TERM'
    [[ $call != @(openat|rename|renameat2|write|fsync) ]] || effects="$effects error=EIO"
    for effect in $effects; do
      once "$name" "$call" "$when" "$effect" -E "LD_PRELOAD=$work/shim.so" -E SHIM_NAMED=1
    done
  done <list
done

# Short and interrupted reads and writes change nothing.
head -c 1000000 /dev/urandom >start/long
for name in attach bundle trust-sign trust-compile configure; do
  eval "command=($(cat "$name.command"))"
  rm -rf run && cp -r start run && cases=$((cases + 1))
  (cd run && LD_PRELOAD=$work/shim.so SHIM_SHORT=1 "${command[@]}") >/dev/null 2>said && new "$name" ||
    fail "$name: short reads and writes: $(cat said)"
done
succeeds "${sign[@]}" start/long -o long.expected # which is data, and gets no section
succeeds env "LD_PRELOAD=$work/shim.so" SHIM_SHORT=1 "${sign[@]}" start/long -o long.short
same long.expected long.short

# A limit of the file size is an error, not the end.
expect 3 'proofmark: warning: start/long: no board was named, so no policy applies
proofmark: error: long.short: writing failed: File too large
hint: the limit of the file system or of the shell (ulimit -f) is lower' \
  bash -c 'ulimit -f 64; exec "$@"' bash "${sign[@]}" start/long -o long.short
same long.expected long.short

# A file system that is full sooner or later.
if unshare -rm true 2>/dev/null; then
  # shellcheck disable=SC2016 # expanded inside
  unshare -rm bash -c '
    work=$1 sign=$2 key=$3 failures=0 full=0
    mkdir -p "$work/small" && cd "$work/small"
    for pages in $(seq 5 16 293); do
      mount -t tmpfs -o size=$((pages * 4096)) small "$work/small" && cd "$work/small" || exit 1
      printf "old output\n" >out
      if "$sign" sign --allow-unproven --name in --key "$key" ../start/long -o out >/dev/null 2>../said; then
        cmp ../long.expected out || failures=$((failures + 1))
      else
        full=$((full + 1))
        [ "$(cat out)" = "old output" ] || { echo "$pages pages: not the old file"; failures=$((failures + 1)); }
        grep -q "^proofmark: error: out: .*No space left on device" ../said || { cat ../said; failures=$((failures + 1)); }
      fi
      [ "$(ls -A)" = out ] || { echo "left behind: $(ls -A)"; failures=$((failures + 1)); }
      cd "$work" && umount "$work/small"
    done
    echo "$full of 19 sizes were too small"
    [ "$failures" -eq 0 ] && [ "$full" -gt 0 ] && [ "$full" -lt 19 ]' bash "$work" "$SIGN" "$es256" || fail 'full file system'
  cases=$((cases + 19))
else
  echo 'note: no file system can be mounted here, a full one was not tried'
fi

# What cannot be told is no success either.
expect 3 'proofmark: error: standard output: cannot be written: No space left on device' \
  bash -c '"$0" info "$1" >/dev/full' "$SIGN" start/signed
finish
