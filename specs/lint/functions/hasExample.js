/**
 * Wants an example of a parameter, header or media type. That of its schema will do, unless it has to have one of its own; the
 * members of an object are parameters of their own, each with its description in the schema.
 */
export default function hasExample(holder, options) {
  const own = holder.example !== undefined || holder.examples !== undefined;
  const { example, type } = holder.schema ?? {};
  const borrowed = !options?.ofItself && (example !== undefined || type === 'object');
  return own || borrowed ? [] : [{ message: 'There is no example.' }];
}
