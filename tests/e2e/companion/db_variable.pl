#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# Puts a certificate into the variable `db` of an empty variable store of OVMF, so that a kernel that starts there finds it among the
# keys of its platform (UEFI 2.10, section 32.4.1; the store is EDK II's, VariableFormat.h). usage: db_variable.pl STORE CERT.der OUT
use strict;
use warnings;

my ($template, $certificate, $out) = @ARGV;
my $first = 0x64; # behind the headers of volume and store

sub slurp {
  open my $file, '<:raw', $_[0] or die "$_[0]: $!";
  local $/;
  return <$file>;
}

sub guid {
  my @part = split /-/, $_[0];
  return pack('Vvv', map { hex } @part[0 .. 2]) . pack('H*', $part[3] . $part[4]);
}

my $store = slurp($template);
substr($store, 0x48, 16) eq guid('aaf32c78-947b-439a-a180-2e144ec37792') && substr($store, $first, 2) eq "\xff\xff"
  or die "$template: not an empty store\n";
my $x509 = slurp($certificate);
my $entry = guid('00000000-0000-0000-0000-000000000000') . $x509; # whose it is, and what
my $list = guid('a5c059a1-94e4-4aa7-87b5-ab155c2bf072') . pack('V3', 28 + length $entry, 0, length $entry) . $entry;
my $name = "d\0b\0\0\0";
my $variable = pack('v C2 V Q<', 0x55aa, 0x3f, 0, 7, 0) . "\0" x 16 . pack('V3', 0, length $name, length $list)
  . guid('d719b2cb-3d3a-4596-a3bc-dad00e67656f') . $name . $list;
substr($store, $first, length $variable) = $variable;
open my $file, '>:raw', $out or die "$out: $!";
print $file $store;
