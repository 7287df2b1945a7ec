// Breaks a sound contract in one place at a time, and asserts which rule finds it where, and that no other does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const lint = fileURLToPath(new URL('..', import.meta.url));
const sound = await readFile(new URL('sound.yaml', import.meta.url), 'utf8');

const GET = 'paths./things/{name}.get';
const PUT = 'paths./things/{name}.put';
const HEAD = 'paths./things/{name}.head';
const RULES = `${GET}.x-rules`;

/** What is broken: a text of the sound contract, what stands there instead, and the findings, each a rule and a place. */
const cases = {
  'another version of OpenAPI': ['openapi: 3.0.3', 'openapi: 3.0.2', ['roster-openapi-version openapi']],
  'plain http to another host': ['http://localhost:8080', 'http://things.local', ['roster-plain-http-on-loopback servers.0.url']],
  'a host that only begins like this one': [
    'http://localhost:8080',
    'http://localhost.things.local',
    ['roster-plain-http-on-loopback servers.0.url'],
  ],
  'an operation without source': [
    "      externalDocs: {url: 'https://learn.microsoft.com/things/get'}\n",
    '',
    [`roster-sources-linked ${GET}`],
  ],
  'a source that is not the vendor': [
    'learn.microsoft.com/things/get',
    'things.example/get',
    [`roster-sources-linked ${GET}.externalDocs.url`],
  ],
  'a description without full stop': [
    'description: Name of the thing.\n      schema',
    'description: Name of the thing\n      schema',
    ['roster-descriptions-are-sentences components.parameters.name.description'],
  ],
  'an answer described without full stop': [
    'description: The number is kept.',
    'description: The number is kept',
    [`roster-descriptions-are-sentences ${PUT}.responses.204.description`],
  ],
  'a summary with full stop': ['summary: Get a thing', 'summary: Get a thing.', [`roster-operation-summary ${GET}.summary`]],
  'an operation without summary': ['      summary: Get a thing\n', '', [`roster-operation-summary ${GET}`]],
  'an operationId that is not of the vendor': ['Thing_Get', 'getThing', [`roster-operation-id ${GET}.operationId`]],
  'an operation without default answer': [
    "    head:\n",
    "    options:\n",
    [`roster-error-answer ${HEAD.replace('head', 'options')}.responses.default`],
  ],
  'an error without body': [
    "description: It was kept already.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Error'}\n              example: {code: Kept}\n",
    'description: It was kept already.\n',
    [`roster-error-answer ${PUT}.responses.409`],
  ],
  'a missing default answer': [
    "              example: {code: Kept}\n        default: {$ref: '#/components/responses/Error'}\n",
    '              example: {code: Kept}\n',
    [`roster-error-answer ${PUT}.responses`],
  ],
  'a HEAD with a body': [
    '          description: There is such a thing.\n',
    "          description: There is such a thing.\n          content:\n            application/json: {schema: {$ref: '#/components/schemas/Number'}, example: 1}\n",
    [`roster-head-answer ${HEAD}.responses.200.content`],
  ],
  'an operation without list of errors': ['      x-error-codes:\n        - {status: 404, code: NoThing}\n', '', [
    `roster-error-codes ${GET}`,
    `roster-error-codes-fit ${RULES}.1.says`,
  ]],
  'an error with a status that is none': ['status: 404, code', 'status: 304, code', [
    `roster-error-codes ${GET}.x-error-codes.0.status`,
    `roster-error-codes-fit ${RULES}.1.says`,
  ]],
  'an error listed twice': [
    '        - {status: 404, code: NoThing}\n',
    '        - {status: 404, code: NoThing}\n        - {status: 404, code: NoThing}\n',
    [`roster-error-codes ${GET}.x-error-codes`],
  ],
  'no error of the server': ['  - {status: 500, code: Broken}\n', '', ['roster-common-errors x-error-codes']],
  'no error of a missing identity': ['  - {status: 401, code: Unknown}\n', '', [
    'roster-common-errors x-error-codes',
    'roster-error-codes-fit x-rules.0.says',
  ]],
  'no error of a bad request': ['  - {status: 400, code: Invalid}\n', '', ['roster-common-errors x-error-codes']],
  'an error that all operations have': [
    '        - {status: 404, code: NoThing}\n',
    '        - {status: 404, code: NoThing}\n        - {status: 500, code: Broken}\n',
    [`roster-error-codes-fit ${GET}.x-error-codes.1`],
  ],
  'a rule that names an unlisted error': ['answers 404 NoThing', 'answers 404 NoBox', [`roster-error-codes-fit ${RULES}.1.says`]],
  'an operation without rules': [
    '      x-rules:\n        - id: things.put-thing.answer\n          says: A number is kept.\n          evidence: client\n',
    '',
    [`roster-rules-present ${PUT}`],
  ],
  'a rule without sentence': ['          says: A number is kept.\n', '', [`roster-rule-form ${PUT}.x-rules.0`]],
  'a rule that is no sentence': ['A number is kept.', 'A number is kept', [`roster-rule-form ${PUT}.x-rules.0.says`]],
  'a rule without evidence': ['          evidence: client\n', '', [`roster-rule-form ${PUT}.x-rules.0`]],
  'evidence of a fifth kind': ['evidence: client', 'evidence: guess', [`roster-rule-form ${PUT}.x-rules.0.evidence`]],
  'a choice without note': ['          note: 1\n', '', [`roster-rule-form ${RULES}.0`]],
  'a single variant': ['[refuse, invent]', '[refuse]', [`roster-rule-form ${RULES}.1.variants`]],
  'a member of rules that nobody knows': ['          note: 1\n', '          note: 1\n          notes: 2\n', [`roster-rule-form ${RULES}.0`]],
  'an id of two segments': ['things.put-thing.answer', 'things.put-thing', [`roster-rule-form ${PUT}.x-rules.0.id`]],
  'an id that stands twice': ['things.get-thing.missing', 'things.get-thing.answer', [`roster-rule-ids ${RULES}.1.id`]],
  'an id of another API': ['things.put-thing.answer', 'boxes.put-thing.answer', [`roster-rule-ids ${PUT}.x-rules.0.id`]],
  'an id of another operation': ['things.put-thing.answer', 'things.get-thing.put', [`roster-rule-ids ${PUT}.x-rules.0.id`]],
  'an id that is not common': ['things.common.key-missing', 'things.key.missing', ['roster-rule-ids x-rules.0.id']],
  'a parameter without description': [
    '          description: How many parts of parts are wanted.\n',
    '',
    [`oas3-parameter-description ${GET}.parameters.1`],
  ],
  'a parameter without example': ['format: int32, example: 1}', 'format: int32}', [`roster-parameter-example ${GET}.parameters.1`]],
  'a header without description': [
    '      description: How old the thing is.\n',
    '',
    ['roster-header-documented components.headers.age'],
  ],
  'a header without example': ['      example: 4\n', '', ['roster-header-documented components.headers.age']],
  'a schema without description': ['      description: A number.\n', '', ['roster-schema-conventions components.schemas.Number']],
  'a member without description': [
    '          description: Name of the error.\n',
    '',
    ['roster-schema-conventions components.schemas.Error.properties.code'],
  ],
  'a secret without mark': ['          writeOnly: true\n', '', ['roster-secrets-marked components.schemas.Thing.properties.lock']],
  'a schema with a default': [
    '          description: Name of the error.\n',
    '          description: Name of the error.\n          default: Broken\n',
    ['roster-schema-conventions components.schemas.Error.properties.code.default'],
  ],
  'a parameter with a default': [
    'format: int32, example: 1}',
    'format: int32, example: 1, default: 1}',
    [`roster-schema-conventions ${GET}.parameters.1.schema.default`],
  ],
  'a body without example': ['            example: 7\n', '', [`roster-media-type-example ${PUT}.requestBody.content.application/json`]],
  'an example without summary': ['{summary: A number, value: 8}', '{value: 8}', [
    `roster-example-summary ${PUT}.requestBody.content.text/json.examples.number`,
  ]],

  // Examples that break their schemas, of every kind and at every place.
  'a wrong example of a body': ['example: 7', 'example: seven', [
    `oas3-valid-media-example ${PUT}.requestBody.content.application/json.example`,
  ]],
  'a wrong named example of a body': ['value: 8', 'value: eight', [
    `oas3-valid-media-example ${PUT}.requestBody.content.text/json.examples.number.value`,
  ]],
  'a wrong example of an answer': ['example: {code: Kept}', 'example: {code: 409}', [
    `oas3-valid-media-example ${PUT}.responses.409.content.application/json.example.code`,
  ]],
  'a wrong example of a shared answer': ['example: {code: NoThing}', 'example: {code: 404}', [
    'oas3-valid-media-example components.responses.Error.content.application/json.example.code',
  ]],
  'a wrong example of a parameter': ['example: box', 'example: 1', ['oas3-valid-media-example components.parameters.name.example']],
  "a wrong example of a parameter's schema": ['int32, example: 1', 'int32, example: one', [
    `oas3-valid-schema-example ${GET}.parameters.1.schema.example`,
  ]],
  'a wrong example of a header': ['example: 4', 'example: four', ['oas3-valid-media-example components.headers.age.example']],
  "a wrong example of a header's schema": ['int32, example: 3', 'int32, example: three', [
    `oas3-valid-schema-example ${GET}.responses.200.headers.size.schema.example`,
  ]],
  'a wrong example of a schema': ['example: 5', 'example: five', ['oas3-valid-schema-example components.schemas.Number.example']],
  'a wrong example of a schema without type': ['example: 6', 'example: six', [
    'roster-example-of-schema components.schemas.Thing.properties.weight.example',
  ]],
  'a wrong example of a member named properties': ['example: Nothing.', 'example: 0', [
    'roster-example-of-schema components.schemas.Error.properties.properties.example',
  ]],
  'a wrong example of a schema made of itself': ['example: {name: lid, parts: []}', 'example: {parts: [{name: 1}]}', [
    'roster-example-of-schema components.schemas.Thing.example.parts.0.name',
  ]],
  'a wrong shared example of a schema made of itself': ['parts: [{name: lid}]', 'parts: [{name: 1}]', [
    `roster-example-of-schema ${GET}.responses.200.content.application/json.examples.thing`,
  ]],
};

