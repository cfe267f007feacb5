import { describe, expect, test } from 'vitest';
import { PURPOSE } from '../seal/consent';
import { PURPOSES } from './codes';
import type { Intake } from './entries';
import { ageBandOf, mayCount, servicesOf, tupleOf, type GivenFor } from './figures';
import { foldCase } from './fold';
import { kpisOf } from './kpi';
import { HOUR, people, SampleCase, START, ZONE } from './sample';

const DAY = 24 * HOUR;
const YES: GivenFor = { purposes: [PURPOSE.services, PURPOSE.figures], endsAt: 0n, takenBackAt: null };
const NO: GivenFor = { purposes: [PURPOSE.services], endsAt: 0n, takenBackAt: null };
const ANSWERS = { penetration: 'no', sexual_contact: 'no', physical: 'yes' } as const;
const INTAKE: Intake = { entry: 'intake', answers: ANSWERS, district: 'mapo-gu', survivor: { born: '1990' }, when: { known: 'day', date: '2026-11-24' } };
const with_ = (fields: Partial<Intake>): SampleCase => {
  const one = new SampleCase();
  one.write('haneul', { ...INTAKE, ...fields });
  return one;
};
const countable = (one: SampleCase, consent = YES, receivedAt = START) => ({ state: foldCase(one.lines, { people, zone: ZONE }), consent, receivedAt });
const tuple = (one: SampleCase, consent = YES) => tupleOf(countable(one, consent), ZONE, START);

describe('whether a case may be counted', () => {
  test('says her consent', () => {
    expect(PURPOSES.indexOf('figures')).toBe(PURPOSE.figures);
    expect(PURPOSES.map((name) => PURPOSE[name])).toEqual(PURPOSES.map((_, bit) => bit));
    expect(mayCount(YES, START)).toBe(true);
    expect(mayCount(NO, START)).toBe(false);
    expect(mayCount({ ...YES, takenBackAt: START }, START)).toBe(false);
    expect(mayCount({ ...YES, endsAt: BigInt(START) }, START)).toBe(false);
    expect(mayCount({ ...YES, endsAt: BigInt(START + 1) }, START)).toBe(true);
  });
});

describe('what leaves', () => {
  test('is six coarse fields and nothing else', () => {
    expect(tuple(with_({}))).toEqual({ tuple: { month: '2026-11', district: 'mapo-gu', type: 'physical_assault', context: 'none', age_band: '26_40', service: 'none' } });
  });

  test('says several where there are several, and unknown where nobody knows', () => {
    const several = with_({
      answers: { penetration: 'yes' }, exchanged: 'yes', perpetrators: [{ relationship: 'intimate_partner_former_partner' }], district: ' ', survivor: {},
      services: { safehouse: 'referred', health_medical: 'service_provided_by_your_agency' },
    });
    expect(tuple(several)).toEqual({ tuple: { month: '2026-11', district: 'unknown', type: 'rape', context: 'several', age_band: 'unknown', service: 'several' } });
  });

  test('is of the city\'s month', () => {
    const state = countable(with_({}), YES, Date.UTC(2026, 10, 30, 15));
    expect(tupleOf(state, ZONE, START)).toMatchObject({ tuple: { month: '2026-12' } });
    expect(tupleOf(state, 'UTC', START)).toMatchObject({ tuple: { month: '2026-11' } });
    expect(tuple(with_({ reported: '2026-10-31' }))).toMatchObject({ tuple: { month: '2026-10' } });
  });

  test('is nothing without her consent, an intake, a type or a decision', () => {
    expect(tuple(with_({}), NO)).toEqual({ none: 'not_consented' });
    expect(tuple(new SampleCase())).toEqual({ none: 'no_intake' });
    expect(tuple(with_({ answers: {} }))).toEqual({ none: 'not_classified' });
    const both = with_({});
    both.write('bada', { ...INTAKE, district: 'jongno-gu', base: 0 });
    expect(tuple(both)).toEqual({ none: 'undecided' });
  });

  test('is nothing where another house of the GBVIMS has counted it', () => {
    expect(tuple(with_({ reported_elsewhere: 'gbvims-org' }))).toEqual({ none: 'counted_elsewhere' });
    expect(tuple(with_({ reported_elsewhere: 'non-gbvims-org' }))).toHaveProperty('tuple');
  });

  test('leaves once in a month, whatever changes', () => {
    const one = with_({});
    const first = tuple(one);
    if (!('tuple' in first)) throw new Error('nothing leaves');
    one.write('haneul', { entry: 'figures_sent', tuple: first.tuple });
    one.write('haneul', { ...INTAKE, district: 'jongno-gu' });
    expect(tuple(one)).toEqual({ none: 'sent_already' });
  });
});

describe('an age band', () => {
  const band = (survivor: Intake['survivor'], when: Intake['when'] = { known: 'day', date: '2026-11-24' }) => ageBandOf({ entry: 'intake', survivor, when }, '2026-11-27');
  test.each([
    ['2015-11-24', '0_11'], ['2014-11-25', '0_11'], ['2014-11-24', '12_17'], ['2008-11-25', '12_17'], ['2008-11-24', '18_25'], ['2000-11-25', '18_25'],
    ['2000-11-24', '26_40'], ['1985-11-25', '26_40'], ['1985-11-24', '41_60'], ['1965-11-25', '41_60'], ['1965-11-24', '61'], ['1930', '61'], ['2026-11-24', '0_11'],
  ] as const)('of somebody born on %s is %s', (born, is) => {
    expect(band({ born })).toBe(is);
  });

  test('is as it was told where her year of birth leaves two', () => {
    expect(band({ born: '2008' })).toBe('unknown');
    expect(band({ born: '2008', age_band: '12_17' })).toBe('12_17');
    // Her birth decides where it can.
    expect(band({ born: '1990', age_band: '12_17' })).toBe('26_40');
    expect(band({ age_band: '61' })).toBe('61');
    expect(band(undefined)).toBe('unknown');
  });
});

