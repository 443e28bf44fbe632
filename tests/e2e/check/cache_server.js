// SPDX-License-Identifier: Apache-2.0
//
// A cache server that does harm. usage: node cache_server.js HARM; prints its port. Everything that is not harmed is kept in
// memory and given back, so that each kind of harm meets a client that has something to lose. Each request is a line in
// the file `requests`.
'use strict';
const fs = require('fs');
const http = require('http');

const [harm] = process.argv.slice(2);
const kept = new Map();
const is_blob = (url) => url.includes('/cas/');

const answers = {
  none: (request, body, response) => response.end(body),
  'wrong-blob': (request, body, response) => {
    if (is_blob(request.url)) body[body.length - 3] ^= 1;
    response.end(body);
  },
  // Another valid blob under its right hash: what was stored for one name is given for all.
  'swapped': (request, body, response) => {
    const name = [...kept.keys()].find((url) => !is_blob(url) && url !== request.url);
    response.end(is_blob(request.url) ? body : kept.get(name) || body);
  },
  'no-action': (request, body, response) => response.end(is_blob(request.url) ? body : '\xff'.repeat(100)),
  'oversized': (request, body, response) => {
    const send = () => { while (response.write(Buffer.alloc(1 << 16))); };
    response.on('drain', send);
    send();
  },
  'short': (request, body, response) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 10));
    response.destroy();
  },
  'error': (request, body, response) => { response.writeHead(500); response.end(); },
  'redirect': (request, body, response) => {
    response.writeHead(302, { location: 'http://' + request.headers.host + '/elsewhere' });
    response.end();
  },
  'slow': (request, body, response) => { setTimeout(() => response.end(body), 2100); },
  'hang': () => {},
};

http.createServer((request, response) => {
  fs.appendFileSync('requests', request.method + ' ' + request.url + '\n');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (harm === 'refuse-put' && request.method === 'PUT') { response.writeHead(403); return response.end(); }
    if (request.method === 'PUT') {
      kept.set(request.url, Buffer.concat(chunks));
      return response.end();
    }
    const known = kept.get(request.url);
    if (!known && !['error', 'hang', 'redirect', 'oversized'].includes(current())) {
      response.writeHead(404);
      return response.end();
    }
    (answers[current()] || answers.none)(request, Buffer.from(known || 'x'), response);
  });
}).listen(0, '127.0.0.1', function() { console.log(this.address().port); });

// The harm begins once the file `harm` is there, so that the cache can be filled first.
function current() { return fs.existsSync('harm') ? harm : 'none'; }