const found = new Map();
let folder;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roster-lint-'));
  const files = { sound, ...Object.fromEntries(Object.entries(cases).map(([name, [from, to]]) => [name, replaced(name, from, to)])) };
  const names = Object.keys(files);
  await Promise.all(names.map((name, index) => writeFile(path.join(folder, `${index}.yaml`), files[name])));
  for (const { source, code, path: place } of await findings(path.join(folder, '*.yaml'))) {
    const name = names[Number(path.basename(source, '.yaml'))];
    found.set(name, [...(found.get(name) ?? []), `${code} ${place.join('.')}`]);
  }
});

after(() => rm(folder, { recursive: true }));

test('the sound contract has no findings', () => assert.deepEqual(found.get('sound') ?? [], []));

for (const [name, [, , expected]] of Object.entries(cases)) {
  test(name, () => assert.deepEqual([...new Set(found.get(name))].sort(), [...expected].sort()));
}

test('every rule of the house is broken by a case', async () => {
  const ruleset = await readFile(path.join(lint, 'ruleset.yaml'), 'utf8');
  const rules = [...ruleset.matchAll(/^ {2}(roster-[a-z-]+):$/gm)].map(([, rule]) => rule);
  const broken = new Set(Object.values(cases).flatMap(([, , expected]) => expected.map((finding) => finding.split(' ')[0])));
  assert.ok(rules.length > 0);
  assert.deepEqual(rules.filter((rule) => !broken.has(rule)), []);
});

function replaced(name, from, to) {
  assert.equal(sound.split(from).length, 2, `${name}: "${from}" stands once in the sound contract`);
  return sound.replace(from, () => to);
}

/** What Spectral's own command, with the ruleset that the build uses, says of files. */
function findings(files) {
  const spectral = path.join(lint, 'node_modules/.bin/spectral');
  const args = ['lint', '--ruleset', path.join(lint, 'ruleset.yaml'), '--format', 'json', '--quiet', files];
  return new Promise((resolve, reject) => {
    execFile(spectral, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(new Error(`Spectral failed: ${stdout} ${stderr}`, { cause: error }));
      }
    });
  });
}
