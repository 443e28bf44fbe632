// SPDX-License-Identifier: Apache-2.0
//
// The templates of .ci/ without GitHub and GitLab: they are YAML, each proofmark command in them is one that the program
// accepts, what `proofmark matrix` prints is what they consume, and the script that both call does its work.
import {chmodSync, cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {spawnSync} from 'node:child_process';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {check, environment, finish, packageOrSkip} from './lib.mjs';

const YAML = await packageOrSkip('yaml');
const tree = environment('SOURCE_TREE'), proofmark = environment('PROOFMARK'), boards = environment('BOARDS');
const text = (name) => readFileSync(join(tree, '.ci', name), 'utf8');
const parse = (name, source) => {
  const document = YAML.parseDocument(source, {uniqueKeys: true});
  check(document.errors.length === 0 && document.warnings.length === 0, `${name}: ${document.errors} ${document.warnings}`);
  return document.toJS();
};
const run = (...words) => spawnSync(proofmark, words, {encoding: 'utf8'});

// Commands: what follows `proofmark` to the end of a shell word list.
const kTemplates = ['github/workflow.yml', 'github/proofmark/action.yml', 'gitlab/pipeline.yml', 'gitlab/board.yml', 'board'];
let commands = 0;
for (const name of kTemplates) {
  const lines = text(name).split('\n').map((line) => line.replace(/ #.*/, '')).filter((line) => !/^\s*(#|name:|description:)/.test(line) && !/^\s*- name:/.test(line));
  for (const [, verb, rest] of lines.join('\n').matchAll(/(?<=^|[\s(])proofmark ([a-z]+)([^\n]*)/gm)) {
    ++commands;
    const help = run(verb, '--help');
    check(help.status === 0, `${name}: proofmark ${verb} is no verb`);
    for (const [option] of rest.matchAll(/(?<=\s)--?[a-z][a-z-]*/g))
      check(new RegExp(`(^|[\\s,])${option}\\b(?!-)`, 'm').test(help.stdout), `${name}: proofmark ${verb} has no ${option}`);
  }
}
check(commands >= 5, `only ${commands} commands were found`);

const workflow = parse('github/workflow.yml', text('github/workflow.yml'));
const action = parse('github/proofmark/action.yml', text('github/proofmark/action.yml'));
const pipeline = parse('gitlab/pipeline.yml', text('gitlab/pipeline.yml'));
const board = parse('gitlab/board.yml', text('gitlab/board.yml'));

// GitHub: the matrix has every key that the jobs use, and the action every input that they give.
const matrix = run('matrix', '--format', 'github', '--boards-dir', boards);
check(matrix.status === 0 && matrix.stdout.trim().split('\n').length === 1, 'the matrix is not one line');
const {include} = JSON.parse(matrix.stdout);
check(include.map((one) => one.board).join() === 'qemu-amd64,qemu-arm64', `boards: ${matrix.stdout}`);
const used = new Set([...text('github/workflow.yml').matchAll(/matrix\.([a-z_]+)/g)].map(([, key]) => key).filter((key) => key !== 'outputs'));
check(used.has('board'), 'the workflow does not use the board');
for (const key of used)
  for (const one of include) check(typeof one[key] === 'string' || key === 'outputs', `the matrix has no ${key}`);
check(workflow.jobs.plan.outputs.matrix.includes('steps.matrix.outputs.matrix') && workflow.jobs.board.strategy.matrix.includes('needs.plan.outputs.matrix'),
      'the matrix does not reach the jobs');
const ours = workflow.jobs.board.steps.find((step) => step.uses === './.ci/github/proofmark');
check(ours !== undefined, 'the workflow does not use the action');
for (const input of Object.keys(ours.with)) check(input in action.inputs, `the action has no input ${input}`);
for (const [input, {required}] of Object.entries(action.inputs)) check(!required || input in ours.with, `the workflow lacks the input ${input}`);
check(action.runs.using === 'composite' && action.runs.steps.every((step) => step.shell), 'a composite step without a shell');
// An expression in a script is an injection: values go through the environment.
for (const step of [...action.runs.steps, ...workflow.jobs.plan.steps, ...workflow.jobs.board.steps])
  check(!/\$\{\{/.test(step.run ?? ''), `an expression in a script: ${step.run}`);

// GitLab: the child pipeline extends what the template defines and sets what it uses.
const child = run('matrix', '--format', 'gitlab', '--boards-dir', boards);
const jobs = parse('the child pipeline', child.stdout);
check(jobs.include[0].local === '.ci/gitlab/board.yml', 'the child pipeline includes another file');
const names = Object.keys(jobs).filter((key) => key !== 'include');
check(names.join() === 'proofmark:qemu-amd64,proofmark:qemu-arm64', `jobs: ${names}`);
const asked = new Set([...text('gitlab/board.yml').matchAll(/\$(PROOFMARK_[A-Z]+)/g)].map(([, name]) => name));
for (const name of names) {
  check(jobs[name].extends in board, `${name} extends what is not there`);
  for (const variable of asked)
    check(variable in jobs[name].variables || variable in pipeline.variables, `${name} lacks ${variable}`);
}
const trigger = pipeline.proofmark.trigger.include[0];
check(pipeline[trigger.job].artifacts.paths.includes(trigger.artifact) && pipeline[trigger.job].script.some((line) => line.includes(trigger.artifact)),
      'the child pipeline is not the one that was printed');

// A name that YAML or a shell would take for more stays a name; a matrix has its limit.
const work = mkdtempSync(join(tmpdir(), 'proofmark-ci-'));
process.on('exit', () => rmSync(work, {recursive: true, force: true}));
cpSync(boards, join(work, 'boards'), {recursive: true});
const model = JSON.parse(readFileSync(join(boards, 'qemu-amd64.json'), 'utf8'));
const odd = 'a: "b"\n- $(c) # d';
writeFileSync(join(work, 'boards', 'odd.json'), JSON.stringify({...model, name: odd}));
const strange = parse('an odd name', run('matrix', '--format', 'gitlab', '--boards-dir', join(work, 'boards'), 'odd').stdout);
check(strange[`proofmark:${odd}`]?.variables.PROOFMARK_BOARD === odd, `an odd name became ${JSON.stringify(strange)}`);
const many = run('matrix', '--format', 'github', '--boards-dir', boards, ...Array(257).fill('qemu-amd64'));
check(many.status === 3 && many.stderr.includes('257 boards are more than a GitHub matrix may have (256)'), `257 boards: ${many.stderr}`);
check(run('matrix', '--boards-dir', boards, 'none').status === 3, 'an unknown board is no error');

// The script, on a project with one finding, and with one that cannot be analysed.
cpSync(join(tree, 'tests/e2e/check/project'), work, {recursive: true});
cpSync(join(tree, '.ci'), join(work, '.ci'), {recursive: true});
chmodSync(join(work, '.ci/board'), 0o755);
function prove(format, source, extra = {}) {
  writeFileSync(join(work, 'compile_commands.json'),
                JSON.stringify([{directory: work, file: source, arguments: ['clang-19', '-O2', '-Isrc/modbus', '-c', source, '-o', '/dev/null']}]));
  return spawnSync('.ci/board', [format, 'qemu-amd64', '.', 'out'], {cwd: work, encoding: 'utf8',
    env: {...process.env, PATH: `${dirname(proofmark)}:${process.env.PATH}`, PROOFMARK_BOARDS_DIR: boards, ...extra}});
}
const proved = prove('github', 'src/network/handler.c', {GITHUB_STEP_SUMMARY: join(work, 'summary.md')});
check(proved.status === 1 && proved.stdout.includes('::error file=src/network/handler.c,line=16,'), `the script: ${proved.stdout}${proved.stderr}`);
check(JSON.parse(readFileSync(join(work, 'out/proofmark.sarif'), 'utf8')).runs[0].results.length > 0, 'no SARIF');
check(JSON.parse(readFileSync(join(work, 'out/gl-code-quality.json'), 'utf8')).length > 0, 'no Code Quality');
check(readFileSync(join(work, 'out/junit.xml'), 'utf8').includes('<failure '), 'no JUnit');
check(readFileSync(join(work, 'summary.md'), 'utf8').includes('PMS101'), 'no summary');
check(prove('gitlab', 'src/unparsable.c').status === 3, 'a unit that cannot be analysed is no error');
check(prove('gitlab', 'src/network/handler.c', {PROOFMARK_BASE: 'main'}).status === 3, 'a base without a repository is no error');

// The cache that jobs share: filled by one, used by the next; who may only take leaves nothing.
const shared = {PROOFMARK_CACHE: join(work, 'cache'), PROOFMARK_CACHE_READONLY: ''};
for (const known of ['0 of 1 unit', '1 of 1 unit']) {
  const {stderr} = prove('text', 'src/network/handler.c', shared);
  check(stderr.includes(`${known} from the cache`), `not ${known} from the cache: ${stderr}`);
}
prove('text', 'src/network/handler.c', {PROOFMARK_CACHE: join(work, 'none'), PROOFMARK_CACHE_READONLY: '1'});
check(readdirSync(join(work, 'none'), {recursive: true}).every((name) => !/[0-9a-f]{64}/.test(name)), 'a job that may only take gave something');
check(prove('text', 'src/network/handler.c', {PROOFMARK_CACHE: 'http://127.0.0.1:9/', PROOFMARK_CACHE_KEY: join(work, 'no-key')}).status === 2,
      'a secret that is not there is no error');
const environments = [action.runs.steps[0].env, {...board['.proofmark-board'].variables, ...pipeline.proofmark.variables}];
for (const name of text('board').match(/PROOFMARK_CACHE\w*/g))
  check(environments.some((one) => name in one), `no template sets ${name}`);
check(spawnSync('.ci/board', [], {cwd: work}).status === 2, 'the script without arguments');
finish();
