import { describe, expect, test } from 'vitest';
import { entryBytes, readEntry } from '../onestop/work';
import { contentOf, entryOf, type Entry } from './entries';
import { ENTRY_NAMES } from './read';

/** One of each, with everything it can say. */
const FULL: readonly Entry[] = [
  { entry: 'limits_told', base: 0, channel: 'voice', language: 'ko', text: 'limits-3' },
  {
    entry: 'intake', base: 1, answers: { penetration: 'no', sexual_contact: 'yes', physical: 'unsure', forced_marriage: 'not_told' }, reported: '2026-11-27',
    when: { known: 'day', date: '2026-11-24' }, time_of_day: 'night', place: 'night_bus', district: 'mapo-gu', digital: ['deepfake', 'stalking'], harmful_practice: 'no',
    exchanged: 'no', abduction: 'none', reported_elsewhere: 'non-gbvims-org', previous_incidents: 'yes',
    survivor: {
      born: '2001-05', age_band: '18_25', sex: 'female', nationality: 'KR', civil_status: 'single', displacement: 'resident', displacement_stage: 'not_displaced_home_community',
      disability: 'no', unaccompanied: 'no', language: '한국어', access_needs: '휠체어',
    },
    perpetrators: [{ primary: 'yes', sex: 'male', former: 'no', age_group: '26_40', relationship: 'schoolmate', occupation: 'student' }], perpetrator_number: 'equal_to_1',
    referred_from: ['self_referral_first_point_of_contact'], wants_legal_action: 'no', services: { health_medical: 'referred', family_mediation: 'service_not_applicable' },
  },
  { entry: 'danger', base: 2, instrument: 'i', version: '1', answers: { weapon: 'yes' }, score: 3, band: 'high', override: { band: 'some', reason: 'r' }, own_view: '무서워요' },
  { entry: 'health_told', base: 3, windows: ['hiv_prophylaxis'], rule: '2026-11', channel: 'in_person' },
  { entry: 'duty', base: 4, rule: 'kr', rule_version: '1', facts: ['called'], receiver: 'c', told_at: 1_795_000_000_000, exception: 'why', referral: 'r' },
  { entry: 'plan', base: 5, goals: [{ id: 'g', words: '잠을 자고 싶어요', service: 'psychosocial', provider: 'c', due: '2026-12-01', status: 'open' }] },
  { entry: 'plan_confirmed', base: 6, plan: 6 },
  { entry: 'plan_approved', base: 7, plan: 6 },
  { entry: 'referral_offered', base: 8, referral: 'r', to: 'c', service: 'safehouse', purposes: ['services', 'referral'], fields: ['called'], content: '{"v":1}', text: 't', end_token: 'e', ends_at: 1 },
  { entry: 'referral_agreed', base: 9, referral: 'r', consent: 'c', signature: 's', channel: 'voice' },
  { entry: 'referral_declined', base: 10, referral: 'r', channel: 'in_person' },
  { entry: 'referral_sent', base: 11, referral: 'r' },
  { entry: 'referral_state', base: 12, referral: 'r', state: 'rejected', reason: '자리가 없어요' },
  { entry: 'appointment', base: 13, appointment: 'a', at: '2026-12-01T14:30', place: 'p', with: 'w', goal: 'g', status: 'planned', note: 'n' },
  { entry: 'escort_asked', base: 14, place: 'p', at: '2026-12-01T22:30', code_word: '단풍' },
  { entry: 'follow_up', base: 15, step: 'w2', due: '2026-12-11', done: '2026-12-11', reached: 'yes', by: 'phone', note: 'n' },
  { entry: 'closure', base: 16, reason: 'lost_contact', tries: [{ on: '2026-12-01', by: 'text' }], note: 'n' },
  { entry: 'closure_approved', base: 17, closure: 17 },
  { entry: 'reopened', base: 18, reason: 'r' },
  { entry: 'evidence', base: 19, file: 'f', action: 'stripped_copy_made', note: 'n' },
  { entry: 'figures_sent', base: 20, tuple: { month: '2026-11', district: 'mapo-gu', type: 'rape', context: 'none', age_band: '18_25', service: 'several' }, referral: 'r' },
  { entry: 'note', base: 21, text: '적어 둘 말' },
];

