import { schema as validate } from '@stoplight/spectral-functions';
import { each, schemas, schemaHolders } from './contract.js';

// Spectral's oas3-valid-schema-example looks at schemas that have one of these, and at no member that is named "properties".
const SEEN_BY_SPECTRAL = ['enum', 'type', 'format', '$ref', 'properties', 'items'];

/**
 * Validates the examples that Spectral's oas3-valid-media-example and oas3-valid-schema-example pass over: those of schemas
 * that contain themselves, that have no type, or that describe a member named "properties".
 */
export default function exampleOfSchema(contract, _, context) {
  const faults = [];
  const { schemas: named = {}, examples: namedExamples = {} } = contract.components ?? {};
  const definitions = Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, bare(schema)]));

  const check = (value, schema, path) => {
    const root = { allOf: [bare(schema)], components: { schemas: definitions } };
    faults.push(...(validate(value, { schema: root }, { ...context, path }) ?? []));
  };

  const checkSchemas = (given) => {
    for (const { schema, path, property } of given) {
      const unseen = property === 'properties' || !SEEN_BY_SPECTRAL.some((keyword) => schema[keyword] !== undefined);
      if (schema.example !== undefined && (unseen || containsItself(schema, named))) {
        check(schema.example, schema, [...path, 'example']);
      }
    }
  };

  checkSchemas(each(named, ['components', 'schemas'], schemas));
  for (const { holder, path } of schemaHolders(contract)) {
    if (!holder.schema) continue;
    checkSchemas(schemas(holder.schema, [...path, 'schema']));
    if (!containsItself(holder.schema, named)) continue;
    if (holder.example !== undefined) check(holder.example, holder.schema, [...path, 'example']);
    for (const [name, example] of Object.entries(holder.examples ?? {})) {
      const { value } = example.$ref ? namedExamples[example.$ref.split('/').pop()] ?? {} : example;
      if (value !== undefined) check(value, holder.schema, [...path, 'examples', name]);
    }
  }
  return faults;
}

/** Whether a schema, or one it is made of, is made of itself. */
function containsItself(schema, named, above = []) {
  for (const { schema: part } of schemas(schema, [])) {
    if (!part.$ref) continue;
    if (above.includes(part.$ref)) return true;
    const target = named[part.$ref.split('/').pop()];
    if (target && containsItself(target, named, [...above, part.$ref])) return true;
  }
  return false;
}

/** A copy without examples, which may hold what Ajv takes for keywords, such as an "id". */
function bare(schema) {
  const copy = JSON.parse(JSON.stringify(schema));
  for (const { schema: part } of schemas(copy, [])) delete part.example;
  return copy;
}
