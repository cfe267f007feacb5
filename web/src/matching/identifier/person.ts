// A person by name, year of birth and workplace: all three, since a name is no one's alone.

import { Refusal } from '../refusal';
import { folded, hasLength } from './text';

/** Forms of companies, which some write and some leave out. */
const FORMS = ['(주)', '주식회사', '(유)', '유한회사'];

/** The canonical text of a person. `born` is a year, 1900 to 2100. */
export function person(name: string, born: number, workplace: string): string {
  const called = folded(name).replace(/[\p{White_Space}.'\u2019\u00b7-]/gu, '');
  if (!hasLength(called, 2, 40) || !/^\p{Alphabetic}+$/u.test(called)) throw new Refusal('not_a_name');
  if (!Number.isInteger(born) || born < 1900 || born > 2100) throw new Refusal('not_a_year');
  const whole = FORMS.reduce((text, form) => text.replaceAll(form, ''), folded(workplace));
  const place = whole.replace(/[^\p{Alphabetic}\p{N}]/gu, '');
  if (!hasLength(place, 2, 60)) throw new Refusal('not_a_workplace');
  return `person:${called}|${born}|${place}`;
}
