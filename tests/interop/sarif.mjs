// SPDX-License-Identifier: Apache-2.0
//
// The SARIF of check, merge, audit and report is valid for Microsoft's validator, which is what GitHub's own is built on,
// whatever the names of files; and what GitHub and GitLab ask for beyond the schema is there.
import {chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {spawnSync} from 'node:child_process';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {check, environment, finish, packageOrSkip} from './lib.mjs';

await packageOrSkip('@microsoft/sarif-multitool-linux');
const tool = join(dirname(createRequire(import.meta.url).resolve('@microsoft/sarif-multitool-linux')), 'Sarif.Multitool');
// The validator takes no offence at an unknown word; the schema that comes with it does.
const {default: Ajv} = await packageOrSkip('ajv/dist/2020.js');
const schema = JSON.parse(readFileSync(join(dirname(tool), 'sarif-2.1.0.json'), 'utf8'));
const conforms = new Ajv({strict: false, validateFormats: false}).compile(schema);
const programs = {check: environment('ANALYZE'), merge: environment('ANALYZE'), audit: environment('ELF'), report: environment('REPORT')};
const boards = environment('BOARDS'), data = environment('REPORT_DATA');
const folder = mkdtempSync(join(tmpdir(), 'proofmark-sarif-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

// What the validator may say of us: a URL of the project is all that is missing, and there is none.
const kAccepted = new Set(['SARIF2005']);
const kNames = ['plain.c', 'with blank.c', 'hash#100%.c', 'ünï/çödé.c', 'co:lon?.c', 'percent%20.c'];
const kSource = '#include <string.h>\nint overflow(void);\nint overflow(void) {\n  char copy[4];\n  memcpy(copy, "too long", 9);\n' +
    '  return copy[0];\n}\n/* ünï */ int undeclared(void);\nint undeclared(void) { return nobody(); }\n';

for (const name of kNames) {
  mkdirSync(dirname(join(folder, name)), {recursive: true});
  writeFileSync(join(folder, name), kSource);
}
writeFileSync(join(folder, 'compile_commands.json'), JSON.stringify(kNames.map((name) => (
  {directory: folder, file: name, arguments: ['clang-19', '-c', name, '-o', '/dev/null']}))));
copyFileSync(programs.report, join(folder, 'an odd #%41 ü.elf'));

function run(verb, expected, ...options) {
  const result = spawnSync(programs[verb], [verb, ...options], {cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28});
  check(result.status === expected, `${verb} ${options.join(' ')}: exit code ${result.status}, expected ${expected}: ${result.stderr}`);
  return result.stdout;
}

function validate(...names) {
  const log = join(folder, 'validation.sarif');
  chmodSync(tool, 0o755); // npm unpacks what the archive says, and no script of a package is run
  const result = spawnSync(tool, ['validate', ...names, '--output', log, '--log', 'ForceOverwrite'],
                           {cwd: folder, encoding: 'utf8', env: {...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1'}});
  const [validation] = JSON.parse(readFileSync(log, 'utf8')).runs;
  check(validation.invocations?.every((one) => one.executionSuccessful) ?? true, `the validator failed: ${result.stdout}`);
  return validation.results;
}

const kBoard = ['--board', 'qemu-amd64', '--boards-dir', boards];
run('check', 1, '-p', '.', ...kBoard, '--format', 'sarif', '-o', 'check.sarif', '--evidence', 'check.json', '--layers', 'check.layers',
    '--write-baseline', 'baseline.json');
run('merge', 1, 'check.json', '--format', 'sarif', '-o', 'merge.sarif');
writeFileSync(join(folder, 'plain.c'), kSource.replace('memcpy(copy, "too long", 9)', '(void)copy'));
run('check', 0, '-p', '.', ...kBoard, '--format', 'sarif', '-o', 'again.sarif', '--baseline', 'baseline.json');
run('audit', 1, ...kBoard, '--format', 'sarif', '-o', 'audit.sarif', 'an odd #%41 ü.elf');
run('report', 3, '--format', 'sarif', '-o', 'report.sarif', '--source-root', data, join(data, 'check.layers.json'),
    join(data, 'audit.layers.json'));

// One finding that a comment of the source waives, and one that a file does.
writeFileSync(join(folder, 'plain.c'), kSource.replace(' "too long", 9);',
    ' "too long", 9);  // proofmark: waive(PMS101) owner="ann" expires=2099-01-01 reason="a sample"'));
writeFileSync(join(folder, 'waivers.json'), JSON.stringify({waivers: [
  {rule: 'PMS101', place: 'hash#100%.c', reason: 'a sample', owner: 'bob', expires: '2099-01-01'}]}));
run('check', 1, '-p', '.', ...kBoard, '--format', 'sarif', '-o', 'waived.sarif', '--waivers', 'waivers.json');

const files = ['check', 'merge', 'again', 'audit', 'report', 'waived'].map((name) => `${name}.sarif`);
for (const result of validate(...files))
  check(kAccepted.has(result.ruleId), `${result.ruleId}: ${JSON.stringify(result.locations?.[0])} ${JSON.stringify(result.message)}`);

// A validator that accepts everything proves nothing.
const broken = JSON.parse(readFileSync(join(folder, 'check.sarif'), 'utf8'));
broken.runs[0].results[0].level = 'fatal';
check(!conforms(broken), 'the schema accepts an unknown level');
broken.runs[0].results[0].level = 'error';
delete broken.runs[0].results[0].message;
writeFileSync(join(folder, 'broken.sarif'), JSON.stringify(broken));
check(validate('broken.sarif').some((result) => !kAccepted.has(result.ruleId)), 'the validator accepts a result without a message');

for (const file of files) {
  check(conforms(JSON.parse(readFileSync(join(folder, file), 'utf8'))), `${file}: ${JSON.stringify(conforms.errors?.[0])}`);
  const {runs: [one, ...more]} = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  check(more.length === 0, `${file}: more than one run`);
  check(one.automationDetails?.id.endsWith('/'), `${file}: no category`);
  check(one.results.length > 0, `${file}: no results`);
  const ids = one.results.map((result) => result.partialFingerprints.primaryLocationLineHash + result.locations[0].physicalLocation?.artifactLocation.uri);
  check(new Set(ids).size === ids.length, `${file}: two results have one fingerprint`);
  for (const rule of one.tool.driver.rules) {
    const severity = Number(rule.properties['security-severity']);
    check(severity > 0 && severity <= 10 && rule.properties.tags.includes('security'), `${file}: ${rule.id} has no severity`);
    check(rule.properties.tags.every((tag) => tag === 'security' || /^external\/cwe\/cwe-\d{3,}$/.test(tag)), `${file}: tags of ${rule.id}`);
  }
  for (const result of one.results)
    check(one.tool.driver.rules[result.ruleIndex].id === result.ruleId, `${file}: the rule of a result`);
}
const results = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).runs[0].results;
const uris = new Set(results('check.sarif').map((result) => result.locations[0].physicalLocation?.artifactLocation.uri));
for (const name of kNames) {
  const uri = name.split('/').map(encodeURIComponent).join('/');
  check([...uris].some((one) => one !== undefined && decodeURIComponent(one) === name && !/[ #?:]/.test(one)), `no result in ${uri}: ${[...uris]}`);
}
check(readFileSync(join(folder, 'merge.sarif'), 'utf8') === readFileSync(join(folder, 'check.sarif'), 'utf8'), 'merge says otherwise than check');
const states = results('again.sarif').map((result) => result.baselineState);
for (const state of ['unchanged', 'absent']) check(states.includes(state), `no result is ${state}`);
const kinds = results('waived.sarif').flatMap((result) => result.suppressions ?? []).map((one) => one.kind).sort();
check(kinds.join() === 'external,inSource', `the waived results are suppressed as ${kinds}`);
check(results('check.sarif').some((result) => result.codeFlows), 'no result has a code flow');

const pages = JSON.parse(readFileSync(join(folder, 'check.sarif'), 'utf8')).runs[0].tool.driver.rules;
check(pages.some((rule) => rule.help.markdown?.includes('## Why')), 'no rule has its page');

// GitLab: the members that its documentation asks for.
const kSeverities = ['info', 'minor', 'major', 'critical', 'blocker'];
const quality = JSON.parse(run('merge', 1, 'check.json', '--format', 'gitlab'));
check(quality.length > 0 && new Set(quality.map((one) => one.fingerprint)).size === quality.length, 'fingerprints are not unique');
for (const one of quality)
  check(typeof one.description === 'string' && /^PM/.test(one.check_name) && kSeverities.includes(one.severity) &&
        !one.location.path.startsWith('/') && Number.isInteger(one.location.lines.begin), `GitLab: ${JSON.stringify(one)}`);

// JUnit: XML for an independent parser.
writeFileSync(join(folder, 'junit.xml'), run('merge', 1, 'check.json', '--format', 'junit'));
const xml = spawnSync('xmllint', ['--noout', join(folder, 'junit.xml')], {encoding: 'utf8'});
check(xml.error !== undefined || xml.status === 0, `JUnit is not XML: ${xml.stderr}`);
finish();