describe('an entry', () => {
  test('of each name comes back as it was written', () => {
    expect(FULL.map(({ entry }) => entry)).toEqual(ENTRY_NAMES);
    for (const entry of FULL) expect(entryOf(readEntry(entryBytes(contentOf(entry))))).toEqual(entry);
  });

  test('may lack every field but those it cannot do without', () => {
    const needed = Object.fromEntries(FULL.map(({ entry, base: _base, ...fields }) => {
      const needs = Object.keys(fields).filter((name) => entryOf({ entry, ...fields, [name]: undefined }).entry === 'strange');
      return [entry, needs];
    }));
    expect(needed).toEqual({
      limits_told: [], intake: [], danger: ['instrument', 'version'], health_told: [], duty: ['rule'], plan: ['goals'], plan_confirmed: ['plan'], plan_approved: ['plan'],
      referral_offered: ['referral', 'to', 'content'], referral_agreed: ['referral'], referral_declined: ['referral'], referral_sent: ['referral'],
      referral_state: ['referral', 'state'], appointment: ['appointment'], escort_asked: [], follow_up: [], closure: ['reason'], closure_approved: ['closure'], reopened: [],
      evidence: ['file', 'action'], figures_sent: ['tuple'], note: ['text'],
    });
  });

  test('keeps what this edition does not know, and writes it again', () => {
    const later = { entry: 'intake', base: 3, place: 'spaceship', color: 'green', exchanged: 'no', digital: ['deepfake', 'hologram'], survivor: { sex: 'female', shoe: 38 } };
    const read = entryOf(later);
    expect(read).toEqual({
      entry: 'intake', base: 3, exchanged: 'no', digital: ['deepfake'], survivor: { sex: 'female' },
      more: { place: 'spaceship', color: 'green', digital: ['deepfake', 'hologram'], survivor: { sex: 'female', shoe: 38 } },
    });
    expect(contentOf(read as Entry)).toMatchObject({ place: 'spaceship', color: 'green' });
  });

  test('of a name nobody knows is kept as text', () => {
    expect(entryOf({ entry: 'horoscope', base: 2, text: 'x' })).toEqual({ entry: 'strange', name: 'horoscope', fields: { text: 'x', base: 2 } });
    expect(entryOf({ text: 'plain' })).toEqual({ entry: 'strange', name: '', fields: { text: 'plain' } });
    expect(entryOf({ entry: 7 })).toEqual({ entry: 'strange', name: '', fields: {} });
    for (const name of ['constructor', '__proto__', 'toString', 'strange', '']) expect(entryOf({ entry: name }).entry).toBe('strange');
  });

  test.each([
    ['a day there is not', { when: { known: 'day', date: '2026-02-30' } }],
    ['a day that is a month', { when: { known: 'day', date: '2026-02' } }],
    ['a month that is a day', { when: { known: 'month', date: '2026-02-03' } }],
    ['a month without one', { when: { known: 'month' } }],
  ])('with %s says that it is not known, and keeps what was written', (_what, fields) => {
    expect(entryOf({ entry: 'intake', ...fields })).toEqual({ entry: 'intake', when: { known: 'no' }, more: fields });
  });

  test('with a year alone keeps the year', () => {
    expect(entryOf({ entry: 'intake', when: { known: 'no', date: '2024' } })).toEqual({ entry: 'intake', when: { known: 'no', date: '2024' } });
  });

  test('with a number to go by that is none keeps it beside', () => {
    for (const base of [-1, 1.5, '3', null, Number.NaN, 2 ** 60]) expect(entryOf({ entry: 'note', text: 't', base })).toEqual({ entry: 'note', text: 't', more: { base } });
  });

  test('keeps text exactly as it was, whatever it is', () => {
    const text = '\u0000 \ud800 é e\u0301 <script>alert(1)</script> =HYPERLINK("x") ‮';
    expect(entryOf(readEntry(entryBytes({ entry: 'note', text })))).toEqual({ entry: 'note', text });
  });

  test('with fields of the name of every object does not become one', () => {
    const read = entryOf(readEntry(new TextEncoder().encode('{"entry":"danger","instrument":"i","version":"1","answers":{"__proto__":"yes","weapon":"no"},"__proto__":{"base":9}}')));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect((read as { base?: number }).base).toBeUndefined();
    const { answers } = read as { answers: Record<string, string> };
    expect(Object.keys(answers)).toEqual(['__proto__', 'weapon']);
  });

  test('nested deeper than any entry is cut there', () => {
    const deep = `{"entry":"note","text":"t","pit":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const read = entryOf(readEntry(new TextEncoder().encode(deep)));
    expect(read).toMatchObject({ entry: 'note', text: 't' });
    expect(JSON.stringify(read)).toContain('…');
    expect(JSON.stringify(read).length).toBeLessThan(200);
  });
});
