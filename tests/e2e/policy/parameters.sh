#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Parameters of source rules do what a policy says with them: limits move, names are added, findings about calls show each
# call, and a value that makes no sense is refused.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

cat >unit.c <<'C'
#include <stdlib.h>
void fill(char *buffer, unsigned long size);
void on_timer_irq(void);
int our_check(void);
void outer(void);
static void inner(void) {
  char block[400];
  fill(block, sizeof block);
}
void outer(void) {
  char buffer[600];
  fill(buffer, sizeof buffer);
  inner();
}
int our_receive(int line, unsigned char *message);
int table(int line);
static int levels[16];
int table(int line) {
  unsigned char message[8];
  if (our_receive(line, message) < 0) return -1;
  return levels[message[0]];
}
void on_timer_irq(void) {
  free(malloc(1));
  our_check();
}
C
printf '[{"directory": "%s", "file": "unit.c", "arguments": ["clang-19", "-O2", "-c", "unit.c"]}]\n' "$work" >compile_commands.json

# check PARAMETERS: the exit code; the findings are in "found", "RULE:LINE" each.
check() {
  printf '{"name": "one", "version": 1, "rules": {}, "parameters": %s}\n' "$1" >one.json
  "$PROOFMARK_ANALYZE" check -p . --policy one.json --evidence evidence.json --no-cache -o out >err 2>&1
  local code=$?
  jq -r '.findings[] | select(.rule | test("^PMS(115|411|50)")) | "\(.rule):\(.line)"' evidence.json 2>/dev/null | sort | xargs >found
  return "$code"
}

expect() { # parameters, findings
  rm -f evidence.json
  check "$1"
  [ "$(<found)" = "$2" ] || {
    echo "FAILED: $1 found '$(<found)' (expected '$2'): $(head -n 3 err)"
    failures=$((failures + 1))
  }
}

expect '{}' ''
expect '{"PMS501": {"max-frame": 600}}' ''
expect '{"PMS501": {"max-frame": 599}}' 'PMS501:10'
expect '{"PMS502": {"max-chain": 1000}}' ''
expect '{"PMS502": {"max-chain": 999}}' 'PMS502:10'
steps=$(jq -r '.findings[] | select(.rule == "PMS502") | .path[] | "\(.line) \(.message)"' evidence.json)
[ "$steps" = $'10 \'outer\' takes 600 bytes\n13 \'inner\' takes 400 bytes' ] || {
  echo "FAILED: the chain's steps are: $steps"
  failures=$((failures + 1))
}
# What one function takes by itself is said once, by the other rule.
expect '{"PMS501": {"max-frame": 300}, "PMS502": {"max-chain": 300}}' 'PMS501:10 PMS501:6'
expect '{"PMS506": {"handlers": ["on_*_irq"]}}' 'PMS506:24'
expect '{"PMS411": {"functions": ["our_*"]}}' 'PMS411:25'
expect '{"PMS115": {"sources": ["our_receive:1", "other:0"]}}' 'PMS115:21'
expect '{"PMS115": {"sources": ["our_receive:0"]}}' ''
for wrong in '{"PMS115": {"sources": ["our_receive"]}}' '{"PMS501": {"max-frame": 0}}' '{"PMS502": {"max-chain": "64K"}}' '{"PMS506": {"handlers": "*_irq"}}'; do
  check "$wrong"
  [ $? = 3 ] || {
    echo "FAILED: $wrong was taken: $(head -n 3 err)"
    failures=$((failures + 1))
  }
done
echo "$failures failed"
[ "$failures" = 0 ]
