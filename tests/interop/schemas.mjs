// SPDX-License-Identifier: Apache-2.0
//
// Every board and policy passes the JSON schema beside it, the report passes its own, and the schemas refuse what they
// should.
import {readFileSync, readdirSync} from 'node:fs';
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {check, environment, finish, packageOrSkip} from './lib.mjs';

const {default: Ajv} = await packageOrSkip('ajv/dist/2020.js');
const boards = environment('BOARDS');
const read = (...path) => JSON.parse(readFileSync(join(boards, ...path), 'utf8'));
const ajv = new Ajv({allErrors: true, allowMatchingProperties: true});
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/);

for (const [folder, schema] of [['.', 'schema.json'], ['arch', '../schema.json'], ['policies', 'schema.json']]) {
  const validate = ajv.getSchema(join(folder, schema)) ?? ajv.compile(read(folder, schema));
  const files = readdirSync(join(boards, folder)).filter((name) => name.endsWith('.json') && name !== 'schema.json');
  check(files.length > 0, `${folder}: no file`);
  for (const name of files)
    check(validate(read(folder, name)), `${join(folder, name)}: ${ajv.errorsText(validate.errors)}`);
  check(!validate({}) && !validate([]), `${folder}: the schema accepts nothing at all`);
}

// The report's JSON, for every fate that the sample holds, and one with a word that no schema knows.
const validateReport = ajv.compile(JSON.parse(readFileSync(environment('REPORT_SCHEMA'), 'utf8')));
const layers = ['check', 'audit'].map((name) => join(environment('REPORT_DATA'), `${name}.layers.json`));
const run = spawnSync(environment('REPORT'), ['report', '--format', 'json', ...layers], {encoding: 'utf8'});
const report = JSON.parse(run.stdout);
check(validateReport(report), `report: ${ajv.errorsText(validateReport.errors)}`);
report.losses[0].fate = 'perhaps';
check(!validateReport(report), 'the schema of the report accepts an unknown fate');

// Conditional levels: what the tools accept and refuse, an editor does too.
const validate = ajv.compile({...read('policies', 'schema.json'), $id: 'policy'});
const accepts = (levels) => validate({name: 'p', version: 1, rules: {PMF001: levels}});
for (const levels of ['must', [{level: 'must'}],
  [{when: {compiler: 'gcc', below: 13}, level: 'off'}, {level: 'must'}],
  [{when: {machine: ['x86_64', 'aarch64'], artifact: 'object'}, level: 'off'}, {level: 'must'}]])
  check(accepts(levels), `refuses ${JSON.stringify(levels)}: ${ajv.errorsText(validate.errors)}`);
for (const levels of ['most', [], [{when: {}, level: 'off'}], [{when: {below: 13}, level: 'off'}],
  [{when: {compiler: 'icc'}, level: 'off'}], [{level: 'must', other: 1}], [{when: {machine: []}, level: 'off'}]])
  check(!accepts(levels), `accepts ${JSON.stringify(levels)}`);
finish();
