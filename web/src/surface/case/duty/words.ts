// A packet in the reader's language, field by field: what it says, never more.

import type { PacketValue } from '../../../casework/duty/packet';
import type { Dimension, PacketField } from '../../../casework/duty/rules';
import { language, t, told } from '../../../kernel/lang.svelte';
import { codeWords } from '../steps/words';

export { fieldsOf } from '../../../casework/duty/told';

const dashed = (code: string) => code.replaceAll('_', '-');

/** A field's name. */
export const fieldWords = (field: PacketField): string => t(`duty-field-${dashed(field)}`);

/** What a field says. */
export function valueWords(field: PacketField, value: PacketValue): string {
  if (typeof value === 'boolean') return t(value ? 'duty-told-yes' : 'duty-told-no');
  if (typeof value === 'object') return field === 'reporter' ? [value[language()], value['phone']].filter(Boolean).join(' · ') : contactWords(value);
  switch (field) {
    case 'sex': return codeWords('sex', value);
    case 'incident_type': return codeWords('type', value);
    case 'incident_place': return told(`case-value-place-${dashed(value)}`) ?? value;
    case 'relationship': return told(`case-value-relationship-${dashed(value)}`) ?? value;
    default: return value;
  }
}

function contactWords(contact: Record<string, string>): string {
  return Object.entries(contact).map(([name, value]) => {
    const said = name === 'reach' ? (told(`case-value-reach-${dashed(value)}`) ?? value) : value;
    return `${told(`case-field-${dashed(name)}`) ?? name}: ${said}`;
  }).join('\n');
}

/** What a line says of one thing, in words. A district and a month stay as they are written. */
export function dimensionWords(name: Dimension, value: string): string {
  if (value === 'none' || value === 'several' || value === 'unknown') return t(`figures-value-${value}`);
  const list = { month: null, district: null, type: 'type', context: 'context', age_band: 'age', service: 'service' }[name];
  return list === null ? value : codeWords(list, value);
}
