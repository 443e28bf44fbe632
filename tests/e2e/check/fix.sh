#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# check --fix: every fix of the table cures the sample of its rule, and what comes out compiles; a second run finds nothing
# to do; kept results carry their fixes. What must not be changed stays as it is, and is named: waived and excused
# findings, macros, headers of which units disagree, files that are read-only, linked, outside, built, or newer than
# the analysis.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
samples=$here/../../rules
export XDG_CACHE_HOME=$work/cache
mkdir project && cd project || exit 1
work=$PWD

policy() { printf '{"name":"p","version":1,"rules":{"PMF012":"off","PMF014":"off",%s}}' "$1" >p.json; }
fix() { # CODE "TEXT" ARGUMENTS...
  local code=$1 words=$2
  shift 2
  expect "$code" "$words" check -p . --policy p.json --boards-dir "$BOARDS_DIR" "$@"
}
lines() { grep -c "^proofmark: $1: " err; }
refused() { # PLACE "WHY"
  grep -qF "proofmark: not fixed: $1" err || fail "$1 is not named: $(cat err)"
  grep -F "proofmark: not fixed: $1" err | grep -qF -- "$2" || fail "no '$2' in: $(grep -F "$1" err)"
}

# Every line of the table, on a sample of its rule.
mkdir table
"$PROOFMARK_ANALYZE" rules --fixes >fixes
count=$(wc -l <fixes)
[ "$count" -ge 9 ] || fail "rules --fixes: $(cat fixes)"
levels='' files=''
while read -r rule name _; do
  file=table/$rule.c
  case $rule in
    PMW091) printf '#include <string.h>\nvoid f(char *more);\nvoid f(char *more) {\n  char all[9] = "";\n  strncat(all, more, sizeof(all));\n}\n' >"$file" ;;
    PMC019) file=table/$rule.cpp && cp "$samples/$rule/fail_basic.cpp" "$file" ;;
    *) cp "$samples/$rule/fail_basic.c" "$file" ;;
  esac
  files+=" $file" levels+="\"$rule\":\"must\","
  "$PROOFMARK_ANALYZE" explain "$rule" | grep -qF "check --fix\` cures $name: " || fail "explain $rule does not name its fix"
