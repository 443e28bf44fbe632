// SPDX-License-Identifier: Apache-2.0
//
// What the npm-based tests share: a missing package skips, a failed case is told and counted.
let cases = 0, failures = 0;

export async function packageOrSkip(name) {
  try {
    return await import(name);
  } catch (error) {
    console.log(`skipped: ${name} is not installed (./bootstrap.sh test fetches it): ${error.code ?? error.message}`);
    process.exit(77);
  }
}

export function environment(name) {
  if (process.env[name]) return process.env[name];
  console.error(`${name} is not set`);
  process.exit(2);
}

export function check(ok, text) {
  ++cases;
  if (ok) return;
  ++failures;
  console.log(`FAIL: ${text}`);
}

export function finish() {
  console.log(`${cases} cases, ${failures} failures`);
  process.exit(failures === 0 && cases > 0 ? 0 : 1);
}
