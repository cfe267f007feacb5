// What a case is called on the screen and between colleagues: a color, a plant and a number, of its
// own number. The same in every browser, without a list of names anywhere; it says nothing of her.

import names from '../../../lang/case-names.json';

/** A pseudonym in both languages. */
export interface Pseudonym {
  ko: string;
  en: string;
}

const NUMBERS_FROM = 10;
const NUMBERS = 90;

/** The pseudonym of a case. Its number is random, so its first bytes are as good as a hash. */
export function pseudonymOf(caseId: Uint8Array): Pseudonym {
  const [first = 0, second = 0, third = 0] = caseId;
  const color = names.colors[first % names.colors.length];
  const plant = names.plants[second % names.plants.length];
  const number = NUMBERS_FROM + (third % NUMBERS);
  return { ko: `${color?.ko} ${plant?.ko} ${number}`, en: `${color?.en} ${plant?.en} ${number}` };
}