done <fixes
policy "${levels%,}"
# shellcheck disable=SC2086
database "clang-19 $clang_flags -Wall" $files
sed -i 's, *// expect: .*,,' table/*
cp -r table before
fix 1 'to be fixed: table/PMW009.c' --fix=diff
grep -qx '+++ b/table/PMW009.c' out || fail "no patch: $(head -n 5 out)"
grep -q 'error:' out && fail 'the patch has a report in it'
diff -r before table >/dev/null || fail '--fix=diff changed a file'
[ "$(lines 'to be fixed')" = "$count" ] || fail "$(lines 'to be fixed') of $count to be fixed: $(cat err)"
mv out fixes.patch
# From the cache, with the same result as the patch.
fix 1 "$count of $count units from the cache, 0 analyses" --fix
[ "$(lines fixed)" = "$count" ] || fail "$(lines fixed) of $count fixed: $(cat err)"
mkdir patched && cp -r before patched/table
(cd patched && git apply --unsafe-paths -p1 ../fixes.patch) || fail 'git apply does not take the patch'
diff -r patched/table table || fail 'the patch is another text than what was written'
for file in table/*.c; do clang-19 -fsyntax-only -Wall -Werror "$file" || fail "$file does not compile after its fix"; done
clang-19 -fsyntax-only -std=c++20 table/PMC019.cpp || fail 'PMC019 does not compile after its fix'
cp -r table after
fix 0 ' 0 of ' --fix
grep -oE "\[($(cut -d' ' -f1 fixes | paste -sd'|'))\]" out | sort -u | grep -v PMW091 && fail 'a finding is there after its fix'
diff -r after table || fail 'a second --fix changed something'

# Situations, each a file with a wrong format in line 5.
policy '"PMW009":"must","PMX002":"off"'
sample() { # FILE ["LINE 5"] ["INCLUDE"]
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "${3:-}#include <stdio.h>" 'void show(long value);' 'void show(long value) {' '  (void)value;' \
    "  ${2:-printf(\"%d\", value);}" '}' >"$1"
}
sample src/plain.c
sample src/crlf.c && sed -i 's/$/\r/' src/crlf.c
sample src/latin.c $'printf("%d\xe4", value);'
sample src/macro.c 'SHOW(value);' $'#define SHOW(x) printf("%d", x)\n'
sample src/waived.c
sample src/readonly.c && chmod 444 src/readonly.c
sample src/mode.c && chmod 741 src/mode.c
sample src/hard.c && ln src/hard.c hard.link
sample ../outside/far.c && ln -s ../../outside/far.c src/far.c
sample real/near.c && ln -s ../real/near.c src/near.c
sample src/twice.c 'printf("%d%d", value, value);'
cp -p src/crlf.c crlf.before
printf '{"waivers":[{"rule":"PMW009","place":"src/waived.c","reason":"shown as it is","owner":"ann","expires":"2099-01-01"}]}' >w.json
database "clang-19 $clang_flags" src/*.c
cp -rL src src.before
fix 1 '; build and check again' --fix --waivers w.json
for name in plain crlf latin mode twice; do
  grep -q 'printf("%ld' "src/$name.c" || fail "$name.c is not fixed: $(grep "$name" err)"
done
grep -q '%ld%ld' src/twice.c || fail 'only one of two edits side by side was made'
diff <(sed 's/%d/%ld/' crlf.before) src/crlf.c || fail 'line ends have changed'
cmp -s <(printf '  printf("%%ld\xe4", value);\n') <(sed -n 5p src/latin.c) || fail 'bytes that are no UTF-8 have changed'
[ "$(stat -c %a src/mode.c)" = 741 ] || fail "the mode has become $(stat -c %a src/mode.c)"
[ -L src/near.c ] && grep -q '%ld' real/near.c || fail 'a link within the project was not followed'
for name in macro waived readonly hard far; do cmp "src.before/$name.c" "src/$name.c" || fail "$name.c was changed"; done
refused src/readonly.c 'the file is read-only'
refused src/hard.c 'hard link'
refused src/far.c 'outside of the project'
grep -q 'waived' <(grep '^proofmark: ' err) && fail 'a waived finding was to be fixed'
[ -z "$(find . -name '*.proofmark-fix*')" ] || fail 'a temporary file is left'

# The header of two units: one edit where both say the same, none where they do not, none where one is silent.
header() { printf '%s\n' '#include <stdio.h>' "static inline void show(NUMBER value) { printf(\"%d\", value); }" >"$1.h"; }
header same && header apart && header silent
for unit in one two; do
  printf '#define NUMBER %s\n#include "../same.h"\n' long >src/$unit.c
  printf '#define NUMBER %s\n#include "../apart.h"\n' "$([ $unit = one ] && echo long || echo size_t)" >src/a$unit.c
  printf '#define NUMBER %s\n#include "../silent.h"\n' "$([ $unit = one ] && echo long || echo int)" >src/s$unit.c
done
sed -i '1s/^/#include <stddef.h>\n/' src/a*.c
database "clang-19 $clang_flags" src/{one,two,aone,atwo,sone,stwo}.c
fix 1 '' --fix
grep -q '"%ld"' same.h || fail 'the header on which units agree is not fixed'
[ "$(lines fixed)" = 1 ] || fail "$(lines fixed) fixes of one header"
header before
cmp before.h apart.h && cmp before.h silent.h || fail 'a header was changed for one unit against the other'
refused apart.h 'reads the file and does not say the same'
refused silent.h 'src/stwo.c reads the file and does not say the same'

# What the build made, in a build directory of its own.
mkdir build && sample build/made.c && sample src/plain.c
database "clang-19 $clang_flags" build/made.c src/plain.c
mv compile_commands.json build/
expect 1 '' check -p build --policy p.json --boards-dir "$BOARDS_DIR" --fix
refused build/made.c 'build directory'
grep -q '%ld' src/plain.c || fail 'the source beside the build directory is not fixed'

# A file that is saved between the analysis and the fix.
sample src/plain.c
printf '#!/bin/sh\ncase "$*" in *-fanalyzer*) echo "// saved meanwhile" >>%s/src/plain.c ;; esac\nexec /usr/bin/gcc "$@"\n' "$work" >gcc
chmod +x gcc
database "$work/gcc $common_flags" src/plain.c
fix 1 '' --fix --gcc-diagnostics
grep -q 'saved meanwhile' src/plain.c || fail 'the file was not changed in time'
refused src/plain.c 'the file has changed since it was analysed'
grep -q '"%d"' src/plain.c || fail 'a file that had changed was fixed'

# Only findings of this change: the others stay.
git init -q . && git add src && git -c user.name=a -c user.email=a@b commit -qm base
database "clang-19 $clang_flags" src/plain.c
sed -i 's/value) {/value) { \/\/ changed/' src/plain.c
cp src/plain.c plain.before
fix 0 ' 0 of ' --fix --diff HEAD
cmp plain.before src/plain.c || fail 'a finding on no changed line was fixed'
fix 2 'excludes --fix' --fix --shard 1/2
fix 2 '' --fix --no-exec
fix 2 'fix' --fix=else
finish
