import { operations } from './contract.js';

// As rules write it: "answers 404 PoolNotFound", "404 SM_enoent".
const NAMED = /\b([45]\d\d) ([A-Z][A-Za-z]+(?:_[A-Za-z]+)*)/g;

/** Keeps the lists of errors and the rules that name them together. */
export default function errorCodes(contract) {
  const faults = [];
  const listed = (node) => (node['x-error-codes'] ?? []).map((error) => `${error?.status} ${error?.code}`);
  const shared = new Set(listed(contract));
  const all = new Set(shared);

  const check = (rules, known, path) =>
    (rules ?? []).forEach((rule, index) => {
      for (const [, status, code] of String(rule?.says ?? '').matchAll(NAMED)) {
        if (!known.has(`${status} ${code}`)) {
          faults.push({
            message: `${rule.id} names ${status} ${code}, which x-error-codes does not list.`,
            path: [...path, index, 'says'],
          });
        }
      }
    });

  for (const { operation, path } of operations(contract)) {
    const own = listed(operation);
    own.forEach((error, index) => {
      all.add(error);
      if (shared.has(error)) {
        faults.push({
          message: `${error} is listed for all operations already.`,
          path: [...path, 'x-error-codes', index],
        });
      }
    });
    check(operation['x-rules'], new Set([...shared, ...own]), [...path, 'x-rules']);
  }
  // What all operations share may speak of an error that only some of them have.
  check(contract['x-rules'], all, ['x-rules']);
  return faults;
}
