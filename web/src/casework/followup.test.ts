import { describe, expect, test } from 'vitest';
import type { FollowUp } from './entries';
import { followedFrom, followUpsOf } from './followup';
import { foldCase } from './fold';
import { HOUR, people, SampleCase, START, ZONE } from './sample';

const DAY = 24 * HOUR;
const read = (one: SampleCase) => foldCase(one.lines, { people, zone: ZONE });
const stands = (one: SampleCase, now: number) => followUpsOf(read(one), ZONE, now).map(({ step, due, is }) => `${step} ${due} ${is}`);
const follow = (fields: Partial<FollowUp>): FollowUp => ({ entry: 'follow_up', ...fields });

function planned(at = START): SampleCase {
  const one = new SampleCase();
  one.write('haneul', { entry: 'plan', goals: [] }, at);
  return one;
}

describe('follow-ups', () => {
  test('of a case without a plan are none', () => {
    const one = new SampleCase();
    one.write('haneul', { entry: 'intake' });
    expect(stands(one, START)).toEqual([]);
    expect(followedFrom(read(one), ZONE)).toBeNull();
  });

  test('are due three days, two weeks, one and three months after the first plan', () => {
    const one = planned();
    expect(stands(one, START)).toEqual(['d3 2026-11-30 coming', 'w2 2026-12-11 coming', 'm1 2026-12-27 coming', 'm3 2027-02-27 coming']);
    expect(stands(one, START + 3 * DAY)[0]).toBe('d3 2026-11-30 due');
    expect(stands(one, START + 4 * DAY)[0]).toBe('d3 2026-11-30 overdue');
    // A later plan does not put them off.
    one.write('haneul', { entry: 'plan', goals: [{ id: 'a', words: 'w' }] }, START + 10 * DAY);
    expect(stands(one, START + 10 * DAY)[0]).toBe('d3 2026-11-30 overdue');
  });

  test('count the city\'s days', () => {
    // Half past midnight on the 28th in Seoul.
    expect(followedFrom(read(planned(Date.UTC(2026, 10, 27, 15, 30))), ZONE)).toBe('2026-11-28');
    expect(followedFrom(read(planned(Date.UTC(2026, 10, 27, 15, 30))), 'UTC')).toBe('2026-11-27');
  });

  test('after the last day of a month are on the last of the next', () => {
    expect(stands(planned(Date.UTC(2027, 0, 31)), START).map((line) => line.slice(3, 13))).toEqual(['2027-02-03', '2027-02-14', '2027-02-28', '2027-04-30']);
  });

  test('are done once she was reached, and stay due with every try', () => {
    const one = planned();
    one.write('haneul', follow({ step: 'd3', done: '2026-11-30', reached: 'no', by: 'phone' }));
    expect(followUpsOf(read(one), ZONE, START + 4 * DAY)[0]).toEqual({ step: 'd3', due: '2026-11-30', is: 'overdue', tries: ['2026-11-30'] });
    one.write('haneul', follow({ step: 'd3', done: '2026-12-01', reached: 'yes' }));
    expect(followUpsOf(read(one), ZONE, START + 9 * DAY)[0]).toMatchObject({ is: 'done', tries: ['2026-11-30'] });
    one.write('haneul', follow({ due: '2026-12-11', reached: 'yes' }));
    expect(stands(one, START + 20 * DAY)).toEqual(['d3 2026-11-30 done', 'w2 2026-12-11 done', 'm1 2026-12-27 coming', 'm3 2027-02-27 coming']);
  });

  test('of her own accord answer none of the four', () => {
    const one = planned();
    one.write('haneul', follow({ due: '2026-12-03', reached: 'yes' }));
    one.write('haneul', follow({ reached: 'yes' }));
    expect(stands(one, START + 4 * DAY)[0]).toBe('d3 2026-11-30 overdue');
  });

  test('end with the case and begin anew when it is reopened', () => {
    const one = planned();
    one.write('haneul', follow({ step: 'd3', reached: 'yes' }));
    const closure = one.write('haneul', { entry: 'closure', reason: 'moved' });
    one.write('sol', { entry: 'closure_approved', closure });
    expect(stands(one, START + 40 * DAY)).toEqual([]);
    one.write('she', { entry: 'reopened' }, START + 50 * DAY);
    expect(stands(one, START + 50 * DAY)[0]).toBe('d3 2027-01-19 coming');
    one.write('haneul', { entry: 'plan', goals: [] }, START + 52 * DAY);
    expect(stands(one, START + 60 * DAY).slice(0, 2)).toEqual(['d3 2027-01-21 overdue', 'w2 2027-02-01 coming']);
  });
});
