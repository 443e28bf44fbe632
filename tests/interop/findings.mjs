// SPDX-License-Identifier: Apache-2.0
//
// The page of `check --format html` in a real browser: every finding of the JSON is on it, once, with its source; it loads
// nothing and logs nothing; filter and keys work; no name or line becomes markup; it fits a narrow screen.
// With SCREENSHOTS set to a folder, pictures of what was seen are left there.
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {spawnSync} from 'node:child_process';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Browser, findBrowser} from './browser.mjs';
import {check, environment, finish} from './lib.mjs';

const program = environment('ANALYZE'), boards = environment('BOARDS');
const name = findBrowser();
if (!name) {
  console.log('skipped: no Chromium is installed (apt-get install chromium)');
  process.exit(77);
}
const folder = mkdtempSync(join(tmpdir(), 'proofmark-findings-'));
const kSource = '#include <stdlib.h>\n#include <string.h>\nint overflow(void);\nint overflow(void) {\n  char copy[4];\n' +
    '  memcpy(copy, "<img src=x onerror=alert(1)>", 9);\n  return copy[0];\n}\nchar *lost(int n);\nchar *lost(int n) {\n' +
    '  char *p = malloc(9);\n  if (p == NULL) return NULL;\n  if (n > 3)\n    return NULL;\n  return p;\n}\n';
const kFiles = {'main.c': kSource, 'net/<script>alert(1)<!--.c': kSource, 'sound.c': 'int sound(void);\nint sound(void) { return 1; }\n'};
for (const [file, text] of Object.entries(kFiles)) {
  mkdirSync(join(folder, file, '..'), {recursive: true});
  writeFileSync(join(folder, file), text);
}
writeFileSync(join(folder, 'compile_commands.json'), JSON.stringify(Object.keys(kFiles).map((file) => (
  {directory: folder, file, arguments: ['clang-19', '-c', file, '-o', '/dev/null']}))));
writeFileSync(join(folder, 'waivers.json'), JSON.stringify({waivers: [
  {rule: 'PMS101', place: 'main.c', reason: 'a <b>sample</b>', owner: 'bob', expires: '2099-01-01'}]}));
function run(format) {
  const file = join(folder, `out.${format}`);
  const result = spawnSync(program, ['check', '-p', '.', '--board', 'qemu-amd64', '--boards-dir', boards, '--no-cache', '--waivers',
    'waivers.json', '--format', format, '-o', file], {cwd: folder, encoding: 'utf8'});
  check(result.status === 1, `${format}: exit code ${result.status}: ${result.stderr}`);
  return file;
}
const {findings} = JSON.parse(readFileSync(run('json'), 'utf8'));
const url = pathToFileURL(run('html')).href;

const browser = new Browser(name);
await browser.open();
await browser.size(1280, 900);
await browser.colours('light');
await browser.load(url);
const ask = (expression) => browser.evaluate(expression);
const shot = async (what) => process.env.SCREENSHOTS && browser.screenshot(join(process.env.SCREENSHOTS, `findings-${what}.png`));
const equal = (found, expected, what) => check(found === expected, `${what}: expected ${expected}, found ${found}`);
const visibleRows = () => ask(`[...document.querySelectorAll('.matrix tbody tr')].filter((row) => !row.hidden).length`);

try {
  const files = new Set(findings.map((one) => one.file ?? ''));
  equal(await ask(`document.querySelectorAll('.findings > li').length`), findings.length, 'findings');
  equal(await visibleRows(), files.size, 'files');
  const text = await ask('document.body.textContent');
  for (const one of findings)
    check(text.includes(one.message), `the page does not say: ${one.message}`);
  for (const wanted of ['<script>alert(1)<!--.c', '"<img src=x onerror=alert(1)>"', 'waived by bob: a <b>sample</b>', 'memory is allocated'])
    check(text.includes(wanted), `the page has no ${wanted}`);
  check(await ask(`document.querySelectorAll('.findings mark').length`) >= findings.filter((one) => one.line).length, 'a finding without its line');
  equal(await ask('document.scripts.length'), 1, 'scripts');
  equal(await ask(`document.querySelectorAll('img, iframe, object, link, [style], [onerror]').length`), 0, 'foreign elements');
  equal(await ask(`document.querySelector('#shown').textContent`), `${files.size} files`, 'the count');
  await shot('light');

  await browser.press('/');
  await browser.type('PMS108');
  equal(await visibleRows(), 2, 'files with PMS108');
  await browser.press('Escape');
  await browser.press('p');
  equal(await visibleRows(), await ask(`document.querySelectorAll('.matrix tbody tr.problem').length`), 'files with what blocks');
  await browser.press('p');
  await ask('document.activeElement.blur()');
  await browser.press('j');
  await browser.press('Enter', '\r');
  check(await ask(`document.querySelector('details.unit').contains(document.activeElement)`), 'Enter goes to the file');
  await browser.colours('dark');
  await shot('dark');
  await browser.size(390, 800);
  equal(await ask('document.documentElement.scrollWidth <= innerWidth'), true, 'the page fits a narrow screen');
  await shot('narrow');
  equal(browser.seen('Network.requestWillBeSent').filter(({request}) => request.url !== url).length, 0, 'requests');
  equal(browser.seen('Log.entryAdded').length + browser.seen('Runtime.exceptionThrown').length, 0, 'messages in the log');
} finally {
  await browser.close();
  rmSync(folder, {recursive: true, force: true});
}
finish();
