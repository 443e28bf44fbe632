#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# clang-tidy's checks: named by their own names in text, policies, waivers and `explain`; NOLINT silences nothing unless
# the policy says so; options reach the check, and wrong ones are refused; headers of the project are judged, those of the
# system are not; what another rule says better is said once.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
mkdir -p own system
cat >own/grow.h <<'C'
#include <stdlib.h>
struct Log { char *text; };
static inline int grow(struct Log *log, size_t size) {
  log->text = realloc(log->text, size);
  return log->text == NULL ? -1 : 0;
}
C
sed 's/Log/Other/; s/grow/widen/; s/struct Log/struct Other/' own/grow.h >system/widen.h
cat >one.c <<'C'
#include <grow.h>
#include <string.h>
#include <widen.h>
int port(const char *text) { return atoi(text); }
int quiet(const char *text) { return atoi(text); }  // NOLINT
int differs(const char *a, const char *b) {
  if (strcmp(a, b)) return 1;
  return 0;
}
int seed(void) { srand(1); return rand(); }
C
database "clang-19 $clang_flags -Iown -isystem system" one.c

# run CODE "TEXT" RULES PARAMETERS ARGUMENTS...: checks under a policy of these rules and parameters of PMC.
run() {
  local code=$1 words=$2
  printf '{"name":"p","version":1,"rules":{"PMF014":"off",%s},"parameters":{"PMC":{%s}}}' "$3" "$4" >p.json
  shift 4
  expect "$code" "$words" check -p . --policy p.json --boards-dir "$BOARDS_DIR" one.c "$@"
}
said() { grep -c "$1" out; }

run 1 '[cert-err34-c] [CWE-391]' '"cert-err34-c":"must"' ''
[ "$(said 'cert-err34-c')" = 2 ] || fail 'NOLINT silenced a finding, or one is there twice'
grep -q 'NOLINT names nobody who answers for it' out || fail 'the silenced finding does not say what to do'
[ "$(said 'suspicious-realloc-usage')" = 1 ] || fail 'the header of the project or of the system is judged wrongly'
[ "$(said 'cert-msc32-c')" = 0 ] || fail 'PMS428 and cert-msc32-c both speak of one line'
run 1 'PMS428' '"cert-err34-c":"must"' ''
run 1 '[cert-err34-c]' '"PMC053":"must"' '"honour-nolint":true'
[ "$(said 'cert-err34-c')" = 1 ] || fail 'NOLINT is not honoured when the policy says so'
run 0 '0 errors' '"cert-err34-c":"off"' ''
[ "$(said 'cert-err34-c')" = 0 ] || fail 'a check that is off speaks'
[ "$(said 'string-compare')" = 0 ] || fail 'an option of ours did not reach its check'
run 0 'suspicious-string-compare' '"cert-err34-c":"off"' '"options":{"bugprone-suspicious-string-compare.WarnOnImplicitComparison":"true"}'

# Names and options that do not exist are no laxer policy.
run 3 'unknown rule "cert-err34"' '"cert-err34":"must"' ''
run 3 'rule PMC053 is there twice' '"cert-err34-c":"must","PMC053":"off"' ''
run 3 'is an option of no rule' '"PMC053":"off"' '"options":{"cert-err34.Limit":"1"}'
run 1 'no check has an option cert-err34-c.Limit' '"PMC053":"must"' '"options":{"cert-err34-c.Limit":"1"}'

# A waiver may use the name, too.
printf '{"waivers":[{"rule":"cert-err34-c","place":"one.c","reason":"numbers of our own","owner":"ann","expires":"2099-01-01"}]}' >w.json
run 0 '0 errors' '"cert-err34-c":"must"' '' --waivers w.json
[ "$(said 'PMX002')" = 0 ] || fail 'the waiver counts as unused'
expect 0 '# PMC053 cert-err34-c' explain cert-err34-c
finish
