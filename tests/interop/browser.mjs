// SPDX-License-Identifier: Apache-2.0
//
// A headless Chromium and one page in it, driven through the DevTools protocol over two pipes: no package is needed.
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const kNames = ['chromium', 'chromium-browser', 'google-chrome'];
const kAnswerMs = 120000;

export const findBrowser = () =>
    kNames.find((name) => spawnSync(name, ['--version'], {stdio: 'ignore'}).status === 0);

export class Browser {
  constructor(name) {
    this.profile = mkdtempSync(join(tmpdir(), 'proofmark-browser-'));
    // A test runs as root in containers, where Chromium's own sandbox can't; the page is our own.
    const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run',
      '--disable-dev-shm-usage', '--remote-debugging-pipe', `--user-data-dir=${this.profile}`];
    this.process = spawn(name, options, {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
    this.waiting = new Map();
    this.events = [];
    this.last = 0;
    let rest = '';
    this.process.stdio[4].on('data', (bytes) => {
      const parts = (rest + bytes).split('\0');
      rest = parts.pop();
      for (const part of parts) this.take(JSON.parse(part));
    });
  }

  take(message) {
    if (message.id === undefined) {
      this.events.push(message);
    } else {
      const {resolve, reject} = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message)); else resolve(message.result);
    }
  }

  send(method, params = {}) {
    const id = ++this.last;
    this.process.stdio[3].write(JSON.stringify({id, method, params, sessionId: this.session}) + '\0');
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), kAnswerMs);
      const settled = (then) => (value) => { clearTimeout(timer); then(value); };
      this.waiting.set(id, {resolve: settled(resolve), reject: settled(reject)});
    });
  }

  async open() {
    const {targetId} = await this.send('Target.createTarget', {url: 'about:blank'});
    this.session = (await this.send('Target.attachToTarget', {targetId, flatten: true})).sessionId;
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await this.send(`${domain}.enable`);
  }

  // All events of a method so far.
  seen(method) { return this.events.filter((event) => event.method === method).map((event) => event.params); }

  async load(url) {
    const before = this.seen('Page.loadEventFired').length;
    await this.send('Page.navigate', {url});
    for (let wait = 0; wait < kAnswerMs && this.seen('Page.loadEventFired').length === before; wait += 20)
      await new Promise((done) => setTimeout(done, 20));
  }

  async evaluate(expression) {
    const answer = await this.send('Runtime.evaluate', {expression, returnByValue: true});
    if (answer.exceptionDetails) throw new Error(`${expression}: ${answer.exceptionDetails.exception.description}`);
    return answer.result.value;
  }

  async press(key, text = key.length === 1 ? key : undefined) {
    await this.send('Input.dispatchKeyEvent', {type: 'keyDown', key, text, code: key, windowsVirtualKeyCode: kCodes[key] ?? 0});
    await this.send('Input.dispatchKeyEvent', {type: 'keyUp', key, code: key});
  }

  async type(text) { for (const letter of text) await this.press(letter); }

  async colours(scheme) {
    await this.send('Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value: scheme}]});
  }

  async size(width, height) {
    await this.send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: false});
  }

  async screenshot(file) {
    writeFileSync(file, Buffer.from((await this.send('Page.captureScreenshot')).data, 'base64'));
  }

  async close() {
    const gone = new Promise((done) => this.process.on('exit', done));
    this.send('Browser.close').catch(() => {});
    await gone;
    rmSync(this.profile, {recursive: true, force: true, maxRetries: 5});
  }
}

const kCodes = {Enter: 13, Escape: 27, ArrowDown: 40, ArrowUp: 38};
