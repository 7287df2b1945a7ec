import { each, schemas, schemaHolders } from './contract.js';

/** Every schema of the components and every member has a description; no schema has a default. */
export default function schemaConventions(contract) {
  const faults = [];
  const check = (given) => {
    for (const { schema, path, property } of given) {
      const named = property !== undefined || path.length === 3;
      if (named && !schema.$ref && !/\.$/.test(schema.description ?? '')) {
        faults.push({ message: `${path.at(-1)} has no description that ends with a full stop.`, path });
      }
      if (schema.default !== undefined) {
        faults.push({ message: 'A schema has no default.', path: [...path, 'default'] });
      }
    }
  };
  check(each(contract.components?.schemas, ['components', 'schemas'], schemas));
  for (const { holder, path } of schemaHolders(contract)) {
    if (holder.schema) check(schemas(holder.schema, [...path, 'schema']));
  }
  return faults;
}
