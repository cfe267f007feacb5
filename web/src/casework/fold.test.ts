import { describe, expect, test } from 'vitest';
import type { Laid as Opened } from '../onestop/work';
import type { Entry, Line } from './entries';
import { foldCase, type CaseState } from './fold';
import { people, SampleCase, START, ZONE, type Writer } from './sample';

const reading = { people, zone: ZONE };
const fold = (one: SampleCase): CaseState => foldCase(one.lines, reading);
const whys = (state: CaseState) => state.steps.map((step) => (step.is === 'not_counted' ? step.why : step.is));
const GOALS = [{ id: 'a', words: '잠을 자고 싶어요', service: 'psychosocial' as const, status: 'open' as const }, { id: 'b', words: '이사하고 싶어요', status: 'open' as const }];

/** A plan that she has confirmed and a supervisor has approved. */
function planned(): SampleCase {
  const one = new SampleCase();
  one.write('haneul', { entry: 'limits_told', channel: 'voice', language: 'ko' });
  one.write('haneul', { entry: 'intake', exchanged: 'no' });
  const plan = one.write('haneul', { entry: 'plan', goals: GOALS });
  one.write('she', { entry: 'plan_confirmed', plan });
  one.write('sol', { entry: 'plan_approved', plan });
  return one;
}

test('what the seal opens is what is read here', () => {
  const opened: readonly Opened[] = [];
  const lines: readonly Line[] = opened;
  expect(foldCase(lines)).toMatchObject({ workflow: 'new', last: 0, steps: [], conflicts: [], closure: { is: 'open' } });
});

describe('the way of a case', () => {
  test('from nothing to a plan, services, closure and back', () => {
    const one = new SampleCase();
    const at = () => fold(one).workflow;
    expect(at()).toBe('new');
    one.write('haneul', { entry: 'intake' });
    expect(at()).toBe('new');
    const plan = one.write('haneul', { entry: 'plan', goals: GOALS });
    expect(at()).toBe('case_plan');
    one.write('she', { entry: 'plan_confirmed', plan });
    expect(at()).toBe('case_plan');
    one.write('sol', { entry: 'plan_approved', plan });
    expect(at()).toBe('service_provision');
    one.write('haneul', { entry: 'plan', goals: [{ ...GOALS[0]!, status: 'done' }, { ...GOALS[1]!, status: 'in_progress' }] });
    expect(at()).toBe('service_provision');
    one.write('bada', { entry: 'plan', goals: [{ ...GOALS[0]!, status: 'done' }, { ...GOALS[1]!, status: 'dropped' }] });
    expect(at()).toBe('services_implemented');
    const closure = one.write('haneul', { entry: 'closure', reason: 'goals_met' });
    expect([at(), fold(one).closure]).toMatchObject(['services_implemented', { is: 'asked', lacks: ['approval'] }]);
    one.write('sol', { entry: 'closure_approved', closure });
    expect([at(), fold(one).closure]).toMatchObject(['closed', { is: 'closed', lacks: [] }]);
    one.write('she', { entry: 'reopened', reason: '다시 도움이 필요해요' });
    expect([at(), fold(one).closure.is]).toEqual(['reopened', 'open']);
    const again = one.write('haneul', { entry: 'plan', goals: [{ id: 'c', words: '변호사를 만나고 싶어요' }] });
    expect(at()).toBe('case_plan');
    one.write('she', { entry: 'plan_confirmed', plan: again });
    one.write('sol', { entry: 'plan_approved', plan: again });
    expect(at()).toBe('service_provision');
  });

  test('an empty plan is never done', () => {
    const one = new SampleCase();
    const plan = one.write('haneul', { entry: 'plan', goals: [] });
    one.write('she', { entry: 'plan_confirmed', plan });
    one.write('sol', { entry: 'plan_approved', plan });
    expect(fold(one).workflow).toBe('service_provision');
  });
});

