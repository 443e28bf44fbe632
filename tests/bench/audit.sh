#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# The audit beside its peers on linked ELF files of this machine: time and memory, and whether they say the same of each
# file. Every disagreement must have a reason that is checked on the file itself; one without a reason fails the run.
# usage: audit.sh [NUMBER_OF_FILES]; PROOFMARK_BENCH_SLOW files (default 60) also go through hardening-check, which
# disassembles each of them.
set -eu
# shellcheck source=tests/bench/lib.sh
. "$(dirname "$0")/lib.sh"
need jq perl readelf checksec hardening-check /usr/bin/time
count=${1:-1000}
slow=${PROOFMARK_BENCH_SLOW:-60}
audit=$tree/build/host/bin/proofmark-elf

# The files in an order that depends on their names only, so that a run on the same machine looks at the same ones.
find /usr/bin /usr/sbin /usr/lib /usr/libexec -xdev -type f -size -20M -print 2>/dev/null |
  perl -MDigest::MD5=md5_hex -ne 'chomp; next unless open F, "<", $_ and read(F, $b, 18) == 18; close F;
    my $type = unpack "v", substr $b, 16, 2;
    print md5_hex($_), " $_\n" if substr($b, 0, 4) eq "\x7fELF" and ($type == 2 or $type == 3)' |
  LC_ALL=C sort | cut -d' ' -f2- | head -n "$count" >"$work/files"
mapfile -t files <"$work/files"
head -n "$slow" "$work/files" >"$work/few"
mapfile -t few <"$work/few"

exec 3>&1 # where measure reports: the output of what it measures goes to a file

# measure NAME FILES COMMAND...: seconds, processor seconds and peak memory; per file, since slow peers get fewer.
measure() {
  local name=$1 number=$2 wall user system kib
  shift 2
  /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" || true # exit 1 means findings
  read -r wall user system kib < <(tail -n 1 "$work/time")
  awk -v name="$name" -v n="$number" -v wall="$wall" -v cpu="$user $system" -v kib="$kib" 'BEGIN {
    split(cpu, c, " "); printf "%-34s %6d files %9.2f s %9.3f CPU ms/file %7.1f MiB\n", name, n, wall, (c[1] + c[2]) * 1000 / n, kib / 1024 }' >&3
}

# What scripts in build systems do: the program headers, the dynamic section, the symbols.
readelf_all() {
  local file
  while read -r file; do
    readelf -Wlds "$file" 2>/dev/null | awk -v file="$file" '
      /GNU_RELRO/ { relro = 1 } /BIND_NOW|FLAGS_1.*NOW/ { now = 1 } /GNU_STACK/ { nx = $0 !~ /RWE/ }
      /\((RPATH|RUNPATH)\)/ { path = 1 } /__stack_chk_fail/ { canary = 1 } /^Elf file type is DYN/ { dyn = 1 }
      END { print file "\trelro\t" (relro ? (now ? "full" : "partial") : "no"); print file "\tnx\t" (nx ? "yes" : "no")
            print file "\tpath\t" (path ? "yes" : "no"); print file "\tcanary\t" (canary ? "yes" : "no")
            print file "\tmovable\t" (dyn ? "yes" : "no") }'
  done <"$1"
}
export -f readelf_all

echo "time and memory"
measure 'proofmark audit --functions off' "$count" "$audit" audit --functions off --format json -o "$work/ours.json" "${files[@]}"
measure 'proofmark audit --functions on' "$count" "$audit" audit --functions on --format json -o "$work/code.json" "${files[@]}"
measure 'checksec' "$count" checksec --format=json --listfile="$work/files" >"$work/checksec.json" 2>/dev/null
measure 'readelf and awk' "$count" bash -c "readelf_all $work/files >$work/readelf.tsv"
measure 'hardening-check' "${#few[@]}" hardening-check "${few[@]}" >"$work/hardening.txt" 2>/dev/null

# Every tool's answers as lines "file TAB property TAB answer".
jq -r '.files[] | .file as $f | (.rules | map({(.id): .status}) | add) as $r | .link as $link |
  [$f, "relro", (if $r.PME004 != "pass" then "no" elif $r.PME005 == "pass" then "full" else "partial" end)],
  [$f, "nx", (if $r.PME006 == "pass" then "yes" else "no" end)],
  [$f, "path", (if $r.PME003 == "pass" or $r.PME003 == "not-applicable" then "no" else "yes" end)],
  [$f, "canary", (if $r.PME009 == "pass" then "yes" else "no" end)] | @tsv' "$work/code.json" | sort >"$work/ours.tsv"
