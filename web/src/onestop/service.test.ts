import { expect, it } from 'vitest';
import { bedsShown, standing, type ServiceNow } from './service';

const SAID = 1_795_770_000_000;
const HOUR = 3_600_000;
const said: ServiceNow = { center: 'x', capabilities: ['safe_stay'], languages: ['ko'], access: [], beds_free: 2, said_at: SAID, stale_at: SAID + 13 * HOUR, stale: false };

it('never shows a bed as free that nobody has spoken of lately', () => {
  expect(bedsShown(said, SAID + 12 * HOUR)).toBe(2);
  expect(bedsShown(said, SAID + 13 * HOUR)).toBeNull();
  expect(bedsShown({ ...said, stale: true }, SAID)).toBeNull();
  expect(bedsShown(undefined, SAID)).toBeNull();
  expect(bedsShown({ ...said, beds_free: null }, SAID)).toBeNull();
});

it('says what is stale, and what was never said', () => {
  expect(standing(said, SAID)).toBe('fresh');
  expect(standing(said, SAID + 13 * HOUR)).toBe('stale');
  expect(standing(undefined, SAID)).toBe('unsaid');
});
