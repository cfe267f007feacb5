// What of a case can go to another center: every field that is open here, each by itself.

import type { Opened } from '../../../onestop/case';
import { NOTES } from '../../../onestop/content';
import type { Chosen } from '../../../onestop/referred';
import { fieldsOf, ORDER, type Field, CONTACT } from '../fields';

/** A field that could be chosen, with the words it is shown by. */
export interface Choosable extends Chosen {
  id: string;
  field: Field;
}

/** Everything this center may read and that holds something, in the order of the work. */
export function choosable(opened: Opened): Choosable[] {
  return [CONTACT, ...ORDER, NOTES].flatMap((kind) => {
    const part = opened.parts.get(kind);
    if (part?.is !== 'told') return [];
    const content = part.content ?? {};
    return fieldsOf(kind, content).map((field) => ({ kind, name: field.name, value: content[field.name], id: `${kind}.${field.name}`, field }));
  });
}

/** What of it was chosen, in the same order. */
export function chosenOf(all: readonly Choosable[], ids: readonly string[]): Chosen[] {
  return all.filter(({ id }) => ids.includes(id)).map(({ kind, name, value }) => ({ kind, name, value }));
}
