#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Budgets of memory: what a launcher has resident at its peak, and how much of its stack it has touched, when it has done all its
# work on a program of 700 KB but to start it. The numbers are those of the table in verify/README.md. Refused at last, with
# nowhere to write the reason to, it stands still and can be looked at. usage: memory.sh amd64 (an emulated program has the
# memory of the emulator)
set -u
# shellcheck source=tests/attacks/lib.sh
. "$(dirname "$0")/lib.sh"
need_device
[ "$arch" = "$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')" ] || skip 'needs the machine itself, not user emulation'
[ "$(id -u)" -eq 0 ] || skip 'only root can look at the memory of a launcher'

# measure PROGRAM FILE: prints peak of resident memory and touched stack, in KiB.
cat >"$work/measure.pl" <<'PERL'
use strict;
use Fcntl;
pipe(my $read, my $write) or die;
fcntl($write, F_SETFL, O_NONBLOCK) or die;
1 while syswrite($write, 'x' x 4096);
fcntl($write, F_SETFL, 0) or die;
my $child = fork // die;
if ($child == 0) {
  open(STDERR, '>&', $write) or die;
  %ENV = ();  # it lies on the stack
  exec @ARGV or die;
}
sub slurp { local (@ARGV, $/) = @_; return <> // '' }
my $waiting = 0;
for (my $i = 0; $i < 1000 && $waiting < 5; ++$i) {
  select undef, undef, undef, 0.01;
  $waiting = slurp("/proc/$child/stat") =~ /\) S / ? $waiting + 1 : 0;
}
my ($peak) = slurp("/proc/$child/status") =~ /VmHWM:\s+(\d+)/;
my ($stack) = slurp("/proc/$child/smaps") =~ /\[stack\]\n(?:.*\n)*?Rss:\s+(\d+)/;
kill 9, $child;
waitpid $child, 0;
print "$peak $stack\n";
PERL

# measured PROGRAM FILE ROW: within 1 MiB, and as the table says, give or take 32 KiB and one page of stack, as
# the kernel places it.
measured() {
  local found peak stack written
  found=$(perl "$work/measure.pl" "$1" "$2")
  read -r peak stack <<<"$found"
  checks=$((checks + 3))
  ((${peak:-0} > 0 && peak <= 1024)) || fail "$3: ${peak:-nothing} KiB resident (limit 1024)"
  written=$(awk -F'|' -v row="$3" 'index($2, row) == 2 {gsub(/ KiB/, "", $3); print $3}' "$(dirname "$0")/../../verify/README.md")
  read -r written_peak _ written_stack <<<"$written"
  ((${written_peak:-0} > 0 && peak - written_peak <= 32 && written_peak - peak <= 32)) ||
    fail "verify/README.md says ${written_peak:-nothing} KiB of $3 (expected about $peak)"
  ((${written_stack:-0} > 0 && stack - written_stack <= 4 && written_stack - stack <= 4)) || fail "verify/README.md says ${written_stack:-nothing} KiB of the stack of $3 (expected $stack)"
  echo "$3: $peak KiB resident, $stack KiB of stack"
}

head -c 700000 /dev/zero >"$work/zeros"
sign --machine "$([ "$arch" = amd64 ] && echo 62 || echo 183)" "$work/zeros" "$work/static"
measured "$bin/proofmark-exec-test" "$work/static" 'memory of `proofmark-exec`: resident, stack'
list=()
for file in /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; do [ ! -e "$file" ] || list+=(--dependency "$file=$file"); done
sign "${list[@]}" /bin/sh "$work/dynamic"
measured "$bin/proofmark-exec-full" "$work/dynamic" 'memory of `proofmark-exec` with `DYNAMIC` and `SCRIPTS`'
finish
