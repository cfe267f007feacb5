import { describe, expect, test } from 'vitest';
import { entryOf, type Intake } from '../../../casework/entries';
import type { Opened } from '../../../onestop/case';
import { IDENTITY, INCIDENT, PERPETRATOR } from '../../../onestop/content';
import { asksOf, at, beginOf, nthOf, put } from './asks';

const empty: Intake = { entry: 'intake' };
const paths = (intake: Intake) => asksOf(intake, '2026-11-27').map(({ path }) => path);

describe('the intake', () => {
  test('asks the six in order and stops at the first yes', () => {
    expect(paths(empty).slice(0, 6)).toEqual(['penetration', 'sexual_contact', 'physical', 'forced_marriage', 'denial', 'psychological'].map((one) => `answers.${one}`));
    const physical = put(put(put(empty, 'answers.penetration', 'no'), 'answers.sexual_contact', 'unsure'), 'answers.physical', 'yes');
    expect(paths(physical).slice(0, 4)).toEqual(['answers.penetration', 'answers.sexual_contact', 'answers.physical', 'when']);
  });

  test('asks of money and goods only for sexual violence, and who looks after her only of a child', () => {
    expect(paths(put(empty, 'answers.penetration', 'yes'))).toContain('exchanged');
    expect(paths(put(put(empty, 'answers.penetration', 'no'), 'answers.sexual_contact', 'no'))).not.toContain('exchanged');
    expect(paths(put(empty, 'survivor.born', '1990'))).not.toContain('survivor.unaccompanied');
    expect(paths(put(empty, 'survivor.born', '2012'))).toContain('survivor.unaccompanied');
  });

  test('does not ask an age where a year is known', () => {
    expect(paths(empty)).toContain('survivor.age_band');
    expect(paths(put(empty, 'survivor.born', '1990'))).not.toContain('survivor.age_band');
  });

  test('asks about each who did it, four at most', () => {
    const of = (number: string) => asksOf(put(empty, 'perpetrator_number', number), '2026-11-27').map(nthOf).filter((nth) => nth !== null);
    expect(new Set(of('unknown'))).toEqual(new Set([1]));
    expect(new Set(of('equal_to_3'))).toEqual(new Set([1, 2, 3]));
    expect(Math.max(...of('more_than_3'))).toBe(4);
  });

  test('puts every answer where an entry is read back with it', () => {
    const full = asksOf(put(empty, 'perpetrator_number', 'equal_to_2'), '2026-11-27').reduce((intake, ask) => {
      if (ask.is === 'one') return put(intake, ask.path, ask.options[0]);
      if (ask.is === 'several') return put(intake, ask.path, [ask.options[0]]);
      if (ask.is === 'when') return put(intake, ask.path, { known: 'day', date: '2026-11-20' });
      return put(intake, ask.path, ask.is === 'date' ? '1990-02' : 'words');
    }, empty);
    const read = entryOf(full as never);
    expect(read).toEqual({ ...full, entry: 'intake' });
    expect(read).not.toHaveProperty('more');
    expect(at(full, 'perpetrators.1.relationship')).toBe('intimate_partner_former_partner');
    expect(at(put(full, 'place', undefined), 'place')).toBeUndefined();
  });

  test('begins with what she wrote, and with nothing this edition does not know', () => {
    const told = (content: Record<string, unknown>) => ({ is: 'told', content, version: 1, writtenAt: 0, byHer: true }) as const;
    const parts = new Map<number, unknown>([
      [INCIDENT, told({ when: { known: 'day', date: '2026-11-20' }, place: 'on_the_moon', time_of_day: 'night', digital: ['deepfake', 'else'] })],
      [PERPETRATOR, told({ relationship: 'schoolmate' })], [IDENTITY, told({ birth_year: 1990, access_needs: '수어' })],
    ]);
    const { intake, hers } = beginOf({ parts } as unknown as Opened);
    expect(intake).toEqual({
      entry: 'intake', when: { known: 'day', date: '2026-11-20' }, time_of_day: 'night', digital: ['deepfake'], perpetrators: [{ relationship: 'schoolmate' }],
      survivor: { born: '1990', access_needs: '수어' },
    });
    expect(hers).toContain('when');
    expect(hers).not.toContain('place');
    expect(beginOf({ parts: new Map([[INCIDENT, { is: 'not_for_us' }]]) } as unknown as Opened)).toEqual({ intake: { entry: 'intake' }, hers: [] });
  });
});
