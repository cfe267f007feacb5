// Phone numbers as E.164: a number saved on one phone and typed on another is one number.

import { Refusal } from '../refusal';
import { compact } from './text';

/** What people write between digits. The last is the minus sign. */
const BETWEEN = '-.()/\u2010\u2011\u2012\u2013\u2014\u2015\u2212';
/** Korea's country code. */
const KOREA = '82';

/** The canonical text of a phone number. */
export function phone(text: string): string {
  const written = compact(text, BETWEEN);
  const abroad = written.startsWith('+');
  const digits = abroad ? written.slice(1) : written;
  if (!/^[0-9]+$/.test(digits)) throw new Refusal('not_a_phone');
  if (abroad) {
    if (digits.startsWith(KOREA)) return korean(digits.slice(2));
    if (digits.startsWith('0') || digits.length < 8 || digits.length > 15) throw new Refusal('not_a_phone');
    return `tel:+${digits}`;
  }
  if (digits.startsWith('00')) {
    if (!digits.startsWith(KOREA, 2)) throw new Refusal('not_a_phone');
    return korean(digits.slice(4));
  }
  if (digits.startsWith('0')) return korean(digits);
  if (digits.startsWith(KOREA)) return korean(digits.slice(2));
  if (/^1[568][0-9]{6}$/.test(digits)) return korean(digits);
  throw new Refusal('not_a_phone');
}

/** A number within Korea, with or without the zero before it. */
function korean(national: string): string {
  const number = national.startsWith('0') ? national.slice(1) : national;
  const fits = number.startsWith('10') ? number.length === 10 : !number.startsWith('0') && number.length >= 8 && number.length <= 11;
  if (!fits) throw new Refusal('not_a_phone');
  return `tel:+${KOREA}${number}`;
}
