#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Shards: each unit in one of them, none much longer than the others, the same wherever the checkout lies; joined, they
# say what one run says; and nothing joins that is not the whole of one build.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
names=()
for i in $(seq 9); do
  printf 'int f%s(int i);\n%s\n' "$i" "int f$i(int i) { int v[4] = {1, 2, 3, 4}; if (i == $i) return v[i & 7]; return 0; }" >"src/s$i.c"
  names+=("src/s$i.c")
done
database "clang-19 $clang_flags" "${names[@]}" src/sound.c
# One unit lacks a property that the others hold, and one is of another kind.
jq '.[3].command |= sub("-fstack-protector-strong"; "") | . + [.[0] | .file = "src/code.S" | .command |= sub("src/s1.c"; "src/code.S")]' \
  compile_commands.json >new.json && mv new.json compile_commands.json
# One source is built for two targets.
jq '. + [.[1] | .command += " -DTWICE"]' compile_commands.json >new.json && mv new.json compile_commands.json
echo '.section .note.GNU-stack,"",%progbits' >src/code.S
printf '{"waivers": [{"rule": "PMS101", "place": "src/s4.c", "reason": "r", "owner": "o", "expires": "2999-01-01"}, {"rule": "PMS102", "place": "src/s5.c", "reason": "r", "owner": "o", "expires": "2999-01-01"}]}' >waivers.json

check() { "$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --waivers waivers.json "$@" >out 2>err; }
check --evidence whole.json --format sarif -o whole.sarif
for n in 1 2 3 20; do
  parts=()
  for i in $(seq "$n"); do
    check --shard "$i/$n" --evidence "part.$i.json"
    parts+=("part.$i.json")
  done
  "$PROOFMARK_ANALYZE" merge "${parts[@]}" --waivers waivers.json --evidence joined.json --format sarif -o joined.sarif >out 2>err
  cmp -s whole.json joined.json || fail "$n shards say something else: $(diff whole.json joined.json | head -n 10)"
  cmp -s whole.sarif joined.sarif || fail "$n shards make another report"
  # By the cost that a unit is believed to have; no two parts differ by more than the most costly unit.
  for part in "${parts[@]}"; do
    jq -r '.units[].source' "$part" | xargs -r stat -c %s | awk '{ cost += $1 + 4096 } END { print cost + 0 }'
  done | sort -n >costs
  most=$(stat -c %s src/*.c src/*.S | sort -n | tail -n 1)
  [ $(($(tail -n 1 costs) - $(head -n 1 costs))) -le $((most + 4096)) ] || fail "$n shards are not balanced: $(tr '\n' ' ' <costs)"
done

# Elsewhere: the same parts.
check --shard 1/3 --evidence here.json
mkdir -p "$work/else/where" && cp -r src compile_commands.json "$work/else/where"
sed -i "s|$work|$work/else/where|g" "$work/else/where/compile_commands.json"
"$PROOFMARK_ANALYZE" check -p else/where --board qemu-amd64 --boards-dir "$BOARDS_DIR" --shard 1/3 --evidence there.json >out 2>err
for file in here there; do jq -r '.units[].source' $file.json | sort >$file.units; jq -r .shard.units_sha256 $file.json >>$file.units; done
cmp -s here.units there.units || fail "another checkout has other parts: $(diff here.units there.units)"

# What makes no whole.
for i in 1 2 3; do check --shard "$i/3" --evidence "part.$i.json"; done

expect 3 'shard 2/3 is missing' merge part.1.json part.3.json
expect 3 'shard 1/3 is there twice' merge part.1.json part.1.json part.2.json part.3.json
check --shard 2/4 --evidence foreign.json
expect 3 'shards are of different numbers (expected n/3, found n/4)' merge part.1.json foreign.json part.3.json
jq 'del(.[0])' compile_commands.json >fewer.json
"$PROOFMARK_ANALYZE" check -p fewer.json --board qemu-amd64 --boards-dir "$BOARDS_DIR" --shard 2/3 --evidence foreign.json >out 2>err
expect 3 'shard 2/3 is of another build: the lists of all units differ' merge part.1.json foreign.json part.3.json
jq '.[0].command += " -DOTHER"' compile_commands.json >other.json
"$PROOFMARK_ANALYZE" check -p other.json --board qemu-amd64 --boards-dir "$BOARDS_DIR" --shard 2/3 --evidence foreign.json >out 2>err
expect 3 'shard 2/3 is of another build: the lists of all units differ' merge part.1.json foreign.json part.3.json
cp src/s1.c saved && echo '// longer on this machine' >>src/s1.c
check --shard 2/3 --evidence foreign.json
expect 3 '' merge part.1.json foreign.json part.3.json
grep -qE 'is of another build|analysed from two different sources' err || fail "a source of another length: $(cat err)"
mv saved src/s1.c
"$PROOFMARK_ANALYZE" check -p . --policy "$BOARDS_DIR/policies/debian.json" --shard 2/3 --evidence foreign.json >out 2>err
expect 3 'evidence is for different boards' merge part.1.json foreign.json part.3.json
jq '.policy.sha256 = "00"' part.2.json >foreign.json
expect 3 'evidence is by different policies' merge part.1.json foreign.json part.3.json
expect 3 'a shard cannot be merged with evidence that is none' merge part.1.json whole.json part.2.json part.3.json
jq '.shard.count = 4000000000' part.1.json >huge.json
expect 3 'shard 2/4000000000 is missing' merge huge.json
jq '.shard = 7' part.1.json >strange.json
expect 3 'strange.json: not a shard' merge strange.json

for wrong in 0/3 4/3 1 1/0 -1/3 a/b 1/3/4 '1/ 3'; do expect 3 'not a part of a whole' "${amd64[@]}" --shard "$wrong"; done
expect 2 'excludes' "${amd64[@]}" --shard 1/2 src/sound.c
finish
