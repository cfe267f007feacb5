import { expect, test } from 'vitest';
import { canonical } from '../../../matching/identifier';
import { shownOf } from './shown';

test('a phone number is shown as people write it, and reads as the same', () => {
  for (const typed of ['010-1234-5678', '+82 10 1234 5678', '02-880-1234', '1588-1234', '+1 212 555 0100']) {
    const spelled = canonical({ kind: 'phone', text: typed });
    expect(canonical({ kind: 'phone', text: shownOf(spelled) }), typed).toBe(spelled);
  }
  expect(shownOf('tel:+8215881234')).toBe('1588-1234');
  expect(shownOf('tel:+821012345678')).toBe('010-1234-5678');
});

test('a plate, a person and a handle somewhere else are text', () => {
  expect(shownOf(canonical({ kind: 'plate', text: '12가3456' }))).toBe('12가 3456');
  expect(shownOf(canonical({ kind: 'person', name: '김 가나', born: 1984, workplace: '(주)나다 상사' }))).toBe('김가나 · 1984 · 나다상사');
  expect(shownOf(canonical({ kind: 'handle', platform: 'example.com', text: 'a:b' }))).toBe('example.com · a:b');
});
