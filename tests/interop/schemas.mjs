// SPDX-License-Identifier: Apache-2.0
//
// Every board and policy passes the JSON schema beside it, and the schemas refuse what they should.
import {readFileSync, readdirSync} from 'node:fs';
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
finish();
