// A person by name, year of birth and workplace: all three, since a name is no one's alone.

import { Refusal } from '../refusal';
import { folded, hasLength } from './text';

/** Forms of companies, which some write and some leave out. */
const FORMS = ['(주)', '주식회사', '(유)', '유한회사'];

/** The canonical text of a person. `born` is a year, 1900 to 2100. */
export function person(name: string, born: number, workplace: string): string {
  // What stood apart may be one letter now.
  const called = folded(name).replace(/[\p{White_Space}.'\u2019\u00b7-]/gu, '').normalize('NFC');
  if (!hasLength(called, 2, 40) || !/^\p{Alphabetic}+$/u.test(called)) throw new Refusal('not_a_name');
  if (!Number.isInteger(born) || born < 1900 || born > 2100) throw new Refusal('not_a_year');
  const place = withoutForms(folded(workplace).replace(/\p{White_Space}/gu, ''));
  if (!hasLength(place, 2, 60)) throw new Refusal('not_a_workplace');
  return `person:${called}|${born}|${place}`;
}

/**
 * Letters and numbers alone, without the forms of companies: again and again, since what one leaves may be
 * another, and who copies the canonical text must come to the same.
 */
function withoutForms(text: string): string {
  const whole = FORMS.reduce((rest, form) => rest.replaceAll(form, ''), text);
  const less = whole.replace(/[^\p{Alphabetic}\p{N}]/gu, '').normalize('NFC');
  return less === text ? text : withoutForms(less);
}