test('services are those she got or was sent to, not those that were offered', () => {
  const one = with_({ services: { safehouse: 'service_unavailable', livelihoods: 'referral_declined_by_survivor', legal_assistance: 'referred' } });
  one.write('haneul', { entry: 'plan', goals: [{ id: 'a', words: 'w', service: 'psychosocial', status: 'done' }, { id: 'b', words: 'w', service: 'child_protection', status: 'open' }] });
  one.write('haneul', { entry: 'referral_offered', referral: 'r', to: 'c', content: '{}', service: 'health_medical' });
  expect(servicesOf(countable(one).state)).toEqual(['legal_assistance', 'psychosocial']);
  one.write('she', { entry: 'referral_agreed', referral: 'r', consent: 'c', signature: 's' });
  one.write('haneul', { entry: 'referral_sent', referral: 'r' });
  one.write('haneul', { entry: 'referral_state', referral: 'r', state: 'accepted' });
  expect(servicesOf(countable(one).state)).toEqual(['health_medical', 'legal_assistance', 'psychosocial']);
});

describe('the counts of a center', () => {
  const worked = (): SampleCase => {
    const one = new SampleCase();
    one.write('haneul', { entry: 'limits_told' });
    one.write('haneul', INTAKE);
    one.write('haneul', { entry: 'danger', instrument: 'i', version: '1' });
    const goals = [{ id: 'a', words: 'w', status: 'done' as const }, { id: 'b', words: 'w' }, { id: 'c', words: 'w', status: 'dropped' as const }];
    const plan = one.write('haneul', { entry: 'plan', goals });
    one.write('she', { entry: 'plan_confirmed', plan });
    one.write('sol', { entry: 'plan_approved', plan });
    one.write('haneul', { entry: 'referral_offered', referral: 'r', to: 'c', content: '{}' });
    one.write('she', { entry: 'referral_agreed', referral: 'r', consent: 'c', signature: 's' });
    one.write('haneul', { entry: 'referral_sent', referral: 'r' });
    one.write('haneul', { entry: 'referral_state', referral: 'r', state: 'accepted' });
    one.write('haneul', { entry: 'follow_up', step: 'd3', reached: 'yes' });
    return one;
  };

  test('are of the cases whose consent has the purpose, and say of how many', () => {
    const closed = worked();
    const closure = closed.write('haneul', { entry: 'closure', reason: 'moved' });
    closed.write('sol', { entry: 'closure_approved', closure });
    const fresh = new SampleCase();
    fresh.write('haneul', { entry: 'referral_offered', referral: 'q', to: 'c', content: '{}' });
    fresh.write('haneul', { entry: 'referral_sent', referral: 'q' });
    const all = [countable(worked()), countable(closed), countable(fresh), countable(worked(), NO), countable(worked(), { ...YES, takenBackAt: START })];
    expect(kpisOf(all, ZONE, START + 20 * DAY)).toEqual({
      cases: { count: 3, of: 5 },
      workflow: { new: 1, case_plan: 0, service_provision: 1, services_implemented: 0, closed: 1, reopened: 0 },
      limitsTold: { count: 2, of: 3 }, intake: { count: 2, of: 3 },
      elapsed: { '0_3_days': 2, '4_5_days': 0, '6_14_days': 0, '2_weeks_1_month': 0, over_1_month: 0 }, elapsedUnknown: 1,
      dangerAsked: { count: 2, of: 3 }, planConfirmed: { count: 2, of: 2 }, planApproved: { count: 2, of: 2 }, goalsDone: { count: 2, of: 4 },
      referrals: { unknown: 0, offered: 0, agreed: 0, declined: 0, sent: 1, accepted: 2, rejected: 0, went_back: 0, done: 0, revoked: 0 },
      referralsAnswered: { count: 2, of: 3 },
      // Of the closed case none is due; of the other the first was made and the second is late.
      followUps: { count: 1, of: 2 }, followUpsOverdue: 1,
      dutiesToldFirst: { count: 0, of: 0 }, closed: { goals_met: 0, her_wish: 0, moved: 1, lost_contact: 0 }, reopened: 0, undecided: 0,
    });
  });

  test('are nothing where nothing is open', () => {
    expect(kpisOf([], ZONE, START).cases).toEqual({ count: 0, of: 0 });
    expect(kpisOf([countable(worked(), NO)], ZONE, START)).toMatchObject({ cases: { count: 0, of: 1 }, planApproved: { count: 0, of: 0 } });
  });

  test('tell duties that were told first from those that were not', () => {
    const duty = (...all: object[]) => {
      const one = new SampleCase();
      for (const fields of all) one.write('haneul', { entry: 'duty', rule: 'kr', ...fields });
      return countable(one);
    };
    const told = duty({ told_at: START }, { told_at: START, referral: 'r' });
    const early = duty({ referral: 'r' }, { told_at: START, referral: 'r' });
    const excepted = duty({ exception: 'why', referral: 'r' });
    expect(kpisOf([told, early, excepted, duty({ told_at: START })], ZONE, START).dutiesToldFirst).toEqual({ count: 1, of: 3 });
  });
});