describe('a plan', () => {
  test('is confirmed by her alone', () => {
    const one = new SampleCase();
    const plan = one.write('haneul', { entry: 'plan', goals: GOALS });
    one.write('haneul', { entry: 'plan_confirmed', plan });
    expect(fold(one).plan.confirmed).toBeNull();
    expect(whys(fold(one))).toEqual(['counted', 'hers_only']);
    one.write('she', { entry: 'plan_confirmed', plan: 99 });
    expect(whys(fold(one)).at(-1)).toBe('no_such_plan');
    one.write('she', { entry: 'plan_confirmed', plan });
    expect(fold(one).plan.confirmed?.version).toBe(4);
  });

  test.each([
    ['the author herself', 'haneul', 'same_person'],
    ['the author on her other device, though that supervises', 'haneul-2', 'same_person'],
    ['a colleague who does not supervise', 'bada', 'not_supervising'],
    ['a supervisor of another center', 'elsewhere', 'other_center'],
    ['a device nobody knows', 'stranger', 'unknown_person'],
    ['her whom it is about', 'she', 'centers_only'],
    ['another person who supervises', 'sol', 'counted'],
  ] as [string, Writer, string][])('approved by %s: %s, %s', (_who, by, why) => {
    const one = new SampleCase();
    const plan = one.write('haneul', { entry: 'plan', goals: GOALS });
    one.write(by, { entry: 'plan_approved', plan });
    const state = fold(one);
    expect(whys(state).at(-1)).toBe(why);
    expect(state.plan.approved?.kept.version ?? null).toBe(why === 'counted' ? 2 : null);
  });

  test('is approved by nobody while nobody says who is who', () => {
    const one = planned();
    expect(foldCase(one.lines).plan.approved).toBeNull();
    // On her page there is no list of people: what is said stands, and is not called checked.
    expect(foldCase(one.lines, { people: 'not_here' }).plan).toMatchObject({ inForce: true, approved: { checked: false } });
    expect(fold(one).plan).toMatchObject({ inForce: true, approved: { checked: true } });
  });

  test('stays approved when its author has left', () => {
    const one = planned();
    const left = (device: string) => (device === 'haneul' ? null : people(device));
    expect(foldCase(one.lines, { people: left }).plan.inForce).toBe(true);
  });

  test('that says something else needs both again; one that has only come further does not', () => {
    const one = planned();
    one.write('haneul', { entry: 'plan', goals: [{ ...GOALS[0]!, status: 'done' }, GOALS[1]!] });
    expect(fold(one).plan.inForce).toBe(true);
    for (const change of [{ words: '다른 것' }, { service: 'legal_assistance' as const }, { provider: 'x' }, { due: '2026-12-24' }, { id: 'z' }]) {
      const other = planned();
      other.write('haneul', { entry: 'plan', goals: [{ ...GOALS[0]!, ...change }, GOALS[1]!] });
      expect(fold(other).plan, JSON.stringify(change)).toMatchObject({ confirmed: null, approved: null, inForce: false });
      expect(fold(other).workflow).toBe('case_plan');
    }
    one.write('haneul', { entry: 'plan', goals: [GOALS[0]!] });
    expect(fold(one).plan.inForce).toBe(false);
  });
});

describe('two who write at once', () => {
  test('lose nothing: both stand until somebody decides', () => {
    const one = planned();
    one.write('haneul', { entry: 'intake', exchanged: 'yes', place: 'home', base: 2 });
    one.write('bada', { entry: 'intake', exchanged: 'no', place: 'street', base: 2 });
    const state = fold(one);
    expect(state.conflicts).toEqual([{ about: 'intake', id: null, versions: [6, 7], fields: ['exchanged', 'place'] }]);
    expect([state.intake.now?.entry.place, state.intake.rivals[0]?.entry.place, state.intake.before.map(({ version }) => version)]).toEqual(['street', 'home', [2]]);
    one.write('bada', { entry: 'intake', exchanged: 'yes', place: 'home' });
    expect(fold(one)).toMatchObject({ conflicts: [], intake: { now: { version: 8 }, rivals: [] } });
  });

  test('a plan that is undecided is not in force', () => {
    const one = planned();
    one.write('bada', { entry: 'plan', goals: [GOALS[0]!], base: 2 });
    expect(fold(one)).toMatchObject({ workflow: 'case_plan', plan: { inForce: false }, conflicts: [{ about: 'plan', versions: [3, 6], fields: ['goals'] }] });
  });

  test('of danger, duties and appointments each stand by themselves', () => {
    const one = new SampleCase();
    one.write('haneul', { entry: 'danger', instrument: 'i', version: '1', band: 'some' });
    one.write('bada', { entry: 'danger', instrument: 'i', version: '1', band: 'high', base: 0 });
    one.write('haneul', { entry: 'appointment', appointment: 'a', place: 'x' });
    one.write('she', { entry: 'appointment', appointment: 'a', status: 'canceled', base: 0 });
    one.write('she', { entry: 'appointment', appointment: 'b', place: 'y', base: 0 });
    one.write('haneul', { entry: 'duty', rule: 'kr', facts: ['a'] });
    one.write('bada', { entry: 'duty', rule: 'kr', facts: ['b'], base: 0 });
    one.write('bada', { entry: 'duty', rule: 'other', base: 0 });
    expect(fold(one).conflicts.map(({ about, id, versions }) => [about, id, versions])).toEqual([['danger', null, [1, 2]], ['duty', 'kr', [6, 7]], ['appointment', 'a', [3, 4]]]);
  });

  test('that close differently do not close', () => {
    const one = planned();
    const first = one.write('haneul', { entry: 'closure', reason: 'goals_met' });
    one.write('bada', { entry: 'closure', reason: 'moved', base: first - 1 });
    one.write('sol', { entry: 'closure_approved', closure: first + 1 });
    expect(fold(one)).toMatchObject({ workflow: 'service_provision', closure: { is: 'asked', lacks: ['decision'] }, conflicts: [{ about: 'closure' }] });
  });
});

