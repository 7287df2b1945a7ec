// Ways through a contract as it is written, references unresolved.

const VERBS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Every operation, with the path to it in the document. */
export function* operations(contract) {
  for (const [url, item] of Object.entries(contract.paths ?? {})) {
    for (const verb of VERBS) {
      if (item?.[verb]) yield { operation: item[verb], path: ['paths', url, verb] };
    }
  }
}

/** Parameters, headers and media types: all that has a schema and may have examples for it. */
export function* schemaHolders(contract) {
  const { parameters = {}, headers = {}, responses = {}, requestBodies = {} } = contract.components ?? {};
  yield* each(parameters, ['components', 'parameters'], holder);
  yield* each(headers, ['components', 'headers'], holder);
  yield* each(responses, ['components', 'responses'], response);
  yield* each(requestBodies, ['components', 'requestBodies'], body);
  for (const [url, item] of Object.entries(contract.paths ?? {})) {
    yield* each(item?.parameters, ['paths', url, 'parameters'], holder);
  }
  for (const { operation, path } of operations(contract)) {
    yield* each(operation.parameters, [...path, 'parameters'], holder);
    yield* each(operation.responses, [...path, 'responses'], response);
    if (operation.requestBody) yield* body(operation.requestBody, [...path, 'requestBody']);
  }
}

function* holder(node, path) {
  if (node.schema) yield { holder: node, path };
  yield* body(node, path);
}

function* response(node, path) {
  yield* each(node.headers, [...path, 'headers'], holder);
  yield* body(node, path);
}

function* body(node, path) {
  yield* each(node.content, [...path, 'content'], holder);
}

/** Every schema below and including this one; `property` is the name of the member it describes, if it does. */
export function* schemas(schema, path, property) {
  if (typeof schema !== 'object' || schema === null) return;
  yield { schema, path, property };
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    yield* schemas(member, [...path, 'properties', name], name);
  }
  for (const keyword of ['items', 'additionalProperties', 'not']) {
    yield* schemas(schema[keyword], [...path, keyword]);
  }
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    yield* each(schema[keyword], [...path, keyword], schemas);
  }
}

/** Calls a generator for each member of an object or a list that is no reference. */
export function* each(nodes, path, generator) {
  const list = Array.isArray(nodes);
  for (const [key, node] of Object.entries(nodes ?? {})) {
    if (typeof node !== 'object' || node === null || (node.$ref && generator !== schemas)) continue;
    yield* generator(node, [...path, list ? Number(key) : key]);
  }
}
