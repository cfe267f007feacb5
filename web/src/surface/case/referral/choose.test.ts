import { expect, it } from 'vitest';
import type { Opened, Part } from '../../../onestop/case';
import { toldText } from '../../../onestop/referred';
import { choosable, chosenOf } from './choose';

const part = (content: Record<string, unknown>): Part => ({ is: 'told', content, version: 1, writtenAt: 0, byHer: true });
const opened = {
  parts: new Map<number, Part>([
    [1, part({ reach: 'phone', where: '010-0000-0001', when: '' })],
    [3, { is: 'not_for_us' }],
    [4, { is: 'doubted', why: 'signature_wrong' }],
    [8, part({ in_danger_now: 'yes' })],
    [11, part({ wants: ['shelter'], leads: 'x', columns: [] })],
  ]),
} as unknown as Opened;

it('offers each field by itself: only what is open here and says something', () => {
  expect(choosable(opened).map(({ id }) => id)).toEqual(['1.reach', '1.where', '8.in_danger_now', '11.wants']);
});

it('sends what was chosen and nothing beside it', () => {
  const told = toldText({ fields: chosenOf(choosable(opened), ['1.where', '11.columns', '3.happened']), ask: '방 하나' });
  expect(JSON.parse(told)).toEqual({ fields: { '1.where': '010-0000-0001' }, ask: '방 하나' });
});