# checksec's JSON is not always well formed (two records in one line), so the records are taken out one by one.
grep -oE '"/[^"]+": \{[^}]*\}' "$work/checksec.json" | sed -E 's/^"([^"]+)": (\{.*)$/\1\t\2/' |
  while IFS=$'\t' read -r file record; do
    jq -r --arg f "$file" '[$f, "relro", .relro], [$f, "nx", .nx], [$f, "canary", .canary],
      [$f, "path", (if .rpath == "yes" or .runpath == "yes" then "yes" else "no" end)] | @tsv' <<<"$record"
  done | sort >"$work/checksec.tsv"
awk '/^\/.*:$/ { file = substr($0, 1, length($0) - 1) }
  /Stack protected:/ { print file "\tcanary\t" ($0 ~ /: yes/ ? "yes" : "no") }
  /Read-only relocations:/ { relro = $0 ~ /: yes/ }
  /Immediate binding:/ { print file "\trelro\t" (relro ? ($0 ~ /: yes/ ? "full" : "partial") : "no") }' \
  "$work/hardening.txt" | sort >"$work/hardening.tsv"
grep -v $'\tmovable\t' "$work/readelf.tsv" | sort >"$work/r" && mv "$work/r" "$work/readelf.tsv"

# reason FILE PROPERTY OURS THEIRS: why both may be right, found out from the file; fails when there is none.
reason() {
  case $2 in
    canary)
      if readelf -WS "$1" | grep -qE ' \.text +NOBITS'; then
        echo 'holds debug information and no code; they count a name in its symbol table'
      elif readelf -h "$1" | grep -qE 'Machine: .*(80386|ARM$|RISC|PowerPC|S/390|MIPS)'; then
        echo 'code of a machine that the audit does not examine; they count the symbol'
      elif ! readelf -Ws "$1" | grep -q '__stack_chk_fail'; then
        echo 'canary code without the symbol they look for: inlined in a stripped static file'
      elif [ "$3" = no ] && ! objdump -d --no-show-raw-insn "$1" 2>/dev/null | grep -qE '(call|jmp|bl|b) .*__stack_chk_fail'; then
        echo 'defines or imports the symbol and never calls it'
      else
        return 1
      fi ;;
    relro)
      if readelf -Wl "$1" | grep -q GNU_RELRO && ! readelf -Wd "$1" | grep -q 'Dynamic section at'; then
        echo 'static: nothing is bound lazily, they miss the BIND_NOW flag'
      elif [ "$3" = no ] && readelf -Wl "$1" | grep -q GNU_RELRO; then
        echo 'has a RELRO segment that does not cover what is relocated (see PME004)'
      else
        return 1
      fi ;;
    *) return 1 ;;
  esac
}

unexplained=0
printf '\nagreement with proofmark audit\n'
for peer in checksec readelf hardening; do
  join -t $'\t' <(sed 's/\t/#/' "$work/ours.tsv" | sort) <(sed 's/\t/#/' "$work/$peer.tsv" | sort) >"$work/both"
  printf '%-10s %6d answers compared, %d differ\n' "$peer" "$(wc -l <"$work/both")" "$(awk -F'\t' '$2 != $3' "$work/both" | wc -l)"
  : >"$work/reasons"
  while IFS=$'\t' read -r key ours theirs; do
    if why=$(reason "${key%#*}" "${key##*#}" "$ours" "$theirs" 2>/dev/null); then
      echo "${key##*#}: ours $ours, theirs $theirs: $why" >>"$work/reasons"
    else
      echo "  UNEXPLAINED ${key%#*}: ${key##*#}: ours $ours, theirs $theirs"
      unexplained=$((unexplained + 1))
    fi
  done < <(awk -F'\t' '$2 != $3' "$work/both")
  sort "$work/reasons" | uniq -c | sed 's/^/  /'
done
echo "$unexplained disagreements without a reason"
[ "$unexplained" = 0 ]