describe('a closure', () => {
  const asked = (entry: Partial<Extract<Entry, { entry: 'closure' }>>, before: (one: SampleCase) => void = () => undefined) => {
    const one = planned();
    before(one);
    const closure = one.write('haneul', { entry: 'closure', reason: 'lost_contact', ...entry });
    one.write('sol', { entry: 'closure_approved', closure });
    return one;
  };
  const on = (...days: string[]) => days.map((day) => ({ on: day }));

  test.each([
    ['no try', [], 'asked'],
    ['two', on('2026-12-01', '2026-12-02'), 'asked'],
    ['three on one day', on('2026-12-01', '2026-12-01', '2026-12-01'), 'asked'],
    ['three on three days', on('2026-12-01', '2026-12-02', '2026-12-05'), 'closed'],
    ['three, one of them before she was last heard', on('2026-11-20', '2026-12-02', '2026-12-05'), 'asked'],
    ['three, one of them on the day she was heard', on('2026-11-27', '2026-12-02', '2026-12-05'), 'asked'],
  ])('because she is lost, after %s: %s', (_what, tries, is) => {
    const { closure } = fold(asked({ tries }));
    expect(closure.is).toBe(is);
    expect(closure.lacks).toEqual(is === 'closed' ? [] : ['tries']);
  });

  test('counts tries of follow-ups, each day once', () => {
    const missed = (one: SampleCase) => {
      for (const done of ['2026-12-01', '2026-12-02']) one.write('haneul', { entry: 'follow_up', done, reached: 'no', by: 'phone' });
    };
    expect(fold(asked({ tries: on('2026-12-02') }, missed)).closure).toMatchObject({ is: 'asked', tries: ['2026-12-01', '2026-12-02'] });
    expect(fold(asked({ tries: on('2026-12-03') }, missed)).closure.is).toBe('closed');
  });

  test('counts none from before she was reached, or wrote', () => {
    const reached = (one: SampleCase) => void one.write('haneul', { entry: 'follow_up', done: '2026-12-03', reached: 'yes' });
    expect(fold(asked({ tries: on('2026-12-01', '2026-12-02', '2026-12-05') }, reached)).closure).toMatchObject({ is: 'asked', tries: ['2026-12-05'] });
    const one = asked({ tries: on('2026-12-01', '2026-12-02', '2026-12-05') });
    expect(foldCase(one.lines, { ...reading, heardAt: Date.UTC(2026, 11, 4) }).closure.is).toBe('asked');
    expect(foldCase(one.lines, { ...reading, heardAt: null }).closure.is).toBe('closed');
  });

  test('takes as many tries as the city says', () => {
    const one = asked({ tries: on('2026-12-01', '2026-12-02', '2026-12-05') });
    expect(foldCase(one.lines, { ...reading, triesNeeded: 4 }).closure.is).toBe('asked');
  });

  test.each(['goals_met', 'her_wish', 'moved'] as const)('because of %s needs no try, but another person', (reason) => {
    expect(fold(asked({ reason })).closure.is).toBe('closed');
    const one = planned();
    const closure = one.write('sol', { entry: 'closure', reason });
    one.write('sol', { entry: 'closure_approved', closure });
    expect(fold(one).closure).toMatchObject({ is: 'asked', lacks: ['approval'] });
  });

  test('that was asked for again needs its own approval', () => {
    const one = asked({ reason: 'goals_met' });
    one.write('haneul', { entry: 'closure', reason: 'moved' });
    expect(fold(one).closure).toMatchObject({ is: 'asked', lacks: ['approval'] });
  });

  test('that nobody asked for is not approved and not reopened', () => {
    const one = planned();
    one.write('sol', { entry: 'closure_approved', closure: 3 });
    one.write('she', { entry: 'reopened' });
    expect(whys(fold(one)).slice(-2)).toEqual(['no_such_closure', 'not_closed']);
  });

  test('approved before the reopening does not close again', () => {
    const one = asked({ reason: 'goals_met' });
    one.write('haneul', { entry: 'reopened' });
    one.write('sol', { entry: 'closure_approved', closure: 6 });
    expect(fold(one)).toMatchObject({ workflow: 'reopened', closure: { is: 'open' } });
  });
});

