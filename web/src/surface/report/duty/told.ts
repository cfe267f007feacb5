// What a center told by law, as she reads it: the same bytes that went, field by field in her words.

import { fieldsOf, type Told } from '../../../casework/duty/told';
import { language, knows, t } from '../../../kernel/lang.svelte';

const dashed = (code: string) => code.replaceAll('_', '-');
/** Fields whose values are codes her page has words for, and how they begin. */
const CODES: Partial<Record<Told['field'], string>> = { sex: 'told-sex-', incident_type: 'told-type-', incident_place: 'report-place-', relationship: 'report-relationship-' };

const code = (start: string, value: string) => (knows(`${start}${dashed(value)}`) ? t(`${start}${dashed(value)}`) : value);

function said({ field, value }: Told): string {
  if (typeof value === 'boolean') return t(value ? 'told-known' : 'told-not-known');
  if (typeof value === 'string') return CODES[field] ? code(CODES[field], value) : value;
  if (field === 'reporter') return [value[language()], value['phone']].filter(Boolean).join(' · ');
  return Object.entries(value).map(([name, one]) => {
    const label = `report-field-1-${dashed(name)}`;
    const short = `report-field-${dashed(name)}`;
    return `${knows(label) ? t(label) : knows(short) ? t(short) : name}: ${name === 'reach' ? code('report-reach-', one) : one}`;
  }).join('\n');
}

/** Every field that was told, named and in words. */
export function toldLines(content: string): { label: string; text: string }[] {
  return fieldsOf(content).map((one) => ({ label: t(`told-field-${dashed(one.field)}`), text: said(one) }));
}
