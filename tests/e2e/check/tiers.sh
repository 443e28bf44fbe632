#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# How deep paths are followed: a tier finds what its budget reaches, and one below the policy's budget proves nothing
# about paths.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"

# A path too long for the cheapest tier leads to the defect.
{
  echo 'int deep(const int *v) {'
  echo '  int n = 0, *p = 0;'
  for i in $(seq 0 5999); do echo "  n += v[$i];"; done
  echo '  return n == 12345 ? *p : n;'
  echo '}'
} >deep.c
database 'clang-19 -O2' deep.c
echo '{"name": "p", "version": 1, "description": "d", "rules": {"PMS105": "must"}}' >policy.json

# tier NAME: leaves evidence.json.
tier() { "$PROOFMARK_ANALYZE" check -p . --policy policy.json --no-cache --evidence evidence.json "$@" >out 2>err; }
found() { jq '[.findings[] | select(.rule == "PMS105")] | length' evidence.json; }
proves() { jq -e '.properties | index("path-sensitive")' evidence.json >/dev/null; }

tier --tier deep
[ "$(found)" = 1 ] || fail "deep: expected the defect, found: $(cat out err)"
proves || fail 'deep: does not prove what the policy asks for'
tier --tier fast
[ "$(found)" = 0 ] || fail 'fast: the sample is too easy to tell the tiers apart'
! proves || fail 'fast: proves what the policy asks for'
tier
proves || fail 'no tier: does not prove what the policy asks for'

# A policy's own budget is what counts.
echo '{"name": "p", "version": 1, "description": "d", "rules": {"PMS105": "must"}, "parameters": {"PMS": {"max-nodes": 1000}}}' >policy.json
tier --tier fast
proves || fail 'fast: above the policy'"'"'s budget, and yet no proof'
# A long time without news ends a function early, as the policy says: here a defect needs nine branches at once.
{
  echo 'int late(const int *v) {'
  echo '  int n = 0, *p = 0;'
  for i in $(seq 0 15); do echo "  if (v[$i]) n++;"; done
  echo '  return n == 9 ? *p : n;'
  echo '}'
} >late.c
database 'clang-19 -O2' late.c
quiet() { # NODES
  jq -n --argjson n "$1" '{name: "p", version: 1, description: "d", rules: {PMS105: "must"}, parameters: {PMS: {"quiet-nodes": $n}}}' >policy.json
}
quiet 0
tier
[ "$(found)" = 1 ] || fail "quiet 0: expected the defect, found: $(cat out err)"
tier --tier standard
! proves || fail 'standard: gives up before what the policy asks for, and yet proves it'
tier --tier deep
proves || fail 'deep: does not prove what a policy that never gives up asks for'
quiet 1000
tier
[ "$(found)" = 0 ] || fail 'quiet 1000: the sample is too easy'
proves || fail 'quiet 1000: does not prove what the policy asks for'
expect 2 'fast,standard,deep' check -p . --policy policy.json --tier slow
finish
