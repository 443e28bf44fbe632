// SPDX-License-Identifier: Apache-2.0
//
// The HTML report in a real browser: it shows what the JSON says, loads nothing, logs nothing, obeys keys and filter, can
// be read without its script, in both themes and on a narrow screen, and no name in it becomes markup.
// With SCREENSHOTS set to a folder, pictures of what was seen are left there.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {spawnSync} from 'node:child_process';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {Browser, findBrowser} from './browser.mjs';
import {check, environment, finish} from './lib.mjs';

const program = environment('REPORT'), data = environment('REPORT_DATA');
const name = findBrowser();
if (!name) {
  console.log('skipped: no Chromium is installed (apt-get install chromium)');
  process.exit(77);
}

const folder = mkdtempSync(join(tmpdir(), 'proofmark-report-'));
const layers = [join(data, 'check.layers.json'), join(data, 'audit.layers.json')];
function report(format, ...options) {
  const file = join(folder, `report.${format}`);
  const run = spawnSync(program, ['report', '--format', format, '-o', file, ...options, ...layers], {encoding: 'utf8'});
  check(run.status === 3, `${format}: exit code ${run.status}, expected 3: ${run.stderr}`);
  return file;
}
const picture = JSON.parse(readFileSync(report('json'), 'utf8'));
const url = pathToFileURL(report('html', '--source-root', join(data, 'src'))).href;

const browser = new Browser(name);
await browser.open();
await browser.size(1280, 900);
await browser.colours('light');
await browser.load(url);
const ask = (expression) => browser.evaluate(expression);
const shot = async (what) => process.env.SCREENSHOTS && browser.screenshot(join(process.env.SCREENSHOTS, `report-${what}.png`));
const visibleRows = () => ask(`[...document.querySelectorAll('.matrix tbody tr')].filter((row) => !row.hidden).length`);
const equal = (found, expected, what) => check(found === expected, `${what}: expected ${expected}, found ${found}`);

async function showsWhatTheJsonSays() {
  equal(await visibleRows(), picture.units.length, 'rows of the matrix');
  equal(await ask(`document.querySelectorAll('.matrix tbody tr:first-child td').length`),
        picture.units[0].protections.length, 'columns of the matrix');
  equal(await ask(`document.querySelectorAll('.losses tbody tr').length`), picture.losses.length, 'losses');
  equal(await ask(`document.querySelectorAll('.functions tbody').length`),
        picture.units.reduce((sum, unit) => sum + unit.functions.length, 0), 'functions');
  const handler = picture.units.findIndex((unit) => unit.name.endsWith('handler.c'));
  const text = await ask(`document.querySelector('#u${handler}').textContent`);
  for (const wanted of ['memcpy(copy, text, length);', 'sub    $0x50,%rsp', 'weakened in source: PMS201'])
    check(text.includes(wanted), `the drill-down shows no '${wanted}'`);
  return handler;
}

// Nothing in the sample may run or load; the names that try are there as text.
async function namesStayText() {
  equal(await ask('document.scripts.length'), 1, 'scripts');
  equal(await ask(`document.querySelectorAll('img, iframe, object, link, [style], [onerror]').length`), 0, 'foreign elements');
  const text = await ask('document.body.textContent');
  for (const wanted of ["<script>alert('unit')</script>.c", '<img src=x onerror=alert(1)>'])
    check(text.includes(wanted), `'${wanted}' is not shown as it is`);
}

async function filters() {
  const type = async (text) => {
    await ask(`document.activeElement.blur()`);
    await browser.press('Escape');
    await browser.press('/');
    await browser.type(text);
  };
  await type('copy_topic');
  equal(await visibleRows(), 1, 'units with a function copy_topic');
  equal(await ask(`[...document.querySelectorAll('details.unit:not([hidden]) .functions tbody')].filter((one) => !one.hidden).length`),
        2, 'copy_topic and its cold half');
  await shot('filter');
  await browser.press('Escape');
  equal(await visibleRows(), picture.units.length, 'units after the filter was cleared');
  for (const [text, count] of [['PMS201', 2], ['overridden', 1], ['waived', 1], ['handler canary', 1], ['no such unit', 0]]) {
    await type(text);
    equal(await visibleRows(), count, `units that match '${text}'`);
    await browser.press('Escape');
  }
  await browser.press('p');
  check(await visibleRows() < picture.units.length + 1, 'only problems hides nothing wrong');
  equal(await visibleRows(), await ask(`document.querySelectorAll('.matrix tbody tr.problem').length`), 'units with problems');
  await browser.press('p');
}

