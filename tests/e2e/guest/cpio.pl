#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
#
# Writes a directory as an initramfs (newc cpio) to standard output, the same bytes every time, with a console that needs no
# root to make, so that the kernel can open it for the first process. usage: cpio.pl DIR [bare]     bare: without console
use strict;
use warnings;
use File::Find;

my ($root, $bare) = @ARGV;
my $inode = 0;

sub put {
  my ($name, $mode, $data, $major, $minor) = @_;
  my $head = sprintf('070701' . '%08x' x 13, ++$inode, $mode, 0, 0, 1, 0, length $data, 0, 0, $major // 0, $minor // 0,
    length($name) + 1, 0);
  my $out = $head . $name . "\0";
  $out .= "\0" x (-length($out) % 4) . $data;
  print $out . "\0" x (-length($out) % 4);
}

binmode STDOUT;
put('dev', 040755, '') unless $bare;
put('dev/console', 020600, '', 5, 1) unless $bare;
my @paths;
find({ no_chdir => 1, wanted => sub { push @paths, $_ if $_ ne $root } }, $root);
for my $path (sort @paths) {
  my $mode = (lstat $path)[2];
  my $name = substr $path, length($root) + 1;
  if (-l $path) { put($name, 0120777, readlink $path) }
  elsif (-d $path) { put($name, $mode, '') }
  else {
    open my $file, '<:raw', $path or die "$path: $!";
    local $/;
    put($name, $mode, <$file> // '');
  }
}
put('TRAILER!!!', 0, '');
