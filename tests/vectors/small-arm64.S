// SPDX-License-Identifier: Apache-2.0
//
// The smallest program that a signature can be told from: it exits with 42.
  .text
  .globl _start
_start:
  bti c
  mov x8, #93
  mov x0, #42
  svc #0
  .section .note.GNU-stack, "", %progbits