async function obeysKeys(handler) {
  const focused = `[...document.querySelectorAll('.matrix tbody tr')].indexOf(document.activeElement)`;
  await ask('document.activeElement.blur()');
  await browser.press('j');
  equal(await ask(focused), 0, 'row after j');
  for (let row = 0; row < handler; ++row) await browser.press('ArrowDown');
  equal(await ask(focused), handler, 'row after the arrow keys');
  await browser.press('k');
  equal(await ask(focused), handler - 1, 'row after k');
  await browser.press('j');
  await browser.press('Enter', '\r');
  check(await ask(`document.querySelector('#u${handler}').open`), 'Enter opens the unit');
  check(await ask(`document.querySelector('#u${handler}').contains(document.activeElement)`), 'and goes there');
  await shot('drill-down');
  await browser.press('Escape');
  check(!await ask(`document.querySelector('#u${handler}').open`), 'Escape closes it');
  equal(await ask(focused), handler, 'row after Escape');
  await browser.press('?');
  check(await ask(`document.querySelector('dialog').open`), '? shows the keys');
  await shot('keys');
  await browser.press('Escape');
  check(!await ask(`document.querySelector('dialog').open`), 'Escape closes them');
}

// The lowest contrast of any text with what lies behind it (WCAG 2.1, 1.4.3).
const kContrast = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const colour = rgb(getComputedStyle(element).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  let worst = {ratio: 99};
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    if (!own || !element.checkVisibility()) continue;
    const pair = [luminance(rgb(getComputedStyle(element).color)), luminance(behind(element))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (ratio < worst.ratio) worst = {ratio, what: element.outerHTML.slice(0, 80)};
  }
  for (const details of document.querySelectorAll('details')) details.open = false;
  return worst;
})()`;

async function isLegibleInBothThemes() {
  const grounds = [];
  for (const theme of ['light', 'dark']) {
    await browser.colours(theme);
    grounds.push(await ask('getComputedStyle(document.body).backgroundColor'));
    const worst = await ask(kContrast);
    check(worst.ratio >= 4.5, `${theme}: contrast ${worst.ratio.toFixed(2)} of ${worst.what}`);
    await ask('scrollTo(0, 0)');
    await shot(theme);
  }
  check(grounds[0] !== grounds[1], `the dark theme looks like the light one: ${grounds}`);
  await browser.press('t');
  equal(await ask('getComputedStyle(document.body).backgroundColor'), grounds[0], 'ground after t in the dark');
  await browser.press('t');
  await browser.colours('light');
}

async function fitsANarrowScreen() {
  await browser.size(400, 900);
  check(await ask('document.documentElement.scrollWidth') <= 400, 'the page scrolls sideways at 400 pixels');
  await shot('narrow');
  await ask(`document.querySelector('#matrix').scrollIntoView()`);
  await shot('narrow-matrix');
  await browser.size(1280, 900);
}

async function canBeReadWithoutScript() {
  await browser.send('Emulation.setScriptExecutionDisabled', {value: true});
  await browser.load(url);
  equal(await visibleRows(), picture.units.length, 'rows without script');
  check(await ask(`document.querySelector('.tools').hidden`), 'what needs the script is not shown');
  await browser.send('Emulation.setScriptExecutionDisabled', {value: false});
}

try {
  const handler = await showsWhatTheJsonSays();
  await namesStayText();
  await filters();
  await obeysKeys(handler);
  await isLegibleInBothThemes();
  await fitsANarrowScreen();
  await canBeReadWithoutScript();
  for (const event of ['Runtime.consoleAPICalled', 'Runtime.exceptionThrown', 'Log.entryAdded', 'Page.javascriptDialogOpening'])
    check(browser.seen(event).length === 0, `${event}: ${JSON.stringify(browser.seen(event)[0])}`);
  const requests = browser.seen('Network.requestWillBeSent').map((event) => event.request.url);
  check(requests.length > 0 && requests.every((one) => one === url), `requests other than for the page: ${requests}`);
} finally {
  await browser.close();
  rmSync(folder, {recursive: true, force: true});
}
finish();
