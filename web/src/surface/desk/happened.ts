// What happened and by whose hand, as a desk reads the journal.

import { knows, t } from '../../kernel/lang.svelte';

/** An event by its name in the journal. */
export function happened(name: string): string {
  const key = `desk-event-${name.replaceAll('_', '-')}`;
  return knows(key) ? t(key) : name;
}

/** Who did it: a role is told in the reader's language, a seat as it is called. */
export function whose(by: string): string {
  const [role = '', ...rest] = by.split(' ');
  const key = `desk-by-${role}`;
  return [knows(key) ? t(key) : role, ...rest].join(' ');
}
