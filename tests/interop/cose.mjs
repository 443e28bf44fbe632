// SPDX-License-Identifier: Apache-2.0
//
// @auth0/cose accepts our marks under every algorithm and refuses them when one bit of payload, header or signature changes;
// cbor-x reads from the payload what docs/format.md promises. Marks are found here by the trailer alone.
import {execFileSync} from 'node:child_process';
import {createPublicKey, createHash} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {check, environment, finish, packageOrSkip} from './lib.mjs';

const {Sign} = await packageOrSkip('@auth0/cose');
const {Decoder, Encoder} = await packageOrSkip('cbor-x');
const signer = environment('SIGN'), vectors = environment('VECTORS');
const work = mkdtempSync(join(tmpdir(), 'proofmark-interop-'));
process.on('exit', () => rmSync(work, {recursive: true}));
const cbor = new Decoder({mapsAsObjects: false, useRecords: false});
const writer = new Encoder({mapsAsObjects: false, useRecords: false, useTag259ForMaps: false, tagUint8Array: false});

// docs/format.md section 2.
function markOf(file) {
  const trailer = file.subarray(-32);
  if (trailer.subarray(0, 8).toString('latin1') !== 'PROOFMK\x1a') throw new Error('no trailer');
  const markLength = Number(trailer.readBigUInt64LE(16)), covered = Number(trailer.readBigUInt64LE(24));
  if (covered + markLength + 32 !== file.length) throw new Error('lengths do not add up');
  return {covered, markLength, area: file.subarray(covered, covered + markLength)};
}

// The message ends where its last signature ends; what follows is padding.
function messageOf(area) {
  for (let size = area.length; size > 0; --size) {
    try {
      cbor.decode(area.subarray(0, size));
      return area.subarray(0, size);
    } catch {
      if (area[size - 1] !== 0) throw new Error('padding is not zero');
    }
  }
  throw new Error('no message');
}

const publicKey = (alg) => createPublicKey(readFileSync(join(vectors, `${alg}.pub.pem`)));
const keyId = (key) => createHash('sha256').update(key.export({type: 'spki', format: 'der'})).digest();

async function accepts(message, alg) {
  try {
    await Sign.decode(message).verify(publicKey(alg), {algorithms: [{ps256: -37, es256: -7, es384: -35}[alg]]});
    return true;
  } catch {
    return false;
  }
}

async function checkFile(name, alg) {
  const file = readFileSync(name.startsWith('/') ? name : join(vectors, name));
  const {covered, markLength, area} = markOf(file);
  const message = messageOf(area);
  check(await accepts(message, alg), `${name}: a good mark is refused (${alg})`);
  for (const other of ['ps256', 'es256', 'es384'].filter((a) => a !== alg && !name.endsWith('.two')))
    check(!await accepts(message, other), `${name}: accepted with the key of ${other}`);
  // A few bits in every part; the verifier's own tests flip all of them.
  for (let at = 5; at < message.length; at += Math.ceil(message.length / 40)) {
    const changed = Buffer.from(message);
    changed[at] ^= 1;
    if (!name.endsWith('.two')) check(!await accepts(changed, alg), `${name}: accepted with byte ${at} of the message changed`);
  }
  const [body, unprotected, payload, signatures] = cbor.decode(message.subarray(2));  // behind tag 98
  check(cbor.decode(body).get(3) === 'application/vnd.proofmark.manifest+cbor' && unprotected.size === 0, `${name}: body headers`);
  const ids = signatures.map(([header]) => Buffer.from(cbor.decode(header).get(4)));
  check(ids.some((id) => id.equals(keyId(publicKey(alg)))), `${name}: key id is not the digest of the public key`);
  check(ids.every((id, i) => i === 0 || Buffer.compare(ids[i - 1], id) < 0), `${name}: key ids are not ascending`);

  const manifest = cbor.decode(payload);
  check(manifest.get(1) === 1 && [...manifest.keys()].every((key, i, all) => i === 0 || all[i - 1] < key), `${name}: manifest keys`);
  check(Number(manifest.get(3).get(1)) === covered && manifest.get(3).get(3) === markLength, `${name}: lengths in the manifest`);
  check(Buffer.from(writer.encode(manifest)).equals(Buffer.from(payload)), `${name}: cbor-x encodes the manifest differently`);
  return manifest;
}

for (const input of ['amd64.elf', 'arm64.elf', 'data.bin'])
  for (const alg of ['ps256', 'es256', 'es384']) {
    const manifest = await checkFile(`${input}.${alg}`, alg);
    check(manifest.get(2).get(1) === input && manifest.get(4) === 7, `${input}: name and security version`);
  }
for (const alg of ['ps256', 'es256']) await checkFile('amd64.elf.two', alg);

// Freshly made keys and a fresh file, RSA-4096 by OpenSSL among them.
const program = join(work, 'program');
execFileSync(signer, ['sign', '--allow-unproven', '--name', 'fresh', '--key', join(vectors, 'es384.pem'), process.execPath, '-o', program],
             {stdio: ['ignore', 'ignore', 'ignore']});
await checkFile(program, 'es384');
finish();
