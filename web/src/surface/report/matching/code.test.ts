import { expect, test } from 'vitest';
import { readCode, shownCode } from './code';

test('a code is read however it was written down', () => {
  for (const typed of ['K7PD-2MQX-9RTV', 'k7pd2mqx9rtv', ' K7PD 2MQX 9RTV ', 'k7pd–2mqx–9rtv', 'Ｋ７ＰＤ－２ＭＱＸ－９ＲＴＶ']) {
    expect(readCode(typed), typed).toBe('K7PD2MQX9RTV');
  }
  // Letters that are taken for digits.
  expect(readCode('O0il-LLLL-oooo')).toBe('001111110000');
});

test('what is none is none', () => {
  for (const typed of ['', 'K7PD-2MQX-9RT', 'K7PD-2MQX-9RTVV', 'K7PD-2MQX-9RTU', '가나다라마바사아자차카타', 'K7PD.2MQX.9RTV']) expect(readCode(typed), typed).toBeNull();
});

test('it is shown as on paper, and that reads as the same', () => {
  expect(shownCode('K7PD2MQX9RTV')).toBe('K7PD-2MQX-9RTV');
  expect(readCode(shownCode('K7PD2MQX9RTV'))).toBe('K7PD2MQX9RTV');
});
