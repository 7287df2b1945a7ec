import { operations } from './contract.js';

/** Keeps ids of rules unique, of one API, and each operation's together. */
export default function ruleIds(contract) {
  const faults = [];
  const seen = new Set();
  const owners = new Map();
  let api;
  const check = (rules, owner, path) =>
    (rules ?? []).forEach((rule, index) => {
      if (typeof rule?.id !== 'string') return; // the form is another rule's business
      const fault = (message) => faults.push({ message, path: [...path, index, 'id'] });
      const [first, second] = rule.id.split('.');
      if (seen.has(rule.id)) fault(`${rule.id} stands more than once.`);
      seen.add(rule.id);
      api ??= first;
      if (first !== api) fault(`${rule.id} does not begin with ${api} as the others do.`);
      if (!owners.has(second)) owners.set(second, owner);
      if ((owner === undefined) !== (second === 'common')) {
        fault(`${rule.id} has to have the second segment common if, and only if, all operations share it.`);
      } else if (owners.get(second) !== owner) {
        fault(`${rule.id} has the second segment of ${owners.get(second)}.`);
      }
    });
  check(contract['x-rules'], undefined, ['x-rules']);
  for (const { operation, path } of operations(contract)) {
    check(operation['x-rules'], operation.operationId, [...path, 'x-rules']);
  }
  return faults;
}