describe('a duty', () => {
  test('may be sent once she was told, or with a reason why not', () => {
    const may = (...all: object[]) => {
      const one = new SampleCase();
      for (const fields of all) one.write('haneul', { entry: 'duty', rule: 'kr', ...fields });
      const [duty] = fold(one).duties;
      return [duty?.maySend, duty?.sent, duty?.early];
    };
    expect(may({})).toEqual([false, false, false]);
    expect(may({ exception: '  ' })).toEqual([false, false, false]);
    expect(may({ told_at: START })).toEqual([true, false, false]);
    expect(may({ exception: '아이가 위험해요' })).toEqual([true, false, false]);
    expect(may({ told_at: START }, { told_at: START, referral: 'r' })).toEqual([true, true, false]);
    expect(may({ told_at: START, referral: 'r' })).toEqual([true, true, false]);
    // What left too early stays that, even if she was told afterwards.
    expect(may({ referral: 'r' })).toEqual([false, true, true]);
    expect(may({ referral: 'r' }, { told_at: START, referral: 'r' })).toEqual([true, true, true]);
  });
});

describe('danger', () => {
  test('whatever it says, closes nothing, sends nothing and moves nothing', () => {
    const without = planned();
    const closure = without.write('haneul', { entry: 'closure', reason: 'goals_met' });
    const apart = ({ steps: _steps, last: _last, danger: _danger, conflicts: _conflicts, ...rest }: CaseState) => rest;
    for (const band of ['none_told', 'some', 'high', 'extreme', '']) {
      const one = planned();
      one.write('haneul', { entry: 'closure', reason: 'goals_met' });
      one.write('haneul', { entry: 'danger', instrument: 'waylight-immediate-safety', version: '1', answers: { strangulation: 'yes' }, score: 99, band, override: { band, reason: 'r' } });
      expect(apart(fold(one))).toEqual(apart(fold(without)));
    }
    expect(closure).toBe(6);
  });
});

describe('what is not hers, not a center\'s or not believed', () => {
  test('stays in the timeline with the reason', () => {
    const one = new SampleCase();
    for (const entry of ['limits_told', 'intake', 'health_told', 'follow_up'] as const) one.write('she', { entry });
    one.write('she', { entry: 'closure', reason: 'her_wish' });
    one.write('she', { entry: 'plan', goals: GOALS });
    one.write('she', { entry: 'note', text: '내일 전화해 주세요' });
    one.doubt();
    one.write('haneul', { entry: 'horoscope' });
    one.write('haneul', { entry: 'danger' });
    const state = fold(one);
    expect(whys(state)).toEqual([...Array<string>(6).fill('centers_only'), 'counted', 'doubted', 'strange', 'strange']);
    expect(state).toMatchObject({ last: 10, workflow: 'new', limits: null, intake: { now: null }, notes: [{ version: 7 }] });
  });

  test('an author who is not proven is not she', () => {
    const line: Line = { is: 'laid', version: 2, writtenAt: START, byHer: false, ownCenter: false, center: null, device: null, entry: { entry: 'plan_confirmed', plan: 1 } };
    const one = new SampleCase();
    one.write('haneul', { entry: 'plan', goals: GOALS });
    expect(whys(foldCase([...one.lines, line], reading)).at(-1)).toBe('hers_only');
  });
});

test('lines come in any order and are read by their number', () => {
  const one = planned();
  expect(foldCase([...one.lines].reverse(), reading)).toEqual(fold(one));
  expect(one.lines.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
});
