#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Results shared over HTTP: a real nginx with WebDAV serves them to another machine (an empty directory); servers that
# lie, send without end, hang or redirect are not believed, cost one warning, and never the check.
# shellcheck source=tests/e2e/check/lib.sh
. "$(dirname "$0")/lib.sh"
export PATH=$PATH:/usr/sbin
for tool in nginx node openssl; do
  command -v $tool >/dev/null || { echo "skipped: no $tool"; exit 77; }
done
servers=()
stop() { [ ${#servers[@]} = 0 ] || kill "${servers[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$work"; }
trap stop EXIT

cp "$here/project/src/sound.c" a.c
printf 'int b(int i);\n%s\n' 'int b(int i) { int v[4] = {1, 2, 3, 4}; if (i == 4) return v[i]; return 0; }' >b.c
database "clang-19 $clang_flags -Isrc" a.c b.c
mkdir -p src/modbus && cp -r "$here/project/src/modbus" src/ && cp src/modbus/*.h . 2>/dev/null
openssl rand -hex 32 >key
openssl rand -hex 32 >other.key

# run KEPT ANALYSES "STDERR TEXT" OPTION...: with an empty directory of its own.
run() {
  local kept=$1 analyses=$2 text=$3
  shift 3
  rm -rf local
  "$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --cache local --evidence out.json "$@" >out 2>err
  [ $? -le 1 ] || fail "$*: $(cat out err)"
  grep -q "proofmark: $kept of 2 units from the cache, $analyses analys" err || fail "$*: expected $kept kept and $analyses analysed: $(cat err)"
  if [ -n "$text" ]; then grep -qF -- "$text" err || fail "$*: no \"$text\" in $(cat err)"; else
    ! grep -q warning err || fail "$*: $(cat err)"; fi
  [ "$(grep -c warning err)" -le 1 ] || fail "$*: more than one warning: $(cat err)"
  [ ! -e cold.json ] || cmp -s cold.json out.json || fail "$*: other evidence"
}

# Without a key nobody is believed, and the reason is said.
expect 2 'whoever can write there could clear any unit of its findings' "${amd64[@]}" --cache http://127.0.0.1:9/
echo short >short.key
expect 2 'short.key: too short for a key (expected a line of at least 32 characters, found 5)' "${amd64[@]}" \
  --cache http://127.0.0.1:9/ --cache-key short.key
expect 2 'more than one server' "${amd64[@]}" --cache http://a --cache http://b --cache-key key

# nginx, as docs/cache.md has it.
mkdir -p served temp
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
cat >nginx.conf <<CONF
daemon off; pid $work/nginx.pid; error_log stderr;
events {}
http {
  access_log $work/access.log;
  client_body_temp_path $work/temp; proxy_temp_path $work/temp; fastcgi_temp_path $work/temp; uwsgi_temp_path $work/temp; scgi_temp_path $work/temp;
  server {
    listen 127.0.0.1:$port;
    root $work/served;
    location ~ ^/(proofmark|forged)/(ac|cas)/[0-9a-f]+\$ {
      dav_methods PUT;
      create_full_put_path on;
      client_max_body_size 32m;
    }
  }
}
CONF
[ "$(id -u)" != 0 ] || { sed -i '1i user root;' nginx.conf; }
nginx -p "$work" -c "$work/nginx.conf" 2>nginx.err &
servers+=($!)
for _ in $(seq 100); do curl_probe=$(node -e "require('net').connect($port, '127.0.0.1').on('connect', () => { console.log('up'); process.exit() }).on('error', () => process.exit())"); [ "$curl_probe" != up ] || break; sleep 0.05; done
nginx=(--cache "http://127.0.0.1:$port/proofmark" --cache-key key)
run 0 2 '' "${nginx[@]}"
cp out.json cold.json
[ "$(find served -path '*/ac/*' -type f | wc -l)" = 4 ] || fail "the server has $(find served -type f)"
find served -path '*/cas/*' -type f | while read -r blob; do
  [ "$(sha256sum <"$blob" | cut -d' ' -f1)" = "$(basename "$blob")" ] || echo "$blob"
done | grep . && fail 'a blob has not the hash of its name'
run 2 0 '' "${nginx[@]}"
[ "$(find local -type f | wc -l)" = 4 ] || fail 'what came from the server is not kept here'
: >access.log
"$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --cache local "${nginx[@]}" >out 2>err
grep -q '2 of 2 units from the cache' err || fail "the directory in front: $(cat err)"
[ -s access.log ] && fail 'what is kept here is asked for'
run 2 0 '' "${nginx[@]}" --cache-readonly
run 0 2 '' --cache "http://127.0.0.1:$port/proofmark" --cache-key other.key --cache-readonly
echo 'int c;' >>a.c
find served -type f | sort >before
mv cold.json kept.json
run 1 1 '' "${nginx[@]}" --cache-readonly
mv kept.json cold.json
find served -type f | sort | cmp -s before - || fail '--cache-readonly writes to the server'
sed -i '$d' a.c

# What a server's disk may do to entries: seen, and replaced by what is right.
for blob in served/proofmark/cas/*; do sed -i 's/result/resulf/' "$blob"; done
run 0 2 'is not believed' "${nginx[@]}"
run 2 0 '' "${nginx[@]}"
# A forger who knows the layout but not the key.
"$PROOFMARK_ANALYZE" check -p . --board qemu-amd64 --boards-dir "$BOARDS_DIR" --cache forged \
  --cache "http://127.0.0.1:$port/forged" --cache-key other.key >out 2>err
for action in served/proofmark/ac/*; do cp "$(find served/forged/ac -type f | head -n 1)" "$action"; done
cp served/forged/cas/* served/proofmark/cas/
run 0 2 'is not believed' "${nginx[@]}"
expect 0 '' cache clear --cache local

# harmful HARM KEPT ANALYSES TEXT: a server that does harm once it has been filled.
harmful() {
  local harm=$1 kept=$2 analyses=$3 text=$4 port start
  rm -f harm requests
  node "$here/cache_server.js" "$harm" >port &
  servers+=($!)
  for _ in $(seq 100); do [ ! -s port ] || break; sleep 0.05; done
  port=$(cat port); rm port
  if [ "$harm" != refuse-put ]; then
    run 0 2 '' --cache "http://127.0.0.1:$port" --cache-key key
    run 2 0 '' --cache "http://127.0.0.1:$port/" --cache-key key
  fi
  touch harm; : >requests; start=$SECONDS
  run "$kept" "$analyses" "$text" --cache "http://user:word@127.0.0.1:$port/" --cache-key key
  grep -q word err && fail "$harm: a password is shown"
  [ $((SECONDS - start)) -lt 30 ] || fail "$harm: took $((SECONDS - start)) s"
  [ "$harm" != refuse-put ] || [ "$(grep -c PUT requests)" = 1 ] || fail "asked again: $(cat requests)"
  [ "$harm" != redirect ] || ! grep -q elsewhere requests || fail 'a redirection is followed'
  case $harm in hang | error | redirect | oversized) [ "$(wc -l <requests)" -le 2 ] ||
    fail "$harm: asked $(wc -l <requests) times: $(cat requests)" ;; esac
}
harmful wrong-blob 0 2 'a blob that has not the hash of its name is not believed'
harmful swapped 0 2 'is not believed'
harmful no-action 0 2 'an entry that is no action result is not believed'
harmful oversized 0 2 'sends more than it should; the check goes on without it'
harmful short 0 2 'the check goes on without it'
harmful error 0 2 'answers 500; the check goes on without it'
harmful redirect 0 2 'answers 302; the check goes on without it'
harmful slow 0 2 'is slow; the check goes on without it'
harmful refuse-put 0 2 'answers 403 when written to; the check goes on without it'
harmful hang 0 2 'the check goes on without it'
kill "${servers[-1]}"; wait "${servers[-1]}" 2>/dev/null
run 0 2 'the check goes on without it' --cache http://127.0.0.1:9/ --cache-key key
finish
